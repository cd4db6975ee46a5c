"""Scorecards and boards as text on a terminal: bands as words, never colour alone."""

from __future__ import annotations

from fractions import Fraction

from rich.console import Console
from rich.table import Table

from upswing.cli.reports import counted
from upswing.core.benchmarks import BenchmarkKind
from upswing.core.evidence import Evidence
from upswing.core.metrics.metric import Unit
from upswing.core.money import Money
from upswing.core.scorecard import Line, Scorecard, Value
from upswing.queries.team import Board

DASH = "–"
LED = {"won_value", "booked_revenue"}
"""The line whose band speaks for the card on a board."""
BANDS = {"outstanding": "outstanding", "on_track": "on track", "needs_support": "needs support"}
EVIDENCE = {"too_early": "too early to tell", "leaning": "leaning", "clear": "clear"}
REASONS = {
    "no_target": "no target", "no_records": "nothing recorded yet", "no_data": "no records",
    "partly_set": "target set for part of it",
    "unvalued": "some amounts unknown",
    "no_days": "no working days", "not_started": "not started", "too_few": "too few to judge",
}  # fmt: skip


def print_card(card: Scorecard) -> None:
    """One rep's scorecard."""
    table = Table(title=f"{card.rep}, {card.period.slug}, at {card.at}", title_justify="left")
    for name in (
        "Metric",
        "Actual",
        "Target",
        "By now",
        "Attained",
        "Band",
        "Evidence",
        "n",
        "Before",
        "Team",
    ):
        table.add_column(name, justify="left" if name in {"Metric", "Band", "Evidence"} else "right")
    for line in card.lines:
        table.add_row(*_cells(line))
    console().print(table)


def print_board(board: Board) -> None:
    """One line a rep, by name."""
    if not board.cards:
        console().print("Nobody sells here yet. Bring in a file of deals or people: upswing import PATH.")
        return
    table = Table(title=f"{board.name}, {board.period.slug}, at {board.at}", title_justify="left")
    metrics = {line.metric.key: line.metric for card in board.cards for line in card.lines}
    for name in ("Rep", *(metric.label for metric in metrics.values()), "Band", "Evidence"):
        table.add_column(name, justify="left" if name in {"Rep", "Band", "Evidence"} else "right")
    for card in board.cards:
        led = next((line for line in card.lines if line.metric.key in LED), card.lines[0])
        lines = {line.metric.key: line for line in card.lines}
        cells = (said(lines[key].actual, lines[key]) if key in lines else DASH for key in metrics)
        table.add_row(card.rep, *cells, *_judged(led))
    console().print(table)
    console().print(_at_quota(board))
    if board.quiet:
        console().print(f"Without any record in the data: {', '.join(board.quiet)}.")


def _at_quota(board: Board) -> str:
    if not board.judged:
        return "Nobody with records has a quota here. Bring in a file with the columns rep, metric, period and value."
    verb = "is" if board.attained == 1 else "are"
    reps = counted(board.judged, "rep")
    return f"{board.attained:,} of {reps} with records and a quota {verb} at or above it by now."


def console() -> Console:
    """Wide enough for every column when the output goes to a file."""
    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=160)


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.metric.label, said(line.actual, line), said(line.target, line), said(line.expected, line),
        percent(line.attainment), *_judged(line), str(line.n),
        _benchmark(line, BenchmarkKind.OWN_PAST), _benchmark(line, BenchmarkKind.TEAM),
    )  # fmt: skip


def _judged(line: Line) -> tuple[str, str]:
    if line.evidence is Evidence.TOO_EARLY:
        return DASH, EVIDENCE[line.evidence.value]
    band = BANDS[line.band.value] if line.band else REASONS.get(line.reason or "", DASH)
    return band, EVIDENCE[line.evidence.value] if line.evidence else DASH


def _benchmark(line: Line, kind: BenchmarkKind) -> str:
    return next((said(b.value, line) for b in line.benchmarks if b.kind is kind), DASH)


def said(value: Value | None, line: Line) -> str:
    """A value with its unit."""
    if value is None:
        return DASH
    if isinstance(value, Fraction) and line.metric.unit.value == "share":
        return percent(value)
    if isinstance(value, Fraction) and line.metric.unit in {Unit.HOURS, Unit.DAYS}:
        return f"{float(value):,.4g} {line.metric.unit.value}"
    return number(value)


def number(value: Value) -> str:
    """Money with its currency; a number in four digits at least."""
    if isinstance(value, Money):
        whole = value.decimal == value.decimal.to_integral_value()
        return f"{value.decimal:,.0f} {value.currency}" if whole else f"{value.decimal:,} {value.currency}"
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.4g}"


def percent(share: Fraction | None) -> str:
    """A share in whole per cent."""
    return DASH if share is None else f"{float(share):.0%}"
