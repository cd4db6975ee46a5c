"""With whom a line is compared: the same count over other people, and never so few that one could be told apart."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests import world
from tests.world import TODAY, deal, operator, person
from upswing.actions.targeting import set_override
from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.money import Money
from upswing.core.period import month_of
from upswing.core.posteriors import Count, Rate, counts, rates
from upswing.core.records import Origin, PersonRecord
from upswing.people.models import Membership, TimeOff
from upswing.queries.scorecard import scorecard

pytestmark = pytest.mark.django_db

OCTOBER = month_of(TODAY)
NORTH, SOUTH = (
    ("ann", "bo", "cy", "dee", "eve", "flo", "gus", "hal", "ida"),
    ("jon", "kai", "lea", "mia", "nic"),
)
WON = {name: number for number, name in enumerate((*NORTH, *SOUTH), start=1)}
LOST = 6


def settle(roles: dict[str, str] | None = None) -> None:
    """Two teams; the nth person won n deals of 1,000 and lost 6, all in October."""
    people = [
        PersonRecord(name, Origin("people.csv", 2), team="North" if name in NORTH else "South")
        for name in WON
    ]
    deals = [
        deal(f"{name} {n}", name, "2026-10-01", "2026-10-05", "won" if n < won else "lost", 1_000)
        for name, won in WON.items()
        for n in range(won + LOST)
    ]
    world.bring(*people, *deals)
    for name, role in (roles or {}).items():
        Membership.objects.filter(person=person(name)).update(role=role)


def compared(who: str, key: str, kind: BenchmarkKind) -> Benchmark:
    card = scorecard(operator(), person(who).uid, OCTOBER, TODAY, kind)
    line = next(line for line in card.lines if line.metric.key == key)
    return next(found for found in line.benchmarks if found.kind is kind)


def test_everybody_is_the_mean_of_all_others():
    settle()
    found = compared("ann", "deals_won", BenchmarkKind.ORGANISATION)
    assert (found.value, found.n, found.group) == (Fraction(sum(range(2, 15)), 13), 13, "")


def test_a_group_s_share_of_quota_tells_nobody_s_time_off_nor_what_was_set_by_hand():
    settle()
    world.bring(*(world.quota(name, "2026-10", 10_000) for name in NORTH))
    before = compared("ann", "attainment", BenchmarkKind.TEAM)
    eve = person("eve")
    TimeOff.objects.bulk_create(
        TimeOff(person=eve, day=date(2026, 10, day), kind="leave") for day in range(1, 32)
    )
    set_override(
        operator(), person("flo").uid, "won_value", OCTOBER, Fraction(500_000), "A new market.", world.NOW
    )
    assert compared("ann", "attainment", BenchmarkKind.TEAM) == before
    assert before.value == Fraction(sum(WON[name] for name in NORTH[1:]) * 1_000, 8 * 10_000)


def test_role_peers_are_those_of_the_same_role_whatever_their_team():
    settle(dict.fromkeys(("ann", *SOUTH), "Hunter"))
    found = compared("ann", "deals_won", BenchmarkKind.ROLE_PEERS)
    assert (found.value, found.n, found.group) == (Fraction(sum(range(10, 15)), 5), 5, "Hunter")


def test_without_a_role_there_are_no_peers():
    settle()
    found = compared("ann", "deals_won", BenchmarkKind.ROLE_PEERS)
    assert (found.value, found.reason) == (None, "too_few_people")


def test_a_group_that_differs_from_the_team_by_a_few_is_not_told():
    """Less the team's figures, which everybody there may read, Jon's own would be left."""
    settle(dict.fromkeys((*NORTH, "jon"), "Hunter"))
    found = compared("ann", "deals_won", BenchmarkKind.ROLE_PEERS)
    assert (found.value, found.reason) == (None, "too_few_people")


def test_two_groups_that_differ_by_one_are_both_untold():
    """Everybody but Jon has the role: everybody less the role peers would be Jon's own figures."""
    settle(dict.fromkeys((name for name in WON if name != "jon"), "Hunter"))
    for kind in (BenchmarkKind.ROLE_PEERS, BenchmarkKind.ORGANISATION):
        assert compared("ann", "deals_won", kind).reason == "too_few_people"


def test_only_those_in_the_figure_count_for_whether_somebody_could_be_found_out():
    """Outside the team only Jon has a quota: everybody's attainment less the team's would be his."""
    settle()
    world.bring(*(world.quota(name, "2026-10", 10_000) for name in (*NORTH, "jon")), source="plan")
    assert compared("ann", "attainment", BenchmarkKind.TEAM).value is not None
    assert compared("ann", "attainment", BenchmarkKind.ORGANISATION).reason == "too_few_people"
    assert compared("ann", "deals_won", BenchmarkKind.ORGANISATION).value is not None


def test_the_group_of_others_is_today_s_whatever_the_moment():
    """Who left the team on the 9th is in none of its figures, also not in those of the 8th."""
    settle()
    Membership.objects.filter(person=person("ida")).update(ends=date(2026, 10, 9))
    before, after = (
        next(
            one
            for line in scorecard(operator(), person("ann").uid, OCTOBER, date(2026, 10, day)).lines
            if line.metric.key == "deals_won"
            for one in line.benchmarks
            if one.kind is BenchmarkKind.TEAM
        )
        for day in (8, 9)
    )
    assert (before.n, before.value) == (after.n, after.value) == (7, Fraction(sum(range(2, 9)), 7))


def test_the_better_quarter_is_of_values_with_the_chance_taken_out():
    settle()
    others = [WON[name] for name in NORTH if name != "ann"]
    mean = Fraction(sum(others), len(others))
    shrunken = sorted(Fraction(one.mean) for one in counts([Count(won, float(mean)) for won in others]))
    found = compared("ann", "deals_won", BenchmarkKind.TOP_QUARTILE)
    assert found.value is not None
    assert found.n == len(others)
    assert shrunken[4] * mean < found.value < shrunken[7] * mean
    assert found.value < sorted(others)[-2]


def test_the_better_quarter_of_a_rate_is_of_shrunken_rates():
    settle()
    others = [WON[name] for name in NORTH if name != "ann"]
    shrunken = sorted(one.mean for one in rates([Rate(won, won + LOST) for won in others]))
    found = compared("ann", "win_rate", BenchmarkKind.TOP_QUARTILE)
    assert shrunken[4] < found.value < shrunken[7]


def test_money_borrows_the_better_quarter_of_its_deals():
    settle()
    won, value = (
        compared("ann", key, BenchmarkKind.TOP_QUARTILE).value for key in ("deals_won", "won_value")
    )
    assert isinstance(won, Fraction)
    assert value == Money(round(won * 100_000), "EUR")


def test_averages_and_stocks_have_no_better_quarter():
    settle()
    for key in ("average_deal", "open_value"):
        assert compared("ann", key, BenchmarkKind.TOP_QUARTILE).reason == "no_model"


def test_an_industry_without_a_figure_says_so():
    settle()
    assert compared("ann", "win_rate", BenchmarkKind.INDUSTRY).reason == "no_figure"


def test_the_team_stays_what_it_was():
    settle()
    found = compared("ann", "deals_won", BenchmarkKind.TEAM)
    others = [WON[name] for name in NORTH if name != "ann"]
    assert (found.value, found.n, found.group) == (Fraction(sum(others), len(others)), 8, "North")
    assert found.period.start == date(2026, 10, 1)
