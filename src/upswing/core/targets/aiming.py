"""Aim: quotas spread over their own days, shaped day by day, added up for a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import prod

from upswing.core.calendar import Calendar
from upswing.core.period import Period, PeriodKind
from upswing.core.targets.target import Factor, Level, NoTarget, Quota, Shape, Stretch, Target

_PLAIN = Shape()
_ONE = Fraction(1)


def aim(
    quota: Fraction, quota_period: Period, period: Period, calendar: Calendar, factors: Sequence[Factor] = ()
) -> Target | None:
    """The target that one quota gives for a period; None when `aim_all` finds none."""
    found = aim_all((Quota(quota, quota_period),), period, calendar, factors)
    return found if isinstance(found, Target) else None


def aim_all(
    quotas: Sequence[Quota],
    period: Period,
    calendar: Calendar,
    factors: Sequence[Factor] = (),
    shape: Shape = _PLAIN,
) -> Target | NoTarget:
    """The target that quotas give for a period of any length.

    A quota is spread over its own period by working days, each weighted by the season, so that its parts add up
    to it; then lowered by the rep's time off, ramp and role on those very days. A longer period's quotas are added. On
    days that two quotas cover, the one with the shorter period counts (then the earlier in `quotas`). Quotas of 0
    and factors of 0 aim at nothing.
    """
    spans = _spans(quotas, period, shape)
    pieces = [piece for span in spans if (piece := _piece(span, quotas, calendar, shape))]
    if not any(piece.quota for piece in pieces):
        return NoTarget("no_target")
    if any(not piece.quota and piece.available for piece in pieces):
        return NoTarget("partly_set")
    return _target([piece for piece in pieces if piece.quota], factors)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Days under one quota on which every share is the same.

    `working` of the `whole` that it is spread over, `weighted` of the `weighted_whole` with the season; the rep was
    `employed` on so many of them, and `available` on those less the time off.
    """

    days: Period
    quota: Quota | None
    whole: Fraction
    working: Fraction
    weighted_whole: Fraction
    weighted: Fraction
    employed: Fraction
    available: Fraction
    ramp: Level | None
    role: Level | None

    @property
    def part(self) -> Fraction:
        """What falls on the days by their number."""
        return self.quota.value * self.working / self.whole if self.quota else Fraction(0)

    @property
    def due(self) -> Fraction:
        """What falls on the days by number and season."""
        return self.quota.value * self.weighted / self.weighted_whole if self.quota else Fraction(0)

    @property
    def held(self) -> Fraction:
        """What is due on the days of employment."""
        return self.due * self.employed / self.working

    @property
    def present(self) -> Fraction:
        """What is due on the days at work."""
        return self.due * self.available / self.working

    @property
    def ramped(self) -> Fraction:
        """What is due of somebody with this tenure."""
        return self.present * _share(self.ramp)

    @property
    def value(self) -> Fraction:
        """What is due of somebody in this role."""
        return self.ramped * _share(self.role)


def _spans(quotas: Sequence[Quota], period: Period, shape: Shape) -> Iterable[Period]:
    borders = {day for quota in quotas for day in (quota.period.start, quota.period.end)} | shape.borders
    cuts = sorted({day for day in borders if period.contains(day)} | {period.start, period.end})
    return (Period(PeriodKind.CUSTOM, *span) for span in pairwise(cuts))


def _piece(days: Period, quotas: Sequence[Quota], calendar: Calendar, shape: Shape) -> _Piece | None:
    """None for days on which nobody works."""
    working = calendar.working_days(days)
    if not working:
        return None
    around = [quota for quota in quotas if covers(quota, days) and quota.value > 0]
    quota = min(around, key=length, default=None)
    whole = calendar.working_days(quota.period) if quota else working
    weighted_whole = whole + _more(quota.period, shape.season, calendar) if quota else working
    return _Piece(
        days, quota, whole, working, weighted_whole, working * _share(_on(days.start, shape.season)),
        replace(calendar, time_off=frozenset()).available_days(days), calendar.available_days(days),
        _on(days.start, shape.ramp), _on(days.start, shape.role),
    )  # fmt: skip


def _more(period: Period, season: Sequence[Level], calendar: Calendar) -> Fraction:
    """How many more working days the period has when each counts as often as its month weighs."""
    inside = (
        (
            level,
            Period(PeriodKind.CUSTOM, max(level.days.start, period.start), min(level.days.end, period.end)),
        )
        for level in season
        if level.days.start < period.end and period.start < level.days.end
    )
    return total((level.share - 1) * calendar.working_days(days) for level, days in inside)


def _on(day: date, levels: Sequence[Level]) -> Level | None:
    return next((level for level in levels if level.days.contains(day)), None)


def _share(level: Level | None) -> Fraction:
    return level.share if level else _ONE


def _target(pieces: Sequence[_Piece], factors: Sequence[Factor]) -> Target | NoTarget:
    value, more = total(piece.value for piece in pieces), prod((f.share for f in factors), start=_ONE)
    if not value or not more:
        return NoTarget("no_days" if more else "no_target")
    course = tuple(Stretch(piece.days, piece.value * more) for piece in pieces)
    return Target(value * more, (*_day_factors(pieces), *_own_factors(pieces), *factors), course)


def _day_factors(pieces: Sequence[_Piece]) -> Iterable[Factor]:
    """What the days do to the quotas: the part that falls in the period, by number and by season."""
    whole = {piece.quota: piece.whole for piece in pieces if piece.quota}
    asked, days = total(quota.value for quota in whole), total(whole.values())
    part, due = total(piece.part for piece in pieces), total(piece.due for piece in pieces)
    if part != asked:
        working = total(piece.working for piece in pieces)
        yield Factor("part_of_quota", part / asked, (("working_days", working), ("quota_days", days)))
    if due != part:
        yield Factor("season", due / part)


def _own_factors(pieces: Sequence[_Piece]) -> Iterable[Factor]:
    """What the rep's own days, tenure and role do: joining or leaving, time off, ramp, role."""
    due, held = total(piece.due for piece in pieces), total(piece.held for piece in pieces)
    employed, present = total(piece.employed for piece in pieces), total(piece.present for piece in pieces)
    ramped, value = total(piece.ramped for piece in pieces), total(piece.value for piece in pieces)
    if held != due:
        working = total(piece.working for piece in pieces)
        yield Factor("employed", held / due, (("employed_days", employed), ("working_days", working)))
    if present != held:
        available = total(piece.available for piece in pieces)
        days = (("available_days", available), ("employed_days", employed))
        yield Factor("time_off", present / held, days)
    if ramped != present:
        yield Factor("ramp", ramped / present, _months(pieces))
    if value != ramped:
        notes = dict.fromkeys(piece.role.note for piece in pieces if piece.role and piece.available)
        yield Factor("role", value / ramped, words=(("note", "; ".join(filter(None, notes))),))


def _months(pieces: Sequence[_Piece]) -> tuple[tuple[str, Fraction], ...]:
    """The first and the last month of the ramp that the days at work fall in, of how many."""
    levels = [piece.ramp for piece in pieces if piece.ramp and piece.available]
    numbers = (levels[0].place, levels[-1].place, levels[-1].of)
    return tuple((key, Fraction(n)) for key, n in zip(("month", "to_month", "months"), numbers, strict=True))


def covers(quota: Quota, days: Period) -> bool:
    """Whether the quota is of a period with all these days."""
    return quota.period.start <= days.start and days.end <= quota.period.end


def length(quota: Quota) -> int:
    """Calendar days."""
    return quota.period.days


def total(values: Iterable[Fraction]) -> Fraction:
    """The exact sum."""
    return sum(values, Fraction(0))
