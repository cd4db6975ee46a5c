"""How fresh the data are: the last batch of each source, and the last day that has any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, OuterRef, Subquery

from upswing.book.models import Invoice
from upswing.book.rates import ALL_HERE
from upswing.core.wording import worded_many
from upswing.intake.models import Batch, Source
from upswing.ledger.models import RepDay
from upswing.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Freshness:
    """One source's last finished batch; `note` is "" or what a reader should know of it."""

    source: str
    at: datetime
    note: str


def freshness(viewer: Viewer) -> tuple[Freshness, ...]:
    """The last finished batch of each source, by name."""
    finished = (
        Batch.objects.filter(source=OuterRef("pk"), undone=None).exclude(finished=None).order_by("-finished")
    )
    last, refused = (Subquery(finished.values(column)[:1]) for column in ("finished", "refused"))
    sources = Source.objects.exclude(
        key__in=ALL_HERE
    )  # what is made here is as fresh as can be, and tells of no other
    rows = sources.annotate(last=last, refused=refused).exclude(last=None).order_by("name")
    return tuple(
        Freshness(
            name, at, worded_many("{count} row refused", "{count} rows refused", count) if count else ""
        )
        for name, at, count in rows.values_list("name", "last", "refused")
    )


def booked_until(viewer: Viewer) -> date | None:
    """The last day up to the viewer's own today that accounting booked anything: of later ones nothing is known yet."""
    rows = Invoice.objects.unscoped("how fresh the bookings are names nobody").filter(day__lte=viewer.at)
    found: date | None = rows.aggregate(last=Max("day"))["last"]
    return found


def latest_day(viewer: Viewer) -> date | None:
    """The last day up to the viewer's own today with any fact about people this viewer may see or pool."""
    sight, days = viewer.sight, RepDay.objects.filter(day__lte=viewer.at)
    if not sight.everyone and not sight.groups:  # whoever pools some pools everybody
        days = days.filter(rep__in=sight.individuals)
    return days.order_by("-day").values_list("day", flat=True).first()
