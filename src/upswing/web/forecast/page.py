"""What the forecast page shows, in words and drawings: made from the answers of the queries alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.movement import Movement, Step
from upswing.queries.commit_history import Committed
from upswing.queries.forecast import Forecast
from upswing.queries.movement import Moved
from upswing.queries.pipeline import Pipeline
from upswing.web.forecast.changes import Change, backs, changes
from upswing.web.forecast.commits import SoFar, commits_so_far
from upswing.web.forecast.parts import money, pipeline_url
from upswing.web.forecast.people import Person, Word, people, word
from upswing.web.forecast.tiles import Tile, tiles
from upswing.web.forecast.words import CHOSEN, METHODS
from upswing.web.shared import format as fmt
from upswing.web.shared.circles import address, name_of, others
from upswing.web.shared.stepper import Step as Link
from upswing.web.shared.stepper import Stepper, stepper
from upswing.web.shared.waiting import waits

SHOWN = 6
"""Stalled deals on the page; all of them are one click away."""


@dataclass(frozen=True, slots=True)
class Way:
    """What one way of forecasting says."""

    label: str
    value: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Stalled:
    """A deal that stands still."""

    name: str
    url: str
    about: str
    amount: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    name: str
    personal: bool
    period: str
    stepper: Stepper
    teams: tuple[Link, ...]
    headline: str
    detail: str
    waits: str
    unverified: bool
    tiles: tuple[Tile, ...]
    changes: tuple[Change, ...]
    since: str
    backs: tuple[Link, ...]
    people: tuple[Person, ...]
    pages: tuple[Link, ...]
    ways: tuple[Way, ...]
    chosen: str
    left_out: bool
    accuracy: str
    stalled: tuple[Stalled, ...]
    stalled_more: str
    stalled_about: str
    word: Word | None
    so_far: tuple[SoFar, ...]
    refused: str
    over: bool


def page_of(
    request: HttpRequest,
    found: Forecast,
    changed: Movement,
    moved: Mapping[Step, Sequence[Moved]],
    since: date,
    stalled: Pipeline,
    history: Sequence[Committed],
    won_waits: int,
    refused: str,
) -> Page:
    """The page of a forecast."""
    name, parts = address("forecast", found.circle)
    shown, more, about = _stalled(request, found, stalled)
    return Page(
        name_of(found.circle), found.circle.rep is not None, fmt.period_name(found.period),
        stepper(request, found.period, found.at, name, onward=True, **parts),
        others(request, "forecast", found.circle, found.period.slug),
        *_headline(found), waits(0 if found.over else stalled.waiting, won_waits),
        not found.verified and not found.over,
        tuple(tiles(request, found, stalled)),
        tuple(changes(found, changed, moved)), fmt.day(since), backs(request, found, since),
        *people(request, found), _ways(found), _(CHOSEN.get(found.chosen, "")) if found.chosen else "", found.left_out,
        reverse("accuracy", kwargs={"kind": "quarter" if found.period.kind.value == "quarter" else "month"}),
        shown, more, about, word(request, found),
        commits_so_far(history, found.currency), refused, found.over,
    )  # fmt: skip


def _headline(found: Forecast) -> tuple[str, str]:
    """What will come, how sure it is, and what it means for the quota."""
    total, period = found.total, fmt.period_name(found.period)
    if found.over:
        words = _("{period} is over: {won} was won.")
        return words.format(period=period, won=money(found, total.won)), _against(found, total.won)
    if total.won:
        words = _("{period} will likely bring {likely}: {won} is won, {rest} is still to come.")
    else:
        words = _("{period} will likely bring {likely}.")
    headline = words.format(
        period=period, likely=money(found, total.likely), won=money(found, total.won),
        rest=money(found, total.likely - total.won),
    )  # fmt: skip
    sure = _("In 8 of 10 such cases it ends between {low} and {high}.").format(
        low=money(found, total.low), high=money(found, total.high)
    )
    return headline, f"{sure} {_against(found, total.likely)}".strip()


def _against(found: Forecast, brings: int) -> str:
    """The quota beside it: a fact."""
    if not found.total.asked:
        return ""
    words = _("That is {percent} of the quota of {asked}.")
    percent = fmt.percent(Decimal(brings) / Decimal(found.total.asked))
    return words.format(percent=percent, asked=money(found, found.total.asked))


def _ways(found: Forecast) -> tuple[Way, ...]:
    """What every way says of what is still to come, in a settled order."""
    return tuple(
        Way(_(METHODS[key]), money(found, found.said[key]), key == found.chosen)
        for key in METHODS
        if key in found.said
    )


def _stalled(
    request: HttpRequest, found: Forecast, stalled: Pipeline
) -> tuple[tuple[Stalled, ...], str, str]:
    shown = tuple(
        Stalled(
            item.name or item.account or _("Deal without a name"),
            reverse("deal", kwargs={"deal": item.id}),
            _("{stage}, {days} days; the limit is {limit}").format(
                stage=item.stage_name, days=fmt.number(item.stage_age), limit=fmt.number(item.limit)
            ),
            money(found, item.amount) if item.amount else "–",
        )
        for item in stalled.items[:SHOWN]
    )
    tile = stalled.chosen
    words = ngettext(
        "{count} open deal is longer in its stage than such deals that were won: {value} in all.",
        "{count} open deals are longer in their stage than such deals that were won: {value} in all.",
        tile.deals,
    )
    about = words.format(count=fmt.number(tile.deals), value=money(found, tile.value)) if tile.deals else ""
    return shown, pipeline_url(request, found, "state=stalled") if tile.deals > len(shown) else "", about
