"""The published forecast: from what was known alone, better than weights of stages, with a range that was earned."""

from __future__ import annotations

import pickle
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.forecast.company import STAGES, company, scrambled, until
from upswing.core.forecast.backtest import PUBLISHED, Backtest, backtest
from upswing.core.forecast.learned import Learner, Rules, lasting
from upswing.core.forecast.lives import Life
from upswing.core.forecast.outlook import Outlook, outlook
from upswing.core.forecast.publishing import COMBINED, METHODS, Forecaster
from upswing.core.forecast.references import REFERENCES, Ahead
from upswing.core.forecast.replay import NEVER, replay
from upswing.core.forecast.stall import Rule
from upswing.core.period import Period, month_of
from upswing.core.pipelines import Policy
from upswing.core.records import Outcome

AT = date(2025, 9, 30)
LIVES = company(7)
MONTHS = [month_of(date(2025, number, 1)) for number in range(3, 12)]


def forecaster(lives: list[Life], rules: Rules | None = None) -> Forecaster:
    return Forecaster(Learner(replay(lives, STAGES), rules or Rules()))


def looked(found: Forecaster, at: date, period: Period) -> Outlook:
    return outlook(found, at.toordinal(), period.start.toordinal(), period.last.toordinal())


@pytest.fixture(scope="module")
def whole() -> Forecaster:
    return forecaster(LIVES)


@pytest.fixture(scope="module")
def replayed(whole: Forecaster) -> Backtest:
    return backtest(whole, MONTHS)


def test_another_future_changes_nothing(whole: Forecaster) -> None:
    """Not a byte of what is forecast, of its range, of any method, limit or chance."""
    period = month_of(date(2025, 10, 1))
    told = [
        looked(found, AT, period)
        for found in (whole, forecaster(scrambled(LIVES, AT)), forecaster(until(LIVES, AT)))
    ]
    first, *others = (
        pickle.dumps(
            (
                each.published, each.chance.tobytes(), each.stalled.tobytes(), each.limit.tobytes(),
                each.weight.tobytes(), each.fresh, each.won,
            )
        )
        for each in told
    )  # fmt: skip
    assert others == [first, first]


def test_the_parts_make_the_published_value(whole: Forecaster) -> None:
    found = looked(whole, AT, month_of(date(2025, 10, 1)))
    assert found.published
    parts = float(found.standing.amount @ found.chance) + found.fresh + found.unexplained
    assert parts == pytest.approx(found.published.value, rel=1e-9)
    assert 0 <= found.staged_without_stalled <= found.staged <= int(found.standing.amount.sum())


def test_inside_a_period_what_is_won_counts_beside_what_is_to_come(whole: Forecaster) -> None:
    period, day = month_of(date(2025, 10, 1)), date(2025, 10, 20)
    found = looked(whole, day, period)
    assert found.won == sum(life.won for life in LIVES if life.closed and period.start <= life.closed <= day)
    assert found.published is not None
    assert found.published.value < looked(whole, AT, period).published.value  # type: ignore[union-attr]
    over = looked(whole, period.last, period)
    assert over.published is None
    assert over.won == sum(life.won for life in LIVES if life.closed and period.contains(life.closed))


def test_a_later_period_is_asked_without_the_days_before_it(whole: Forecaster) -> None:
    november = month_of(date(2025, 11, 1))
    found = looked(whole, AT, november)
    both = whole.published(AT.toordinal(), Ahead(0, 61)).said["by_stage"]
    first = whole.published(AT.toordinal(), Ahead(0, 31)).said["by_stage"]
    assert found.won == 0
    assert found.published is not None
    assert first + found.published.said["by_stage"] == pytest.approx(both, rel=0.25)


def test_learned_chances_beat_the_weights_of_stages(replayed: Backtest) -> None:
    assert replayed.learned_loss is not None
    assert replayed.fixed_loss is not None
    assert replayed.learned_loss < replayed.fixed_loss / 2
    learned, fixed = (replayed.scores[key].wape for key in ("by_stage", "stage_weighted"))
    assert learned is not None
    assert fixed is not None
    assert learned < 0.4 < 1 < fixed


def test_every_method_is_scored_on_every_month(replayed: Backtest) -> None:
    assert set(replayed.scores) == {PUBLISHED, *METHODS}
    assert {found.n for key, found in replayed.scores.items() if key != "last_year"} == {len(MONTHS)}
    wapes = {key: found.wape for key, found in replayed.scores.items() if key != PUBLISHED}
    assert wapes[replayed.chosen] == min(
        wape for key, wape in wapes.items() if wape is not None and replayed.scores[key].n == len(MONTHS)
    )


def test_calibration_counts_every_open_deal_once(replayed: Backtest, whole: Forecaster) -> None:
    opens = [len(whole.learner.standing(month.start.toordinal() - 1)) for month in MONTHS]
    assert sum(each.n for each in replayed.stages) == sum(opens) == sum(each.n for each in replayed.bins)
    assert [each.stage for each in replayed.stages] == list(STAGES)
    for each in replayed.stages:
        assert 0.5 * each.won < each.expected < 2 * each.won


def test_the_range_is_not_verified_before_eight_windows_were_scored(whole: Forecaster) -> None:
    early, late = (whole.published(day.toordinal(), Ahead(0, 30)).range for day in (date(2024, 6, 1), AT))
    assert not early.verified
    assert late.verified
    assert early.low < early.middle < early.high


def test_the_combination_stands_until_another_is_better_by_more_than_chance(whole: Forecaster) -> None:
    assert whole.published(AT.toordinal(), Ahead(0, 30)).chosen == COMBINED


def test_a_strict_rhythm_is_better_told_by_the_last_quarter() -> None:
    """Everything is won in the third month of a quarter, exactly alike: no learning beats that."""
    lives, number = [], 0
    for month in range(1, 33):
        for _ in range(9 if month % 3 == 0 else 1):
            entered = date(2022 + (month - 1) // 12, (month - 1) % 12 + 1, 3)
            closed = entered.replace(day=20)
            lives.append(
                Life(number, entered, ((entered, 100),), ((entered, "need"),), closed=closed,
                     outcome=Outcome.WON, won=100)
            )  # fmt: skip
            number += 1
    at = date(2024, 8, 31).toordinal()
    assert forecaster(lives).published(at, Ahead(0, 30)).chosen == "last_quarter"


def test_nothing_known_forecasts_nothing() -> None:
    empty = forecaster([]).published(AT.toordinal(), Ahead(0, 30))
    assert (empty.value, empty.windows, empty.range.verified) == (0.0, (), False)


def test_weights_and_limits_that_were_decided_hold() -> None:
    rules = Rules({"need": 0.1}, {"offer": 9}, {"offer": Policy.DROP})
    found = forecaster(LIVES, rules)
    now = AT.toordinal()
    assert found.learner.weights(now)["need"] == 0.1
    assert found.learner.limits(now)["offer"].rule is Rule.SET
    standing, stalled = found.learner.standing(now), found.learner.stalled(now)
    offer = standing.stage == STAGES.index("offer")
    assert np.array_equal(stalled[offer], (standing.stage_age > 9)[offer])
    assert not found.stage_weights(now, Ahead(0, 30))[offer & stalled].any()


def test_a_deal_that_rests_is_not_stalled_until_its_day() -> None:
    calm = date(2025, 1, 10)
    entered, said, until_ = date(2024, 6, 1), date(2025, 1, 5), date(2025, 1, 20)
    resting = Life(1, entered, ((entered, 5),), ((entered, "need"),), waits=((said, until_),))
    found = forecaster([resting], Rules(limits={"need": 30})).learner
    days = (date(2025, 1, 4), calm, until_, date(2025, 1, 21))
    assert [bool(found.stalled(day.toordinal())[0]) for day in days] == [True, False, False, True]


def by_hand(stays: list[tuple[int, int, int | None]], at: int) -> list[float]:
    """The share won within 30 days, of those still there after so many days; days near each other together."""
    last = [min(until_ - since, at - 30 - since) for since, until_, _ in stays]
    longest = max(last, default=-1)
    there = [[place for place, days in enumerate(last) if days >= age] for age in range(longest + 1)]
    won = [
        sum(1 for place in here if (day := stays[place][2]) is not None and day <= stays[place][0] + age + 30)
        for age, here in enumerate(there)
    ]
    ages = range(longest + 1)
    return [
        sum(won[max(0, age - 5) : age + 6])
        / max(1, sum(len(here) for here in there[max(0, age - 5) : age + 6]))
        for age in ages
    ]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40), st.none() | st.integers(0, 50)), max_size=12),
    st.integers(20, 160),
)
def test_the_chance_by_days_in_a_stage_is_that_counted_by_hand(
    drawn: list[tuple[int, int, int | None]], at: int
) -> None:
    stays = [
        (
            since,
            min(at, since + days),
            None if more is None or since + days + more > at else since + days + more,
        )
        for since, days, more in drawn
        if since <= at
    ]
    since, until_ = (np.array([each[part] for each in stays], np.int64) for part in (0, 1))
    won = np.array([NEVER if each[2] is None else each[2] for each in stays], np.int64)
    assert lasting(since, until_, won, at, least=1).tolist() == pytest.approx(by_hand(stays, at))


@pytest.mark.parametrize("key", REFERENCES)
def test_references_know_nothing_before_the_first_decision(key: str) -> None:
    assert REFERENCES[key](replay(LIVES, STAGES), date(2024, 1, 2).toordinal(), Ahead(0, 30)) is None


def test_references_by_hand() -> None:
    days = {date(2025, 1, 31): 1, date(2025, 4, 30): 2, date(2025, 7, 15): 4, date(2025, 9, 30): 8}
    lives = [
        Life(number, day, ((day, 1),), closed=day, outcome=Outcome.WON, won=worth)
        for number, (day, worth) in enumerate(days.items())
    ]
    book, at, month = replay(lives), AT.toordinal(), Ahead(0, 31)
    assert REFERENCES["last_quarter"](book, at, month) == 4
    assert REFERENCES["last_quarter"](book, at, Ahead(92, 123)) is None  # a quarter before lies ahead still
    assert REFERENCES["run_rate"](book, at, month) == 8
    assert REFERENCES["short_mean"](book, at, month) == pytest.approx((8 + 0 + 4) / 3)
    assert REFERENCES["long_mean"](book, at, month) == pytest.approx(14 / 7, abs=0.3)
    assert REFERENCES["last_year"](book, at, month) is None
    assert REFERENCES["last_year"](book, date(2026, 8, 31).toordinal(), Ahead(0, 30)) == 8
