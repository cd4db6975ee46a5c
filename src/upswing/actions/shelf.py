"""Put records in place by their natural key: new ones in, changed ones over, equal ones left alone.

A shelf is where one kind of record goes. What is the same for all kinds is here: which records are known already,
who must be locked, one transaction a chunk, a second try after a collision.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Generic, TypeVar

from django.db import IntegrityError, OperationalError, connection, models, transaction

from upswing.actions.bulk import find, insert, pieces, prefer_indexes, reserve, update
from upswing.actions.desk import Desk
from upswing.actions.journal import keep
from upswing.actions.posting import Posting, reps_of
from upswing.connectors.connector import printable
from upswing.core.records import Conversion, DealRecord, InvoiceRecord, Problem
from upswing.ledger.counting import NOBODY, lock
from upswing.people.identity import uuid7

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
UNSAID = {"origin", "told", "conversion"}
"""Fields of records that are about the source rather than the record."""
CONVERTED: dict[type[Any], dict[str, Any]] = {
    DealRecord: {"amount_minor": None, "expected_minor": None, "amounts": ()},
    InvoiceRecord: {"net_minor": None, "tax_minor": None},
}
"""What of a record stated in another currency follows from the rate: nothing, while it waits for one."""
LATER: dict[type[Any], tuple[str, ...]] = {DealRecord: ("pipeline", "reason")}
"""Fields that came when records were kept already: one that says nothing leaves the record as it was."""
ATTEMPTS = 10
ID_LENGTH = 200
KEPT = ("batch", "file", "row", "digest")
R = TypeVar("R")


class Shelf(Generic[R]):
    """Where one kind of record goes; each kind says what differs.

    `columns` are the model's fields beyond where a record came from, `links` those that refer to other records: one
    that could not be found, and now can, is a change. `referred` says that other records may refer to these. `chunk` is
    how many records a transaction takes. `fact_kind` names them in the ledger, empty for kinds that make no facts.
    """

    model: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[str, ...]]
    links: ClassVar[tuple[str, ...]] = ()
    referred: ClassVar[bool] = False
    fact_kind: ClassVar[str] = ""
    chunk: ClassVar[int] = 1_000

    def key(self, record: R) -> str:
        """The source's own id of the record."""
        return record.id  # type: ignore[attr-defined,no-any-return]

    def order(self, record: R) -> Any:
        """What to sort by, so that one chunk concerns few people."""
        return self.key(record)

    def values(self, desk: Desk, record: R) -> tuple[Any, ...]:
        """Cells in the order of `columns`."""
        raise NotImplementedError

    def holders(self, desk: Desk, records: Iterable[R]) -> set[int]:
        """The people whose figures these records go into."""
        return set()

    def credited(self, known: Collection[int]) -> set[int]:
        """The people whose figures these records, which are there already, are in."""
        return reps_of(self.fact_kind, known) if self.fact_kind else set()

    def amended(self, desk: Desk, changed: Mapping[int, R]) -> Mapping[int, R]:
        """What changed records (by internal id) are, with what was observed of them before."""
        return changed

    def foretold(self, desk: Desk, changed: Mapping[int, R]) -> Sequence[Problem]:
        """What there is to know of changed records (by internal id) before they change."""
        return ()

    def write_parts(self, desk: Desk, written: Mapping[int, R], changed: Collection[int]) -> None:
        """Put what belongs to the records in place."""

    def settle(self, desk: Desk, posting: Posting, written: Mapping[int, R], fresh: Collection[int]) -> None:
        """Post the facts of the records (by internal id) that are new or changed."""

    def learn(self, desk: Desk, fresh: Mapping[int, R]) -> None:
        """Let later records refer to these."""
        for number, record in fresh.items() if self.referred else ():
            desk.learn(self.model, self.key(record), number)


@dataclass(frozen=True, slots=True)
class _Known:
    """A record that is there already, and the batch that brought it."""

    id: int
    digest: str
    batch: int


def take(desk: Desk, shelf: Shelf[R], records: Sequence[R]) -> Iterator[Counter[str]]:
    """Put the records in place, a chunk a transaction; yields what each chunk did."""
    for chunk in pieces(records, shelf.chunk):
        yield _tried(desk, shelf, chunk)


def _tried(desk: Desk, shelf: Shelf[R], records: Sequence[R]) -> Counter[str]:
    """One chunk, whole or not at all; a collision with another writer is tried again."""
    for attempt in range(ATTEMPTS):
        try:
            return _take(desk, shelf, records)
        except (IntegrityError, OperationalError):
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


class _Moved(OperationalError):
    """Between looking and locking, another writer gave some of these records to somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "Another import keeps moving these records between reps. Import again when it has ended."
        )


@transaction.atomic
def _take(desk: Desk, shelf: Shelf[R], records: Sequence[R]) -> Counter[str]:
    keyed = {shelf.key(record): record for record in records}
    standing = _lock(desk, shelf, keyed)
    weighed = _weigh(desk, shelf, keyed, standing)
    rows, fresh, changed = weighed.rows, weighed.fresh, [standing[key].id for key in weighed.changed]
    amended = shelf.amended(desk, {standing[key].id: keyed[key] for key in weighed.changed})
    for key in weighed.changed:
        if (record := amended[standing[key].id]) is not keyed[key]:
            keyed[key], rows[key] = record, (*rows[key][: len(KEPT)], *shelf.values(desk, record))
    ids = dict(zip(fresh, reserve(shelf.model, len(fresh)) if fresh else (), strict=True))
    keep(desk.batch, shelf.model, changed)
    _insert(desk, shelf, ids, rows)
    update(shelf.model, (*KEPT, *shelf.columns), [(*rows[key], standing[key].id) for key in weighed.changed])
    written = {ids.get(key) or standing[key].id: keyed[key] for key in rows}
    shelf.write_parts(desk, written, changed)
    if written:
        posting = Posting(desk.person)
        shelf.settle(desk, posting, written, set(ids.values()))
        posting.close()
    shelf.learn(desk, {number: keyed[key] for key, number in ids.items()})
    return weighed.counts


def weigh(
    desk: Desk, shelf: Shelf[R], records: Sequence[R]
) -> Iterator[tuple[Counter[str], Sequence[Problem]]]:
    """What `take` would do with the records, and what it would tell of them, writing nothing.

    Ids below 0 stand for records that would be made.
    """
    for chunk in pieces(records, shelf.chunk):
        keyed = {shelf.key(record): record for record in chunk}
        standing = _standing(desk, shelf, keyed)
        weighed = _weigh(desk, shelf, keyed, standing)
        shelf.learn(desk, {-place: keyed[key] for place, key in enumerate(weighed.fresh, 1)})
        changed = {standing[key].id: keyed[key] for key in weighed.changed}
        yield weighed.counts, shelf.foretold(desk, changed)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Keys of records that are new or changed, each with its row; `all` is how many there are in total."""

    fresh: list[str]
    changed: list[str]
    rows: dict[str, tuple[Any, ...]]
    all: int

    @property
    def counts(self) -> Counter[str]:
        """How many of each."""
        return Counter(
            {
                CREATED: len(self.fresh),
                UPDATED: len(self.changed),
                UNCHANGED: self.all - len(self.fresh) - len(self.changed),
            }
        )


def _weigh(desk: Desk, shelf: Shelf[R], keyed: Mapping[str, R], standing: Mapping[str, _Known]) -> _Weighed:
    weighed = _Weighed([], [], {}, len(keyed))
    for key, record in keyed.items():
        values = shelf.values(desk, record)
        digest = _digest(shelf, record, values)
        known = standing.get(key)
        if known is None:
            weighed.fresh.append(key)
        elif known.digest != digest and known.batch not in desk.newer:
            weighed.changed.append(key)
        else:
            continue
        origin = record.origin  # type: ignore[attr-defined]
        weighed.rows[key] = (desk.batch.pk, _file(origin.file), origin.row, digest, *values)
    return weighed


def _lock(desk: Desk, shelf: Shelf[R], keyed: Mapping[str, R]) -> dict[str, _Known]:
    """Lock everybody concerned, and say what is known of these records once nobody else can change it."""
    prefer_indexes()
    standing = _standing(desk, shelf, keyed)
    held = shelf.holders(desk, keyed.values()) | shelf.credited(_ids(standing))
    lock(held or [NOBODY])
    if (
        standing or connection.vendor == "postgresql"
    ):  # on SQLite nobody else has been able to write since we began
        standing = _standing(desk, shelf, keyed)
        if not shelf.holders(desk, keyed.values()) | shelf.credited(_ids(standing)) <= held:
            raise _Moved
    desk.look_again(held)
    return standing


def _ids(standing: Mapping[str, _Known]) -> list[int]:
    return [known.id for known in standing.values()]


def _standing(desk: Desk, shelf: Shelf[R], keyed: Iterable[str]) -> dict[str, _Known]:
    names, source = ("external_id", "id", "digest", "batch"), desk.batch.source_id
    rows = find(shelf.model, names, "external_id", list(keyed), source=source)
    return {key: _Known(*known) for key, *known in rows}


def _insert(desk: Desk, shelf: Shelf[R], ids: Mapping[str, int], rows: Mapping[str, tuple[Any, ...]]) -> None:
    named = hasattr(shelf.model, "uid")
    names = ("id", "source", "external_id", *(("uid",) if named else ()), *KEPT, *shelf.columns)
    source = desk.batch.source_id
    insert(
        shelf.model,
        names,
        [(number, source, key, *((uuid7(),) if named else ()), *rows[key]) for key, number in ids.items()],
    )


@cache
def _file(name: str) -> str:
    return printable(name, 255)


def _digest(shelf: Shelf[R], record: R, values: Sequence[Any]) -> str:
    """Of what a record says, leaving out where in the file it stood, and of which references were found."""
    lost = [values[place] is None for place, name in enumerate(shelf.columns) if name in shelf.links]
    return digest(record, lost)


def digest(record: Any, lost: Sequence[bool] = ()) -> str:
    """BLAKE2b, 16 bytes as hexadecimal, of what a record says; of money in another currency, with the rate."""
    kind: Any = type(record)
    found: Conversion | None = getattr(record, "conversion", None)
    if found is None or kind not in CONVERTED:
        return _digest_of(record, lost)
    waiting = replace(found, rate=None, since=None, came=None)
    waits = _hashed((_digest_of(replace(record, **CONVERTED[kind]), lost), waiting))
    return waits if found.rate is None else digest_at(waits, found.rate)


def digest_at(waits: str, rate: Decimal) -> str:
    """The digest of a record that waited for a rate, once it is converted."""
    return _hashed((waits, f"{rate.normalize():f}"))


def _digest_of(record: Any, lost: Sequence[bool]) -> str:
    kind: Any = type(record)
    later = tuple((name, told) for name in LATER.get(kind, ()) if (told := getattr(record, name)))
    said = (_sayings(kind)(record), lost, *([later] if later else []))
    return _hashed(said)


def _hashed(said: tuple[Any, ...]) -> str:
    return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()


@cache
def _sayings(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    unsaid = UNSAID.union(LATER.get(kind, ()))
    return attrgetter(*(name for name in kind.__slots__ if name not in unsaid))


def short(key: str) -> str:
    """The key, or a digest of it where it is longer than an id may be."""
    return key if len(key) <= ID_LENGTH else hashlib.sha256(key.encode()).hexdigest()
