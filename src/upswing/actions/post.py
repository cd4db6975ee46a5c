"""Post facts: replace what a set of records made, and recount what that touched.

Call inside the transaction that changes the records, after `lock`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from upswing.core import facts as core
from upswing.core.records import DealRecord
from upswing.ledger.counting import recount
from upswing.ledger.models import Fact

DEAL = "deal"
BLOCK = 1_000


def post_deals(changed: Mapping[int, DealRecord], people: Mapping[str, int]) -> None:
    """Settle the deals (internal id → record) again; `people` maps keys to internal ids."""
    touched: dict[int, set[date]] = defaultdict(set)
    _note(
        touched, Fact.objects.filter(record_kind=DEAL, record__in=list(changed)).values_list("rep_id", "day")
    )
    Fact.objects.filter(record_kind=DEAL, record__in=list(changed)).delete()
    made = facts_of(changed, people)
    Fact.objects.bulk_create(made, batch_size=BLOCK)
    _note(touched, ((fact.rep_id, fact.day) for fact in made))
    recount(touched)


def facts_of(deals: Mapping[int, DealRecord], people: Mapping[str, int]) -> list[Fact]:
    """The rows that these deals settle into."""
    return [_row(record, fact, people) for record, deal in deals.items() for fact in core.settle(deal)]


def _row(record: int, fact: core.Fact, people: Mapping[str, int]) -> Fact:
    return Fact(
        kind=fact.kind.value, day=fact.day, rep_id=people[fact.rep], share=fact.share, amount=fact.amount,
        outcome=fact.outcome, stage=fact.stage, record_kind=DEAL, record=record, ordinal=fact.ordinal,
    )  # fmt: skip


def _note(touched: dict[int, set[date]], pairs: Iterable[tuple[int, date]]) -> None:
    for rep, day in pairs:
        touched[rep].add(day)


def reps_of(records: Collection[int]) -> set[int]:
    """The people credited by the facts these deals made so far."""
    return set(
        Fact.objects.filter(record_kind=DEAL, record__in=list(records)).values_list("rep_id", flat=True)
    )
