"""Values that are sent: money as amount and currency, a share as 0.25, anything else as a number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ninja.errors import HttpError

from upswing.api.schemas.targets import MoneyIn
from upswing.core.metrics.metric import Metric, Unit
from upswing.core.money import digits


def exact(value: MoneyIn | Decimal, metric: Metric, currency: str) -> Fraction:
    """The value in the metric's unit, money in minor units; raises HttpError with how to write it."""
    if metric.unit is not Unit.MONEY:
        if isinstance(value, MoneyIn):
            raise HttpError(422, f"value: {metric.label} is no money. Write a number.")
        return Fraction(value)
    if not isinstance(value, MoneyIn) or value.currency != currency:
        raise HttpError(
            422,
            f'value: {metric.label} is money in {currency}. Write {{"amount": "60000", "currency": "{currency}"}}.',
        )
    return Fraction(minor_of(value, currency, "value"))


def minor_of(value: MoneyIn, currency: str, field: str) -> int:
    """Money in the organisation's currency in minor units, exactly; raises HttpError with how to write it."""
    if value.currency != currency:
        raise HttpError(
            422, f'{field}: amounts are in {currency}. Write {{"amount": "60000", "currency": "{currency}"}}.'
        )
    minor = Fraction(value.amount) * Fraction(10) ** digits(currency)
    if minor.denominator != 1:
        raise HttpError(422, f"{field}: {value.amount} has more digits than {currency} has.")
    return int(minor)
