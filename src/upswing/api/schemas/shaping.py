"""What shapes targets: quotas that wait, the days of a period, where people work and how much."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from upswing.api.schemas.values import Strict, ValueOut


class WaitingOut(Strict):
    """A quota of a period that has begun: `stands` counts, what the source `says` waits to be accepted."""

    id: int
    rep: str
    metric: str
    period: str
    stands: ValueOut
    says: ValueOut
    source: str
    at: datetime


class WaitsOut(Strict):
    """All quotas that wait, by name."""

    waiting: list[WaitingOut]


class OffOut(Strict):
    """Days in a row on which a person is off."""

    rep: str
    rep_id: UUID
    first: date
    last: date
    kind: str


class HolidayOut(Strict):
    """A day off of everybody, or of a place; `own` was added by the organisation."""

    day: date
    name: str
    own: bool


class WeekOut(Strict):
    """The working week from a day on, in words."""

    starts: date
    words: str
    by: str


class CalendarOut(Strict):
    """The days of a period. `weekdays` (Monday 0 to Sunday 6) hold today; `off` of whom you may see."""

    period: str
    weekdays: list[int]
    working_days: int
    holidays: list[HolidayOut]
    off: list[OffOut]
    weeks: list[WeekOut]


class PlaceOut(Strict):
    """The public holidays of a place in the period."""

    id: int
    name: str
    days: list[HolidayOut]


class ChosenOut(Strict):
    """Whose holidays: of a person, a team, or everybody (""); without a `calendar` those of whoever stands above."""

    who: str
    calendar: str
    starts: date
    by: str
    at: datetime


class WorkingOut(Strict):
    """How much of full time a rep works from a day on; `lowers` says whether their quotas are of full time."""

    rep: str
    words: str
    lowers: bool
    starts: date
    by: str
    at: datetime


class WorkplacesOut(Strict):
    """Holiday calendars with their days, who is under which, and who works part-time, newest first."""

    period: str
    calendars: list[PlaceOut]
    chosen: list[ChosenOut]
    working: list[WorkingOut]
