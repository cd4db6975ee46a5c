"""Season, ramp, role and overrides: worked by hand, against a recomputation day by day, and as laws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import calendars
from upswing.core.calendar import Calendar
from upswing.core.metrics import deals
from upswing.core.period import Period, PeriodKind, month_of, parse_period, year_of
from upswing.core.ramp import Ramp
from upswing.core.season import Season
from upswing.core.targets import (
    Dated,
    NoTarget,
    Override,
    Quota,
    RoleShare,
    RoleSpell,
    Shape,
    Spreading,
    Target,
    aim_all,
    expected_by,
    overridden,
    part_time_levels,
    ramp_levels,
    role_levels,
    season_levels,
    target_of,
)

YEAR = year_of(date(2026, 1, 1))
SUMMER = Season(tuple(Fraction(tenths, 10) for tenths in (12, 11, 11, 10, 10, 9, 5, 7, 11, 12, 12, 10)))
STARTER = Ramp()
FROM_2026 = (Dated(date(2026, 1, 1), SUMMER),)


def period(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


def days(span: Period) -> list[date]:
    return [span.start + timedelta(number) for number in range(span.days)]


def some(found: Target | NoTarget) -> Target:
    assert isinstance(found, Target)
    return found


def shares(target: Target) -> dict[str, Fraction]:
    return {factor.key: factor.share for factor in target.factors}


def test_july_gets_its_weight_of_the_year_s_quota_and_both_reasons_are_told():
    season = season_levels(FROM_2026, YEAR)
    quota, july = (Quota(Fraction(2610), YEAR),), period("2026-07")
    target = some(aim_all(quota, july, Calendar(), shape=Shape(season)))
    weighed = SUMMER.weighted(YEAR, Calendar().working_days)
    assert target.value == 2610 * Fraction(23, 2) / weighed
    assert shares(target) == {"part_of_quota": Fraction(23, 261), "season": Fraction(261, 2) / weighed}
    assert target.base == 2610


def test_a_quota_of_the_very_month_knows_no_season():
    july = period("2026-07")
    target = some(
        aim_all((Quota(Fraction(60), july),), july, Calendar(), shape=Shape(season_levels(FROM_2026, YEAR)))
    )
    assert (target.value, target.factors) == (60, ())


def test_in_the_third_month_of_six_half_of_the_target_is_asked():
    ramp = ramp_levels((Dated(date(2026, 1, 1), STARTER),), date(2026, 5, 1))
    july = period("2026-07")
    target = some(
        aim_all((Quota(Fraction(60), july),), july, Calendar(starts=date(2026, 5, 1)), shape=Shape(ramp=ramp))
    )
    assert target.value == 30
    assert target.factors[-1].values == (("month", 3), ("to_month", 3), ("months", 6))


def test_a_quarter_names_the_first_and_the_last_month_of_the_ramp():
    ramp = ramp_levels((Dated(date(2026, 1, 1), STARTER),), date(2026, 5, 1))
    summer = period("2026-Q3")
    target = some(aim_all((Quota(Fraction(66), summer),), summer, Calendar(), shape=Shape(ramp=ramp)))
    assert target.value == Fraction(23 * 3 + 21 * 4 + 22 * 5, 6)
    assert target.factors[-1].values == (("month", 3), ("to_month", 5), ("months", 6))


def test_the_later_table_begins_and_the_earlier_ends_the_day_before():
    half, full = Ramp((Fraction(1, 2),) * 3), Ramp((Fraction(3, 4),) * 3)
    tables = (Dated(date(2026, 1, 1), half), Dated(date(2026, 6, 15), full))
    levels = ramp_levels(tables, date(2026, 6, 1))
    assert [(level.days.start, level.share) for level in levels[:2]] == [
        (date(2026, 6, 1), Fraction(1, 2)), (date(2026, 6, 15), Fraction(3, 4)),
    ]  # fmt: skip
    assert levels[0].days.end == levels[1].days.start


def test_of_two_tables_from_the_same_day_the_later_made_counts():
    again = (*FROM_2026, Dated(date(2026, 1, 1), Season((Fraction(1),) * 12)))
    assert season_levels(again, YEAR) == ()


def test_a_role_has_its_own_ramp_and_others_everybody_s():
    tables = (Dated(date(2026, 1, 1), STARTER), Dated(date(2026, 1, 1), Ramp((Fraction(1, 3),)), "SDR"))
    assert len(ramp_levels(tables, date(2026, 5, 1), (RoleSpell("SDR", None, None),))) == 1
    assert len(ramp_levels(tables, date(2026, 5, 1), (RoleSpell("AE", None, None),))) == 5


def test_a_role_s_share_holds_on_the_days_of_the_role_and_says_why():
    spells = (RoleSpell("SDR", None, date(2026, 7, 13)), RoleSpell("AE", date(2026, 7, 13), None))
    tables = (Dated(date(2026, 1, 1), RoleShare(Fraction(1, 2), "SDRs share the deal."), "SDR"),)
    july = period("2026-07")
    shape = Shape(role=role_levels(tables, spells, YEAR))
    target = some(aim_all((Quota(Fraction(23), july),), july, Calendar(), shape=shape))
    assert target.value == 15 + 4
    assert target.factors[-1].words == (("note", "SDRs share the deal."),)


def test_an_override_replaces_the_target_of_its_period_and_tells_what_it_was():
    july = period("2026-07")
    found = aim_all((Quota(Fraction(60), july),), july, Calendar())
    set_to = Override(Fraction(45), july, "Two markets closed.", "Mona Berg", date(2026, 7, 3))
    target = overridden(found, set_to)
    assert target.value == 45
    assert target.base == 60
    assert target.factors[-1].values == (("instead_of", 60),)
    assert dict(target.factors[-1].words) == {
        "by": "Mona Berg",
        "on": "2026-07-03",
        "reason": "Two markets closed.",
    }
    assert sum(part.value for part in target.course) == 45
    assert not set_to.is_for(period("2026-Q3"))


def test_an_override_needs_no_quota():
    july = period("2026-07")
    target = overridden(NoTarget("no_target"), Override(Fraction(5), july, "New.", "Mona", july.start))
    assert target.value == target.base == 5


def test_rates_and_stocks_know_no_season():
    season = Shape(season_levels(FROM_2026, YEAR))
    target = some(
        target_of(
            deals.WIN_RATE, (Quota(Fraction(1, 4), YEAR),), period("2026-07"), Spreading(Calendar(), season)
        )
    )
    assert target.value == Fraction(1, 4)


def test_eighty_per_cent_of_full_time_is_one_factor_in_words():
    july = period("2026-07")
    part = part_time_levels((Dated(date(2026, 7, 16), RoleShare(Fraction(4, 5), "80 % of full time")),), july)
    target = some(aim_all((Quota(Fraction(230), july),), july, Calendar(), shape=Shape(part_time=part)))
    assert target.value == 110 + 120 * Fraction(4, 5)
    assert [(one.key, one.words) for one in target.factors] == [
        ("part_time", (("note", "80 % of full time"),))
    ]


weights = st.integers(1, 30).map(lambda tenths: Fraction(tenths, 10))
seasons = st.lists(weights, min_size=12, max_size=12).map(lambda months: Season(tuple(months)))
starts = st.dates(date(2024, 1, 1), date(2026, 12, 1))
season_tables = st.lists(st.builds(Dated, starts, seasons), max_size=3).map(
    lambda rows: tuple(sorted(rows, key=lambda row: row.starts))
)
ramps = st.lists(st.integers(1, 6).map(lambda sixths: Fraction(sixths, 6)), max_size=8).map(
    lambda s: Ramp(tuple(s))
)
ramp_tables = st.lists(st.builds(Dated, starts, ramps), max_size=3).map(
    lambda rows: tuple(sorted(rows, key=lambda row: row.starts))
)
values = st.integers(0, 10**9).map(Fraction)


@st.composite
def quota_rows(draw: st.DrawFn) -> tuple[Quota, ...]:
    """Quotas of years, quarters, months and weeks, some missing, some overlapping."""
    slugs = draw(
        st.lists(
            st.sampled_from(["2025", "2026", "2025-Q4", "2026-Q1", "2026-Q3", "2026-02", "2026-07", "2026-W27", "2025-12"]),
            min_size=1, max_size=6,
        )
    )  # fmt: skip
    return tuple(Quota(draw(values), period(slug)) for slug in slugs)


@st.composite
def spells(draw: st.DrawFn) -> Calendar:
    """Any calendar; some leave."""
    calendar = draw(calendars())
    ends = draw(st.none() | st.dates(calendar.starts or date(2026, 1, 1), date(2026, 12, 1)))
    return replace(calendar, ends=ends)


asked = st.sampled_from(
    ["2026-07", "2026-02", "2026-04", "2026-Q1", "2026-Q2", "2025-Q4", "2026", "2026-W27", "2025-12"]
).map(period)


def latest(tables: Sequence[Dated[object]], day: date) -> object | None:
    before = [row.table for row in tables if row.starts <= day]
    return before[-1] if before else None


def month_of_tenure(first: date, day: date) -> int:
    """The months that have begun, each on the day of the month of the first one, or on the next month's first."""
    if day < first:
        return 0
    begun, month, year = 0, first.month, first.year
    while True:
        try:
            start = date(year, month, first.day)
        except ValueError:
            start = date(year + month // 12, month % 12 + 1, 1)
        if start > day:
            return begun
        begun += 1
        year, month = year + month // 12, month % 12 + 1


def naive(
    quotas: Sequence[Quota], asked: Period, calendar: Calendar, seasons: Sequence[Dated[Season]],
    ramps: Sequence[Dated[Ramp]], parts: Sequence[Dated[RoleShare]] = (),
) -> Fraction | None:  # fmt: skip
    """The target as a person would work it out: day after day; None where there is none."""

    def weight(day: date) -> Fraction:
        table = latest(seasons, day)
        return calendar.length(day) * (table.months[day.month - 1] if isinstance(table, Season) else 1)

    def employed(day: date) -> bool:
        return (calendar.starts or day) <= day <= (calendar.ends or day)

    def part(day: date) -> Fraction:
        table = latest(parts, day)
        return table.share if isinstance(table, RoleShare) else Fraction(1)

    def share(day: date) -> Fraction:
        table = latest(ramps, day)
        if calendar.starts is None or not isinstance(table, Ramp):
            return Fraction(1)
        month = month_of_tenure(calendar.starts, day)
        return table.shares[month - 1] if 1 <= month <= len(table.shares) else Fraction(1)

    value = Fraction(0)
    for day in days(asked):
        over = [quota for quota in quotas if quota.period.contains(day) and quota.value]
        at_work = employed(day) and day not in calendar.time_off and calendar.length(day)
        if not over:
            if at_work:
                return None
            continue
        quota = min(over, key=lambda each: each.period.days)
        if at_work:
            whole = sum(weight(each) for each in days(quota.period))
            value += quota.value * weight(day) / whole * part(day) * share(day)
    return value or None


part_times = st.lists(
    st.builds(
        Dated, starts, st.integers(1, 5).map(lambda fifths: RoleShare(Fraction(fifths, 5), f"{fifths}/5"))
    ),
    max_size=3,
).map(lambda rows: tuple(sorted(rows, key=lambda row: row.starts)))


@given(quota_rows(), asked, spells(), season_tables, ramp_tables, part_times)
def test_every_target_is_what_its_days_add_up_to(
    quotas: tuple[Quota, ...], asked: Period, calendar: Calendar, seasons: tuple[Dated[Season], ...],
    ramps: tuple[Dated[Ramp], ...], parts: tuple[Dated[RoleShare], ...],
) -> None:  # fmt: skip
    span = Period(PeriodKind.CUSTOM, date(2025, 1, 1), date(2027, 1, 1))
    shape = Shape(
        season_levels(seasons, span), ramp_levels(ramps, calendar.starts),
        part_time=part_time_levels(parts, span),
    )  # fmt: skip
    found = aim_all(quotas, asked, calendar, shape=shape)
    expected = naive(quotas, asked, calendar, seasons, ramps, parts)
    assert (found.value if isinstance(found, Target) else None) == expected
    if isinstance(found, Target):
        assert found.base * prod((factor.share for factor in found.factors), start=Fraction(1)) == found.value
        assert (
            found.value
            == sum(part.value for part in found.course)
            == expected_by(found, asked, asked.last, calendar)
        )
        assert all(factor.share > 0 and factor.share != 1 for factor in found.factors)


@given(values.filter(bool), seasons, calendars())
def test_the_months_of_a_year_add_up_to_its_quota(value: Fraction, season: Season, calendar: Calendar):
    everyday = replace(calendar, time_off=frozenset(), starts=None, ends=None)
    shape = Shape(season_levels((Dated(date(2026, 1, 1), season),), YEAR))
    months = [month_of(date(2026, month, 1)) for month in range(1, 13)]
    parts = [aim_all((Quota(value, YEAR),), month, everyday, shape=shape) for month in months]
    told = [part.value for part in parts if isinstance(part, Target)]
    assert sum(told) == (value if everyday.working_days(YEAR) else 0)


@given(quota_rows(), asked, spells())
def test_without_tables_nothing_changes(quotas: tuple[Quota, ...], asked: Period, calendar: Calendar):
    assert aim_all(quotas, asked, calendar, shape=Shape()) == aim_all(quotas, asked, calendar)
    flat = Shape(season_levels((Dated(date(2025, 1, 1), Season((Fraction(1),) * 12)),), asked))
    assert aim_all(quotas, asked, calendar, shape=flat) == aim_all(quotas, asked, calendar)
