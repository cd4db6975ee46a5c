"""Parts that several pages of the own metrics show: a preview, words that are gone, what a wording says."""

from __future__ import annotations

from dataclasses import dataclass

from upswing.core.expressions import Wording
from upswing.core.metrics.metric import Better, Kind, Timing, Unit
from upswing.queries.filter_values import Gone
from upswing.queries.formula_setup import Preview
from upswing.web.shared import format as fmt

KINDS = {
    Kind.ACTIVITY: "Activity", Kind.VOLUME: "Volume", Kind.CONVERSION: "Conversion", Kind.VALUE: "Value",
    Kind.SPEED: "Speed", Kind.QUALITY: "Quality", Kind.DEVELOPMENT: "Development",
}  # fmt: skip
UNITS = {
    Unit.COUNT: "a number of records", Unit.SHARE: "per cent", Unit.RATIO: "so many of one per another",
    Unit.MONEY: "money", Unit.HOURS: "hours", Unit.DAYS: "days",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What one person has."""

    name: str
    now: str
    behind: str
    before: str
    behind_before: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A preview in words; `trouble` is why there is none."""

    trouble: str
    formula: str
    unit: str
    period: str
    before: str
    lines: tuple[Line, ...]
    gone: tuple[str, ...]


def tried(found: Preview) -> Tried:
    """A preview as it is drawn."""
    metric = found.metric
    lines = (
        Line(
            row.name, fmt.value(row.now, metric.unit), _records(row.n),
            fmt.value(row.before, metric.unit), _records(row.n_before),
        )
        for row in found.rows
    ) if metric else ()  # fmt: skip
    return Tried(
        found.trouble, found.formula, UNITS[metric.unit] if metric else "", fmt.period_name(found.period),
        fmt.period_name(found.period.previous()), tuple(lines), tuple(map(missing, found.gone)),
    )  # fmt: skip


def _records(count: int) -> str:
    return f"{fmt.number(count)} {'record' if count == 1 else 'records'}"


def missing(gone: Gone) -> str:
    """What is to know of a word that no record has any more."""
    hint = f" Did you mean “{gone.near}”?" if gone.near else ""
    if not gone.ever:
        return f"No record was ever of the {gone.dimension} “{gone.value}”: that part counts nothing.{hint}"
    many = "One record was" if gone.ever == 1 else f"{fmt.number(gone.ever)} records were"
    last = f", the last on {fmt.day(gone.last)}" if gone.last else ""
    return (
        f"“{gone.value}” is no {gone.dimension} any more: no record of the last year has it. {many} ever of it"
        f"{last}.{hint}"
    )


def says(wording: Wording) -> tuple[tuple[str, str], ...]:
    """What a wording says, part by part."""
    return (
        ("Name", wording.label),
        ("Expression", wording.text),
        ("Told in per cent", "yes" if wording.percent else "no"),
        ("What it counts", wording.help),
        ("How it helps", wording.purpose),
        ("Tells about", KINDS[wording.kind].lower()),
        ("Timing", "leading" if wording.timing is Timing.LEADING else "lagging"),
        ("Better", "lower" if wording.better is Better.LOWER else "higher"),
        ("Judged from", f"{fmt.number(wording.minimum)} records on"),
    )
