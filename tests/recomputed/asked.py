"""What is asked of a rep, day by day: each working day carries its part of a quota, times season, ramp and role."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from tests.recomputed.organisations import MONEY, Cells, Organisation, Table
from upswing.core.period import Period, parse_period

Quota = tuple[Period, Fraction]
STANDING = ("open_value", "win_rate", "average_deal")


@dataclass(frozen=True, slots=True)
class Asked:
    """The whole target, and the part due on each day, with the stretch of days alike that it belongs to."""

    value: Fraction
    parts: tuple[tuple[date, Fraction, object], ...]

    def by(self, on: date) -> Fraction:
        """What is due by the close of a day, by the days alone."""
        return sum((part for each, part, _ in self.parts if each <= on), Fraction(0))

    def usual(self, on: date, comes: Callable[[date], Fraction]) -> Fraction:
        """What is due by the close of a day when each stretch comes in as it usually does: `comes` on each day."""
        found = Fraction(0)
        for _, stretch in groupby(self.parts, key=lambda each: each[2]):
            mine = [(each, part) for each, part, _ in stretch]
            whole = sum((comes(each) for each, _ in mine), Fraction(0))
            value = sum((part for _, part in mine), Fraction(0))
            there = [each for each, _ in mine if each <= on]
            share = sum(map(comes, there), Fraction(0)) / whole if whole else Fraction(len(there), len(mine))
            found += value * share
        return found


def days(period: Period, until: date | None = None) -> Iterator[date]:
    """Each day of a period, up to and including one."""
    on = period.start
    while on < period.end and (until is None or on <= until):
        yield on
        on += timedelta(days=1)


class Planner:
    """The calendars, tables and quotas of an organisation."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        off = organisation.rows("days_off")
        self.holidays = {row["day"] for row in off if not row["rep"]}
        self.away = {(row["rep"], row["day"]) for row in off if row["rep"]}
        self.people = {row["name"]: row for row in organisation.rows("people")}
        self.places: dict[str, list[Cells]] = defaultdict(list)
        for row in organisation.rows("memberships"):
            self.places[row["rep"]].append(row)
        self.quotas: dict[tuple[str, str], list[Quota]] = defaultdict(list)
        for row in organisation.rows("quotas"):
            period = parse_period(row["period"], organisation.last, organisation.fiscal_start)
            value = Fraction(row["value"])
            if row["metric"] in MONEY:  # whole minor units, halves away from zero
                value = Fraction(int(value * organisation.minor + Fraction(1, 2)))
            self.quotas[row["rep"], row["metric"]].append((period, value))
        self.spread = lru_cache(maxsize=None)(self._spread)
        self.target = lru_cache(maxsize=None)(self._target)
        self.works = lru_cache(maxsize=None)(self._works)
        self.seasons = tuple(self._level(table) for table in organisation.seasons)

    def _works(self, on: date) -> bool:
        """Whether it is a working day of the organisation; before its own week began, Monday to Friday were."""
        week = self.organisation.week if on >= self.organisation.begin else frozenset(range(5))
        return on.weekday() in week and on.isoformat() not in self.holidays

    def working(self, period: Period, until: date | None = None) -> int:
        """Working days of a period up to a day."""
        return sum(self.works(on) for on in days(period, until))

    def available(self, rep: str, on: date) -> bool:
        """Whether the rep is at work on a day."""
        row, told = self.people[rep], on.isoformat()
        employed = row["start"] <= told and (not row["end"] or told <= row["end"])
        return self.works(on) and employed and (rep, told) not in self.away

    def gone(self, rep: str, period: Period, at: date) -> bool:
        """Whether any of the rep's days is over; a period without a day is."""
        mine = [on for on in days(period) if self.available(rep, on)]
        return not mine or mine[0] <= at

    def _target(self, rep: str, metric: str, period: Period, shaped: bool = True) -> Asked | str:
        """What is asked, or why nothing is. Without `shaped` as of anybody: no days off, ramp, role, nor set by hand."""
        quotas = self.quotas[rep, metric]
        found = (
            _stand(metric, quotas, period) if metric in STANDING else self._sum(rep, quotas, period, shaped)
        )
        told = [
            each.value
            for each in self.organisation.by_hand
            if (each.rep, each.metric, each.period) == (rep, metric, period)
        ]
        return self._set(rep, period, found, told[-1]) if shaped and told else found

    def counterpart(self, period: Period, at: date, other: Period) -> date:
        """The last day of the other period by which no larger share of its working days had gone."""
        if at >= period.last:
            return other.last
        whole, last = self.working(period), self.working(other)
        share = Fraction(self.working(period, at), whole) if whole else Fraction(1)
        cut, gone = other.start - timedelta(days=1), 0
        for on in days(other):
            gone += self.works(on)
            if gone > share * last:
                break
            cut = on
        return cut

    def _sum(self, rep: str, quotas: list[Quota], period: Period, shaped: bool) -> Asked | str:
        parts, missing, covered = [], False, False
        run, alike = 0, None
        for on in days(period):
            if not self.works(on):
                continue
            quota = min(
                (each for each in quotas if each[0].contains(on) and each[1] > 0),
                key=lambda each: each[0].days, default=None,
            )  # fmt: skip
            there = self.available(rep, on) if shaped else True
            covered, missing = covered or quota is not None, missing or (quota is None and there)
            if quota is None:
                continue
            shares = (self._ramp(rep, on), self._role(rep, on)) if shaped else (Fraction(1), Fraction(1))
            if (quota, self._season(on), *shares) != alike:
                run, alike = run + 1, (quota, self._season(on), *shares)
            if there:
                part = quota[1] * self._season(on) / self.spread(quota[0]) * shares[0] * shares[1]
                parts.append((on, part, run))
        if not covered:
            return "no_target"
        if missing:
            return "partly_set"
        value = sum((part for _, part, _ in parts), Fraction(0))
        return Asked(value, tuple(parts)) if value else "no_days"

    def _set(self, rep: str, period: Period, found: Asked | str, value: Fraction) -> Asked:
        """Set by hand: it falls due as what it replaces; without that evenly."""
        if isinstance(found, Asked):
            return Asked(value, tuple((on, part * value / found.value, of) for on, part, of in found.parts))
        mine = [on for on in days(period) if self.available(rep, on)] or [period.start]
        return Asked(value, tuple((on, value / len(mine), "") for on in mine))

    def _spread(self, period: Period) -> Fraction:
        """The working days of a quota's period, each as often as its month weighs."""
        return sum((self._season(on) for on in days(period) if self.works(on)), Fraction(0))

    def _season(self, on: date) -> Fraction:
        holding = [table for table in self.seasons if table.starts <= on]
        return holding[-1].shares[on.month - 1] if holding else Fraction(1)

    def _level(self, table: Table) -> Table:
        """Weights that average 1 over the working days of the year that begins with the month of the table."""
        first = table.starts.replace(day=1)
        year = [on for n in range(366) if (on := first + timedelta(n)) < date(first.year + 1, first.month, 1)]
        worked = [on for on in year if self.works(on)]
        mean = sum((table.shares[on.month - 1] for on in worked), Fraction(0)) / len(worked)
        return Table(table.starts, tuple(share / mean for share in table.shares))

    def _ramp(self, rep: str, on: date) -> Fraction:
        start = date.fromisoformat(self.people[rep]["start"])
        table = _in_force(self.organisation.ramps, on, self._held(rep, on))
        if table is None or on < start:
            return Fraction(1)
        month = 0
        while _months_after(start, month + 1) <= on:
            month += 1
        return table.shares[month] if month < len(table.shares) else Fraction(1)

    def _role(self, rep: str, on: date) -> Fraction:
        held = self._held(rep, on)
        tables = [table for table in self.organisation.roles if table.role == held]
        found = _in_force(tuple(tables), on, held) if held else None
        return found.shares[0] if found else Fraction(1)

    def _held(self, rep: str, on: date) -> str:
        return next((row["role"] for row in self.places[rep] if holds(row, on) and row["role"]), "")


def holds(row: Cells, on: date) -> bool:
    """Whether a membership holds on a day; its end is the day after its last."""
    told = on.isoformat()
    return (not row["start"] or row["start"] <= told) and (not row["end"] or told < row["end"])


def _stand(metric: str, quotas: list[Quota], period: Period) -> Asked | str:
    """Rates and stocks: the shortest quota around the period; else those that follow each other, by days or the last."""
    around = [q for q in quotas if q[0].start <= period.start and period.end <= q[0].end and q[1] > 0]
    if around:
        return Asked(min(around, key=lambda each: each[0].days)[1], ())
    row: list[Quota] = []
    on = period.start
    while on < period.end:
        following = [q for q in quotas if q[0].start == on and q[0].end <= period.end]
        if not following:
            return "no_target"
        row.append(min(following, key=lambda each: each[0].days))
        on = row[-1][0].end
    if metric == "open_value":
        return Asked(row[-1][1], ())
    return Asked(sum((value * each.days for each, value in row), Fraction(0)) / period.days, ())


def _in_force(tables: tuple[Table, ...], on: date, role: str) -> Table | None:
    """The role's own table before everybody's; of several the one that began last."""
    for of in (role, ""):
        holding = [table for table in tables if table.role == of and table.starts <= on]
        if holding:
            return max(holding, key=lambda table: table.starts)
    return None


def _months_after(start: date, months: int) -> date:
    """The same day of a later month, or the first of the next where it has none."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, 1) + timedelta(min(start.day - 1, length))
