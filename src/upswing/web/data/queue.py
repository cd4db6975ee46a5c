"""What the page of unattributed invoices shows: made from the queue alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.queries.people import RepName
from upswing.queries.unattributed import PAGE, Candidate, Queue, Waiting
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Offer:
    """Who may have earned it: their names, what a click posts, why, and the account to remember where one is named."""

    names: str
    shares: str
    why: str
    account: str
    account_id: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice that waits."""

    id: str
    number: str
    day: str
    since: str
    account: str
    net: str
    offers: tuple[Offer, ...]
    trouble: str
    places: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What was sent and not understood: of which invoice, why, who with how many parts, and the reason given."""

    invoice: str = ""
    why: str = ""
    places: tuple[tuple[str, str], ...] = ()
    reason: str = ""


NOTHING_REFUSED = Refused()
PLACES = 3
"""People among whom an invoice can be divided."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    detail: str
    invoices: tuple[Invoice, ...]
    people: tuple[tuple[str, str], ...]
    span: str
    before: str
    after: str


def page_of(queue: Queue, people: Sequence[RepName], refused: Refused = NOTHING_REFUSED) -> Page:
    """A page of the queue, with what was sent and refused."""
    place, last, here = queue.first // PAGE + 1, queue.first + len(queue.rows), reverse("invoices")
    span = _("{first} to {last} of {total}").format(
        first=fmt.number(queue.first + 1), last=fmt.number(last), total=fmt.number(queue.total)
    )
    return Page(
        *_opening(queue),
        tuple(_invoice(row, refused) for row in queue.rows), tuple((str(one.id), one.name) for one in people),
        span, f"{here}?page={place - 1}" if place > 1 else "", f"{here}?page={place + 1}" if last < queue.total else "",
    )  # fmt: skip


def _opening(queue: Queue) -> tuple[str, str]:
    if not queue.total:
        return (
            _("Every invoice counts for somebody."),
            _("New ones show up here with the next import that brings them."),
        )
    headline = ngettext(
        "One invoice counts for nobody.", "{count} invoices count for nobody.", queue.total
    ).format(count=fmt.number(queue.total))
    detail = ngettext(
        "{sums}. Nobody’s attainment has it until you say whose it is.",
        "Together {sums}. Nobody’s attainment has them until you say whose they are.",
        queue.total,
    ).format(sums=fmt.listed([fmt.money_whole(one) for one in queue.sums]))
    return headline, detail


def _invoice(row: Waiting, refused: Refused) -> Invoice:
    mine = refused if refused.invoice == str(row.id) else NOTHING_REFUSED
    places = (*mine.places, *[("", "1")] * PLACES)[:PLACES]
    return Invoice(
        str(row.id), row.number, fmt.day(row.day), row.day.isoformat(), row.account,
        fmt.money(row.net) if row.net else "",
        tuple(_offer(one) for one in row.candidates), mine.why, places, mine.reason,
    )  # fmt: skip


def _offer(one: Candidate) -> Offer:
    names = fmt.listed(
        [name if weight == 1 else f"{name} ({weight})" for _person, name, weight in one.people]
    )
    shares = ",".join(f"{person}:{weight}" for person, _name, weight in one.people)
    single = len(one.people) == 1
    return Offer(names, shares, one.why, one.account if single else "", str(one.account_id) if single else "")
