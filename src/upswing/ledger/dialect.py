"""What differs between the databases, as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

REP_LOCKS = 0x7570  # "up": the first key of PostgreSQL's two-key advisory locks


def _lock_on_postgresql(cursor: CursorWrapper, reps: Iterable[int]) -> None:
    for rep in sorted(set(reps)):  # sorted: two writers can never wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [REP_LOCKS, rep])


def _lock_on_sqlite(cursor: CursorWrapper, reps: Iterable[int]) -> None:
    """BEGIN IMMEDIATE already holds the one write lock."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database says the first day of a month and a bound day, and locks reps for a transaction."""

    month_of_day: str
    a_day: str
    lock_reps: Callable[[CursorWrapper, Iterable[int]], None]


DIALECTS = {
    "sqlite": Dialect("strftime('%%Y-%%m-01', day)", "%s", _lock_on_sqlite),
    "postgresql": Dialect("date_trunc('month', day)::date", "CAST(%s AS date)", _lock_on_postgresql),
}


def dialect() -> Dialect:
    """The dialect of the default connection."""
    return DIALECTS[connection.vendor]
