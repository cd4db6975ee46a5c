"""Many rows at once, past the ORM: what an import writes by the thousand. Knows columns, not what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import DateField, DateTimeField, DecimalField, Field, Model, UUIDField

from upswing.connectors.connector import Unreadable

MOST = 5_000
"""Values a statement looks for at once."""
PIECE = 2_000
Row = Sequence[Any]
T = TypeVar("T")
Convert = Callable[[Any], Any]


def pieces(things: Sequence[T], size: int = PIECE) -> Iterator[Sequence[T]]:
    """The things in order, so many at a time."""
    return (things[start : start + size] for start in range(0, len(things), size))


def reserve(model: type[Model], count: int) -> list[int]:
    """So many ids that nothing has and nothing else will be given; call inside the transaction that uses them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return list(range(first, first + count))


HURRIED = {
    "sqlite": (
        ("PRAGMA synchronous=NORMAL", "PRAGMA wal_autocheckpoint=16000"),
        ("PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=1000"),
    ),
    "postgresql": (("SET synchronous_commit TO off",), ("RESET synchronous_commit",)),
}
"""How each database is told not to wait for the disk at every commit, and to wait again."""


@contextmanager
def durable_at_the_next_commit() -> Iterator[None]:
    """Commits inside are whole or not at all as ever; that they survive a power cut is settled by the next one after.

    A killed process loses nothing either way: an import waits for the disk once, when it says that it is done.
    """
    if connection.in_atomic_block or not _logs_ahead():  # the transaction around decides, or safety does
        yield
        return
    hurry, wait = HURRIED[connection.vendor]
    _say(hurry)
    try:
        yield
    finally:
        _say(wait)


def _logs_ahead() -> bool:
    """Whether the database writes to a log first; SQLite without one could be damaged by a power cut."""
    if connection.vendor == "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        return bool(cursor.fetchone()[0] == "wal")


def _say(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


NO_ROOM = ("disk is full", "disk I/O error", "No space left on device")
"""What databases say when they cannot write any more."""


@contextmanager
def as_long_as_there_is_room() -> Iterator[None]:
    """Raises Unreadable, saying what to do, when the database's disk is full; what was done by then stays."""
    try:
        yield
    except OperationalError as error:
        said = str(error).partition("\n")[0]
        if not any(words in said for words in NO_ROOM):
            raise
        raise Unreadable(
            f"The database cannot be written: {said}. Make room on its disk"
            f"{f' ({settings.DATA_DIR})' if connection.vendor == 'sqlite' else ''} and start again: "
            "what was done by then is kept, and the rest follows."
        ) from error


def prefer_indexes() -> None:
    """Until the transaction ends, look rows up by index, whatever the planner believes.

    In the middle of a large import PostgreSQL has no statistics of the rows just written, and would read whole tables.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan TO off")


def find(
    model: type[Model], names: Sequence[str], key: str, values: Sequence[Any], **fixed: Any
) -> list[tuple[Any, ...]]:
    """Rows whose `key` is one of the values and whose other fields are as fixed, as plain cells."""
    found: list[tuple[Any, ...]] = []
    fields = _fields(model, names)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    wheres = "".join(f' AND "{field.column}" = %s' for field in _fields(model, list(fixed)))
    [asked] = _fields(model, [key])
    with connection.cursor() as cursor:
        for part in pieces(values, MOST):
            among, bound = _among(part)
            sql = f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "{asked.column}" {among}{wheres}'  # noqa: S608
            cursor.execute(sql, [*bound, *fixed.values()])
            found += cursor.fetchall()
    return found


def _among(values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """“is one of these”, and what to bind: one array where the database has arrays."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", [list(values)]
    return f"IN ({', '.join(['%s'] * len(values))})", values


def insert(model: type[Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Add the rows; `names` are fields in the order of the cells. Raises IntegrityError, and then adds none."""
    if not rows:
        return
    fields = _fields(model, names)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    ready = _converted([_converter(field) for field in fields], rows)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copying = f'COPY "{table}" ({columns}) FROM STDIN'
            with connection.wrap_database_errors, cursor.copy(copying) as copy:
                for row in ready:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', list(ready))  # noqa: S608


def update(model: type[Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Overwrite these fields; the last cell of each row is its id."""
    if not rows:
        return
    fields = _fields(model, names)
    sets = ", ".join(f'"{field.column}" = %s' for field in fields)
    ready = _converted([*map(_converter, fields), None], rows)
    with connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{model._meta.db_table}" SET {sets} WHERE id = %s', list(ready))  # noqa: S608


def _fields(model: type[Model], names: Sequence[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


def _converted(converters: Sequence[Convert | None], rows: Sequence[Row]) -> Iterable[Row]:
    """The rows as the database takes them, converted a column at a time; columns that need nothing are left alone."""
    if not any(converters):
        return rows
    columns = zip(*rows, strict=True)
    return zip(*map(_column, converters, columns), strict=True)


def _column(convert: Convert | None, cells: Sequence[Any]) -> Sequence[Any]:
    return [None if cell is None else convert(cell) for cell in cells] if convert else cells


def _converter(field: Any) -> Convert | None:
    """How a cell of the field is written; None where as it is. PostgreSQL takes Python's own values."""
    if connection.vendor == "postgresql" or not isinstance(field, Field):
        return None
    return next((convert for kind, convert in _AS_TEXT if isinstance(field, kind)), None)


def _instant(at: datetime) -> str:
    """As UTC without its offset, which is six characters long."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(" ")[:-6]


def _day(day: date) -> str:
    return day.isoformat()


def _number(number: Decimal) -> str:
    return str(number)


def _uuid(value: UUID) -> str:
    return value.hex


_AS_TEXT: tuple[tuple[type[Field[Any, Any]], Convert], ...] = (
    (DateTimeField, _instant),
    (DateField, _day),
    (DecimalField, _number),
    (UUIDField, _uuid),
)
"""What SQLite has no type for, as the ORM writes it; the first kind that fits counts."""
