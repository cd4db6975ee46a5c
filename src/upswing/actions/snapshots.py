"""Write down how the pipeline stands and what is forecast of it: each night, and on demand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.written import signed_by
from upswing.core.forecast.categories import Category
from upswing.core.forecast.replay import NEVER
from upswing.core.period import Period, month_of, quarter_of
from upswing.core.wording import worded
from upswing.ledger.snapshots import Snapshot, SnapshotDeal, SnapshotForecast, Why
from upswing.people.models import Organisation
from upswing.people.viewer import Viewer
from upswing.queries.committed import CommitShown
from upswing.queries.forecast import Figures, Forecast, forecast
from upswing.queries.organisation import organisation
from upswing.queries.outlooks import Prepared, prepared, version_on

AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot that was taken: of which day, the how many-eth of it, and how much it holds."""

    day: date
    number: int
    deals: int
    forecasts: int


def periods_of(day: date, fiscal_start: int) -> tuple[Period, ...]:
    """What is forecast in a snapshot: the month and the quarter of the day, and the next ones."""
    month, quarter = month_of(day), quarter_of(day, fiscal_start)
    return month, month.next(), quarter, quarter.next()


def take(viewer: Viewer, day: date, now: datetime, *, again: bool = False) -> Taken:
    """Write down how everything stands in the midst of a day.

    Raises NotAllowed for all but revenue operations, when one was taken of that day already and nobody asked for
    `again`, and when the clock reads earlier than the last snapshot.
    """
    needs_operator(viewer, "take a snapshot")
    return _take(viewer, day, now, Why.DEMAND, again=again)


def take_of_night(viewer: Viewer, day: date, now: datetime) -> Taken | None:
    """The same at the close of a day; None where that was done already. Raises NotAllowed as above."""
    needs_operator(viewer, "take a snapshot")
    if Snapshot.objects.filter(day=day, why=Why.NIGHT.value).exists():
        return None
    return _take(viewer, day, now, Why.NIGHT, again=True)


@transaction.atomic
def _take(viewer: Viewer, day: date, now: datetime, why: Why, *, again: bool) -> Taken:
    list(Organisation.objects.select_for_update())  # one at a time
    _refuse(day, now, again=again)
    number = (Snapshot.objects.filter(day=day).aggregate(last=Max("number"))["last"] or 0) + 1
    periods = periods_of(day, organisation().fiscal_start)
    found = [forecast(viewer, period, day) for period in periods]
    row = Snapshot.objects.create(
        day=day, number=number, why=why.value, taken=now, by=signed_by(viewer), rules=version_on(day)
    )
    deals = _deals(row, prepared(day, periods[0])[0])
    SnapshotDeal.objects.bulk_create(deals, AT_ONCE)
    told = [each for one in found for each in _forecasts(row, one)]
    SnapshotForecast.objects.bulk_create(told, AT_ONCE)
    return Taken(day, number, len(deals), len(told))


def _refuse(day: date, now: datetime, *, again: bool) -> None:
    last = Snapshot.objects.order_by("-taken").first()
    if last and last.taken > now:
        raise NotAllowed(
            worded(
                "The clock says {now}, but the last snapshot was taken at {last}. Set the clock right and run it "
                "again; nothing was added.",
                now=f"{now:%Y-%m-%d %H:%M}", last=f"{last.taken.astimezone(now.tzinfo):%Y-%m-%d %H:%M}",
            )
        )  # fmt: skip
    if not again and (first := Snapshot.objects.filter(day=day).order_by("-number").first()):
        raise NotAllowed(
            worded(
                "There is a snapshot of {day} already, taken at {taken}. Nothing was added. Ask for another one with "
                "--again.",
                day=day, taken=f"{first.taken.astimezone(now.tzinfo):%H:%M}",
            )
        )  # fmt: skip


def _deals(row: Snapshot, found: Prepared) -> list[SnapshotDeal]:
    outlook, standing = found.outlook, found.outlook.standing
    credit: dict[int, list[tuple[int, float]]] = {}
    for deal, person, part in zip(
        found.shares.deal.tolist(), found.shares.person.tolist(), found.shares.part.tolist(), strict=True
    ):
        credit.setdefault(deal, []).append((person, part))
    said = [each.value for each in Category]
    columns = zip(
        found.ids.tolist(), standing.stage.tolist(), standing.age.tolist(), standing.stage_age.tolist(),
        standing.amount.tolist(), standing.expected.tolist(), standing.rests.tolist(), outlook.stalled.tolist(),
        outlook.limit.tolist(), outlook.weight.tolist(), outlook.chance.tolist(), found.said.tolist(), strict=True,
    )  # fmt: skip
    return [
        SnapshotDeal(
            snapshot=row, deal=deal, stage=found.stages[stage], since=date.fromordinal(outlook.at - here),
            entered=date.fromordinal(outlook.at - age), amount_minor=amount, expected=_day(expected), rests=_day(rests),
            stalled=stalled, limit=limit, weight=weight, chance=chance,
            category=said[code], credit=credit.get(place, []),
        )
        for place, (deal, stage, age, here, amount, expected, rests, stalled, limit, weight, chance, code) in enumerate(
            columns
        )
    ]  # fmt: skip


def _day(ordinal: int) -> date | None:
    return None if ordinal == NEVER else date.fromordinal(ordinal)


def _forecasts(row: Snapshot, found: Forecast) -> list[SnapshotForecast]:
    """Of everybody, and of each person."""
    whole = _forecast(row, found, found.total)
    whole.chosen, whole.verified, whole.said = found.chosen, found.verified, dict(found.said)
    ids = {person.uid: person.id for person in found.circle.people}
    each = [
        _forecast(row, found, one.figures, ids[one.id], one.name, one.commit, one.view) for one in found.rows
    ]
    return [whole, *each]


def _forecast(
    row: Snapshot,
    found: Forecast,
    figures: Figures,
    person: int | None = None,
    name: str = "",
    commit: CommitShown | None = None,
    view: CommitShown | None = None,
) -> SnapshotForecast:
    return SnapshotForecast(
        snapshot=row, period=found.period.slug, person=person, name=name, won=figures.won, due=figures.due,
        stalled=figures.stalled, staged=figures.staged, low=figures.low, likely=figures.likely, high=figures.high,
        asked=figures.asked, commit=commit.amount if commit else None, view=view.amount if view else None,
    )  # fmt: skip
