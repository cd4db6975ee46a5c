"""The one big number: what was won, against pace and target, beside the last twelve periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from upswing.core.scorecard import Line, Scorecard
from upswing.queries.pacing import Pacing
from upswing.web.scorecard.running import Running, running_of
from upswing.web.shared import format as fmt
from upswing.web.shared.factors import lowered
from upswing.web.shared.lines import exact
from upswing.web.shared.past import past_of
from upswing.web.shared.sentences import reason


@dataclass(frozen=True, slots=True)
class Hero:
    """The number, what it is compared with as (bold, quiet) pairs, and its history."""

    title: str
    url: str
    value: str
    facts: tuple[tuple[str, str], ...]
    axis: SafeString
    plot: SafeString
    aimed: str
    lowered: str
    running: Running | None = None


def hero_of(
    card: Scorecard, urls: Mapping[str, str], noun: str, over: bool, pacing: Pacing | None = None
) -> Hero | None:
    """The card's main line, which is money, with how it runs where that is told; None when it has none."""
    line = card.main
    if line is None:
        return None
    axis, plot = past_of(line, noun) if pacing is None else (SafeString(""), SafeString(""))
    aimed = "" if line.target is None else fmt.value(line.target, line.metric.unit)
    return Hero(
        line.metric.label, urls[line.metric.key], fmt.value(line.actual, line.metric.unit),
        tuple(_facts(line, noun, over)), axis, plot, aimed, lowered(line.factors, fmt.period_name(card.period)),
        None if pacing is None else running_of(pacing),
    )  # fmt: skip


def _facts(line: Line, noun: str, over: bool) -> list[tuple[str, str]]:
    unit, facts = line.metric.unit, []
    whole, value = line.target, line.actual
    if whole is None or value is None or not exact(whole):
        return [("", reason(line.reason or "no_target"))]
    share = Fraction(exact(value)) / exact(whole)
    facts.append((fmt.percent(share), f"of the {noun}’s target, {fmt.value(whole, unit)}"))
    if not over and line.attainment is not None and line.expected is not None:
        facts.append((fmt.percent(line.attainment), f"of today’s pace, {fmt.value(line.expected, unit)}"))
    return facts
