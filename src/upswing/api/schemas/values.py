"""What every answer is made of."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict


class Strict(Schema):
    """Every answer and input says exactly what it holds."""

    model_config = ConfigDict(extra="forbid")


class MoneyOut(Strict):
    """An exact amount: `{"amount": "1234.50", "currency": "USD"}`."""

    amount: str
    currency: str


ValueOut = MoneyOut | int | float | None


class FactorOut(Strict):
    """One reason why the target is not the quota: its share, and the numbers that explain it."""

    key: str
    share: float
    values: dict[str, float | int]
    words: dict[str, str]


class PageOut(Strict):
    """A part of a long list: which page, from 1, and the one after it, if there is one."""

    page: int
    next: int | None


class ProblemOut(Strict):
    """What went wrong, as application/problem+json."""

    title: str
    status: int
    detail: str
