"""Measures: a flow counts or sums facts over a period; a stock is what stands at an instant.

Every flow declared here is one column of the day and month tiers. A stock is written as the flows that
enter it less the flows that leave it, so it is exact at any day and has no sum over days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from upswing.core.facts import FactKind


class Of(StrEnum):
    """What of a fact is added up: the rep's credit (millionths) or the amount (minor units)."""

    CREDIT = "share"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Flow:
    """A count or sum over a period. `key` is the column of the tiers."""

    key: str
    kind: FactKind
    of: Of = Of.CREDIT
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Stock:
    """What stands at the close of a day: all that entered until then less all that left."""

    key: str
    enters: tuple[Flow, ...]
    leaves: tuple[Flow, ...]


Measure = Flow | Stock

DEALS_CREATED = Flow("deals_created", FactKind.DEAL_CREATED)
CREATED_VALUE = Flow("created_value", FactKind.DEAL_CREATED, Of.AMOUNT)
DEALS_OBSERVED = Flow("deals_observed", FactKind.DEAL_OBSERVED)
OBSERVED_VALUE = Flow("observed_value", FactKind.DEAL_OBSERVED, Of.AMOUNT)
AMENDED_VALUE = Flow("amended_value", FactKind.DEAL_AMENDED, Of.AMOUNT)
DEALS_CLOSED = Flow("deals_closed", FactKind.DEAL_CLOSED)
CLOSED_VALUE = Flow("closed_value", FactKind.DEAL_CLOSED, Of.AMOUNT)
DEALS_WON = Flow("deals_won", FactKind.DEAL_WON)
WON_VALUE = Flow("won_value", FactKind.DEAL_WON, Of.AMOUNT)

FLOWS: tuple[Flow, ...] = (
    DEALS_CREATED, CREATED_VALUE, DEALS_OBSERVED, OBSERVED_VALUE, AMENDED_VALUE,
    DEALS_CLOSED, CLOSED_VALUE, DEALS_WON, WON_VALUE,
)  # fmt: skip

OPEN_DEALS = Stock("open_deals", (DEALS_CREATED, DEALS_OBSERVED), (DEALS_CLOSED,))
OPEN_VALUE = Stock("open_value", (CREATED_VALUE, OBSERVED_VALUE, AMENDED_VALUE), (CLOSED_VALUE,))


def flows_of(measure: Measure) -> tuple[Flow, ...]:
    """The flows a measure is made of."""
    return (measure,) if isinstance(measure, Flow) else measure.enters + measure.leaves
