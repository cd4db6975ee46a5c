"""The rep's own funnel in words and bars: how many at each step, and what leads from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upswing.core.funnel import Step
from upswing.core.measures import DEALS_WON
from upswing.core.metrics import CATALOGUE
from upswing.web.shared import format as fmt
from upswing.web.shared.charts.shapes import picture, rect, share

_HEIGHT = 14.0
_THINNEST = 0.006


@dataclass(frozen=True, slots=True)
class Shown:
    """One step: its name and count, its bar; the share of the step before, the usual, and whether it is marked."""

    label: str
    url: str
    count: str
    bar: SafeString
    rate: str
    usual: str
    low: bool


@dataclass(frozen=True, slots=True)
class Funnel:
    """The steps, and whether any holds more than came from the one before."""

    steps: tuple[Shown, ...]
    carried: bool


def funnel_shown(steps: Sequence[Step], urls: Mapping[str, str]) -> Funnel | None:
    """The funnel; None without steps. `urls` lead to the records of those that are lines of the card."""
    if not steps:
        return None
    most = max(*(each.count for each in steps), Fraction(1))
    shown = tuple(_shown(each, most, urls) for each in steps)
    return Funnel(shown, any(each.rate is not None and each.rate > 1 for each in steps))


def _shown(step: Step, most: Fraction, urls: Mapping[str, str]) -> Shown:
    part = float(step.count / most)
    kind = "bar-sup" if step.low else "bar-on"
    bar = rect(kind, "0", 1, share(max(part, _THINNEST) if step.count else 0.0), _HEIGHT - 2, 3)
    key = step.measure.key
    return Shown(
        _(CATALOGUE[key].label) if key != DEALS_WON.key else _("Won"),
        urls.get(key, ""),
        fmt.number(step.count),
        picture("mini", "", bar, "100%", _HEIGHT),
        "" if step.rate is None else fmt.percent(step.rate),
        "" if step.usual is None else fmt.percent(step.usual),
        step.low,
    )
