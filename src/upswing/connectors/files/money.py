"""Amounts of a row into minor units of the organisation's currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Any

from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.connectors.rates import Standing
from upswing.core.money import digits
from upswing.core.records import Conversion
from upswing.core.worth import Sold

MOST = 10**12
"""The largest amount in main units: millions of them still add up within 64 bits."""
EXACT = Context(prec=100)
ONE = Decimal(1)


def own_minor(amount: Decimal, places: int) -> int:
    """An amount in the organisation's currency as minor units; halves away from zero."""
    return int(amount.scaleb(places, EXACT).quantize(ONE, ROUND_HALF_UP, EXACT))


def bounded(amount: Decimal, field: str, written: str, what: str) -> Decimal:
    """The amount, if it lies between 0 and MOST."""
    if amount < 0:
        raise Refused(f"bad_{field}", field, written, f"{what} is 0 or more.")
    if amount > MOST:
        sentence = (
            f"{what} is at most {MOST:,}, and this one is {amount.normalize():,f}. Look for a slipped mark."
        )
        raise Refused(f"bad_{field}", field, written, sentence)
    return amount


@dataclass(frozen=True, slots=True)
class Rate:
    """How amounts of one row convert; `rate` None where no rate is known. `places` are the own currency's digits.

    It is for the day `on`; `standing` is the rate with its day and where it came from.
    """

    currency: str
    rate: Decimal | None
    places: int
    on: date = date.min
    standing: Standing | None = None

    def minor(self, amount: Decimal | None) -> int | None:
        """Minor units of the organisation's currency; another currency is rounded once, half to even."""
        if amount is None or self.rate is None:
            return None
        if not self.currency:
            return own_minor(amount, self.places)
        found = EXACT.multiply(amount, self.rate)
        bounded(found, "amount", str(amount), "an amount in the organisation's currency")
        found = found.scaleb(self.places, EXACT)
        return int(found.quantize(ONE, ROUND_HALF_EVEN, EXACT))

    def all_minor(self, told: Sequence[tuple[date, Decimal]]) -> list[tuple[date, int]]:
        """The same of amounts with their days; none where no rate is known."""
        found = ((day, self.minor(amount)) for day, amount in told)
        return [(day, minor) for day, minor in found if minor is not None]

    def stated(self, amount: Decimal | None) -> Decimal | None:
        """What the source wrote, where that is another currency."""
        return amount if self.currency else None

    def conversion(self, amount: Decimal | None, **more: Any) -> Conversion | None:
        """How the amount was converted, or what it waits with; None for the organisation's own money."""
        if not self.currency or (amount is None and not more.get("amounts")):
            return None
        found = self.standing
        return Conversion(
            self.on, *((found.rate, found.since, found.came) if found else (None, None, None)), **more
        )

    def of_deal(
        self, amount: Decimal | None, told: tuple[tuple[date, Decimal], ...], sold: Sold
    ) -> Conversion | None:
        """The same for a deal with its open amounts."""
        return self.conversion(amount, amounts=told, price=sold.price, listed=sold.listed)


def rate_of(
    sheet: Sheet, currency: str, day: date | None, record: str, amount: Decimal | None, field: str = "amount"
) -> Rate:
    """The rate of a row's currency (empty: the organisation's) on its day; a notice where there is none.

    An amount that the conversion makes too large is refused. A row without a day takes the rate of the files' day. What
    was converted for the same day before keeps its rate, unless the files tell another.
    """
    places = digits(sheet.currency)
    if not currency:
        return Rate("", ONE, places)
    on = day or sheet.moment
    standing = sheet.known.standing(sheet.table.kind, record, currency, on)
    rate = standing.rate if standing else None
    if rate is None and amount is not None:
        sentence = (
            f"no rate from {currency} to {sheet.currency} is known on {on}; the amount is kept as it was written "
            "and counts nowhere until one is. Enter the rate under Exchange rates, or add it to [rates]."
        )
        sheet.tell("no_rate", record, "currency", f"{currency} {on}", sentence)
    if rate is not None and amount is not None:
        bounded(EXACT.multiply(amount, rate), field, str(amount), f"an amount in {sheet.currency}")
    return Rate(currency, rate, places, on, standing)
