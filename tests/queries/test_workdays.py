"""Whose holidays count for whom on which day: against a search day by day; and without a question more for more reps."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.core.test_target_shapes import naive
from tests.examples import examples
from tests.world import NOW, TODAY, person, viewer
from upswing.actions.workplaces import choose_holidays, set_part_time
from upswing.core.calendar import Calendar
from upswing.core.metrics import metric
from upswing.core.period import Period, parse_period
from upswing.core.targets import Dated, Quota, RoleShare, Target
from upswing.people.models import (
    Holiday,
    HolidayCalendar,
    HolidayChoice,
    Membership,
    PartTime,
    Person,
    PublicHoliday,
    Team,
)
from upswing.queries.public_holidays import UnknownPlace, days_of_year, place
from upswing.queries.shaping import asked_of
from upswing.queries.workdays import working_calendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

QUARTER = parse_period("2026-Q4", TODAY)
DAYS = [QUARTER.start + timedelta(number) for number in range(QUARTER.days)]
days = st.sampled_from(DAYS)
choices = st.lists(st.tuples(days, st.integers(0, 2)), max_size=3)


def stands(row: Sequence[tuple[date, int]], day: date) -> int:
    """Of those that have begun the latest; of two from a day the one made later."""
    begun = [(starts, number, chosen) for number, (starts, chosen) in enumerate(row) if starts <= day]
    return max(begun)[2] if begun else 0


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(40)
)
@given(
    choices, choices, choices, choices, days, st.dictionaries(st.integers(1, 2), st.frozensets(days, max_size=15)),
    st.frozensets(days, max_size=5), st.none() | st.integers(1, 5), st.frozensets(st.integers(0, 6)), days, st.booleans(),
)  # fmt: skip
def test_each_day_has_the_holidays_of_whoever_is_nearest(
    own: list[tuple[date, int]], team: list[tuple[date, int]], above: list[tuple[date, int]],
    everybody: list[tuple[date, int]], moves: date, public: dict[int, frozenset[date]], company: frozenset[date],
    fifths: int | None, weekdays: frozenset[int], part: date, lowers: bool,
) -> None:  # fmt: skip
    """Tess moves on a day from her team, which is below another, to a team without a choice of its own."""
    with world.undone():
        tess, old = person("Tess"), Membership.objects.get(person=person("Tess"))
        group, other = Team.objects.create(name="North"), Team.objects.create(name="South")
        Team.objects.filter(pk=old.team_id).update(parent=group)
        Membership.objects.filter(pk=old.pk).update(ends=moves)
        Membership.objects.create(person=tess, team=other, starts=moves)
        kept = {n: HolidayCalendar.objects.create(country=f"X{n}") for n in (1, 2)}
        for row, whose in (
            (own, {"person": tess}),
            (team, {"team": old.team}),
            (above, {"team": group}),
            (everybody, {}),
        ):
            for starts, number in row:
                HolidayChoice.objects.create(
                    calendar=kept.get(number), starts=starts, by="Olga", at=NOW, **whose
                )
        for number, off in public.items():
            PublicHoliday.objects.bulk_create(PublicHoliday(calendar=kept[number], day=day) for day in off)
        Holiday.objects.bulk_create(Holiday(day=day) for day in company)
        if fifths:
            PartTime.objects.create(
                person=tess, starts=part, share=f"{fifths}/5", weekdays="".join(map(str, sorted(weekdays))),
                lowers=lowers, by="Olga", at=NOW,
            )  # fmt: skip
        world.bring(world.quota("Tess", "2026-Q4", 64_000), source="plan")
        asked = asked_of([tess], QUARTER, "won_value")
        found, common = asked.calendars[tess.id], working_calendar(QUARTER)
        target = asked.target(metric("won_value"), tess.id, parse_period("2026-11", TODAY))

    def calendar_on(day: date) -> int:
        teams = (stands(team, day), stands(above, day)) if day < moves else ()
        return next((each for each in (stands(own, day), *teams, stands(everybody, day)) if each), 0)

    holidays = frozenset(day for day in DAYS if day in public.get(calendar_on(day), frozenset()) | company)
    assert found.holidays == holidays
    assert common.holidays == {
        day for day in DAYS if day in public.get(stands(everybody, day), frozenset()) | company
    }
    later = ((part, weekdays),) if fifths and weekdays else ()
    expected = naive(
        [Quota(Fraction(6_400_000), QUARTER)], parse_period("2026-11", TODAY), Calendar(holidays=holidays, weeks=later),
        [], [], [Dated(part, RoleShare(Fraction(fifths, 5), ""))] if fifths and lowers else [],
    )  # fmt: skip
    assert (target.value if isinstance(target, Target) else None) == expected


def test_a_country_brings_this_year_s_holidays_and_the_next_one_s():
    choose_holidays(viewer("olga"), "Denmark", "", None, "", NOW)
    years = {day.year for day in PublicHoliday.objects.values_list("day", flat=True)}
    assert years == {TODAY.year, TODAY.year + 1}


def test_a_board_asks_as_many_questions_as_a_card():
    olga = viewer("olga")
    choose_holidays(olga, "Denmark", "", None, "", NOW)
    choose_holidays(
        olga,
        "DE",
        "BY",
        TODAY,
        "We moved.",
        NOW,
        team=Team.objects.get(memberships__person=person("Stan"), memberships__leads=False).uid,
    )
    set_part_time(olga, person("Tess").uid, TODAY, None, {0, 1, 2, 3}, False, "By agreement.", NOW)
    everybody = list(Person.objects.unscoped("counted").all())

    def questions(people: list[Person]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            asked_of(people, QUARTER)
        return len(found)

    assert questions(everybody) == questions(everybody[:1]) <= 14


def test_christmas_in_denmark_and_epiphany_in_bavaria():
    olga = viewer("olga")
    choose_holidays(olga, "denmark", "", None, "", NOW)
    choose_holidays(
        olga, "Germany", "bayern", date(2026, 1, 1), "She works in Munich.", NOW, rep=person("Tess").uid
    )
    year = Period(QUARTER.kind.YEAR, date(2026, 1, 1), date(2027, 1, 1))
    found = asked_of([person("Tess"), person("Stan")], year).calendars
    assert found[person("Stan").id].working_days(year) == 254
    assert date(2026, 1, 6) in found[person("Tess").id].holidays - found[person("Stan").id].holidays
    assert working_calendar(year).working_days(year) == 254


@pytest.mark.parametrize(
    ("country", "region", "days"), [("US", "", 250), ("DE", "", 254), ("DK", "", 254), ("KR", "", 245)]
)
def test_working_days_of_2026(country: str, region: str, days: int):
    year = parse_period("2026", TODAY)
    off = frozenset(days_of_year(place(country, region), 2026))
    assert Calendar(holidays=off).working_days(year) == days


@pytest.mark.parametrize(
    ("country", "region", "said"),
    [
        ("Denmrk", "", "No holidays are known of a country called “Denmrk”. Did you mean “Denmark”?"),
        ("", "", "Write its English name, or its two letters, such as DK."),
        ("Germany", "Bayrn", "Germany has no region called “Bayrn”. Did you mean “Bayern”?"),
        ("DK", "Jylland", "Denmark has no region called “Jylland”. It has no regions of its own; leave the region empty."),
    ],
)  # fmt: skip
def test_an_unknown_place_is_said_with_what_is_near(country: str, region: str, said: str):
    with pytest.raises(UnknownPlace) as error:
        place(country, region)
    assert said in str(error.value)


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_written_is_a_place_or_no_place(country: str, region: str):
    with suppress(UnknownPlace):
        found = place(country, region)
        assert place(found.country, found.region) == found


def test_every_country_has_days_and_a_name(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        assert place("Denmark").name == "Denmark"
        assert place("Germany", "BY").name == "Germany, Bayern"
        assert days_of_year(place("DK"), 2026)[date(2026, 12, 25)] == "Christmas Day"
        assert days_of_year(place("DK"), 1600) == {}
