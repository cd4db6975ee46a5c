"""How sums and shares of these pages read, and where the deals behind them are."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from django.http import HttpRequest
from django.utils.translation import gettext as _

from upswing.core.money import Money
from upswing.queries.forecast import Forecast
from upswing.web.shared import format as fmt
from upswing.web.shared.circles import address
from upswing.web.shared.request import link


class InMoney(Protocol):
    """What is reckoned in one currency."""

    @property
    def currency(self) -> str:
        """Its code."""
        ...


def money(found: InMoney, minor: float) -> str:
    """Minor units as whole money."""
    return fmt.money_whole(Money(round(minor), found.currency))


def range_of(found: InMoney, low: float, high: float) -> str:
    """Between two sums in minor units."""
    return _("{low} to {high}").format(low=money(found, low), high=money(found, high))


def off_by(said: float, came: float) -> str:
    """How far off, as a share of what came, with its sign."""
    if not came:
        return "–"
    off = share((said - came) / came)
    return ("+" if off > 0 else "") + fmt.percent(off)


def percent(value: float | None) -> str:
    """A share 0-1; an en dash where there is none."""
    return "–" if value is None else fmt.percent(share(value))


def share(value: float) -> Decimal:
    """As the formatter takes it."""
    return Decimal(repr(round(value, 6)))


def pipeline_url(request: HttpRequest, found: Forecast, asked: str = "") -> str:
    """Where the open deals of the same people and period stand."""
    name, parts = address("pipeline", found.circle)
    url = link(request, name, slug=found.period.slug, **parts)
    return f"{url}{('&' if '?' in url else '?') + asked if asked else ''}"
