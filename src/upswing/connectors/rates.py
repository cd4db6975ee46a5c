"""Exchange rates: what one unit of another currency is worth, from a day on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(slots=True)
class Rates:
    """Rates into the organisation's currency; each holds from its day until the next one's."""

    days: dict[str, list[date]] = field(default_factory=dict)
    values: dict[str, list[Decimal]] = field(default_factory=dict)

    def add(self, currency: str, day: date, rate: Decimal) -> None:
        """Take a rate (own currency per 1 of `currency`); one of the same day gives way."""
        days, values = self.days.setdefault(currency, []), self.values.setdefault(currency, [])
        place = bisect_left(days, day)
        if place < len(days) and days[place] == day:
            values[place] = rate
        else:
            days.insert(place, day)
            values.insert(place, rate)

    def on(self, currency: str, day: date) -> Decimal | None:
        """The latest rate on or before the day; None where there is none."""
        place = bisect_right(self.days.get(currency, []), day)
        return self.values[currency][place - 1] if place else None
