"""Take a batch back: what it changed stands as before, what it brought is gone, and the figures follow.

Every step is one transaction and leaves less to do, so that an interrupted undo is completed by asking again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.core import serializers
from django.db import transaction
from django.db.models import Model, ProtectedError

from upswing.actions.batches import batch_for
from upswing.actions.bulk import as_long_as_there_is_room, pieces, update
from upswing.actions.converting import take_rates_back
from upswing.actions.desk import everybodys, people_ids
from upswing.actions.heartbeat import Heartbeat
from upswing.actions.journal import DAYS_OFF, PEOPLE, parts_of
from upswing.actions.permission import NotAllowed
from upswing.actions.resettling import resettle
from upswing.actions.standing_on import Reason, standing_on
from upswing.actions.taking import SHELVES
from upswing.actions.touching import touching
from upswing.intake.models import Batch, Earlier
from upswing.ledger.counting import NOBODY, lock
from upswing.people.models import Membership, Person, Team
from upswing.people.viewer import Viewer

STEP = 500
TAKE_BACK = "take an import back"
Progress = Callable[[int, int], None]
LAST_FIRST: tuple[type[Model], ...] = tuple(shelf.model for shelf in reversed(SHELVES.values()))  # type: ignore[attr-defined]
"""What an import brings, those first that nothing else refers to."""


@as_long_as_there_is_room()
def undo(
    viewer: Viewer,
    uid: UUID,
    now: datetime,
    progress: Progress = lambda done, total: None,
    clock: Callable[[], datetime] | None = None,
) -> dict[str, int]:
    """Take the batch back; what was done, by “put back” and “removed”.

    Raises NotAllowed, before anything is changed, when something stands on it; NotVisible when there is no such batch.
    """
    try:
        batch = asked_for(viewer, uid, now)
    except NotAllowed:  # asked for before, and something has come to stand on it since: imports need not wait
        Batch.objects.filter(uid=uid, undone=None, done=0).update(undoing=None)
        raise
    beat = Heartbeat(batch, clock)
    changed = {model: _changed(batch, model) for model in LAST_FIRST}
    brought = {model: _brought(batch, model) for model in LAST_FIRST}
    put_back, removed = (sum(map(len, found.values())) for found in (changed, brought))
    known, new = _people_of(batch)
    done, people = 0, people_ids()
    try:
        for found, work in ((changed, _put_back), (brought, _remove)):
            for model, ids in found.items():
                for piece in pieces(ids, STEP):
                    _step(batch, model, piece, work, people)
                    done += len(piece)
                    progress(done, put_back + removed)
                    beat(done, put_back + removed)
        _people_back(batch)
    except ProtectedError as error:
        raise NotAllowed(
            f"The import of {batch.source.name} cannot be taken back to the end: {error.args[0]} "
            "Remove what refers to it, then take it back again."
        ) from error
    finally:
        if not done:  # nothing has happened yet, so nothing needs to be completed
            Batch.objects.filter(pk=batch.pk).update(undoing=None)
    rates = _close(batch, now)
    return {"put back": put_back + known, "removed": removed + new + rates}


def stands_on(viewer: Viewer, uid: UUID, now: datetime) -> list[Reason]:
    """Why the batch cannot be taken back now; empty where it can. Raises NotAllowed, and NotVisible as `undo` does."""
    return standing_on(batch_for(viewer, uid, TAKE_BACK), now)


@transaction.atomic
def asked_for(viewer: Viewer, uid: UUID, now: datetime) -> Batch:
    """Mark the batch as one that is being taken back: nothing is imported meanwhile. Raises as `undo` does."""
    batch = batch_for(viewer, uid, TAKE_BACK)
    if batch.undone:
        raise NotAllowed(
            f"The import of {batch.source.name} was taken back on {batch.undone:%d %b %Y} already."
        )
    if reasons := standing_on(batch, now):
        raise NotAllowed(
            f"The import of {batch.source.name} cannot be taken back: {' '.join(map(str, reasons))}"
        )
    Batch.objects.filter(pk=batch.pk).update(undoing=batch.undoing or now, done=0, alive=now)
    return batch


@transaction.atomic
def _close(batch: Batch, now: datetime) -> int:
    """The batch is taken back, at last with its rates; how many those were."""
    rates = take_rates_back(batch)
    Batch.objects.filter(pk=batch.pk).update(undone=now, undoing=batch.undoing or now)
    return rates


def _changed(batch: Batch, model: type[Model]) -> Sequence[int]:
    found = Earlier.objects.filter(batch=batch, model=model.__name__)
    return list(found.order_by("record").values_list("record", flat=True))


def _brought(batch: Batch, model: type[Model]) -> Sequence[int]:
    """Those the batch made, each rep's together where they belong to one."""
    changed = set(_changed(batch, model))
    order = ("person", "pk") if any(field.name == "person" for field in model._meta.fields) else ("pk",)
    found = everybodys(model).filter(batch=batch).order_by(*order).values_list("pk", flat=True)
    return [record for record in found if record not in changed]


@transaction.atomic
def _step(
    batch: Batch,
    model: type[Model],
    records: Collection[int],
    work: Callable[[Batch, type[Model], Collection[int]], None],
    people: dict[str, int],
) -> None:
    """Do the work on these records, and post what everything it touches settles into now."""
    with touching(model, records, people):
        work(batch, model, records)


def _put_back(batch: Batch, model: type[Model], records: Collection[int]) -> None:
    """The records and their parts as they were kept."""
    kept = Earlier.objects.filter(batch=batch, model=model.__name__, record__in=records)
    for part, owner in parts_of(model):
        everybodys(part).filter(**{f"{owner}__in": records}).delete()
    rows = [found.object for was in kept.values_list("was", flat=True) for found in _read(was)]
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    standing = [row for row in rows if isinstance(row, model)]
    update(model, names, [(*(getattr(row, name) for name in names), row.pk) for row in standing])
    for part, _ in parts_of(model):
        part._base_manager.bulk_create([row for row in rows if isinstance(row, part)])
    kept.delete()


def _remove(batch: Batch, model: type[Model], records: Collection[int]) -> None:
    everybodys(model).filter(pk__in=records).delete()


def _people_of(batch: Batch) -> tuple[int, int]:
    """How many people and days off will stand as before, and how many will be gone."""
    models: tuple[type[Model], ...] = (Person, *DAYS_OFF)
    told = [model.__name__ for model in models]
    kept = Earlier.objects.filter(batch=batch, model__in=told)
    new = kept.filter(was="").count()
    return kept.count() - new, new


@transaction.atomic
def _people_back(batch: Batch) -> None:
    """People, teams, memberships and days off as they were, in an order in which nothing collides."""
    lock([NOBODY])
    zones = dict(everybodys(Person).values_list("pk", "zone"))
    belonging: tuple[type[Model], ...] = (Membership, *DAYS_OFF)
    for model in belonging:
        _forget(batch, model)
    for model in (*PEOPLE, *DAYS_OFF):
        kept = Earlier.objects.filter(batch=batch, model=model.__name__).exclude(was="")
        for was in kept.values_list("was", flat=True):
            for found in _read(was):
                found.save()
    for model in reversed(PEOPLE[:2]):
        _forget(batch, model)
    Earlier.objects.filter(batch=batch).delete()
    now = dict(everybodys(Person).values_list("pk", "zone"))
    if rezoned := [person for person, zone in now.items() if zones.get(person, zone) != zone]:
        resettle(rezoned)


def _forget(batch: Batch, model: type[Model]) -> None:
    """The rows that were not there before."""
    made = Earlier.objects.filter(batch=batch, model=model.__name__, was="").values_list("record", flat=True)
    rows = everybodys(model).filter(pk__in=list(made))
    if model is Team:
        rows.update(parent=None)  # they may belong to each other
    rows.delete()


def _read(was: str) -> Iterable[serializers.base.DeserializedObject]:
    return serializers.deserialize("json", was)
