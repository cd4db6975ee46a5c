"""Create or update plain records by their natural key; what is equal is left alone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import models, transaction

from upswing.book.models import Account, Product
from upswing.connectors.connector import folded, printable, reference
from upswing.core.period import Period, parse_period
from upswing.core.records import AccountRecord, ProductRecord, QuotaRecord
from upswing.intake.models import Batch
from upswing.ledger.counting import NOBODY, lock

BLOCK = 1_000
ID_LENGTH = 200
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"

Rows = dict[str, tuple[Any, dict[str, Any]]]
"""External id → the record, and the model's fields."""


def account_rows(records: Iterable[AccountRecord]) -> Rows:
    """Companies by their id."""
    return {r.id: (r, {"name": r.name, "industry": r.industry, "country": r.country}) for r in records}


def product_rows(records: Iterable[ProductRecord]) -> Rows:
    """Products by their id."""
    return {
        r.id: (r, {"name": r.name, "family": r.family, "list_price_minor": r.list_price_minor})
        for r in records
    }


def quota_rows(records: Iterable[QuotaRecord], people: Mapping[str, int], fiscal_start: int) -> Rows:
    """Quotas by rep, first and last day of the period, and metric."""
    wanted: Rows = {}
    for record in records:
        period = parse_period(record.period, date.min, fiscal_start)
        key = f"{folded(record.rep)}|{period.start}|{period.end}|{record.metric}"
        wanted[_short(key)] = (record, _quota(record, people[folded(record.rep)], period))
    return wanted


def _short(key: str) -> str:
    """The key, or its SHA-256 where it is longer than an id may be."""
    return key if len(key) <= ID_LENGTH else hashlib.sha256(key.encode()).hexdigest()


def _quota(record: QuotaRecord, person: int, period: Period) -> dict[str, Any]:
    value = Decimal(record.value.numerator) / Decimal(record.value.denominator)
    span = {"period_kind": period.kind.value, "starts": period.start, "ends": period.end}
    return {"person_id": person, "metric": record.metric, "value": value, **span}


def upsert(batch: Batch, model: type[models.Model], wanted: Rows) -> Counter[str]:
    """Put the rows in place, a block a transaction."""
    counts, items = Counter[str](), iter(wanted.items())
    while block := dict(islice(items, BLOCK)):
        counts += _upsert(batch, model, block)
    return counts


@transaction.atomic
def _upsert(batch: Batch, model: type[models.Model], wanted: Rows) -> Counter[str]:
    lock([NOBODY])
    manager: Any = model._default_manager
    rows = manager.unscoped("an import writes") if hasattr(manager, "unscoped") else manager
    standing = {
        row.external_id: row for row in rows.filter(source=batch.source, external_id__in=list(wanted))
    }
    fresh, counts = [], Counter[str]()
    for key, (record, fields) in wanted.items():
        place = {"file": printable(record.origin.file, 255), "row": record.origin.row}
        values = fields | place | {"digest": digest(record), "batch": batch}
        row = standing.get(key)
        if row is None:
            fresh.append(model(source=batch.source, external_id=key, **values))
            counts[CREATED] += 1
        elif row.digest == values["digest"]:
            counts[UNCHANGED] += 1
        else:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            counts[UPDATED] += 1
    manager.bulk_create(fresh)
    return counts


def ids(model: type[Account | Product], batch: Batch) -> dict[str, int]:
    """Reference → internal id: this batch's source by plain id, the others by source and id.

    A plain id that this source lacks stands for whoever has it.
    """
    rows = list(model._default_manager.values_list("external_id", "id", "source_id", "source__key"))
    found = {external: internal for external, internal, *_ in rows}
    found |= {reference(key, external): internal for external, internal, _, key in rows}
    return found | {external: internal for external, internal, source, _ in rows if source == batch.source_id}


def digest(record: Any) -> str:
    """SHA-256 of what a record says, leaving out where in the file it stood."""
    values = [(name, getattr(record, name)) for name in record.__slots__ if name != "origin"]
    return hashlib.sha256(repr(values).encode()).hexdigest()
