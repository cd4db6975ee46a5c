"""What the page of exchange rates shows, in words and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.connectors.files.money import MOST
from upswing.core.records import Came
from upswing.queries.rate_gaps import Entered, Gap, Why
from upswing.queries.rates import PAGE, RateShown
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import counted

DEALS = counted("{count} deal", "{count} deals")
QUOTES = counted("{count} quote", "{count} quotes")
INVOICES = counted("{count} invoice", "{count} invoices")
AMISS = {
    Why.NO_RATE: counted(
        "{what} in {currency} of {day} has no amount: no rate on or before that day is known.",
        "{what} in {currency} from {day} on have no amount: no rate on or before their day is known.",
    ),
    Why.TOO_LARGE: counted(
        "{what} in {currency} of {day} has no amount: at the rate known it would be worth more than {most}. "
        "Look for a slipped mark.",
        "{what} in {currency} from {day} on have no amount: at the rate known each would be worth more than {most}. "
        "Look for a slipped mark.",
    ),
    Why.TAKEN_BACK: counted(
        "{what} in {currency} of {day} stands at a rate that was taken back. Import its files again: it takes the "
        "rate that counts by then.",
        "{what} in {currency} from {day} on stand at rates that were taken back. Import their files again: they take "
        "the rates that count by then.",
    ),
}
"""What is said of one record, and of several."""


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the fields."""

    currency: str
    day: str
    rate: str


@dataclass(frozen=True, slots=True)
class GapShown:
    """What is amiss in a currency; `url` leads to the form with it and its first day, where that would help."""

    sentence: str
    currency: str
    url: str
    deals: tuple[tuple[UUID, str], ...]
    more: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rate; `url` leads to the import, or to where it is taken back."""

    currency: str
    worth: str
    day: str
    source: str
    came: str
    hand: bool
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws; `entered` says what the rate entered just now has done."""

    own: str
    entered: tuple[str, ...]
    headline: str
    waits: tuple[GapShown, ...]
    stands: tuple[GapShown, ...]
    kinds: tuple[tuple[str, str, bool], ...]
    count: str
    rows: tuple[Row, ...]
    before: str
    after: str


def page_of(
    own: str, entered: Entered | None, gaps: Sequence[Gap], known: Mapping[str, int], of: str, place: int,
    rates: Sequence[RateShown], zone: tzinfo | None,
) -> Page:  # fmt: skip
    """The page of the rates into `own`, those `of` one currency where one is named."""
    count = known[of] if of else sum(known.values())
    words = ngettext("{count} rate", "{count} rates", count)
    return Page(
        own, _entered(entered, own) if entered else (), _headline(gaps, count),
        tuple(_gap(gap) for gap in gaps if gap.why is not Why.TAKEN_BACK),
        tuple(_gap(gap) for gap in gaps if gap.why is Why.TAKEN_BACK), tuple(_kinds(known, of)),
        words.format(count=fmt.number(count)), tuple(_row(rate, own, zone) for rate in rates),
        _here(of, place - 1) if place > 1 else "", _here(of, place + 1) if place * PAGE < count else "",
    )  # fmt: skip


def _entered(done: Entered, own: str) -> tuple[str, ...]:
    """What a rate converted, and what it could not."""
    words = ngettext(
        "The rate of {currency} of {day} is kept: {rate} {own}. {count} record was converted.",
        "The rate of {currency} of {day} is kept: {rate} {own}. {count} records were converted.",
        done.converted,
    )
    kept = words.format(
        currency=done.currency, day=fmt.day_long(done.day), rate=fmt.number(done.rate, 20), own=own,
        count=fmt.number(done.converted),
    )  # fmt: skip
    if not done.left:
        return (kept,)
    words = ngettext(
        "{count} waits still, for it would be worth more than {most} at its rate: {named}.",
        "{count} wait still, for each would be worth more than {most} at its rate: {named}.",
        done.left,
    )
    unnamed = done.left - len(done.too_large)
    more = [_("{count} more").format(count=fmt.number(unnamed))] if unnamed else []
    named = fmt.listed([*done.too_large, *more])
    return kept, words.format(count=fmt.number(done.left), most=fmt.number(MOST), named=named)


def _headline(gaps: Sequence[Gap], count: int) -> str:
    named = fmt.listed([gap.currency for gap in gaps if gap.why is Why.NO_RATE])
    if named:
        return _("Amounts in {currencies} wait for a rate.").format(currencies=named)
    if gaps:
        named = fmt.listed(sorted({gap.currency for gap in gaps}))
        return _("Amounts in {currencies} ask for a look.").format(currencies=named)
    return (
        _("No amount waits for a rate.") if count else _("No rate is kept yet, and no amount waits for one.")
    )


def _gap(gap: Gap) -> GapShown:
    kinds = ((gap.deals, DEALS), (gap.quotes, QUOTES), (gap.invoices, INVOICES))
    what = fmt.listed(
        [ngettext(*words, count).format(count=fmt.number(count)) for count, words in kinds if count]
    )
    sentence = ngettext(*AMISS[gap.why], gap.deals + gap.quotes + gap.invoices).format(
        what=what, currency=gap.currency, day=fmt.day_long(gap.first), most=fmt.number(MOST)
    )
    left = gap.deals - len(gap.named)
    more = ngettext("and {count} more deal", "and {count} more deals", left).format(count=fmt.number(left))
    asked = urlencode({"currency": gap.currency, "day": gap.first.isoformat()})
    url = "" if gap.why is Why.TAKEN_BACK else f"{reverse('rates')}?{asked}#enter"
    return GapShown(sentence, gap.currency, url, gap.named, more if left > 0 else "")


def _kinds(known: Mapping[str, int], of: str) -> list[tuple[str, str, bool]]:
    """A choice of currencies, where there are several."""
    if len(known) < 2:
        return []
    return [(_("All"), _here("", 1), not of), *((code, _here(code, 1), code == of) for code in known)]


def _here(of: str, place: int) -> str:
    parts = {name: value for name, value in (("of", of), ("page", place if place > 1 else "")) if value}
    return reverse("rates") + (f"?{urlencode(parts)}" if parts else "")


def _row(rate: RateShown, own: str, zone: tzinfo | None) -> Row:
    hand, day = rate.came is Came.HAND, fmt.day(rate.at.astimezone(zone).date())
    came = _("entered by {by} on {day}").format(by=rate.by, day=day)
    if not hand:
        came = _("imported on {day}").format(day=day)
    return Row(
        rate.currency, f"{fmt.number(rate.rate, 20)} {own}", fmt.day(rate.day), rate.source, came, hand,
        reverse("batch_undo" if hand else "batch", args=[rate.batch]),
        "" if rate.counts else _("A later one of this day counts."),
    )  # fmt: skip
