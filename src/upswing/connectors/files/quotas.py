"""Rows of quotas to records."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from upswing.connectors.connector import folded
from upswing.connectors.files import values
from upswing.connectors.files.build import Build
from upswing.connectors.files.fields import Cell
from upswing.connectors.files.money import bounded
from upswing.connectors.files.nearest import nearest
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.metrics.metric import Unit
from upswing.core.money import minor_units
from upswing.core.period import Period, PeriodKind, UnknownPeriod, parse_period, period_of
from upswing.core.records import QuotaRecord


def quotas(sheet: Sheet) -> Build:
    """What a rep is asked for in a period; one quota for the same days and metric."""
    known, metrics = sheet.known.quotas, sheet.known.metrics

    def build(cells: Sequence[Any]) -> QuotaRecord:
        rep, span, value, key = cells
        first = known.setdefault((folded(rep), span.start, span.end, key), sheet.origin.row)
        if first != sheet.origin.row:
            sentence = (
                f"{rep} has a quota of {key} for {span.slug} in row {first} already; that one was kept."
            )
            raise Refused("repeated_id", "period", sheet.raw("period"), sentence)
        money = metrics[key].unit is Unit.MONEY
        exact = Fraction(minor_units(value, sheet.currency)) if money else Fraction(value)
        return QuotaRecord(rep, span.slug, key, exact, sheet.origin)

    return build


def quota(sheet: Sheet, cell: Cell, written: str) -> Decimal:
    """A number from 0 up."""
    found = values.number(written, sheet.how)
    if found is None or found < 0:
        raise Refused("bad_value", "value", written[:200], "a quota is a number from 0 up.")
    return bounded(found, "value", written, "a quota")


def metric(sheet: Sheet, written: str) -> str:
    """A metric's key; the table's where the cell is empty."""
    key = values.text(written) or sheet.table.metric
    if key not in sheet.known.metrics:
        hint = nearest(key, sheet.known.metrics)
        raise Refused("unknown_metric", "metric", key, f"no metric is called “{key}”. {hint}")
    return key


def period(sheet: Sheet, written: str) -> Period | None:
    """The period a file names, by its days: a word such as this-month would mean another one tomorrow.

    Where the mapping says what a day stands for, it is the month, quarter or year the day lies in.
    """
    slug, known = values.text(written), sheet.known
    if not slug:
        return None
    if step := sheet.table.unit.get("period"):
        day = values.day(written, sheet.how)
        return period_of(PeriodKind(step), day, known.fiscal_start) if day else None
    why = f"No period reads “{slug}” in a file, which stays while days pass."
    try:
        if any(character.isdigit() for character in slug):
            return parse_period(slug, known.today, known.fiscal_start)
    except UnknownPeriod as error:
        why = str(error).rpartition(" Write ")[0]
    year = known.today.year
    sentence = f"{why} Write {year}-Q3, {year}-07, {year}-W30 or {year}."
    raise Refused("bad_period", "period", slug, sentence)
