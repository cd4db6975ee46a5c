"""What expressions are made of: the measures they may name, and which filters fit which records."""

from __future__ import annotations

from collections.abc import Iterable

from upswing.core import measures as m
from upswing.core.facts import FactKind
from upswing.core.measures import FLOWS, NEW_FLOWS, STAGE_FLOWS, STOCKS, Dimension, Flow, Stock, flows_of

_UNSAID = {
    m.DEALS_OBSERVED, m.OBSERVED_VALUE, m.AMENDED_VALUE, m.CLOSED_VALUE, m.DEALS_UNVALUED, m.LOGINS, m.CYCLES,
}  # fmt: skip
"""Parts of stocks and of means that say nothing alone, and sign-ins, which judge nobody."""

_ALL: tuple[Flow | Stock, ...] = (*FLOWS, *STAGE_FLOWS, *NEW_FLOWS, *STOCKS)
MEASURES: dict[str, Flow | Stock] = {each.key: each for each in _ALL if each not in _UNSAID}
"""What an expression may name, beside metrics."""

_K = FactKind
_DEALS = {
    _K.DEAL_CREATED, _K.DEAL_OBSERVED, _K.DEAL_AMENDED, _K.DEAL_CLOSED, _K.DEAL_WON, _K.DEAL_CYCLE,
    _K.STAGE_ENTERED, _K.STAGE_LEFT, _K.PROPOSAL_SENT, _K.REVENUE_BOOKED, _K.NEW_BUSINESS,
}  # fmt: skip
_LEADS = {_K.LEAD_CREATED, _K.LEAD_ATTEMPTED, _K.LEAD_CONTACTED, _K.LEAD_QUALIFIED, _K.LEAD_DISQUALIFIED}
ACTIVITIES = frozenset({_K.CALL, _K.EMAIL, _K.VISIT, _K.SOCIAL, _K.MEETING_BOOKED, _K.MEETING_DUE})
"""Kinds whose records are activities: their source and segment are those of the lead or deal they are about."""

FITS: dict[Dimension, frozenset[FactKind]] = {
    Dimension.CHANNEL: ACTIVITIES | {_K.PROSPECTING},
    Dimension.SOURCE: frozenset(_DEALS | _LEADS | ACTIVITIES | {_K.PROSPECTING}),
    Dimension.OUTCOME: ACTIVITIES | {_K.DEAL_CLOSED},
    Dimension.STAGE: frozenset(
        {_K.STAGE_ENTERED, _K.STAGE_LEFT, _K.DEAL_AMENDED, _K.DEAL_CLOSED, _K.DEAL_WON}
    ),
    Dimension.PRODUCT: frozenset(_DEALS),
    Dimension.SEGMENT: frozenset(_DEALS | _LEADS | ACTIVITIES),
}
"""Dimension → the kinds of fact that can be told apart by it; a deal that was decided has the stage it ended in."""


def fits(dimension: Dimension, measure: Flow | Stock) -> bool:
    """Whether every fact of the measure can be told apart by the dimension."""
    return all(flow.kind in FITS[dimension] for flow in flows_of(measure))


def fitting(dimension: Dimension) -> tuple[str, ...]:
    """The keys of the measures that the dimension can tell apart."""
    return tuple(key for key, each in MEASURES.items() if fits(dimension, each))


def dimensions_of(measures: Iterable[Flow | Stock]) -> tuple[Dimension, ...]:
    """The dimensions that fit all of these."""
    some = list(measures)
    return tuple(each for each in Dimension if all(fits(each, one) for one in some))
