"""Keep how records stood before a batch changes them, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import CASCADE, Model

from upswing.actions.bulk import insert, pieces
from upswing.actions.desk import everybodys
from upswing.book.evidence import Confirmation, MoveNote
from upswing.intake.models import Batch, Earlier
from upswing.people.models import Holiday, Membership, Person, Team, TimeOff

PEOPLE: tuple[type[Model], ...] = (Team, Person, Membership)
DAYS_OFF: tuple[type[Model], ...] = (TimeOff, Holiday)
LASTING: tuple[type[Model], ...] = (Confirmation, MoveNote)
"""What people have put on record about a record: it stays as long as the record does, however that is put back."""
PLACED = PEOPLE + DAYS_OFF
"""Rows without provenance that an import makes and changes, those first that others refer to."""
COLUMNS = ("batch", "model", "record", "was", "left")
Rows = dict[type[Model], dict[int, tuple[Any, ...]]]


def keep(batch: Batch, model: type[Model], records: Collection[int]) -> None:
    """Keep these records as they stand, with their parts; call before the batch changes them.

    What the batch itself has brought or changed is kept already, if need be.
    """
    for piece in pieces(sorted(records)):
        parts = _parts(model, piece)
        rows = []
        for row in everybodys(model).filter(pk__in=piece).exclude(batch=batch):
            was = _text([row, *parts.get(row.pk, ())])
            rows.append((batch.pk, model.__name__, row.pk, was, row.batch_id))
        insert(Earlier, COLUMNS, rows)


def _parts(model: type[Model], records: Collection[int]) -> dict[int, list[Model]]:
    found: dict[int, list[Model]] = {}
    for part, owner in parts_of(model):
        for row in everybodys(part).filter(**{f"{owner}__in": records}):
            found.setdefault(getattr(row, owner), []).append(row)
    return found


def parts_of(model: type[Model]) -> list[tuple[type[Model], str]]:
    """The models whose rows belong to a record of this one and go with it, each with the column that says to which.

    What people say about a record is kept elsewhere, and is no part of it.
    """
    return [
        (related.related_model, related.field.attname)
        for related in model._meta.related_objects
        if related.on_delete is CASCADE
        and model not in PLACED
        and related.related_model._meta.app_label == model._meta.app_label
        and related.related_model not in LASTING
    ]


@contextmanager
def placing(batch: Batch, models: tuple[type[Model], ...]) -> Iterator[None]:
    """Keep what happens inside to the rows of these models, of which there are not many."""
    before = _all(models)
    yield
    _keep_differences(batch, before, _all(models))


def _all(models: tuple[type[Model], ...]) -> Rows:
    return {model: {row[0]: row for row in everybodys(model).values_list(*_names(model))} for model in models}


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _keep_differences(batch: Batch, before: Rows, after: Rows) -> None:
    """What an earlier step of the batch has kept already stays as it was then."""
    kept = set(Earlier.objects.filter(batch=batch).values_list("model", "record"))
    differing = (
        (model, record, before[model].get(record))
        for model in before
        for record in sorted(before[model].keys() | after[model].keys())
        if before[model].get(record) != after[model].get(record)
    )
    rows = [
        (batch.pk, model.__name__, record, _as_text(model, was), None)
        for model, record, was in differing
        if (model.__name__, record) not in kept
    ]
    insert(Earlier, COLUMNS, rows)


def _as_text(model: type[Model], row: tuple[Any, ...] | None) -> str:
    """The row as it can be put back; empty where there was none."""
    if row is None:
        return ""
    return _text([model(**dict(zip(_names(model), row, strict=True)))])


class _Whole(DjangoJSONEncoder):
    """Instants to the microsecond."""

    def default(self, o: Any) -> Any:
        """What JSON has no type for."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _text(rows: list[Model]) -> str:
    return str(serializers.serialize("json", rows, cls=_Whole))
