"""Count what no tier holds: flows under filters, in one statement whatever the number of reps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet, Sum

from upswing.book.models import Activity, Deal, Invoice, Lead
from upswing.core.expressions import FITS
from upswing.core.expressions.offered import ACTIVITIES
from upswing.core.measures import Dimension, Filter, Flow
from upswing.ledger.counting.summing import Sums
from upswing.ledger.kinds import ACTIVITY, DEAL, INVOICE, LEAD, QUOTES
from upswing.ledger.models import Fact


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days [start, end) to be summed into one slot."""

    slot: str
    start: date
    end: date


Having = Callable[[Collection[str]], Q]


def _in(column: str) -> Having:
    return lambda values: Q(**{f"{column}__in": values})


def _of_lead_or_deal(column: str) -> Having:
    """Of the lead that the record is about; where it is about none, of the deal."""
    return lambda values: (
        Q(**{f"lead__{column}__in": values}) | Q(lead=None, **{f"deal__{column}__in": values})
    )


_PATHS: dict[Dimension, dict[str, tuple[type[Model], Having]]] = {
    Dimension.SOURCE: {ACTIVITY: (Activity, _of_lead_or_deal("lead_source"))},
    Dimension.PRODUCT: {
        DEAL: (Deal, _in("product__name")),
        QUOTES: (Deal, _in("product__name")),
        INVOICE: (Invoice, _in("deal__product__name")),
    },
    Dimension.SEGMENT: {
        DEAL: (Deal, _in("account__industry")),
        QUOTES: (Deal, _in("account__industry")),
        INVOICE: (Invoice, _in("account__industry")),
        LEAD: (Lead, _in("account__industry")),
        ACTIVITY: (Activity, _of_lead_or_deal("account__industry")),
    },
}
"""Where the word stands that a fact does not carry itself, by kind of record; each record has one word at most."""


COLUMNS_AT_ONCE = 500


def facts_of(flow: Flow) -> Q:
    """The facts that a flow counts: those it is counted from and those that are listed are the very same."""
    found = Q(kind=flow.kind.value)
    if flow.outcomes:
        found &= Q(outcome__in=flow.outcomes)
    for each in flow.where:
        having = _having(flow, each)
        found &= ~having if each.without else having
    return found


def _having(flow: Flow, wanted: Filter) -> Q:
    """The facts with one of the values; which no statement holds as text: they are bound."""
    if flow.kind not in FITS[wanted.dimension]:
        raise ValueError(f"{flow.kind} cannot be told apart by {wanted.dimension}.")
    paths = _PATHS.get(wanted.dimension, {})
    if not paths or (wanted.dimension is Dimension.SOURCE and flow.kind not in ACTIVITIES):
        return Q(**{f"{wanted.dimension}__in": wanted.values})
    return reduce(
        or_,
        (Q(record_kind=kind, record__in=_records(*path, wanted.values)) for kind, path in paths.items()),
    )


def _records(model: Any, having: Having, values: Collection[str]) -> Any:
    return model.objects.unscoped("facts are of reps already checked").filter(having(values)).values("id")


def summed_raw(stretches: Sequence[Stretch], reps: Collection[int], flows: Sequence[Flow]) -> Sums:
    """(slot, rep) → sums of the flows, straight from the facts; of everybody without `reps`."""
    if not stretches:
        return {}
    facts = Fact.objects.filter(
        kind__in={flow.kind.value for flow in flows},
        day__gte=min(each.start for each in stretches),
        day__lt=max(each.end for each in stretches),
    )
    if reps:
        facts = facts.filter(rep__in=reps)
    asked = [(each, flow) for each in stretches for flow in flows]
    found: Sums = {}
    for first in range(0, len(asked), COLUMNS_AT_ONCE):
        _add(found, facts, asked[first : first + COLUMNS_AT_ONCE])
    return found


def _add(found: Sums, facts: QuerySet[Fact], asked: Sequence[tuple[Stretch, Flow]]) -> None:
    """Some of the sums in one statement; databases answer so many columns and no more."""
    columns = {
        f"sum_{number}": Sum(flow.of.value, filter=facts_of(flow) & Q(day__gte=each.start, day__lt=each.end))
        for number, (each, flow) in enumerate(asked)
    }
    for rep, *sums in facts.values("rep_id").annotate(**columns).values_list("rep_id", *columns):
        for (each, flow), total in zip(asked, sums, strict=True):
            found.setdefault((each.slot, rep), {})[flow.key] = int(total or 0)
