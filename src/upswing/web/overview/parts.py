"""What stands below the tiles: new business over the months, stages, reasons and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.money import Money, digits
from upswing.core.period import Period
from upswing.queries.new_business import Brought
from upswing.queries.overview import Overview
from upswing.queries.reasons import Decided, Reason
from upswing.queries.sources import Source
from upswing.queries.stays import Stay
from upswing.web.overview.words import days, money
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import Column, columns, sparkline
from upswing.web.shared.charts.ticks import ticks
from upswing.web.shared.request import link

SHOWN = 20
"""Deals of a reason that are listed, the greatest first."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of new business, and all since the first month shown."""

    name: str
    amount: str
    since: str


@dataclass(frozen=True, slots=True)
class Person:
    """What one person brought of new business in all months."""

    name: str
    url: str
    amount: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class NewBusiness:
    """Columns of all together, the same as numbers, and each person's small row."""

    total: str
    axis: SafeString
    plot: SafeString
    months: tuple[Month, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class StageRow:
    """How long deals stayed in a stage."""

    name: str
    days: str
    stays: str
    before: str


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal of a reason."""

    name: str
    url: str
    value: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason with its deals; `told` unless it stands for those without one, `more` says how many are not listed."""

    told: bool
    words: str
    count: str
    value: str
    deals: tuple[DealRow, ...]
    more: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What a source is worth."""

    name: str
    leads: str
    deals: str
    won: str
    value: str
    per_lead: str


def new_business(request: HttpRequest, found: Overview) -> NewBusiness | None:
    """None where no new account was invoiced in any of the months."""
    new = found.new
    if not any(new.together):
        return None
    unit = 10 ** digits(found.currency)
    scale = ticks(max(new.together) / unit)
    words = [(tick, fmt.money_compact(Money(round(tick * unit), found.currency))) for tick in scale]
    drawn = [Column(amount / unit, *fmt.period_tick(month), "") for month, amount in _months(found)]
    said = fmt.in_a_row(
        f"{fmt.period_name(month)} {money(found, amount)}" for month, amount in _months(found)
    )
    axis, plot = columns(drawn, words, _("Net new business by month: {values}").format(values=said))
    rows = tuple(
        Month(fmt.period_name(month), money(found, amount), money(found, since))
        for (month, amount), since in zip(_months(found), accumulate(new.together), strict=True)
    )
    people = tuple(_person(request, found, each) for each in new.people)
    return NewBusiness(money(found, new.total), axis, plot, rows, people if found.circle.rep is None else ())


def _months(found: Overview) -> tuple[tuple[Period, int], ...]:
    return tuple(zip(found.new.months, found.new.together, strict=True))


def _person(request: HttpRequest, found: Overview, each: Brought) -> Person:
    url = link(request, "metric", rep=each.id, key="new_business", slug=found.period.slug)
    drawing = sparkline([float(amount) for amount in each.months], "", "on")
    return Person(each.name, url, money(found, each.total), drawing)


def stages(stays: Iterable[Stay]) -> tuple[StageRow, ...]:
    """Every stage that deals left in the period."""
    return tuple(
        StageRow(
            stay.name or _("Stage not told"), days(stay.days), _count(stay.stays),
            _("too few to say") if stay.before is None else days(stay.before),
        )
        for stay in stays
    )  # fmt: skip


def reasons(found: Overview, told: Iterable[Reason]) -> tuple[ReasonRow, ...]:
    """With the greatest deals of each."""
    return tuple(
        ReasonRow(
            bool(reason.words),
            reason.words or _("No reason told"), _deals(len(reason.deals)), money(found, reason.value),
            tuple(_deal(found, deal) for deal in reason.deals[:SHOWN]), _more(len(reason.deals) - SHOWN),
        )
        for reason in told
    )  # fmt: skip


def sources(found: Overview) -> tuple[SourceRow, ...]:
    """Every source that brought anything in the period."""
    return tuple(_source(found, source) for source in found.sources)


def _source(found: Overview, source: Source) -> SourceRow:
    per_lead = "" if source.per_lead is None else money(found, round(source.per_lead))
    return SourceRow(
        source.name or _("Source not told"), _count(source.leads), _count(source.deals), _count(source.won),
        money(found, source.value), per_lead,
    )  # fmt: skip


def _deal(found: Overview, deal: Decided) -> DealRow:
    return DealRow(deal.name, reverse("deal", kwargs={"deal": deal.id}), money(found, deal.value))


def _more(count: int) -> str:
    words = ngettext("and {count} more", "and {count} more", max(count, 1))
    return words.format(count=fmt.number(count)) if count > 0 else ""


def _deals(count: int) -> str:
    return ngettext("{count} deal", "{count} deals", count).format(count=fmt.number(count))


def _count(count: Fraction) -> str:
    return fmt.number(count)
