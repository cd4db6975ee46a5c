"""Money: whole minor units and a currency. Parts are allotted so that they add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering

_DIGITS = {
    0: {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
        "XAF", "XOF", "XPF",
    },
    3: {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"},
}  # fmt: skip
_LARGEST_EXPONENT = 30
"""Beyond a thousand quintillion it is not an amount of money; refused before it fills the memory."""


class MixedCurrencies(ValueError):
    """Two currencies met in one sum, difference, ratio or comparison."""

    def __init__(self, one: Money, other: Money) -> None:
        super().__init__(
            f"{one} and {other} are in different currencies. Convert one at the rate of its day first."
        )


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, øre; whole yen). Sums and comparisons raise MixedCurrencies."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in the currency's main unit, with all its digits: 1.50, or 150 for yen. Exact."""
        sign, figures = int(self.minor < 0), tuple(map(int, str(abs(self.minor))))
        return Decimal((sign, figures, -digits(self.currency)))

    def ratio(self, other: Money) -> Fraction:
        """This per other, exact; raises ZeroDivisionError when the other is nothing."""
        return Fraction(self.minor, self._same(other))

    def scaled(self, factor: Fraction) -> Money:
        """This times a factor, rounded to a minor unit; halves away from zero."""
        return Money(rounded(self.minor * factor), self.currency)

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise MixedCurrencies(self, other)
        return other.minor


def digits(currency: str) -> int:
    """Digits after the point that a currency has (ISO 4217): 2 unless known to have none or 3."""
    return next((count for count, currencies in _DIGITS.items() if currency in currencies), 2)


def minor_units(amount: Decimal, currency: str) -> int:
    """An amount in main units as minor units; finer digits are rounded, halves away from zero.

    Raises ValueError for what is no number, or is beyond 10^30.
    """
    if not amount.is_finite() or amount.adjusted() > _LARGEST_EXPONENT:
        raise ValueError(f"{amount} is not an amount of money.")
    return rounded(Fraction(amount) * 10 ** digits(currency))


def rounded(value: Fraction) -> int:
    """The nearest whole number; halves away from zero, so that a credit note mirrors its invoice."""
    size = int(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Parts of `total` in proportion to the weights, adding up to it exactly.

    Largest remainder: each part is its exact share rounded down, then the units left go to the largest
    remainders, ties to the lower index. A negative total mirrors the positive one; weight 0 gets 0.
    Raises ValueError when there is no weight above 0, or one below.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError(f"Nothing splits by {tuple(weights)}: weights are 0 or more, and one is above 0.")
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    left = size - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda place: -(size * weights[place] % whole))
    for place in by_remainder[:left]:
        parts[place] += 1
    return tuple(parts) if total >= 0 else tuple(-part for part in parts)
