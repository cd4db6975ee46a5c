"""What differs between the databases, as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

REP_LOCKS = 0x7570  # "up": the first key of PostgreSQL's two-key advisory locks


def _lock_on_postgresql(cursor: CursorWrapper, reps: Iterable[int]) -> None:
    """Sorted, so that two writers can never wait for each other."""
    wanted = sorted(set(reps))
    cursor.execute("SELECT pg_advisory_xact_lock(%s, rep) FROM unnest(%s::int[]) AS rep", [REP_LOCKS, wanted])
    cursor.fetchall()


def _lock_on_sqlite(cursor: CursorWrapper, reps: Iterable[int]) -> None:
    """BEGIN IMMEDIATE already holds the one write lock."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database says things of days, and locks reps for a transaction.

    `month_of_day` is the first day of a row's month, `a_day` a bound day, `month_after` the first day of the month
    after touched.day, `named_pairs` a list of (rep, day) values as a table called touched.
    """

    month_of_day: str
    a_day: str
    month_after: str
    named_pairs: str
    lock_reps: Callable[[CursorWrapper, Iterable[int]], None]


DIALECTS = {
    "sqlite": Dialect(
        "strftime('%%Y-%%m-01', fact.day)",
        "%s",
        "date(touched.day, '+1 month')",
        "(SELECT column1 AS rep_id, column2 AS day FROM ({})) AS touched",
        _lock_on_sqlite,
    ),
    "postgresql": Dialect(
        "date_trunc('month', fact.day)::date",
        "CAST(%s AS date)",
        "(touched.day + INTERVAL '1 month')",
        "({}) AS touched (rep_id, day)",
        _lock_on_postgresql,
    ),
}


def dialect() -> Dialect:
    """The dialect of the default connection."""
    return DIALECTS[connection.vendor]
