"""What each source of leads is worth: leads that came in a period, deals made and won in it, and the money."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from upswing.core.measures import (
    BOOKED_REVENUE,
    DEALS_CREATED,
    DEALS_WON,
    LEADS_CREATED,
    WON_VALUE,
    Flow,
)
from upswing.core.metrics.value import quantity
from upswing.core.period import Period
from upswing.ledger.counting import By, Slot, count_by
from upswing.people.viewer import Viewer

FEWEST = 10
"""Leads from which on a value per lead is told; below it says little."""


@dataclass(frozen=True, slots=True)
class Source:
    """Counts of one source, shared ones in part; `value` in minor units. `name` is empty where no source is told.

    `per_lead` is the value per lead of the period, None for too few leads.
    """

    name: str
    leads: Fraction
    deals: Fraction
    won: Fraction
    value: int
    per_lead: Fraction | None


def sources(
    viewer: Viewer, people: Collection[int], period: Period, at: date, money: Flow = WON_VALUE
) -> tuple[Source, ...]:
    """By name, the untold one last; `money` is won value or booked revenue. Raises NotVisible as counting does."""
    if money not in (WON_VALUE, BOOKED_REVENUE):
        raise ValueError(f"{money.key} is not what a source is worth.")
    measures = (LEADS_CREATED, DEALS_CREATED, DEALS_WON, money)
    counted = count_by(viewer.sight, list(people), Slot("now", period, at), measures, By.SOURCE)
    rows = []
    for name, counts in counted.items():
        leads, deals, won, value = (quantity(measure, counts) for measure in measures)
        per_lead = value / leads if leads >= FEWEST else None
        if any((leads, deals, won, value)):
            rows.append(Source(name, leads, deals, won, int(value), per_lead))
    return tuple(sorted(rows, key=lambda row: (not row.name, row.name.casefold())))
