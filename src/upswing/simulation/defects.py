"""Damage as real exports have it: added last, counted, and told in the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np

from upswing.simulation.arrays import NEVER, Array, Floats, Ints
from upswing.simulation.clock import number
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Kind, Purpose, stream
from upswing.simulation.table import AnyColumn, Days, Ids, Scaled, Table, Words

DUPLICATES, NO_REP, VARIANTS, BACKWARDS, NO_ACCOUNT, MERGED, WORTHLESS = (
    0.02,
    0.03,
    0.10,
    0.01,
    0.04,
    0.005,
    0.3,
)
"""Shares of contacts, deals, deals, decided deals, open deals, deals, lost deals."""
GONE = 900_000
"""Merged deals stand under their old number, this much higher, too."""
_FAR = number(date(2050, 1, 1))
"""What some systems write for an open end."""

Damage = tuple[dict[str, Any], ...]


class _Draws:
    """One draw a row and purpose, by the row's place: `shares(n)` always begins with the same numbers."""

    def __init__(self, seed: int) -> None:
        self.seed, self.turn = seed, 0

    def shares(self, many: int) -> Floats:
        self.turn += 1
        return stream(self.seed, Purpose.DEFECTS, Kind.ORGANISATION, self.turn).random(many)


Defect = Callable[[Table, _Draws], tuple[Table, list[str]]]
"""What damages a table, and tells the ids it hit."""


def damaged(world: Setting, tables: Mapping[str, Table]) -> tuple[dict[str, Table], Damage]:
    """The tables with defects, and each kind of defect with the ids it hit."""
    draws, found, told = _Draws(world.seed), dict(tables), list[dict[str, Any]]()
    for kind, name, damage in DEFECTS:
        table, hit = damage(found[name], draws)
        found[name] = table
        told.append({"kind": kind, "table": name, "count": len(hit), "ids": hit})
    return found, tuple(told)


def _ids(table: Table, rows: Ints) -> list[str]:
    return table["id"].take(rows).texts(0, len(rows))


def _duplicated(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
    """The same person once more under another id."""
    rows = np.flatnonzero(draws.shares(len(table)) < DUPLICATES)
    every = np.concatenate([np.arange(len(table)), rows])
    more = table.select(every)
    ids = more["id"]
    assert isinstance(ids, Ids)  # noqa: S101
    again = np.arange(len(every)) >= len(table)
    ids = Ids(ids.reps, np.where(again, ids.numbers + GONE, ids.numbers), ids.prefixes, ids.series)
    more = more.with_columns(id=ids)
    return more, _ids(more, np.flatnonzero(again))


def _emptied(
    column: str, share: float, which: Callable[[Table], Array]
) -> Callable[[Table, _Draws], tuple[Table, list[str]]]:
    def damage(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
        rows = np.flatnonzero((draws.shares(len(table)) < share) & which(table))
        cells = table[column]
        assert isinstance(cells, Words)  # noqa: S101
        codes = np.array(cells.codes)
        codes[rows] = -1
        return table.with_columns(**{column: Words(codes, cells.words)}), _ids(table, rows)

    return damage


def _squeezed(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
    """Product names without their space."""
    rows = np.flatnonzero(draws.shares(len(table)) < VARIANTS)
    cells = table["product"]
    assert isinstance(cells, Words)  # noqa: S101
    words = (*cells.words, *(word.replace(" ", "") for word in cells.words))
    codes = np.array(cells.codes)
    codes[rows] += len(cells.words)
    return table.with_columns(product=Words(codes, words)), _ids(table, rows)


def _closed(table: Table) -> Array:
    cells = table["closed"]
    assert isinstance(cells, Days)  # noqa: S101
    return np.asarray(cells.values < NEVER)


def _lost(table: Table) -> Array:
    cells = table["stage"]
    assert isinstance(cells, Words)  # noqa: S101
    return np.asarray(cells.codes == list(cells.words).index("Lost"))


def _every(table: Table) -> Array:
    return np.ones(len(table), dtype=bool)


def _backwards(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
    """Closed before they were opened: the two days stand the wrong way round."""
    rows = np.flatnonzero((draws.shares(len(table)) < BACKWARDS) & _closed(table))
    created, closed = table["created"], table["closed"]
    assert isinstance(created, Days)  # noqa: S101
    assert isinstance(closed, Days)  # noqa: S101
    first, last = np.array(created.values), np.array(closed.values)
    rows = rows[first[rows] < last[rows]]
    first[rows], last[rows] = last[rows], first[rows]
    return table.with_columns(created=Days(first), closed=Days(last)), _ids(table, rows)


def _worthless(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
    rows = np.flatnonzero((draws.shares(len(table)) < WORTHLESS) & _lost(table))
    cells = table["amount"]
    assert isinstance(cells, Scaled)  # noqa: S101
    values = np.array(cells.values)
    values[rows] = 0
    return table.with_columns(amount=Scaled(values)), _ids(table, rows)


def _merged(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
    """Deals that were merged: the number that the other tables use stands for nothing any more."""
    rows = np.flatnonzero(draws.shares(len(table)) < MERGED)
    hit = _ids(table, rows)
    cells = table["id"]
    assert isinstance(cells, Ids)  # noqa: S101
    numbers = np.array(cells.numbers)
    numbers[rows] += GONE
    return table.with_columns(id=Ids(cells.reps, numbers, cells.prefixes, cells.series)), hit


def _open_end(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
    """An open end is written as a day far ahead."""
    del draws
    cells = table["end"]
    assert isinstance(cells, Days)  # noqa: S101
    rows = np.flatnonzero(cells.values >= NEVER)
    far = np.where(cells.values >= NEVER, _FAR, cells.values)
    return table.with_columns(end=Days(far)), [str(row) for row in rows.tolist()]


def _spelled(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
    cells = table["commit"]
    assert isinstance(cells, Words)  # noqa: S101
    way = (draws.shares(len(table)) * 3).astype(np.int64)
    rows = np.flatnonzero(way > 0)
    words = ("false", "true", "FALSE", "TRUE", "0", "1")
    return table.with_columns(commit=Words(cells.codes + 2 * way, words)), _ids(table, rows)


def _other_dates(table: Table, draws: _Draws) -> tuple[Table, list[str]]:
    """Every day of the file is written 20.11.2026."""
    del draws
    days = {name: column for name, column in table.columns.items() if isinstance(column, Days)}
    turned: dict[str, AnyColumn] = {name: _turned(column) for name, column in days.items()}
    return table.with_columns(**turned), sorted(turned)


def _turned(column: Days) -> Words:
    values, codes = np.unique(column.values, return_inverse=True)
    written = Days(values).texts(0, len(values))
    return Words(codes, [".".join(reversed(cell.split("-"))) if cell else "" for cell in written])


def _open(table: Table) -> Array:
    return ~_closed(table)


DEFECTS: tuple[tuple[str, str, Defect], ...] = (
    ("duplicate contact", "contacts", _duplicated),
    ("missing rep", "deals", _emptied("rep", NO_REP, _every)),
    ("open deal without account", "deals", _emptied("account", NO_ACCOUNT, _open)),
    ("product without its space", "deals", _squeezed),
    ("closed before opened", "deals", _backwards),
    ("lost deal worth nothing", "deals", _worthless),
    ("boolean spelled otherwise", "deals", _spelled),
    ("merged deal", "deals", _merged),
    ("open end as a far day", "memberships", _open_end),
    ("days written the other way", "payments", _other_dates),
)
"""In this order: a row may be hit by several."""
