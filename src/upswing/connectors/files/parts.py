"""Rows that belong to deals and quotes, kept until those are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from upswing.connectors.files.values import Moment
from upswing.core.records import Origin, Outcome, Problem, Severity

Move = tuple[Moment, int, str, Outcome, int, str]
"""When, the stage's place among the stages, the stage, what it means; row and file."""
Amount = tuple[Moment, Decimal, int, str]
Close = tuple[Moment, date, int, str]
Line = tuple[str, Decimal, Decimal, int, str]
"""Product, quantity, price in the quote's currency; row and file."""

T = TypeVar("T", Move, Amount, Close, Line)
Kept = Mapping[str, Sequence[Move | Amount | Close | Line]]


@dataclass(slots=True)
class Parts:
    """By the id of the deal or quote, in the order of the files.

    `hours` and `assessments` are how often each of these stood, `revisions` the quote of each revision of a deal,
    `passed_over` the ids of deals and quotes that the mapping does not want.
    """

    moves: dict[str, list[Move]] = field(default_factory=dict)
    amounts: dict[str, list[Amount]] = field(default_factory=dict)
    closes: dict[str, list[Close]] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    hours: Counter[str] = field(default_factory=Counter)
    assessments: Counter[str] = field(default_factory=Counter)
    revisions: dict[str, dict[int, str]] = field(default_factory=dict)
    passed_over: set[str] = field(default_factory=set)

    def left_of_deals(self) -> Iterator[Problem]:
        """What no deal took."""
        yield from self._left(self.moves, "deal", "stage move")
        yield from self._left(self.amounts, "deal", "change of amount")
        yield from self._left(self.closes, "deal", "change of the closing day")

    def left_of_quotes(self) -> Iterator[Problem]:
        """What no quote took."""
        yield from self._left(self.lines, "quote", "line")

    def _left(self, parts: Kept, whole: str, word: str) -> Iterator[Problem]:
        for key in (key for key in parts if key not in self.passed_over):
            for part in parts[key]:
                row, file = int(part[-2]), str(part[-1])
                sentence = (
                    f"no {whole} “{key}” was taken from these files, so this {word} belongs to nothing."
                )
                origin, told = Origin(file, row), f"Row {row}: {sentence}"
                yield Problem(Severity.REFUSED, f"unknown_{whole}", origin, key[:200], whole, key, told)


def taken(parts: dict[str, list[T]], key: str) -> list[T]:
    """The parts of one record, in an order that does not depend on the rows'; they are given out once."""
    return sorted(parts.pop(key, ()))
