"""Exchange rates: what one unit of another currency is worth, from a day on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from upswing.core.records import Came

Key = tuple[str, date]
"""A currency and the day from which a rate of it holds."""


class Standing(NamedTuple):
    """A rate (own currency per 1), the day from which it holds, and where it came from."""

    rate: Decimal
    since: date
    came: Came = Came.FILE


class Converted(NamedTuple):
    """At which rate an amount in a currency was converted, and for which day."""

    currency: str
    on: date
    standing: Standing


@dataclass(slots=True)
class Rates:
    """Rates into the organisation's currency; each holds from its day until the next one's.

    `earlier` is what the source that is read told in earlier imports, `told` what it tells now and did not then, and
    `again` how many of the earlier ones it tells once more.
    """

    days: dict[str, list[date]] = field(default_factory=dict)
    values: dict[str, list[Standing]] = field(default_factory=dict)
    earlier: dict[Key, Decimal] = field(default_factory=dict)
    told: dict[Key, Decimal] = field(default_factory=dict)
    again: int = 0

    def add(self, currency: str, day: date, rate: Decimal, came: Came = Came.FILE) -> None:
        """Take a rate (own currency per 1 of `currency`); one of the same day gives way."""
        days, values = self.days.setdefault(currency, []), self.values.setdefault(currency, [])
        place, standing = bisect_left(days, day), Standing(rate, day, came)
        if place < len(days) and days[place] == day:
            values[place] = standing
        else:
            days.insert(place, day)
            values.insert(place, standing)

    def tell(self, currency: str, day: date, rate: Decimal) -> None:
        """Take a rate of the source that is read. What it told before is nothing new: somebody may have mended it."""
        if self.earlier.get((currency, day)) == rate:
            self.again += 1
            return
        self.add(currency, day, rate)
        self.told[currency, day] = rate

    def tells(self, currency: str, day: date) -> bool:
        """Whether the source tells this rate now, and did not before."""
        return (currency, day) in self.told

    def standing(self, currency: str, day: date) -> Standing | None:
        """The latest rate on or before the day; None where there is none."""
        place = bisect_right(self.days.get(currency, []), day)
        return self.values[currency][place - 1] if place else None

    def on(self, currency: str, day: date) -> Decimal | None:
        """The same, without its day."""
        found = self.standing(currency, day)
        return found.rate if found else None
