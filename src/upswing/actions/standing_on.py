"""What stands on a batch, so that it cannot be taken back before: later changes, and records that refer to its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import SET_NULL, Count, Exists, ForeignKey, Model, OuterRef, Q, QuerySet

from upswing.actions.desk import everybodys
from upswing.actions.journal import LASTING, PEOPLE, PLACED, parts_of
from upswing.book.models import Activity, DecisionShare, Login, RememberedOwner, Tally, TimeEntry
from upswing.coaching.models import Dispute
from upswing.goals.cards import Pin
from upswing.goals.categories import DealCategory
from upswing.goals.commits import Commit
from upswing.goals.rankings import TeamRanking
from upswing.goals.stalls import StallCase
from upswing.goals.standards import Agreement, Objection
from upswing.goals.targets import TargetChange, TargetOverride
from upswing.intake.models import Alias, Batch, Earlier, Provenance
from upswing.ledger.models import Fact, RepDay, RepMonth
from upswing.people.models import HolidayChoice, Look, PartTime, User
from upswing.queries.intake import SILENT

FOLLOWING: tuple[type[Model], ...] = (
    Fact,
    RepDay,
    RepMonth,
    Look,
    TargetChange,
    TeamRanking,
    StallCase,
    *LASTING,
)
"""What is made of records, or told of people, and goes with them."""
SIGNED: tuple[type[Model], ...] = (Agreement, Objection, Dispute, Commit, StallCase, DealCategory)
"""What people have said, which nobody can take back for them."""
SPOKEN: dict[type[Model], Q] = {StallCase: Q(steps__by__gt="")}
"""Which rows hold people's words, where others were made by no person and go with the record."""
ABOUT: dict[type[Model], str] = {
    StallCase: "for deals it brought",
    DealCategory: "about deals it brought",
}
"""What was signed is about people the import brought, unless it is about this."""
WORDS: dict[type[Model], tuple[str, str]] = {
    Activity: ("activity", "activities"), TimeEntry: ("entry of hours", "entries of hours"),
    Tally: ("tally", "tallies"), Login: ("sign-in", "sign-ins"), Alias: ("name", "names"),
    DecisionShare: ("decision about an invoice", "decisions about invoices"),
    RememberedOwner: ("owner of an account", "owners of accounts"),
    HolidayChoice: ("choice of holidays", "choices of holidays"), PartTime: ("working time", "working times"),
    TargetOverride: ("target", "targets"), Pin: ("pinned line", "pinned lines"),
    StallCase: ("answered proposal", "answered proposals"),
    DealCategory: ("word about a forecast", "words about a forecast"),
}  # fmt: skip
"""What people call one and several of a kind, where it is not the model's own word."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a batch cannot be taken back now, the command that mends it, and the batch to take back first."""

    sentence: str
    command: str = ""
    batch: UUID | None = None

    def __str__(self) -> str:
        return f"{self.sentence.removesuffix('.')} ({self.command})." if self.command else self.sentence


@dataclass(frozen=True, slots=True)
class Hold:
    """What a later batch, by its number, did to the records of this one."""

    batch: int
    deed: str


def standing_on(batch: Batch, now: datetime) -> list[Reason]:
    """What stands on the batch, and what to do about it; empty when nothing does. Every later import is named once."""
    told = [Reason(sentence) for sentence in (*_running(batch, now), *_merged_since(batch))]
    held = [*_changed_later(batch), *_referring(batch)]
    deeds: dict[int, list[str]] = {}
    for one in held:
        if isinstance(one, Hold):
            deeds.setdefault(one.batch, []).append(one.deed)
    later = Batch.objects.select_related("source").in_bulk(deeds)
    return [
        *told,
        *(_held_by(later[pk], deeds[pk]) for pk in sorted(deeds, reverse=True)),
        *(one for one in held if isinstance(one, Reason)),
    ]


def _held_by(later: Batch, deeds: list[str]) -> Reason:
    *first, last = dict.fromkeys(deeds)
    deed = f"{', '.join(first)} and {last}" if first else last
    return Reason(
        f"The import of {later.source.name} of {_moment(later)} {deed}: take that one back first.",
        f"upswing undo {later.uid}",
        later.uid,
    )


def _running(batch: Batch, now: datetime) -> Iterator[str]:
    """Imports that are at work; one that has not said so for long was interrupted."""
    alive = now - SILENT
    for other in (
        Batch.objects.filter(finished=None, undone=None, alive__gte=alive)
        .exclude(pk=batch.pk)
        .select_related("source")
    ):
        yield f"The import of {other.source.name} begun on {_moment(other)} is at work. Wait until it has ended."


def _merged_since(batch: Batch) -> Iterator[str]:
    """People who became one after the import: what they had before cannot be told apart any more."""
    for alias in Alias.objects.filter(merged__gte=batch.started).select_related("person"):
        yield f"Since then “{alias.key}” and {alias.person.name} were made one person, which cannot be parted again."


def _changed_later(batch: Batch) -> Iterator[Hold]:
    mine = Earlier.objects.filter(batch=batch, model=OuterRef("model"), record=OuterRef("record"))
    placed = Q(model__in=[model.__name__ for model in PLACED]) & Exists(mine) & Q(batch__gt=batch.pk)
    later = Earlier.objects.exclude(batch=batch).filter(Q(left=batch.pk) | placed)
    yield from _by_batch(later.values("batch").annotate(rows=Count("pk")), "changed", "of its records")


def _referring(batch: Batch) -> Iterator[Hold | Reason]:
    """Records of other batches that refer to what this one made."""
    for model in _models():
        made = _made(batch, model)
        for related in model._meta.related_objects:
            field = related.field
            owner = related.related_model
            found_again = issubclass(owner, Provenance) and field.remote_field.on_delete is SET_NULL
            if not isinstance(field, ForeignKey) or owner is model or found_again:
                continue
            yield from _of(batch, owner, everybodys(owner).filter(**{f"{field.name}__in": made}))


def _models() -> list[type[Model]]:
    return [model for model in Provenance.__subclasses__() if model._meta.related_objects] + list(PEOPLE[:2])


def _made(batch: Batch, model: type[Model]) -> QuerySet[Any]:
    """The records the batch made, by id."""
    kept = Earlier.objects.filter(batch=batch, model=model.__name__)
    found: QuerySet[Any] = kept.filter(was="").values("record")
    if issubclass(model, Provenance):
        found = (
            everybodys(model)
            .filter(batch=batch)
            .exclude(pk__in=kept.values("record"))
            .order_by()
            .values("pk")
        )
    return found


def _of(batch: Batch, owner: type[Model], rows: QuerySet[Any]) -> Iterator[Hold | Reason]:
    whole, path = _owner_of(owner)
    if whole is not None:
        changed = Earlier.objects.filter(model=whole.__name__, left=batch.pk).values("record")
        among = path.removesuffix("batch") + "pk__in"
        others = (
            rows.exclude(**{path: batch})
            .exclude(**{among: changed})
            .order_by()
            .values(path)
            .annotate(rows=Count("pk"))
        )
        counted = ({"batch": row[path], "rows": row["rows"]} for row in others)
        for row in counted:
            deed = f"brought {_counted(row['rows'], whole)} that {_refer(row['rows'])} to its records"
            yield Hold(row["batch"], deed)
    elif issubclass(owner, User):
        yield from (
            Reason(
                f"{user.email} signs in as a person it brought: remove that sign-in first.",
                f"upswing user {user.email} --remove",
            )
            for user in rows
        )
    elif owner in PLACED:
        mine = Earlier.objects.filter(batch=batch, model=owner.__name__).values("record")
        rest = rows.exclude(pk__in=mine)
        others = Earlier.objects.filter(model=owner.__name__, record__in=rest.values("pk"))
        yield from _by_batch(others.values("batch").annotate(rows=Count("pk")), "placed", "of its people")
    elif owner in SIGNED and (count := rows.filter(SPOKEN.get(owner, Q())).distinct().count()):
        about = ABOUT.get(owner, "of people it brought")
        yield Reason(f"{_counted(count, owner)} {about}: that cannot be undone, and so this import stays.")
    elif owner not in FOLLOWING and (count := rows.count()):
        what, them = _counted(count, owner), "it" if count == 1 else "them"
        yield Reason(f"{what}, made by hand, {_refer(count)} to what it brought: take {them} back first.")


def _owner_of(model: type[Model]) -> tuple[type[Model] | None, str]:
    """The kind of record that rows of a model are or belong to, and where their batch stands; None for no record."""
    if issubclass(model, Provenance):
        return model, "batch"
    for whole in Provenance.__subclasses__():
        if model in dict(parts_of(whole)):
            return whole, f"{dict(parts_of(whole))[model].removesuffix('_id')}__batch"
    return None, ""


def _by_batch(found: Any, verb: str, what: str) -> Iterator[Hold]:
    yield from (Hold(row["batch"], f"{verb} {row['rows']:,} {what}") for row in found)


def _counted(count: int, model: type[Model]) -> str:
    """“1 activity”, “2 activities”."""
    word = model.__name__.lower()
    one, several = WORDS.get(model, (word, f"{word}s"))
    return f"{count:,} {one if count == 1 else several}"


def _refer(count: int) -> str:
    return "refers" if count == 1 else "refer"


def _moment(batch: Batch) -> str:
    return f"{batch.started:%d %b %Y %H:%M}"
