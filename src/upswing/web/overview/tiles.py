"""The five figures as tiles: each beside the period before, each opening its records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.measures import BOOKED_REVENUE
from upswing.core.metrics import metric
from upswing.queries.judging import ATTAINED
from upswing.queries.overview import Overview
from upswing.web.overview.words import like, money
from upswing.web.shared import format as fmt
from upswing.web.shared.request import link


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure, what it says more, the period before, and where its records are."""

    label: str
    value: str
    second: str
    before: str
    url: str


def tiles(request: HttpRequest, found: Overview) -> Iterator[Tile]:
    """In the order of the page."""
    now, then = found.now, found.then
    attained, revenue = metric(ATTAINED[found.money.key]), metric(found.money.key)
    yield Tile(
        _(attained.label), _share(now.attainment), _of_quota(found), _then(found, _share(then.attainment)),
        _records(request, found, attained.key),
    )  # fmt: skip
    yield Tile(
        _(revenue.label), money(found, now.revenue), "", _then(found, money(found, then.revenue)),
        _records(request, found, revenue.key),
    )  # fmt: skip
    yield Tile(
        _("Open pipeline"), money(found, now.open), _deals(now.open_deals),
        _then(found, money(found, then.open)), _page(request, found, "pipeline"),
    )  # fmt: skip
    yield Tile(
        _("Pipeline leakage"), _share(now.leakage), _lost(found), _then(found, _share(then.leakage)), "#lost"
    )
    yield _forecast(request, found)


def _forecast(request: HttpRequest, found: Overview) -> Tile:
    total = found.forecast
    if found.over:
        second = _("the period is over")
    else:
        second = _("8 of 10 times {low} to {high}").format(
            low=money(found, total.low), high=money(found, total.high)
        )
    before = _("{period}: {value} was won").format(
        period=fmt.period_name(found.before), value=money(found, found.former)
    )
    value = money(found, total.won if found.over else total.likely)
    return Tile(_("Forecast"), value, second, before, _page(request, found, "forecast"))


def _share(share: Fraction | None) -> str:
    return "–" if share is None else fmt.percent(share)


def _then(found: Overview, value: str) -> str:
    return _("{period}: {value}").format(period=like(found), value=value)


def _of_quota(found: Overview) -> str:
    if found.now.asked is None:
        return _("no quota set")
    return _("of {asked}").format(asked=money(found, found.now.asked))


def _lost(found: Overview) -> str:
    if not found.now.decided:
        return _("no deal is decided yet")
    return _("{lost} lost of {decided} decided").format(
        lost=money(found, found.now.lost), decided=money(found, found.now.decided)
    )


def _deals(count: Fraction) -> str:
    whole = int(count) if count == int(count) else 2
    return ngettext("{count} deal", "{count} deals", whole).format(count=fmt.number(count))


def _page(request: HttpRequest, found: Overview, name: str) -> str:
    """The page of that name of the same people and period."""
    ring, slug = found.circle, found.period.slug
    if ring.rep:
        return link(request, f"{name}_rep", rep=ring.rep, slug=slug)
    if ring.team:
        return link(request, f"{name}_team", team=ring.team, slug=slug)
    return link(request, f"{name}_all", slug=slug)


def _records(request: HttpRequest, found: Overview, key: str) -> str:
    """A rep's own records of a number; of several people the deals below, and of bookings their board."""
    ring, slug = found.circle, found.period.slug
    if ring.rep:
        return link(request, "metric", rep=ring.rep, key=key, slug=slug)
    if found.money is not BOOKED_REVENUE:
        return "#won"
    if ring.team:
        return link(request, "team", team=ring.team, slug=slug)
    return link(request, "team_all", slug=slug)
