"""Currencies: which one a deal is in, and what it is worth in euro."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from upswing.simulation.arrays import Ints
from upswing.simulation.clock import day, months_after, number
from upswing.simulation.setting import Setting
from upswing.simulation.table import AnyColumn, Days, Scaled, Words

CODES = ("EUR", "DKK", "USD")
NOMINAL = (1.0, 0.134, 0.92)
"""Euro per 1 of each, about: amounts are drawn in euro and stated in the deal's currency."""
PLACES = 6
MISSING_MONTHS = 6
"""For so long from the first day there is no rate for the last currency."""


def currency_of(world: Setting, rep: int, days: Ints) -> Ints:
    """The currency of the deals a rep's patch opens on those days, as a place in CODES."""
    if not world.scenario.currencies:
        return np.zeros(len(days), np.int64)
    return (rep + days % 5 // 4) % len(CODES)


def stated(cents: Ints, currency: Ints) -> Ints:
    """Cents of euro in cents of the currency."""
    return np.asarray(np.round(cents / np.asarray(NOMINAL)[currency]), dtype=np.int64)


def rate_rows(world: Setting) -> Mapping[str, AnyColumn]:
    """Monthly rates before the look, in millionths; the last currency's begin late."""
    rows: list[tuple[int, int, int]] = []
    if world.scenario.currencies:
        for code in (1, 2):
            first = months_after(day(world.start), MISSING_MONTHS) if code == 2 else day(world.first)
            found = number(first)
            while found < world.cut:
                swing = 0.03 * np.sin(found / 97 + code)
                rows.append((code, found, round(NOMINAL[code] * (1 + swing) * 10**PLACES)))
                found = number(months_after(day(found), 1))
    told = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return {"currency": Words(told[:, 0], CODES), "day": Days(told[:, 1]), "rate": Scaled(told[:, 2], PLACES)}
