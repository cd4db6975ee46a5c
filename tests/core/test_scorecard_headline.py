"""The sentence a card opens with: the first kind that fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from upswing.core.benchmarks import own_past
from upswing.core.calendar import Calendar
from upswing.core.evidence import Evidence
from upswing.core.facts import WHOLE
from upswing.core.metrics import STARTER_CARD
from upswing.core.metrics.metric import Metric
from upswing.core.money import Money
from upswing.core.period import month_of
from upswing.core.scorecard import Line, Sentence, Terms, headline, line
from upswing.core.targets import Target, elapsed

JULY = month_of(date(2026, 7, 1))
EARLY, MIDDLE, LAST = date(2026, 7, 3), date(2026, 7, 17), date(2026, 7, 31)
CARD = STARTER_CARD
MONEY = {"attainment": 460_000, "won_value": 460_000}
TARGETS = {"deals_created": 46, "deals_won": 23, "win_rate": "0.5"} | MONEY


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def card(at: date, targets: dict = TARGETS, past: dict[str, int] | None = None, **counts: int) -> list[Line]:
    """Lines of July, deals in whole deals and money in minor units; `past` is June's value of a line."""
    counted = {key: n if key.endswith("value") else n * WHOLE for key, n in counts.items()}
    terms = Terms(JULY, at, Calendar(), "EUR", average_deal=euro(20_000))

    def one(metric: Metric) -> Line:
        before = (
            [own_past(Fraction(past[metric.key]), 9, JULY.previous())] if past and metric.key in past else []
        )
        target = Target(Fraction(targets[metric.key])) if metric.key in targets else None
        return line(metric, counted, target, terms, before)

    return [one(metric) for metric in CARD]


def said(at: date, lines: list[Line]) -> Sentence:
    gone = elapsed(JULY, at, Calendar()) * 23
    return headline(lines, 23, int(gone), at, JULY)


def test_without_a_single_record_there_is_no_data():
    assert said(LAST, card(LAST)) == Sentence("no_data")


def test_a_standing_deal_is_a_record():
    assert said(EARLY, card(EARLY, open_value=5, open_deals=1)).key == "too_early"


def test_day_3_of_23_is_too_early():
    lines = card(EARLY, deals_created=1, deals_won=9, won_value=400_000)
    assert said(EARLY, lines) == Sentence("too_early", (("day", 3), ("days", 23)))


def test_a_month_of_few_deals_stays_too_early_while_it_runs():
    few = {"deals_created": 5, "won_value": 100_000}
    lines = card(MIDDLE, few, deals_created=1, won_value=20_000, deals_won=1)
    assert said(MIDDLE, lines).key == "too_early"
    assert said(LAST, card(LAST, few, deals_created=1, won_value=20_000, deals_won=1)).key == "too_few"


def test_one_well_supported_line_ends_too_early():
    lines = card(MIDDLE, deals_created=26, deals_won=13, won_value=260_000)
    assert said(MIDDLE, lines) == Sentence("on_pace", (("metric", "won_value"), ("percent", Fraction(1))))


def test_ahead_names_what_improved_most():
    past = {"deals_won": 25, "deals_created": 50}
    lines = card(LAST, past=past, deals_created=90, deals_won=60, won_value=500_000)
    assert said(LAST, lines) == Sentence("ahead", (("metric", "deals_won"), ("percent", Fraction(60, 23))))


def test_ahead_names_no_line_that_fell_or_stayed():
    lines = card(
        LAST, past={"deals_won": 80, "deals_created": 90}, deals_created=90, deals_won=60, won_value=500_000
    )
    assert dict(said(LAST, lines).values)["metric"] == "won_value"


def test_a_little_below_is_on_pace():
    lines = card(LAST, deals_created=46, deals_won=23, won_value=414_000)
    assert said(LAST, lines) == Sentence("on_pace", (("metric", "won_value"), ("percent", Fraction(9, 10))))


def test_behind_names_the_steps_that_stand_out_those_a_rep_steers_first():
    lines = card(LAST, deals_created=10, deals_won=8, won_value=160_000)
    assert said(LAST, lines) == Sentence(
        "behind_clear",
        (
            ("metric", "deals_created"), ("actual", Fraction(10)), ("expected", Fraction(46)), ("n", 10),
            ("second_metric", "won_value"), ("second_actual", euro(160_000)),
            ("second_expected", euro(460_000)), ("second_n", 8),
        ),
    )  # fmt: skip


def test_a_card_with_attainment_alone_names_it():
    only = {"attainment": 460_000}
    assert said(LAST, card(LAST, only, deals_won=8, won_value=160_000)).values[0] == ("metric", "attainment")


def test_behind_with_nothing_clear_says_the_money():
    lines = card(LAST, deals_created=46, deals_won=20, won_value=360_000)
    assert said(LAST, lines) == Sentence(
        "behind_unclear", (("metric", "won_value"), ("behind", euro(100_000)))
    )


def test_a_card_without_a_money_target_goes_by_another_line():
    only = {"deals_won": 23}
    assert said(LAST, card(LAST, only, deals_won=23)).values[0] == ("metric", "deals_won")
    behind = said(LAST, card(LAST, {"deals_created": 46}, deals_created=36))
    assert behind == Sentence("behind_unclear", (("metric", "deals_created"), ("behind", Fraction(10))))


def test_without_targets_it_says_what_was_won():
    lines = card(EARLY, {}, deals_won=4, won_value=80_000)
    assert said(EARLY, lines) == Sentence(
        "no_targets", (("won_value", euro(80_000)), ("deals_won", Fraction(4)))
    )


def test_whoever_is_away_all_along_is_asked_for_nothing_whatever_their_rates():
    lines = card(MIDDLE, {"win_rate": "0.5"}, deals_won=1, deals_closed=2)
    away = [each if each.target is not None else replace(each, reason="no_days") for each in lines]
    assert said(MIDDLE, away) == Sentence("no_days")
    assert said(MIDDLE, lines).key != "no_days"


def test_targets_on_rates_of_few_deals_alone_stay_too_early():
    lines = card(LAST, {"win_rate": "0.5"}, deals_won=1, deals_closed=2)
    assert said(LAST, lines).key == "too_early"


def test_a_month_that_has_not_begun_is_too_early():
    at = date(2026, 6, 30)
    assert said(at, card(at, open_value=5, open_deals=1)) == Sentence("too_early", (("day", 0), ("days", 23)))


def test_an_empty_card_has_no_data():
    assert headline([], 23, 10, MIDDLE, JULY) == Sentence("no_data")


COUNT = st.integers(0, 80)


@given(st.dates(date(2026, 6, 28), date(2026, 8, 2)), COUNT, COUNT, COUNT, st.integers(0, 10**6))
def test_every_card_has_one_sentence_of_raw_values(at: date, created: int, won: int, lost: int, value: int):
    lines = card(at, deals_created=created, deals_won=won, deals_closed=won + lost, won_value=value)
    sentence = said(at, lines)
    assert sentence.key in {
        "no_data",
        "too_early",
        "too_few",
        "ahead",
        "ahead_unclear",
        "on_pace",
        "behind_clear",
        "behind_unclear",
    }
    assert all(isinstance(value, int | str | Fraction | Money) for _, value in sentence.values)
    assert sum(key.endswith("metric") for key, _ in sentence.values) <= 2


@given(COUNT, st.integers(0, 10**6))
def test_no_card_at_or_above_quota_is_called_behind(created: int, more: int):
    lines = card(LAST, deals_created=created, deals_won=23, won_value=460_000 + more)
    assert said(LAST, lines).key in {"ahead", "on_pace", "ahead_unclear"}


def test_what_is_not_clear_is_not_praised():
    lines = card(LAST, deals_created=46, deals_won=23, won_value=575_000)
    assert {line.evidence for line in lines} == {None, Evidence.TOO_EARLY}
    assert said(LAST, lines) == Sentence(
        "ahead_unclear", (("metric", "won_value"), ("percent", Fraction(5, 4)))
    )


def test_three_deals_over_target_are_too_few_to_speak_of():
    few = {"deals_won": 2, "won_value": 40_000}
    lines = card(LAST, few, deals_won=3, won_value=90_000)
    assert said(LAST, lines) == Sentence("too_few", (("metric", "won_value"), ("n", 3)))


def test_targets_over_a_part_of_the_period_are_not_called_missing():
    lines = [replace(line, reason="partly_set") for line in card(LAST, {}, deals_won=3, won_value=90_000)]
    assert said(LAST, lines).key == "partly_set"
