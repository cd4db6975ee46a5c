"""What the accuracy page shows: past forecasts, replayed and as they were written down, against what came."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.backtest import PUBLISHED, Calibration, Replayed
from upswing.core.forecast.said import REP_COMMIT
from upswing.core.forecast.scoring import Bin, Scores
from upswing.queries.backtesting import Replay
from upswing.web.forecast.parts import money, off_by, percent, range_of, share
from upswing.web.forecast.words import METHODS
from upswing.web.forecast.written import Then, summary, then
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import interval
from upswing.web.shared.stepper import Step as Link

NAMES = ("month", "quarter")


@dataclass(frozen=True, slots=True)
class Past:
    """One period: what the replay says, its range, what came, how far off it was; and what was written down then."""

    name: str
    forecast: str
    range: str
    came: str
    off: str
    inside: bool
    way: str
    drawing: SafeString
    then: Then | None


@dataclass(frozen=True, slots=True)
class Way:
    """How one way of forecasting did."""

    label: str
    off: str
    sum: str
    bias: str
    inside: str
    periods: str
    published: bool
    nearest: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """How the chances of single deals of a stage came out."""

    name: str
    deals: str
    expected: str
    won: str


@dataclass(frozen=True, slots=True)
class Chance:
    """Deals that were given about the same chance, and how many of them were won."""

    given: str
    deals: str
    won: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    detail: str
    written: str
    kinds: tuple[Link, ...]
    past: tuple[Past, ...]
    ways: tuple[Way, ...]
    committed: bool
    stages: tuple[Stage, ...]
    chances: tuple[Chance, ...]
    losses: str


def accuracy_page(request: HttpRequest, found: Replay | None, kind: str) -> Page:
    """The page of a replay; without one it says what is missing."""
    kinds = tuple(
        Link(
            _("Months") if each == "month" else _("Quarters"),
            reverse("accuracy", kwargs={"kind": each}),
            each == kind,
        )
        for each in NAMES
    )
    if found is None:
        return Page(
            _("There is no past to learn from yet."),
            _("Once a whole period after the first decision is over, its forecast stands here against what came."),
            "", kinds, (), (), False, (), (), "",
        )  # fmt: skip
    told = found.found
    return Page(
        *_headline(found), summary(found), kinds, tuple(_past(each, found) for each in told.periods[::-1]),
        tuple(_way(key, scores, told.chosen) for key in METHODS if (scores := found.scores.get(key))),
        REP_COMMIT in found.scores,
        tuple(_stage(each, found) for each in told.stages), tuple(map(_chance, told.bins)), _losses(found),
    )  # fmt: skip


def _headline(found: Replay) -> tuple[str, str]:
    told = found.found
    scores = told.scores[PUBLISHED]
    inside = sum(_inside(each) for each in told.periods)
    words = ngettext(
        "Our last forecast was off by {off}.",
        "Our last {count} forecasts were off by {off} on average.",
        scores.n,
    )
    within = ngettext(
        "{inside} of {count} ended inside its range.",
        "{inside} of {count} ended inside their range.",
        scores.n,
    ).format(inside=fmt.number(inside), count=fmt.number(scores.n))
    nearest = _("Over all of them the nearest was: {way}.").format(way=_(METHODS[told.chosen]))
    return words.format(count=fmt.number(scores.n), off=percent(scores.wape)), f"{within} {nearest}"


def _top(found: Replay) -> float:
    return (
        max((max(each.said[PUBLISHED].high, each.came) for each in found.found.periods), default=0.0) or 1.0
    )


def _inside(each: Replayed) -> bool:
    return each.said[PUBLISHED].low <= each.came <= each.said[PUBLISHED].high


def _past(each: Replayed, found: Replay) -> Past:
    said, top, kept = each.said[PUBLISHED], _top(found), found.written.get(each.period.slug)
    return Past(
        fmt.period_name(each.period), money(found, said.middle), range_of(found, said.low, said.high),
        money(found, each.came), off_by(said.middle, each.came), _inside(each), _(METHODS[each.chosen]),
        interval(0.0, said.low / top, said.middle / top, said.high / top, each.came / top, ""),
        then(kept, each.came, found) if kept else None,
    )  # fmt: skip


def _way(key: str, scores: Scores, chosen: str) -> Way:
    return Way(
        _(METHODS[key]), percent(scores.mape), percent(scores.wape), percent(scores.bias),
        percent(scores.coverage), fmt.number(scores.n), key == PUBLISHED, key == chosen,
    )  # fmt: skip


def _stage(each: Calibration, found: Replay) -> Stage:
    return Stage(
        found.names.get(each.stage, each.stage) or _("Stage not told"),
        fmt.number(each.n),
        fmt.number(share(each.expected)),
        fmt.number(each.won),
    )


def _chance(each: Bin) -> Chance:
    given = _("{start} to {end}").format(start=percent(each.start), end=percent(each.end))
    won = _("{won} (likely between {low} and {high})").format(
        won=fmt.percent(share(each.won), 1),
        low=fmt.percent(share(each.low), 1),
        high=fmt.percent(share(each.high), 1),
    )
    return Chance(given, fmt.number(each.n), won)


def _losses(found: Replay) -> str:
    """How much nearer learned chances are than the weights of stages."""
    learned, fixed = found.found.learned_loss, found.found.fixed_loss
    if learned is None or fixed is None:
        return ""
    words = _(
        "How far single chances were off (log loss): {learned} as learned, {fixed} by the weights of stages."
    )
    return words.format(learned=fmt.number(share(learned), 3), fixed=fmt.number(share(fixed), 3))
