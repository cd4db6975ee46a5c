"""Typed records as every source yields them, and problems: data that could not be used, said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Outcome(StrEnum):
    """Where a deal stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Severity(StrEnum):
    """Refused: the row was not taken. Notice: it was taken, and this is what we made of it."""

    REFUSED = "refused"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands in its source: file name and row (1 is the header)."""

    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the data, as a value: it never stops the other ten thousand rows.

    `code` groups problems that the same repair mends.
    """

    severity: Severity
    code: str
    origin: Origin
    record: str
    field: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as a source names them; `team` and `region` are names, `manager` a person's name."""

    name: str
    origin: Origin
    email: str = ""
    manager: str = ""
    team: str = ""
    region: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A company that buys."""

    id: str
    name: str
    origin: Origin
    industry: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """What is sold; `list_price_minor` in minor units of the organisation's currency."""

    id: str
    name: str
    origin: Origin
    family: str = ""
    list_price_minor: int | None = None


@dataclass(frozen=True, slots=True)
class StageMove:
    """A deal entered `stage` on `day`."""

    stage: str
    day: date


@dataclass(frozen=True, slots=True)
class DealRecord:
    """A chance to sell.

    `amount_minor` is what the source states (for a won deal: what it was won for);
    `expected_minor` is what the open deal was worth when it entered the pipeline (the stated amount, else
    the list price of its product; None when neither is known). `amounts` are later changes of the open
    amount, each with its day. `observed` is the day the source was read. `credit` is (rep, weight) pairs.
    """

    id: str
    origin: Origin
    credit: tuple[tuple[str, int], ...]
    stage: str
    outcome: Outcome
    name: str = ""
    account: str = ""
    product: str = ""
    created: date | None = None
    closed: date | None = None
    observed: date | None = None
    amount_minor: int | None = None
    expected_minor: int | None = None
    amounts: tuple[tuple[date, int], ...] = ()
    moves: tuple[StageMove, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaRecord:
    """What a rep is asked for: `value` in the metric's unit (money in minor units), for a period's slug."""

    rep: str
    period: str
    metric: str
    value: Fraction
    origin: Origin


Record = PersonRecord | AccountRecord | ProductRecord | DealRecord | QuotaRecord
