"""Amounts of a row into minor units of the organisation's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.money import digits

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
    """How amounts of one row convert; `rate` None where no rate is known. `places` are the own currency's digits."""

    currency: str
    rate: Decimal | None
    places: int

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

    def stated(self, amount: Decimal | None) -> Decimal | None:
        """What the source wrote, where that is another currency."""
        return amount if self.currency else None


def rate_of(
    sheet: Sheet, currency: str, day: date | None, record: str, amount: Decimal | None, field: str = "amount"
) -> Rate:
    """The rate of a row's currency (empty: the organisation's) on its day; a notice where there is none.

    An amount that the conversion makes too large is refused. A row without a day takes the rate of the files' day.
    """
    places = digits(sheet.currency)
    if not currency:
        return Rate("", ONE, places)
    on = day or sheet.moment
    rate = sheet.known.rates.on(currency, on)
    if rate is None and amount is not None:
        sentence = (
            f"no rate from {currency} to {sheet.currency} is known on {on}; the amount is kept as it was written "
            "and counts nowhere. Add the rate to [rates]."
        )
        sheet.tell("no_rate", record, "currency", f"{currency} {on}", sentence)
    if rate is not None and amount is not None:
        bounded(EXACT.multiply(amount, rate), field, str(amount), f"an amount in {sheet.currency}")
    return Rate(currency, rate, places)
