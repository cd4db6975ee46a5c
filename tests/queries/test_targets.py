"""The card's targets against a recomputation day by day, over generated quotas, seasons, ramps, leave and joining."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.core.test_target_shapes import naive
from tests.examples import examples
from tests.world import TODAY, operator, person
from upswing.core.calendar import Calendar
from upswing.core.money import Money, rounded
from upswing.core.period import Period, parse_period
from upswing.core.ramp import Ramp
from upswing.core.season import Season
from upswing.core.targets import Dated, Quota
from upswing.goals import models as goals
from upswing.goals.targets import Kind, TargetTable
from upswing.people.models import Holiday, Person, TimeOff
from upswing.queries.records import records
from upswing.queries.scorecard import scorecard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

SLUGS = ("2026", "2026-Q3", "2026-Q4", "2026-09", "2026-10", "2026-11", "2026-W42")
ASKED = ("2026-10", "2026-Q4", "2026-Q3", "2026-09", "2026", "2026-W42")
days = st.dates(date(2026, 7, 1), date(2026, 12, 31))
shares = st.integers(1, 20).map(lambda tenths: Fraction(tenths, 10))
seasons = st.none() | st.lists(shares, min_size=12, max_size=12).map(lambda months: Season(tuple(months)))
ramps = st.lists(st.integers(1, 6).map(lambda n: Fraction(n, 6)), max_size=6).map(
    lambda found: Ramp(tuple(found))
)
quotas = st.dictionaries(
    st.sampled_from(SLUGS), st.integers(0, 900_000).map(lambda euros: euros * 100), min_size=1
)


def period(slug: str) -> Period:
    return parse_period(slug, TODAY)


def keep(kind: Kind, starts: date, table: tuple[Fraction, ...]) -> None:
    TargetTable.objects.create(
        kind=kind, starts=starts, shares=[str(share) for share in table], by="Olga", at=world.NOW
    )


def on_the_card(asked: Period) -> Money | None:
    card = scorecard(operator(), person("Tess").uid, asked, TODAY)
    found = next(line for line in card.lines if line.metric.key == "won_value").target
    assert found is None or isinstance(found, Money)
    return found


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(40)
)
@given(
    quotas, st.sampled_from(ASKED), seasons, days, ramps, st.none() | days, st.frozensets(days, max_size=40),
    st.frozensets(days, max_size=8),
)  # fmt: skip
def test_the_card_asks_for_what_the_days_add_up_to(
    asked: dict[str, int], slug: str, season: Season | None, begins: date, ramp: Ramp, joined: date | None,
    off: frozenset[date], holidays: frozenset[date],
) -> None:  # fmt: skip
    with world.undone():
        goals.Quota.objects.unscoped("only those generated").all().delete()
        world.bring(
            *(world.quota("Tess", each, value // 100) for each, value in asked.items()), source="plan"
        )
        Person.objects.unscoped("generated").filter(pk=person("Tess").pk).update(starts=joined)
        TimeOff.objects.bulk_create(TimeOff(person=person("Tess"), day=day) for day in off)
        Holiday.objects.all().delete()
        Holiday.objects.bulk_create(Holiday(day=day) for day in holidays)
        if season:
            keep(Kind.SEASON, begins, season.months)
        keep(Kind.RAMP, date(2026, 1, 1), ramp.shares)
        found = on_the_card(period(slug))
    row = [
        Quota(Fraction(value), period(each))
        for each, value in sorted(asked.items(), key=lambda one: period(one[0]).start)
    ]
    expected = naive(
        row, period(slug), Calendar(holidays=holidays, time_off=off, starts=joined),
        [Dated(begins, season)] if season else [], [Dated(date(2026, 1, 1), ramp)],
    )  # fmt: skip
    assert found == (None if expected is None else Money(rounded(expected), "EUR"))


def test_the_record_page_asks_for_the_same_as_the_card():
    keep(Kind.SEASON, date(2026, 1, 1), tuple(Fraction(n, 10) for n in range(4, 16)))
    world.bring(world.quota("Stan", "2026", 480_000), source="plan")
    asked = period("2026-10")
    card = scorecard(operator(), person("Stan").uid, asked, TODAY)
    line = next(line for line in card.lines if line.metric.key == "won_value")
    aim = records(operator(), person("Stan").uid, "won_value", asked, TODAY).aim
    assert aim is not None
    assert (aim.target, aim.expected) == (line.target, line.expected)
    assert [factor.key for factor in aim.factors] == ["part_of_quota", "season"]
    assert aim.base == Money(48_000_000, "EUR")


def test_a_season_s_part_due_follows_the_months():
    """In a quarter whose first month weighs little, little is due by its end."""
    months = [Fraction(1)] * 12
    months[9] = Fraction(1, 10)
    keep(Kind.SEASON, date(2026, 1, 1), tuple(months))
    world.bring(world.quota("Stan", "2026-Q4", 90_000), source="plan")
    end = date(2026, 10, 31)
    card = scorecard(operator(), person("Stan").uid, period("2026-Q4"), end)
    line = next(line for line in card.lines if line.metric.key == "won_value")
    weighed = Fraction(22, 10) + 21 + 23
    assert line.expected == Money(rounded(9_000_000 * Fraction(22, 10) / weighed), "EUR")
