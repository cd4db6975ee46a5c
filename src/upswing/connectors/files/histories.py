"""Rows that belong to deals and quotes, and rates: kept until a deal, quote or invoice asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from upswing.connectors.files.build import Build
from upswing.connectors.files.references import product_of
from upswing.connectors.files.sheet import Sheet


def stage_moves(sheet: Sheet) -> Build:
    """A deal entered a stage."""
    kept = sheet.parts.moves

    def build(cells: Sequence[Any]) -> None:
        deal, (stage, outcome, place), moment = cells
        kept.setdefault(deal, []).append(
            (moment, place, stage, outcome, sheet.origin.row, sheet.origin.file)
        )  # fmt: skip

    return build


def amount_changes(sheet: Sheet) -> Build:
    """The open amount became another, in the deal's own currency."""
    kept = sheet.parts.amounts

    def build(cells: Sequence[Any]) -> None:
        deal, moment, amount = cells
        kept.setdefault(deal, []).append((moment, amount, sheet.origin.row, sheet.origin.file))

    return build


def close_changes(sheet: Sheet) -> Build:
    """On a day, the deal was expected to close on another."""
    kept = sheet.parts.closes

    def build(cells: Sequence[Any]) -> None:
        deal, moment, expected = cells
        kept.setdefault(deal, []).append((moment, expected, sheet.origin.row, sheet.origin.file))

    return build


def quote_lines(sheet: Sheet) -> Build:
    """One line of a quote."""
    kept = sheet.parts.lines

    def build(cells: Sequence[Any]) -> None:
        quote, named, price, quantity = cells
        product = product_of(sheet, named, quote, "The line")
        line = (product, quantity or Decimal(1), price, sheet.origin.row, sheet.origin.file)
        kept.setdefault(quote, []).append(line)

    return build


def rates(sheet: Sheet) -> Build:
    """What another currency is worth from a day on."""

    def build(cells: Sequence[Any]) -> None:
        currency, day, rate = cells
        sheet.claim((currency, day), "day", f"A rate of {currency} for {day} stands")
        if currency != sheet.currency:
            sheet.known.rates.tell(currency, day, rate)

    return build
