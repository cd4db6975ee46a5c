"""The rows of a simulated organisation, as its exports would show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who sells."""

    name: str
    email: str
    manager: str
    team: str
    region: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A company that buys."""

    id: str
    name: str
    industry: str
    country: str


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold; the list price in euro."""

    id: str
    name: str
    family: str
    list_price: int


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal as it stands on the day the world is looked at; the amount in euro."""

    id: str
    name: str
    rep: str
    account: str
    product: str
    stage: str
    created: date
    closed: date | None
    amount: int


@dataclass(frozen=True, slots=True)
class Quota:
    """What a rep is asked for: `period` is a quarter's slug, `value` in the metric's unit (money in euro)."""

    rep: str
    period: str
    metric: str
    value: Decimal
