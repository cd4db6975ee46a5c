"""What was written down before past periods, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.said import PastForecast, score_of_written
from upswing.queries.backtesting import Replay
from upswing.web.forecast.parts import money, off_by, percent, range_of
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Then:
    """What was really written down before a period; of which day it is, and how it came out."""

    forecast: str
    range: str
    about: str


def summary(found: Replay) -> str:
    """How those came out that were really written down; without one, since when any are."""
    told = [
        (said, each.came) for each in found.found.periods if (said := found.written.get(each.period.slug))
    ]
    if not told:
        return _none_written(found)
    scores = score_of_written(told)
    words = ngettext(
        "The forecast that was written down before its period was off by {off}; {inside} of {count} ended inside its "
        "range.",
        "Of {count} forecasts that were written down before their period, {inside} ended inside their range; they were "
        "off by {off} on average.",
        scores.n,
    )
    inside = sum(said.low <= came <= said.high for said, came in told)
    return words.format(count=fmt.number(scores.n), inside=fmt.number(inside), off=percent(scores.wape))


def _none_written(found: Replay) -> str:
    if found.since is None:
        return _("No forecast has been written down yet: the first is when tonight is over.")
    words = _("Forecasts are written down since {day}, of none of these periods in the week before it began.")
    return words.format(day=fmt.day_long(found.since))


def then(said: PastForecast, came: float, found: Replay) -> Then:
    """One of them, beside what came in minor units."""
    inside = said.low <= came <= said.high
    words = _("{day}: inside the range, {off}") if inside else _("{day}: outside the range, {off}")
    about = words.format(day=fmt.day_short(said.day), off=off_by(said.likely, came))
    return Then(money(found, said.likely), range_of(found, said.low, said.high), about)
