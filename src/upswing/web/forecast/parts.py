"""What several parts of the forecast page say alike."""

from __future__ import annotations

from django.http import HttpRequest

from upswing.core.money import Money
from upswing.queries.forecast import Forecast
from upswing.web.shared import format as fmt
from upswing.web.shared.circles import address
from upswing.web.shared.request import link


def money(found: Forecast, minor: int) -> str:
    """An amount of the forecast, in minor units, in words."""
    return fmt.money_whole(Money(minor, found.currency))


def pipeline_url(request: HttpRequest, found: Forecast, asked: str = "") -> str:
    """Where the open deals of the same people and period stand."""
    name, parts = address("pipeline", found.circle)
    url = link(request, name, slug=found.period.slug, **parts)
    return f"{url}{('&' if '?' in url else '?') + asked if asked else ''}"
