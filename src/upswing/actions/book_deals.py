"""Put deals into the book, a chunk at a time: records, credits, moves, facts and tiers in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db import IntegrityError, OperationalError, transaction

from upswing.actions.post import post_deals, reps_of
from upswing.actions.upsert import CREATED, UNCHANGED, UPDATED, digest
from upswing.book.models import AmountChange, Credit, Deal, StageMove
from upswing.connectors.connector import folded, printable
from upswing.core.records import DealRecord
from upswing.intake.models import Batch
from upswing.ledger.counting import lock

CHUNK = 300
"""Deals a transaction: about 1,000 facts, so no writer waits long for another."""
ATTEMPTS = 3
FIELDS = ("stage", "outcome", "name", "created", "closed", "observed", "amount_minor", "expected_minor")
KEPT = (*FIELDS, "account_id", "product_id", "file", "row", "digest", "batch_id")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every chunk needs: the batch, and names to internal ids."""

    batch: Batch
    people: Mapping[str, int]
    accounts: Mapping[str, int]
    products: Mapping[str, int]


def chunks(deals: Iterable[DealRecord]) -> Iterator[list[DealRecord]]:
    """Deals grouped by rep, so that one transaction holds few locks and recounts few days."""
    ordered = sorted(deals, key=lambda deal: (deal.credit, deal.id))
    for _, group in groupby(ordered, key=lambda deal: deal.credit):
        mine = list(group)
        yield from (mine[start : start + CHUNK] for start in range(0, len(mine), CHUNK))


def book(desk: Desk, deals: Sequence[DealRecord]) -> Counter[str]:
    """Put one chunk in place, whole or not at all; a collision with another writer is tried again."""
    keyed = [
        replace(deal, credit=tuple((folded(rep), weight) for rep, weight in deal.credit)) for deal in deals
    ]
    for attempt in range(ATTEMPTS):
        try:
            return _book(desk, keyed)
        except (IntegrityError, OperationalError):
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


class _Moved(OperationalError):
    """Between looking and locking, another writer gave some of these deals to somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "Another import keeps moving these deals between reps. Import again when it has ended."
        )


@transaction.atomic
def _book(desk: Desk, deals: Sequence[DealRecord]) -> Counter[str]:
    credited = {desk.people[rep] for deal in deals for rep, _ in deal.credit}
    standing = _standing(desk, deals)
    locked = credited | _holders(standing)
    lock(locked)
    standing = _standing(desk, deals)  # as it is now that nobody else can change it
    if not _holders(standing) <= locked:
        raise _Moved
    fresh, changed, counts = [], [], Counter[str]()
    for record in deals:
        row, known = _row(desk, record), standing.get(record.id)
        if known is None:
            fresh.append(row)
        elif known.digest != row.digest:
            row.id, row.uid = known.id, known.uid
            changed.append(row)
        counts[CREATED if known is None else UNCHANGED if known.digest == row.digest else UPDATED] += 1
    Deal.objects.bulk_create(fresh)
    if changed:
        Deal.objects.unscoped("an import writes").bulk_update(changed, KEPT, batch_size=100)
    written = {deal.external_id: deal.id for deal in fresh + changed}
    records = {written[record.id]: record for record in deals if record.id in written}
    _write_parts(desk, records, [deal.id for deal in changed])
    post_deals(records, desk.people)
    return counts


def _standing(desk: Desk, deals: Sequence[DealRecord]) -> dict[str, Deal]:
    ids = [deal.id for deal in deals]
    found = Deal.objects.unscoped("an import writes").filter(source=desk.batch.source, external_id__in=ids)
    return {deal.external_id: deal for deal in found}


def _holders(standing: Mapping[str, Deal]) -> set[int]:
    """The people whose figures these deals are in: by the facts, and by the credits."""
    deals = [deal.id for deal in standing.values()]
    return reps_of(deals) | set(Credit.objects.filter(deal__in=deals).values_list("person", flat=True))


def _row(desk: Desk, record: DealRecord) -> Deal:
    return Deal(
        source=desk.batch.source,
        external_id=record.id,
        batch=desk.batch,
        file=printable(record.origin.file, 255),
        row=record.origin.row,
        digest=digest(record),
        account_id=desk.accounts.get(record.account) if record.account else None,
        product_id=desk.products.get(record.product) if record.product else None,
        **{name: getattr(record, name) for name in FIELDS},
    )


def _write_parts(desk: Desk, records: Mapping[int, DealRecord], changed: Sequence[int]) -> None:
    for model in (Credit, StageMove, AmountChange):
        model._default_manager.filter(deal__in=changed).delete()
    Credit.objects.bulk_create(
        Credit(deal_id=deal, person_id=desk.people[rep], weight=weight)
        for deal, record in records.items()
        for rep, weight in record.credit
    )
    StageMove.objects.bulk_create(
        StageMove(deal_id=deal, number=number, stage=move.stage, day=move.day)
        for deal, record in records.items()
        for number, move in enumerate(record.moves)
    )
    AmountChange.objects.bulk_create(
        AmountChange(deal_id=deal, number=number, day=day, amount_minor=amount)
        for deal, record in records.items()
        for number, (day, amount) in enumerate(record.amounts)
    )
