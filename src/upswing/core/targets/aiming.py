"""Aim: quotas spread over their own days, shaped day by day, added up for a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise
from math import prod
from typing import NamedTuple

from upswing.core.calendar import Calendar
from upswing.core.period import Period, PeriodKind
from upswing.core.targets.target import Factor, Level, NoTarget, Quota, Shape, Stretch, Target
from upswing.core.wording import in_a_row

_PLAIN = Shape()
_NONE, _ONE = Fraction(0), Fraction(1)


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
    to it; then lowered by the rep's time off, part-time, ramp and role on those very days. A longer period's quotas are
    added. On days that two quotas cover, the one with the shorter period counts (then the earlier in `quotas`). Quotas
    of 0 and factors of 0 aim at nothing.
    """
    return Spreading(calendar, shape).target(quotas, period, factors)


@dataclass(slots=True)
class Spreading:
    """How quotas fall on the days of one calendar and shape; everybody who works alike is asked alike.

    What one quota asks grows with it, so that a quota of 1 is spread once for each pair of periods.
    """

    calendar: Calendar
    shape: Shape = _PLAIN
    _of_one: dict[tuple[Period, Period], Target | NoTarget] = field(default_factory=dict)

    def target(
        self, quotas: Sequence[Quota], period: Period, factors: Sequence[Factor] = ()
    ) -> Target | NoTarget:
        """The target for a period, as `aim_all` says."""
        told = [quota for quota in quotas if quota.value > 0 and touches(quota, period)]
        if factors or len(told) != 1:
            return _spread(told, period, self.calendar, factors, self.shape)
        quota, place = told[0], (told[0].period, period)
        if place not in self._of_one:
            one = Quota(_ONE, quota.period)
            self._of_one[place] = _spread((one,), period, self.calendar, (), self.shape)
        return _times_as_much(self._of_one[place], quota.value)


def _times_as_much(found: Target | NoTarget, value: Fraction) -> Target | NoTarget:
    """What a quota asks, from what a quota of 1 does: the reasons are shares, and stay."""
    if isinstance(found, NoTarget):
        return found
    course = tuple(Stretch(part.days, part.value * value) for part in found.course)
    return Target(found.value * value, found.factors, course)


def _spread(
    quotas: Sequence[Quota], period: Period, calendar: Calendar, factors: Sequence[Factor], shape: Shape
) -> Target | NoTarget:
    told = [_Spread.of(quota, calendar, shape.season) for quota in quotas]
    spans = _spans(quotas, period, shape)
    pieces = [piece for span in spans if (piece := _piece(span, told, calendar, shape))]
    if not any(piece.quota for piece in pieces):
        return NoTarget("no_target")
    if any(not piece.quota and piece.available for piece in pieces):
        return NoTarget("partly_set")
    return _target([piece for piece in pieces if piece.quota], factors)


@dataclass(frozen=True, slots=True)
class _Spread:
    """A quota and the working days it is spread over: their number, and that with the season."""

    quota: Quota
    whole: Fraction
    weighted: Fraction

    @classmethod
    def of(cls, quota: Quota, calendar: Calendar, season: Sequence[Level]) -> _Spread:
        whole = calendar.working_days(quota.period)
        return cls(quota, whole, whole + _more(quota.period, season, calendar))


class _Amounts(NamedTuple):
    """What is due, after one more reason each: the number of days, the season, employment, and so on to the role.

    Where a reason changes nothing, the amount is the one before, the very object.
    """

    part: Fraction
    due: Fraction
    held: Fraction
    present: Fraction
    shared: Fraction
    ramped: Fraction
    value: Fraction


@dataclass(frozen=True, slots=True)
class _Piece:
    """Days under one quota on which every share is the same.

    `working` of the `whole` that the quota is spread over; the rep was `employed` on so many of them, and `available`
    on those less the time off.
    """

    days: Period
    quota: Quota | None
    whole: Fraction
    working: Fraction
    employed: Fraction
    available: Fraction
    season: Level | None
    part_time: Level | None
    ramp: Level | None
    role: Level | None
    amounts: _Amounts


def _spans(quotas: Sequence[Quota], period: Period, shape: Shape) -> Iterable[Period]:
    borders = {day for quota in quotas for day in (quota.period.start, quota.period.end)} | shape.borders
    cuts = sorted({day for day in borders if period.contains(day)} | {period.start, period.end})
    return (Period(PeriodKind.CUSTOM, *span) for span in pairwise(cuts))


def _piece(days: Period, told: Sequence[_Spread], calendar: Calendar, shape: Shape) -> _Piece | None:
    """None for days on which nobody works."""
    working = calendar.working_days(days)
    if not working:
        return None
    around = (each for each in told if covers(each.quota, days))
    spread = min(around, key=lambda each: length(each.quota), default=None)
    employed, available = calendar.employed_days(days), calendar.available_days(days)
    season, part_time, ramp, role = (
        _on(days.start, row) for row in (shape.season, shape.part_time, shape.ramp, shape.role)
    )
    quota, whole = (spread.quota, spread.whole) if spread else (None, working)
    part = quota.value * working / whole if quota else _NONE
    due = part
    if spread and (
        spread.weighted != whole or any(level.days.contains(days.start) for level in shape.season)
    ):
        due = spread.quota.value * working * _share(season) / spread.weighted
    held = due if employed == working else due * employed / working
    present = held if available == employed else due * available / working
    shared = _lowered(present, part_time)
    ramped = _lowered(shared, ramp)
    return _Piece(
        days, quota, whole, working, employed, available, season, part_time, ramp, role,
        _Amounts(part, due, held, present, shared, ramped, _lowered(ramped, role)),
    )  # fmt: skip


def _lowered(amount: Fraction, level: Level | None) -> Fraction:
    return amount * level.share if level else amount


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
    sums, more = _sums(pieces), prod((f.share for f in factors), start=_ONE)
    if not sums.value or not more:
        return NoTarget("no_days" if more else "no_target")
    course = tuple(_stretches(pieces, more))
    shown = (*_day_factors(pieces, sums), *_own_factors(pieces, sums), *factors)
    return Target(_times(sums.value, more), shown, course)


def _stretches(pieces: Sequence[_Piece], more: Fraction) -> Iterable[Stretch]:
    """The pieces, those together that follow each other under one quota with the same shares.

    Other borders say nothing about the days, and must not change what is due by one.
    """
    for _, alike in groupby(pieces, key=_terms):
        some = list(alike)
        days = Period(PeriodKind.CUSTOM, some[0].days.start, some[-1].days.end)
        yield Stretch(days, _times(total(piece.amounts.value for piece in some), more))


def _terms(piece: _Piece) -> tuple[object, ...]:
    """What a working day of the piece asks for: its quota, and the shares of it."""
    levels = (piece.season, piece.part_time, piece.ramp, piece.role)
    return (piece.quota, *(_share(level) for level in levels))


def _times(value: Fraction, more: Fraction) -> Fraction:
    return value if more == 1 else value * more


def _sums(pieces: Sequence[_Piece]) -> _Amounts:
    """The amounts of all pieces together."""
    rows = list(zip(*(piece.amounts for piece in pieces), strict=True))
    found = [total(rows[0])]
    for before, row in pairwise(rows):
        same = all(one is other for one, other in zip(before, row, strict=True))
        found.append(found[-1] if same else total(row))
    return _Amounts(*found)


def _day_factors(pieces: Sequence[_Piece], sums: _Amounts) -> Iterable[Factor]:
    """What the days do to the quotas: the part that falls in the period, by number and by season."""
    whole = {piece.quota: piece.whole for piece in pieces if piece.quota}
    asked = total(quota.value for quota in whole)
    if sums.part != asked:
        days = (("working_days", _days(pieces)), ("quota_days", total(whole.values())))
        yield Factor("part_of_quota", sums.part / asked, days)
    if sums.due != sums.part:
        yield Factor("season", sums.due / sums.part)


def _own_factors(pieces: Sequence[_Piece], sums: _Amounts) -> Iterable[Factor]:
    """What the rep's own days, tenure and role do: joining or leaving, time off, part-time, ramp, role."""
    if sums.held != sums.due:
        days = (("employed_days", _employed(pieces)), ("working_days", _days(pieces)))
        yield Factor("employed", sums.held / sums.due, days)
    if sums.present != sums.held:
        available = total(piece.available for piece in pieces)
        days = (("available_days", available), ("employed_days", _employed(pieces)))
        yield Factor("time_off", sums.present / sums.held, days)
    if sums.shared != sums.present:
        part_time = _notes(pieces, lambda piece: piece.part_time)
        yield Factor("part_time", sums.shared / sums.present, words=part_time)
    if sums.ramped != sums.shared:
        yield Factor("ramp", sums.ramped / sums.shared, _months(pieces))
    if sums.value != sums.ramped:
        yield Factor("role", sums.value / sums.ramped, words=_notes(pieces, lambda piece: piece.role))


def _days(pieces: Sequence[_Piece]) -> Fraction:
    return total(piece.working for piece in pieces)


def _employed(pieces: Sequence[_Piece]) -> Fraction:
    return total(piece.employed for piece in pieces)


def _notes(pieces: Sequence[_Piece], level: Callable[[_Piece], Level | None]) -> tuple[tuple[str, str], ...]:
    """What the levels say on the days at work, each once."""
    said = dict.fromkeys(found.note for piece in pieces if piece.available and (found := level(piece)))
    return (("note", in_a_row(tuple(filter(None, said)), "; ")),)


def _months(pieces: Sequence[_Piece]) -> tuple[tuple[str, Fraction], ...]:
    """The first and the last month of the ramp that the days at work fall in, of how many."""
    levels = [piece.ramp for piece in pieces if piece.ramp and piece.available]
    numbers = (levels[0].place, levels[-1].place, levels[-1].of)
    return tuple((key, Fraction(n)) for key, n in zip(("month", "to_month", "months"), numbers, strict=True))


def covers(quota: Quota, days: Period) -> bool:
    """Whether the quota is of a period with all these days."""
    return quota.period.start <= days.start and days.end <= quota.period.end


def touches(quota: Quota, days: Period) -> bool:
    """Whether the quota is of a period with any of these days."""
    return quota.period.start < days.end and days.start < quota.period.end


def length(quota: Quota) -> int:
    """Calendar days."""
    return quota.period.days


def total(values: Iterable[Fraction]) -> Fraction:
    """The exact sum."""
    return sum(values, Fraction(0))
