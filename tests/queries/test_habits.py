"""Habit on the card: what usually comes late is due late, read from everybody's last four periods."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.cache import cache

from tests import world
from tests.world import deal, operator, person
from upswing.actions import owners
from upswing.core.calendar import Calendar
from upswing.core.money import Money
from upswing.core.period import Period, PeriodKind, parse_period
from upswing.core.records import Record
from upswing.people.models import Person
from upswing.queries.habits import habits
from upswing.queries.records import records
from upswing.queries.scorecard import scorecard
from upswing.queries.targeting import one_target

pytestmark = pytest.mark.django_db

OCTOBER = parse_period("2026-10", date(2026, 1, 1))
MIDDLE = date(2026, 10, 15)


def won_late(month: Period, first: date | None = None, sign: int = 1) -> list[Record]:
    """A deal of Stan's on each working day, of which those of the last five are won for ten times as much."""
    days = [month.start + timedelta(n) for n in range(month.days)]
    working = [day for day in days if day.weekday() < 5 and (first is None or day >= first)]
    return [
        deal(
            f"{sign} {day}",
            "Stan",
            f"{day}",
            f"{day}",
            "won",
            sign * (10_000 if place >= len(working) - 5 else 1_000),
        )
        for place, day in enumerate(working)
    ]


def bring(*deals: Record) -> None:
    world.bring(
        *world.roster(), world.quota("Tess", "2026-10", 20_000), deal("1", "Tess", "2026-10-02"), *deals
    )


def due() -> Money:
    lines = scorecard(operator(), person("Tess").uid, OCTOBER, MIDDLE).lines
    found = next(line for line in lines if line.metric.key == "won_value").expected
    assert isinstance(found, Money)
    return found


def month(slug: str) -> Period:
    return parse_period(slug, date(2026, 1, 1))


def test_what_usually_comes_late_is_due_late():
    """September: 17 days of 1,000, then 5 of 10,000. By half of the days, 11,000 of 67,000 were there."""
    bring(*won_late(month("2026-09")))
    habit = habits(OCTOBER, MIDDLE)["won_value"]
    assert (habit.periods, habit.by(Fraction(1, 2))) == (1, Fraction(11, 67))
    assert due() == Money(round(2_000_000 * (Fraction(11, 22) * 4 + Fraction(11, 67)) / 5), "EUR")


def test_card_records_and_target_pages_say_the_same_is_due():
    bring(*won_late(month("2026-09")), *won_late(month("2026-08")))
    tess = person("Tess").uid
    aim = records(operator(), tess, "won_value", OCTOBER, MIDDLE).aim
    assert aim is not None
    assert (aim.expected, aim.habit) == (due(), 2)
    assert one_target(operator(), tess, "won_value", OCTOBER, MIDDLE).aimed.expected == due()


def test_a_month_that_the_data_do_not_cover_whole_shows_no_habit():
    bring(*won_late(month("2026-09"), first=date(2026, 9, 2)))
    assert habits(OCTOBER, MIDDLE) == {}
    assert due() == Money(1_000_000, "EUR")


def test_an_import_of_an_earlier_month_is_seen_at_once():
    bring(*won_late(month("2026-09")))
    first = due()
    world.bring(*won_late(month("2026-08")), source="archive")
    assert habits(OCTOBER, MIDDLE)["won_value"].periods == 2
    assert due() != first


@pytest.mark.parametrize(
    ("slug", "at"), [("2026-W42", MIDDLE), ("2026-10", date(2026, 10, 31)), ("2026-10", date(2026, 9, 30))]
)
def test_weeks_and_periods_that_are_over_or_to_come_have_none(slug: str, at: date):
    bring(*won_late(month("2026-09")))
    assert habits(month(slug), at) == {}


def test_years_are_read_by_their_months():
    """Each month is worth its number: 21 of 78 by the middle of a year."""
    months = [(year, n) for year in (2024, 2025) for n in range(1, 13)]
    bring(
        *[deal(f"{y} {n}", "Stan", f"{y}-{n:02}-01", f"{y}-{n:02}-15", "won", 1_000 * n) for y, n in months]
    )
    found = habits(month("2026"), MIDDLE)["won_value"]
    gone = [
        Calendar().working_days(Period(PeriodKind.CUSTOM, date(year, 1, 1), date(year, 7, 1)))
        / Calendar().working_days(month(str(year)))
        for year in (2024, 2025)
    ]
    assert found.periods == 2
    assert found.by(min(gone)) <= Fraction(21, 78) <= found.by(max(gone))


def test_it_is_kept_between_questions_and_asked_anew_by_nobody(django_assert_max_num_queries):
    bring(*won_late(month("2026-09")))
    first = habits(OCTOBER, MIDDLE)
    with django_assert_max_num_queries(5):
        assert habits(OCTOBER, MIDDLE) == first


def test_it_is_asked_anew_once_it_is_said_whose_something_is():
    """Nobody who sells bears the late deals, until it turns out that Tess does."""
    bring(*won_late(month("2026-09")))
    stan = person("Stan")
    Person.objects.filter(pk=stan.pk).update(sells=False)
    cache.clear()
    assert "won_value" not in habits(OCTOBER, MIDDLE)
    owners.merge(operator(), stan.uid, person("Tess").uid, world.NOW)
    assert habits(OCTOBER, MIDDLE)["won_value"].periods == 1
