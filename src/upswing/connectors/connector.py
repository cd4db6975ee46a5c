"""The contract of every connector: given what is known already, yield records and problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from upswing.core.records import Problem, Record


@dataclass(frozen=True, slots=True)
class Thing:
    """An account or product that deals may name. `price` is a product's list price in minor units."""

    id: str
    name: str
    price: int | None = None


@dataclass(slots=True)
class Known:
    """What records may refer to, by folded name (or id). A connector adds what it reads."""

    reps: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, Thing] = field(default_factory=dict)
    products: dict[str, Thing] = field(default_factory=dict)


class Connector(Protocol):
    """A source of records."""

    def read(self, known: Known) -> Iterator[Record | Problem]:
        """Every record once, in the order: people, accounts, products, deals, quotas."""


class Unreadable(ValueError):
    """The source as a whole cannot be read; the message says what, where and what to do."""


def folded(name: str) -> str:
    """A name without case and surplus space, to compare by."""
    return " ".join(name.split()).casefold()


Row = Mapping[str, str]
