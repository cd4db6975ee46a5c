"""Set what holds for everybody: name, time zone, fiscal year, holidays; and who is off when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from babel import Locale
from django.db import transaction

from upswing.actions.people import person_called
from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.rebuild import remake
from upswing.actions.telling import tell
from upswing.actions.written import signed_by
from upswing.core.period import Period
from upswing.core.wording import worded
from upswing.people.models import Holiday, Organisation, TimeOff
from upswing.people.viewer import Viewer


@transaction.atomic
def set_organisation(
    viewer: Viewer,
    name: str | None,
    time_zone: str | None,
    fiscal_start: int | None,
    country: str | None = None,
) -> None:
    """Change what is given; quotas keep the days they were set for. Raises NotAllowed with the reason.

    `country` (ISO 3166) says how numbers, money and days are written, whatever language is read.

    In another time zone what was done falls on other days: all facts are made anew.
    """
    needs_operator(viewer, "set up the organisation")
    if time_zone is not None and time_zone not in available_timezones():
        raise NotAllowed(f"“{time_zone}” is no IANA time zone; write for example Europe/Copenhagen.")
    if fiscal_start is not None and not 1 <= fiscal_start <= 12:
        raise NotAllowed(f"A fiscal year starts in month 1 to 12, not {fiscal_start}.")
    if country is not None and (len(country) != 2 or country.upper() not in Locale("en").territories):
        raise NotAllowed(f"“{country}” is no country; write its two letters, for example US or DK.")
    locale = f"en_{country.upper()}" if country else None
    changes = {"name": name, "time_zone": time_zone, "fiscal_start": fiscal_start, "locale": locale}
    wanted = {key: value for key, value in changes.items() if value is not None}
    if wanted and not Organisation.objects.filter(id=1).update(**wanted):
        raise NotAllowed("There is no organisation yet; the first import makes it.")
    if time_zone is not None:
        remake()


@transaction.atomic
def add_holidays(viewer: Viewer, days: Iterable[date], at: datetime) -> None:
    """Days on which nobody is expected to work; a day stands once."""
    needs_operator(viewer, "set holidays")
    for day in sorted(set(days)):
        _, fresh = Holiday.objects.get_or_create(day=day)
        if fresh:
            words = (worded("a working day"), worded("a holiday"))
            tell("holiday", day, day + timedelta(1), words, signed_by(viewer), at)


@transaction.atomic
def add_time_off(viewer: Viewer, name: str, period: Period, at: datetime) -> None:
    """A person is not available in the period; every target that covers it is lowered."""
    needs_operator(viewer, "enter time off")
    person = person_called(name)
    standing = TimeOff.objects.filter(person=person, day__gte=period.start, day__lt=period.end).count()
    days = (period.start + timedelta(days=number) for number in range(period.days))
    TimeOff.objects.bulk_create((TimeOff(person=person, day=day) for day in days), ignore_conflicts=True)
    if standing < period.days:
        words = (worded("available"), worded("off"))
        tell("time_off", period.start, period.end, words, signed_by(viewer), at, person=person)
