"""What the accuracy page shows: past forecasts against what came, by method."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.backtest import PUBLISHED, Calibration, Replayed
from upswing.core.forecast.scoring import Bin, Scores
from upswing.core.money import Money
from upswing.queries.backtesting import Replay
from upswing.web.forecast.words import METHODS
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import interval
from upswing.web.shared.stepper import Step as Link

NAMES = ("month", "quarter")


@dataclass(frozen=True, slots=True)
class Past:
    """One period: what was published, its range, what came, and how far off it was."""

    name: str
    forecast: str
    range: str
    came: str
    off: str
    inside: bool
    way: str
    drawing: SafeString


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
    kinds: tuple[Link, ...]
    past: tuple[Past, ...]
    ways: tuple[Way, ...]
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
            kinds, (), (), (), (), "",
        )  # fmt: skip
    told = found.found
    return Page(
        *_headline(found), kinds, tuple(_past(each, found.currency, _top(found)) for each in told.periods[::-1]),
        tuple(_way(key, scores, told.chosen) for key in METHODS if (scores := told.scores.get(key))),
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
    off = fmt.percent(_share(scores.wape)) if scores.wape is not None else "–"
    within = ngettext(
        "{inside} of {count} ended inside its range.",
        "{inside} of {count} ended inside their range.",
        scores.n,
    ).format(inside=fmt.number(inside), count=fmt.number(scores.n))
    nearest = _("Over all of them the nearest was: {way}.").format(way=_(METHODS[told.chosen]))
    return words.format(count=fmt.number(scores.n), off=off), f"{within} {nearest}"


def _top(found: Replay) -> float:
    return (
        max((max(each.said[PUBLISHED].high, each.came) for each in found.found.periods), default=0.0) or 1.0
    )


def _inside(each: Replayed) -> bool:
    return each.said[PUBLISHED].low <= each.came <= each.said[PUBLISHED].high


def _past(each: Replayed, currency: str, top: float) -> Past:
    said = each.said[PUBLISHED]
    off = _share((said.middle - each.came) / each.came) if each.came else None
    low, high = (fmt.money_whole(Money(round(end), currency)) for end in (said.low, said.high))
    return Past(
        fmt.period_name(each.period), fmt.money_whole(Money(round(said.middle), currency)),
        _("{low} to {high}").format(low=low, high=high), fmt.money_whole(Money(round(each.came), currency)),
        "–" if off is None else ("+" if off > 0 else "") + fmt.percent(off), _inside(each),
        _(METHODS[each.chosen]),
        interval(0.0, said.low / top, said.middle / top, said.high / top, each.came / top, ""),
    )  # fmt: skip


def _way(key: str, scores: Scores, chosen: str) -> Way:
    return Way(
        _(METHODS[key]), _percent(scores.mape), _percent(scores.wape), _percent(scores.bias),
        _percent(scores.coverage), fmt.number(scores.n), key == PUBLISHED, key == chosen,
    )  # fmt: skip


def _stage(each: Calibration, found: Replay) -> Stage:
    return Stage(
        found.names.get(each.stage, each.stage) or _("Stage not told"),
        fmt.number(each.n),
        fmt.number(_share(each.expected)),
        fmt.number(each.won),
    )


def _chance(each: Bin) -> Chance:
    given = _("{start} to {end}").format(
        start=fmt.percent(_share(each.start)), end=fmt.percent(_share(each.end))
    )
    won = _("{won} (likely between {low} and {high})").format(
        won=fmt.percent(_share(each.won), 1),
        low=fmt.percent(_share(each.low), 1),
        high=fmt.percent(_share(each.high), 1),
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
    return words.format(learned=fmt.number(_share(learned), 3), fixed=fmt.number(_share(fixed), 3))


def _percent(share: float | None) -> str:
    return "–" if share is None else fmt.percent(_share(share))


def _share(value: float) -> Decimal:
    return Decimal(repr(round(value, 6)))
