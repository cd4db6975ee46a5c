"""The board as CSV for spreadsheets and programs: a row a rep and metric, ISO numbers, nothing that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from upswing.actions.rejected import FORMULA
from upswing.core.money import Money
from upswing.core.scorecard import Line, Scorecard, Value

HEADER = (
    "rep", "rep_id", "team", "period", "at", "metric", "label", "unit", "currency", "actual", "target", "due",
    "reached", "band", "evidence", "records", "reason",
)  # fmt: skip
KIND = "text/csv; charset=utf-8"
DIGITS = Decimal("0.000001")


def cards_csv(cards: Iterable[Scorecard], currency: str, *, mark: bool = True) -> bytes:
    """The lines of the cards in UTF-8 with a byte order mark or without; empty cells where nothing can be said."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADER)
    writer.writerows(_row(card, line, currency) for card in cards for line in card.lines)
    return written.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _row(card: Scorecard, line: Line, currency: str) -> tuple[object, ...]:
    metric = line.metric
    return (
        _safe(card.rep), card.rep_id, _safe(card.team or ""), card.period.slug, card.at,
        metric.key, _safe(metric.label), metric.unit.value, currency if metric.unit.value == "money" else "",
        *map(_number, (line.actual, line.target, line.expected, line.attainment)),
        line.band or "", line.evidence or "", line.n, line.reason or "",
    )  # fmt: skip


def _number(value: Value | None) -> str:
    """Digits with a point; money in main units with all its decimals, other numbers with at most six."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return f"{value.decimal:f}"
    if value.denominator == 1:
        return str(value.numerator)
    return f"{(Decimal(value.numerator) / value.denominator).quantize(DIGITS):f}"


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
