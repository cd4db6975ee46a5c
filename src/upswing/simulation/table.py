"""A table of a simulated export: columns of numbers, turned into text only when somebody reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

import numpy as np

from upswing.simulation.arrays import NEVER, Array

CHUNK = 50_000


class Column(Protocol):
    """A column of cells."""

    def __len__(self) -> int: ...

    def take(self, rows: Array) -> Column:
        """The cells of some rows: a mask, or their numbers."""

    def texts(self, start: int, stop: int) -> list[str]:
        """The cells from one row up to another, as they are written."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words out of a list; code -1 is an empty cell."""

    codes: Array
    words: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: Array) -> Words:
        """The cells of some rows."""
        return Words(self.codes[rows], self.words)

    def texts(self, start: int, stop: int) -> list[str]:
        """The words themselves."""
        words = (*self.words, "")
        return [words[code] for code in self.codes[start:stop].tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class Ids:
    """Names like L-003-000412: a prefix, the rep whom the thing came from, a number; number -1 is an empty cell."""

    reps: Array
    numbers: Array
    prefixes: Sequence[str]
    series: Array

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, rows: Array) -> Ids:
        """The cells of some rows."""
        return Ids(self.reps[rows], self.numbers[rows], self.prefixes, self.series[rows])

    def texts(self, start: int, stop: int) -> list[str]:
        """Rep and number are counted from 1."""
        parts = (self.series, self.reps, self.numbers)
        told = zip(*(part[start:stop].tolist() for part in parts), strict=True)
        heads = {(s, r): f"{self.prefixes[s]}-{r + 1:03d}-" for s, r in set(self._heads(start, stop))}
        return [f"{heads[s, r]}{n + 1:06d}" if n >= 0 else "" for s, r, n in told]

    def _heads(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        return zip(self.series[start:stop].tolist(), self.reps[start:stop].tolist(), strict=True)


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """Whole numbers; below 0 is an empty cell."""

    values: Array

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Array) -> Whole:
        """The cells of some rows."""
        return Whole(self.values[rows])

    def texts(self, start: int, stop: int) -> list[str]:
        """Digits."""
        return [str(value) if value >= 0 else "" for value in self.values[start:stop].tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """Numbers with so many decimal places, kept as whole numbers of the last one; below 0 is an empty cell."""

    values: Array
    places: int = 2

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Array) -> Scaled:
        """The cells of some rows."""
        return Scaled(self.values[rows], self.places)

    def texts(self, start: int, stop: int) -> list[str]:
        """With a decimal point."""
        scale = 10**self.places
        pairs = (divmod(value, scale) if value >= 0 else None for value in self.values[start:stop].tolist())
        return [f"{pair[0]}.{pair[1]:0{self.places}d}" if pair else "" for pair in pairs]


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Days, counted from 1970-01-01; NEVER is an empty cell."""

    values: Array

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Array) -> Days:
        """The cells of some rows."""
        return Days(self.values[rows])

    def texts(self, start: int, stop: int) -> list[str]:
        """Like 2026-11-20."""
        values = self.values[start:stop].tolist()
        written = {value: _day(value) for value in set(values)}
        return [written[value] for value in values]


@dataclass(frozen=True, slots=True, eq=False)
class Instants:
    """Seconds since 1970 in UTC; NEVER is an empty cell."""

    values: Array

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Array) -> Instants:
        """The cells of some rows."""
        return Instants(self.values[rows])

    def texts(self, start: int, stop: int) -> list[str]:
        """Like 2026-11-20T09:14:03+00:00."""
        days, seconds = np.divmod(self.values[start:stop], 86_400)
        never = self.values[start:stop] >= NEVER
        days[never] = NEVER
        told = days.tolist()
        written = {value: _day(value) for value in set(told)}
        pairs = zip(told, seconds.tolist(), strict=True)
        return [f"{written[d]}T{_CLOCK[s]}+00:00" if d < NEVER else "" for d, s in pairs]


def _day(value: int) -> str:
    return date.fromordinal(value + 719_163).isoformat() if value < NEVER else ""


_CLOCK = tuple(f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in range(86_400))

AnyColumn = Words | Ids | Whole | Scaled | Days | Instants


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One kind of record: columns of equal length, in the order in which they are written."""

    name: str
    columns: Mapping[str, AnyColumn]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, column: str) -> AnyColumn:
        return self.columns[column]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.columns)

    def select(self, rows: Array) -> Table:
        """Some of the rows: a mask, or their numbers."""
        return Table(self.name, {name: column.take(rows) for name, column in self.columns.items()})

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Each row as it is written."""
        for start in range(0, len(self), CHUNK):
            stop = min(start + CHUNK, len(self))
            yield from zip(*(column.texts(start, stop) for column in self.columns.values()), strict=True)

    def texts(self, column: str) -> list[str]:
        """One column as it is written."""
        return self.columns[column].texts(0, len(self))

    def with_columns(self, **columns: AnyColumn) -> Table:
        """The table with some columns replaced or added."""
        return Table(self.name, {**self.columns, **columns})


def stacked(name: str, parts: Sequence[Mapping[str, AnyColumn]]) -> Table:
    """One table out of the parts of each rep, in their order; they have the same columns."""
    return Table(name, {key: _joined([part[key] for part in parts]) for key in parts[0]})


def _joined(columns: list[AnyColumn]) -> AnyColumn:
    first = columns[0]
    if isinstance(first, Words):
        return _joined_words([column for column in columns if isinstance(column, Words)])
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(column, name) for column in columns])
        for name in ("values", "reps", "numbers", "series")
        if hasattr(first, name)
    }
    return replace(first, **arrays)


def _joined_words(columns: list[Words]) -> Words:
    """Parts that share one list keep it; others get a list of all their words."""
    codes = [column.codes for column in columns]
    if all(column.words is columns[0].words for column in columns):
        return Words(np.concatenate(codes), columns[0].words)
    before = np.cumsum([0, *(len(column.words) for column in columns)])
    shifted = [np.where(mine >= 0, mine + more, -1) for mine, more in zip(codes, before, strict=False)]
    return Words(np.concatenate(shifted), [word for column in columns for word in column.words])
