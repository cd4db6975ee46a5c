"""The organisation's own facts: name, currency, calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from upswing.people.models import Organisation
from upswing.queries.once import once


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What pages and commands need to know of the organisation. Contains nothing about people.

    `country` (ISO 3166) says how numbers and days are written, in whatever language.
    """

    name: str
    currency: str
    fiscal_start: int
    time_zone: str
    country: str


@once
def organisation() -> OrganisationFacts:
    """The organisation, or the defaults of a fresh installation."""
    found = Organisation.objects.first() or Organisation(name="Upswing")
    country = found.locale.rpartition("_")[2]
    return OrganisationFacts(found.name, found.currency, found.fiscal_start, found.time_zone, country)


def local(moment: datetime) -> datetime:
    """A moment on the organisation's clock, so that its date is the organisation's day."""
    return moment.astimezone(ZoneInfo(organisation().time_zone))


def day_after(day: date) -> datetime:
    """The moment at which a day is over, on the organisation's clock."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(organisation().time_zone))
