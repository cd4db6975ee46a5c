"""A card says what the book says: worked by hand on the cast, and against naive counting on generated books."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.actions.test_rebuild import deals
from tests.examples import examples
from tests.world import TODAY, bring, deal, operator, person
from upswing.core.bands import Band
from upswing.core.benchmarks import BenchmarkKind
from upswing.core.evidence import Evidence
from upswing.core.measures import FLOWS
from upswing.core.money import Money
from upswing.core.period import Period, PeriodKind, month_of, parse_period
from upswing.core.scorecard import Line, Scorecard
from upswing.ledger.counting import Slot, count, count_raw
from upswing.queries import team as boards
from upswing.queries.plain import plain_scorecard
from upswing.queries.records import records
from upswing.queries.scorecard import scorecard
from upswing.queries.team import team

pytestmark = pytest.mark.django_db

OCTOBER = month_of(TODAY)


def euros(amount: int) -> Money:
    return Money(amount * 100, "EUR")


def card(name: str = "Tess", period: Period = OCTOBER, at: date = TODAY) -> Scorecard:
    return scorecard(operator(), person(name).uid, period, at)


def line(key: str, found: Scorecard) -> Line:
    return next(line for line in found.lines if line.metric.key == key)


def actuals(found: Scorecard) -> dict[str, object]:
    return {line.metric.key: line.actual for line in found.lines}


def test_tess_s_october_by_hand():
    """12,000 and 8,000 won, 5,000 lost; T4 (7,000) entered and stands open; half the month's days are gone."""
    world.settle_in()
    assert actuals(card()) == {
        "deals_created": 1, "open_value": euros(7_000), "attainment": 1, "won_value": euros(20_000),
        "deals_won": 2, "win_rate": Fraction(2, 3), "average_deal": euros(10_000),
    }  # fmt: skip


def test_the_day_before_a_win_the_deal_still_stands_open_and_counts_nothing():
    world.settle_in()
    found = card(at=date(2026, 10, 11))
    assert line("won_value", found).actual == euros(12_000)
    assert line("open_value", found).actual == euros(8_000 + 5_000 + 7_000)


def test_the_target_due_by_now_follows_working_days():
    world.settle_in()
    found = card()
    won = line("won_value", found)
    assert (found.working_days_gone, found.working_days) == (11, 22)
    assert (won.target, won.expected, won.attainment) == (euros(20_000), euros(10_000), Fraction(2))
    assert won.band is Band.OUTSTANDING
    assert won.evidence is Evidence.TOO_EARLY


def test_own_past_compares_with_the_same_part_of_the_month_before():
    """September has 22 working days too: by its 11th, nothing of Stan's was won on 10 September yet? It was."""
    world.settle_in()
    own = next(b for b in line("won_value", card("Stan")).benchmarks if b.kind is BenchmarkKind.OWN_PAST)
    assert (own.value, own.n) == (euros(4_000), 1)
    assert own.period.start == date(2026, 9, 1)
    assert own.period.last < date(2026, 9, 30)


def test_a_team_of_four_is_too_small_to_compare_with():
    world.settle_in()
    found = next(b for b in line("won_value", card()).benchmarks if b.kind is BenchmarkKind.TEAM)
    assert (found.value, found.reason) == (None, "too_few_people")


def test_a_line_without_a_quota_has_neither_target_nor_band():
    world.settle_in()
    rate = line("win_rate", card())
    assert (rate.target, rate.band, rate.evidence, rate.reason) == (None, None, None, "no_target")


def test_a_rep_without_any_record_is_not_judged_even_with_a_quota():
    bring(*world.roster(), world.quota("Rami", "2026-10", 10_000))
    won = line("won_value", card("Rami"))
    assert (won.band, won.evidence, won.reason) == (None, None, "no_records")


def test_time_off_lowers_the_target_and_says_so():
    from upswing.people.models import TimeOff

    world.settle_in()
    for day in (19, 20, 21, 22):
        TimeOff.objects.create(person=person("Tess"), day=date(2026, 10, day))
    assert line("won_value", card()).target == Money(round(2_000_000 * 18 / 22), "EUR")


@pytest.mark.parametrize(
    "key", ["deals_created", "open_value", "won_value", "deals_won", "win_rate", "average_deal", "attainment"]
)
@pytest.mark.parametrize("name", ["Tess", "Stan"])
def test_the_records_behind_a_number_add_up_to_it(key: str, name: str):
    world.settle_in()
    found = records(operator(), person(name).uid, key, OCTOBER, TODAY)
    number = line(key, card(name))
    assert found.value == number.actual
    assert len(found.rows) == number.n
    if key in {"open_value", "won_value"}:
        assert (
            sum((row.value.minor for row in found.rows if isinstance(row.value, Money)), 0)
            == number.actual.minor
        )


def test_the_plain_form_has_exactly_what_was_promised():
    world.settle_in()
    plain = plain_scorecard(card())
    assert {"rep", "period", "at", "lines"} <= plain.keys()
    assert (plain["rep"], plain["period"], plain["at"]) == ("Tess", "2026-10", "2026-10-15")
    won = next(found for found in plain["lines"] if found["metric"] == "won_value")
    assert won["actual"] == {"amount": "20000.00", "currency": "EUR"}
    promised = {
        "metric",
        "unit",
        "actual",
        "target",
        "attainment",
        "band",
        "evidence",
        "n",
        "direction",
        "kind",
        "benchmarks",
    }
    assert promised <= won.keys()
    assert (won["band"], won["evidence"], won["direction"], won["kind"]) == (
        "outstanding",
        "too_early",
        "higher",
        "lagging",
    )


def test_statements_do_not_grow_with_the_number_of_reps():
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            team(operator(), OCTOBER, TODAY)
        return len(captured)

    world.settle_in()
    few = statements()
    from upswing.core.records import Origin, PersonRecord

    many = [f"Rep {number}" for number in range(40)]
    bring(*(PersonRecord(name, Origin("p.csv", 2), manager="Mona") for name in many))
    bring(*(deal(f"M{name}", name, "2026-10-01", "2026-10-02", "won", 10) for name in many))
    assert statements() <= few + 1


PERIODS = st.sampled_from(["2026-Q3", "2026-08", "2026-W40", "2026", "2026-07-15..2026-10-03", "2025-Q4"])


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(deals(), min_size=1, max_size=8), slug=PERIODS, back=st.integers(0, 400))
def test_tiers_count_what_the_facts_count_for_any_period_and_moment(history, slug, back):
    with world.undone():
        bring(*world.roster())
        bring(*{item.id: item for item in history}.values())
        period, at = parse_period(slug, TODAY), TODAY - timedelta(days=back)
        ids = [person(name).id for name in ("Tess", "Stan")]
        tiers = count(operator().sight, ids, [Slot("now", period, at)], FLOWS)
        raw = count_raw(ids, period, at, FLOWS)
        assert {rep: dict(counts) for (_, rep), counts in tiers.items()} == raw


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(deals(), min_size=1, max_size=8), back=st.integers(0, 400))
def test_the_open_pipeline_is_the_deals_that_stand_open(history, back):
    with world.undone():
        bring(*world.roster())
        kept = {item.id: item for item in history}.values()
        bring(*kept)
        at = TODAY - timedelta(days=back)
        for name in ("Tess", "Stan"):
            mine = [item for item in kept if item.credit[0][0] == name]
            standing = [
                item for item in mine if item.created <= at and (item.closed is None or item.closed > at)
            ]
            found = card(name, Period(PeriodKind.DAY, at, at + timedelta(days=1)), at)
            assert line("open_value", found).actual == Money(
                sum(item.expected_minor for item in standing), "EUR"
            )


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(deals(), min_size=1, max_size=6), later=st.integers(1, 300))
def test_what_is_dated_after_the_moment_changes_nothing(history, later):
    with world.undone():
        bring(*world.roster())
        bring(*{item.id: item for item in history}.values())
        at = date(2025, 12, 31)
        before = actuals(card("Tess", parse_period("2025-Q4", TODAY), at))
        day = str(at + timedelta(days=later))
        bring(deal("NEW", "Tess", day, day, "won", 99))
        assert actuals(card("Tess", parse_period("2025-Q4", TODAY), at)) == before


def test_a_deal_that_stood_open_then_shows_no_later_stage():
    world.settle_in()
    found = records(operator(), person("Tess").uid, "open_value", OCTOBER, date(2026, 10, 11))
    assert {row.name: (row.part, row.stage) for row in found.rows} == {
        "T2": ("open", ""), "T3": ("open", ""), "T4": ("open", "Open"),
    }  # fmt: skip


def test_a_period_that_began_before_the_data_is_not_compared_with():
    world.settle_in()
    own = next(b for b in line("won_value", card("Tess", parse_period("2026-Q3", TODAY))).benchmarks)
    assert (own.kind, own.value, own.reason) == (BenchmarkKind.OWN_PAST, None, "no_data")


def test_a_fact_later_in_the_same_month_does_not_make_an_unknown_rep_known():
    bring(*world.roster(), world.quota("Rami", "2026-10", 10_000))
    at = date(2026, 10, 10)
    before = line("won_value", card("Rami", at=at))
    bring(deal("Z1", "Rami", "2026-10-12", "2026-10-13", "won", 10))
    assert line("won_value", card("Rami", at=at)) == before


def test_the_history_knows_nothing_of_what_came_after_the_moment():
    world.settle_in()
    found = line("won_value", card("Tess", parse_period("2026-12", TODAY), date(2026, 10, 6)))
    october = next(point for point in found.history if point.period.slug == "2026-10")
    assert october.value == euros(12_000)


def test_a_year_s_quota_is_spread_over_the_holidays_of_the_whole_year():
    from upswing.people.models import Holiday

    world.settle_in(world.quota("Stan", "2026", 260_000))
    Holiday.objects.bulk_create(Holiday(day=date(2026, 12, day)) for day in range(14, 24))
    targets = [
        line("won_value", card("Stan", parse_period(f"2026-Q{n}", TODAY))).target for n in (1, 2, 3, 4)
    ]
    assert abs(sum(target.minor for target in targets) - 26_000_000) <= 2


def judged(line: Line) -> tuple[object, ...]:
    return (
        line.metric,
        line.actual,
        line.target,
        line.attainment,
        line.band,
        line.evidence,
        line.n,
        line.due,
    )


def test_a_page_of_a_board_holds_some_cards_and_the_standing_of_everybody(monkeypatch):
    world.settle_in(*(world.quota(name, "2026-10", 10_000) for name in ("Stan", "Nina")))
    whole = team(operator(), OCTOBER, TODAY)
    monkeypatch.setattr(boards, "PAGE", 3)
    first, last = (team(operator(), OCTOBER, TODAY, page=number) for number in (1, 99))
    assert [card.rep for card in (*first.cards, *last.cards)] == [card.rep for card in whole.cards]
    assert (first.first, last.first, first.people) == (0, 3, len(whole.cards))
    for page in (first, last):
        assert [judged(line) for line in page.standing] == [judged(line) for line in whole.standing]
    assert (first.judged, first.attained) == (whole.judged, whole.attained)
