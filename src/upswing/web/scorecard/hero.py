"""The one big number: what was won, against pace and target, beside the last twelve periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upswing.core.scorecard import Line, Scorecard
from upswing.queries.pacing import Pacing
from upswing.web.scorecard.running import Running, running_of
from upswing.web.shared import format as fmt
from upswing.web.shared.factors import lowered
from upswing.web.shared.lines import exact
from upswing.web.shared.past import past_of
from upswing.web.shared.sentences import reason
from upswing.web.shared.spans import Phrases


@dataclass(frozen=True, slots=True)
class Hero:
    """The number, what it is compared with, and its history."""

    title: str
    url: str
    value: str
    facts: tuple[str, ...]
    axis: SafeString
    plot: SafeString
    aimed: str
    lowered: str
    running: Running | None = None


def hero_of(
    card: Scorecard, urls: Mapping[str, str], phrases: Phrases, over: bool, pacing: Pacing | None = None
) -> Hero | None:
    """The card's main line, which is money, with how it runs where that is told; None when it has none."""
    line = card.main
    if line is None:
        return None
    axis, plot = past_of(line, phrases) if pacing is None else (SafeString(""), SafeString(""))
    aimed = "" if line.target is None else fmt.value(line.target, line.metric.unit)
    return Hero(
        _(line.metric.label), urls[line.metric.key], fmt.value(line.actual, line.metric.unit),
        tuple(_facts(line, phrases, over)), axis, plot, aimed, lowered(line.factors, fmt.period_name(card.period)),
        None if pacing is None else running_of(pacing),
    )  # fmt: skip


def _facts(line: Line, phrases: Phrases, over: bool) -> list[str]:
    unit, whole, value = line.metric.unit, line.target, line.actual
    if whole is None or value is None or not exact(whole):
        return [reason(line.reason or "no_target")]
    share = fmt.percent(Fraction(exact(value)) / exact(whole))
    facts: list[str] = [format_html(phrases.share_of_target, percent=share, target=fmt.value(whole, unit))]
    if not over and line.attainment is not None and line.expected is not None:
        pace = _("<strong>{percent}</strong> of today’s pace, {expected}")
        reached, expected = fmt.percent(line.attainment), fmt.value(line.expected, unit)
        facts.append(format_html(pace, percent=reached, expected=expected))
    return facts
