"""How two flows lie to each other: one within the other, or apart."""

from __future__ import annotations

from upswing.core.facts import FactKind
from upswing.core.measures import Dimension, Filter, Flow

_SUBSETS = {(FactKind.DEAL_WON, FactKind.DEAL_CLOSED), (FactKind.DEAL_CYCLE, FactKind.DEAL_WON)}


def within(one: Flow, other: Flow) -> bool:
    """Whether every record that one flow counts is counted by the other too."""
    kinds = one.kind is other.kind or ((one.kind, other.kind) in _SUBSETS and not other.outcomes)
    ended, allowed = _outcomes(one), _outcomes(other)
    outcomes = allowed is None or (ended is not None and ended <= allowed)
    narrowed = all(any(_implies(mine, theirs) for mine in one.where) for theirs in _others(other))
    return kinds and outcomes and narrowed


def apart(one: Flow, other: Flow) -> bool:
    """Whether no record is counted by both, as far as their declarations tell."""
    ended, others = _outcomes(one), _outcomes(other)
    outcomes = ended is not None and others is not None and ended.isdisjoint(others)
    return (
        one.kind is not other.kind or outcomes or any(_exclude(m, t) for m in one.where for t in other.where)
    )


def _outcomes(flow: Flow) -> frozenset[str] | None:
    """How the records of a flow ended, as far as it is told; None: in any way."""
    told = [each.values for each in flow.where if each.dimension is Dimension.OUTCOME and not each.without]
    told += [flow.outcomes] if flow.outcomes else []
    return frozenset.intersection(*map(frozenset, told)) if told else None


def _others(flow: Flow) -> list[Filter]:
    """Its filters, without those that `_outcomes` tells."""
    return [each for each in flow.where if each.without or each.dimension is not Dimension.OUTCOME]


def _implies(one: Filter, other: Filter) -> bool:
    """Whether all that passes one passes the other; a record has one value of each dimension."""
    if one.dimension is not other.dimension:
        return False
    mine, theirs = set(one.values), set(other.values)
    if other.without:
        return theirs <= mine if one.without else theirs.isdisjoint(mine)
    return not one.without and mine <= theirs


def _exclude(one: Filter, other: Filter) -> bool:
    """Whether nothing passes both."""
    return (not other.without and _implies(one, Filter(other.dimension, other.values, True))) or (
        not one.without and _implies(other, Filter(one.dimension, one.values, True))
    )  # fmt: skip
