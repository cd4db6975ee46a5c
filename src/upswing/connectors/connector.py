"""The contract of every connector: given what is known already, yield records and problems."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from upswing.connectors.rates import Converted, Rates, Standing
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric
from upswing.core.records import Problem, Record


@dataclass(frozen=True, slots=True)
class Thing:
    """An account or product that deals may name. `price` is a product's list price in minor units.

    `source` is empty for what the source being read brought, now or earlier; else the key of the one that did.
    """

    id: str
    name: str
    price: int | None = None
    source: str = ""

    @property
    def reference(self) -> str:
        """What a deal's record calls it: its id, with the source where that is another one."""
        return reference(self.source, self.id)


def reference(source: str, key: str) -> str:
    """An id of another source; the separator stands in no id."""
    return f"{source}\x1f{key}" if source else key


@dataclass(slots=True)
class Things:
    """Accounts or products, found by id (exactly as written) or by name (folded)."""

    ids: dict[str, Thing] = field(default_factory=dict)
    names: dict[str, Thing] = field(default_factory=dict)

    def add(self, thing: Thing) -> None:
        """Take a thing; one with the same id or name gives way."""
        self.ids[thing.id] = self.names[folded(thing.name)] = thing

    def find(self, written: str) -> Thing | None:
        """What is meant: the source's own before another's, an id before a name."""
        found = (self.ids.get(written), self.names.get(folded(written)))
        return min((thing for thing in found if thing), key=lambda thing: thing.source != "", default=None)


class KnownLead(NamedTuple):
    """What a lead hands on to its deal: the rep's name and the source it came by."""

    rep: str
    source: str = ""


@dataclass(slots=True)
class Known:
    """What records may refer to, reps by folded name. A connector adds what it reads.

    `rep_ids` are the source's own ids of people, each with the name; `leads`, `deals` (with the rep's name) and
    `contacts` (with the contact's name) stand by the source's own id. `currency` is what amounts count in where the
    source does not say; `metrics` are those that may have quotas, and `quotas` those read so far, with their row;
    `ends_stated` says that the source states when people left, so that none stated means they stay. `expected` is set
    by the connector before its first record: at most so many rows are to come, and names that are picked out of them
    are added as they come. `converted` tells, by kind and id, at which rate amounts were converted before.
    """

    reps: dict[str, str] = field(default_factory=dict)
    rep_ids: dict[str, str] = field(default_factory=dict)
    accounts: Things = field(default_factory=Things)
    products: Things = field(default_factory=Things)
    contacts: dict[str, str] = field(default_factory=dict)
    leads: dict[str, KnownLead] = field(default_factory=dict)
    deals: dict[str, str] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)
    currency: str = ""
    fiscal_start: int = 1
    today: date = date(2026, 12, 31)
    metrics: Mapping[str, Metric] = field(default_factory=lambda: CATALOGUE)
    quotas: dict[tuple[str, date, date, str], int] = field(default_factory=dict)
    ends_stated: bool = False
    expected: int = 0
    converted: Mapping[tuple[str, str], Converted] = field(default_factory=dict)

    def standing(self, kind: str, key: str, currency: str, day: date) -> Standing | None:
        """The rate of a record's currency on its day: as the source tells now, else as it was converted before."""
        found, before = self.rates.standing(currency, day), self.converted.get((kind, key))
        if before is None or (before.currency, before.on) != (currency, day):
            return found
        return found if found and self.rates.tells(currency, found.since) else before.standing


class Connector(Protocol):
    """A source of records."""

    def read(self, known: Known) -> Iterator[Record | Problem]:
        """Every record once, in the order of `Record`; a row that cannot be used comes as a problem in its place."""


class Unreadable(ValueError):
    """The source as a whole cannot be read; the message says what, where and what to do."""


NAME_LENGTH = 200
"""The most characters a name may have, also when folded (“ß” becomes “ss”)."""


def folded(name: str) -> str:
    """A name without case and surplus space, to compare by."""
    return " ".join(name.split()).casefold()


def printable(written: str, most: int | None = None) -> str:
    """Text as one may print and store it: without control characters and lone surrogates, cut to `most`."""
    return "".join(c for c in written if unicodedata.category(c) not in {"Cc", "Cs"})[:most]
