"""The cast once made is poured into the next test's database, row by row: to make it anew takes ten times as long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

Rows = dict[str, Any]
"""By table: rows on SQLite, what COPY writes on PostgreSQL."""
LEFT = {"upswing_cache", "django_migrations", "sqlite_sequence"}
"""What is worked out anew by each test, or is not of the cast."""
_MADE: Rows = {}


def poured(make: Callable[[], None]) -> None:
    """What `make` writes into empty tables: made the first time, and poured from then on.

    Where other rows are there already it is made among them.
    """
    if _MADE and not any(map(_filled, _MADE)):
        with transaction.atomic():
            for table, rows in _MADE.items():
                _pour(table, rows)
        return
    empty = [] if _MADE else [table for table in _tables() if not _filled(table)]
    make()
    _MADE.update({table: _taken(table) for table in empty if _filled(table)})


def _tables() -> list[str]:
    return [table for table in connection.introspection.table_names() if table not in LEFT]


def _filled(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def _taken(table: str) -> Any:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} TO STDOUT") as copy:
                return b"".join(copy)
        cursor.execute(f"SELECT * FROM {name}")  # noqa: S608
        return cursor.fetchall()


def _pour(table: str, rows: Any) -> None:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                copy.write(rows)
        else:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608
