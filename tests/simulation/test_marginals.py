"""What the parameters promise comes out, over many seeds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from upswing.core.period import Period, PeriodKind
from upswing.simulation import SCENARIOS, simulate
from upswing.simulation.arrays import NEVER
from upswing.simulation.attempts import ANSWERED_AS, HAPPENED
from upswing.simulation.calls import slots
from upswing.simulation.cast import SDR
from upswing.simulation.coaching import coached_deals
from upswing.simulation.handovers import owner_on, successors
from upswing.simulation.play import Play, play
from upswing.simulation.quotas import asked
from upswing.simulation.reps import rep
from upswing.simulation.scenario import SOURCES
from upswing.simulation.setting import setting

SEEDS, REPS = range(20), 2
OUTCOMES = {
    "no_answer": 0.55, "voicemail": 0.25, "gatekeeper": 0.04, "bad_number": 0.04, "wrong_person": 0.03,
    "conversation": 0.09,
}  # fmt: skip


@cache
def plays() -> tuple[Play, ...]:
    """Full-cycle reps of twenty healthy organisations, over five warm-up months and eight more."""
    scenario = replace(SCENARIOS["healthy"], turnover=0)
    worlds = [setting(seed, scenario, 8, date(2024, 1, 1), None, REPS, None, None) for seed in SEEDS]
    return tuple(play(world, rep(world, number)) for world in worlds for number in range(REPS))


@cache
def calls() -> dict[str, np.ndarray]:
    parts = [one.parts[0] for one in plays()]
    found = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("outcome", "seconds", "lead")
    }
    world = setting(0, SCENARIOS["healthy"], 8, date(2024, 1, 1), None, REPS, None, None)
    contacts = [(one, one.parts[0].contact.astype(np.int64), one.parts[0].at) for one in plays()]
    found["hour"] = np.concatenate([one.patch.hour(world, contact, at) for one, contact, at in contacts])
    found["weekday"] = np.concatenate(
        [one.patch.weekday(world, contact, at) for one, contact, at in contacts]
    )
    found["answered"] = np.isin(found["outcome"], ANSWERED_AS)
    found["outbound"] = found["lead"] >= 200_000
    return found


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_calls_end_as_often_as_designed(outcome: str) -> None:
    told = calls()["outcome"]
    share = float((told == HAPPENED.index(outcome)).mean())
    assert share == pytest.approx(OUTCOMES[outcome], rel=0.10)


def test_about_eleven_calls_lead_to_a_conversation() -> None:
    share = float((calls()["outcome"] == HAPPENED.index("conversation")).mean())
    assert 10 < 1 / share < 12.5


@pytest.mark.parametrize("hour", range(8, 17))
def test_answers_by_hour_on_the_buyers_clock_are_as_designed(hour: int) -> None:
    chosen = (calls()["hour"] == hour) & calls()["outbound"]
    expected = SCENARIOS["healthy"].answer_by_hour[hour]
    share = float(calls()["answered"][chosen].mean())
    noise = 3 * (expected / chosen.sum()) ** 0.5
    assert abs(share - expected) < 0.10 * expected + noise


@pytest.mark.parametrize("weekday", range(5))
def test_answers_by_weekday_are_as_designed(weekday: int) -> None:
    outbound = calls()["outbound"]
    ratio = (
        calls()["answered"][outbound & (calls()["weekday"] == weekday)].mean()
        / calls()["answered"][outbound].mean()
    )
    assert float(ratio) == pytest.approx(SCENARIOS["healthy"].answer_by_weekday[weekday], rel=0.10)


def test_conversations_last_three_and_a_half_minutes_and_never_less_than_one() -> None:
    lasted = calls()["seconds"][calls()["outcome"] == HAPPENED.index("conversation")]
    assert float(np.median(lasted)) == pytest.approx(210, rel=0.10)
    assert lasted.min() >= 60


def test_a_full_rep_makes_about_thirty_four_calls_a_working_day() -> None:
    scenario = replace(SCENARIOS["healthy"], turnover=0, between=0, season=(1,) * 12)
    world = setting(1, scenario, 8, date(2024, 1, 1), None, 1, None, None)
    found = plays()[0]
    day = slots(world, replace(rep(world, 0)), found.work).day
    daily = np.bincount(day - world.first)[found.work.worked(world.end) - world.first]
    assert daily.mean() == pytest.approx(35, rel=0.05)
    assert daily.var() == pytest.approx(35 + 35**2 / 20, rel=0.3)


def test_meetings_are_held_and_liked_as_designed() -> None:
    outcomes = Counter(HAPPENED[code] for one in plays() for code in one.meetings.outcome.tolist())
    held = outcomes["held"] + outcomes["positive"]
    assert held / sum(outcomes.values()) == pytest.approx(0.76, rel=0.10)
    assert outcomes["positive"] / held == pytest.approx(0.60, rel=0.10)


def test_seven_of_a_hundred_talks_on_outbound_calls_book_a_meeting() -> None:
    booked = talked = 0
    for one in plays():
        cold = (one.talks.channel == 0) & (one.talks.series > 0)
        talked += int(cold.sum())
        booked += int(cold[one.meetings.talk].sum())
    assert booked / talked == pytest.approx(0.07, rel=0.10)


def test_inbound_leads_come_from_the_sources_in_their_shares() -> None:
    told = np.concatenate([one.leads.source for one in plays()])
    warm = told[told < len(SOURCES)]
    shares = np.bincount(warm, minlength=len(SOURCES)) / len(warm)
    for share, expected in zip(shares.tolist(), SCENARIOS["healthy"].sources, strict=True):
        assert abs(share - expected) <= 0.10 * expected + 3 * (expected / len(warm)) ** 0.5


def test_ten_of_a_hundred_inbound_leads_are_never_tried() -> None:
    warm = np.concatenate([one.leads.first[one.leads.source < len(SOURCES)] for one in plays()])
    assert float((warm >= NEVER).mean()) == pytest.approx(0.10, abs=0.025)


@cache
def fates() -> dict[str, np.ndarray]:
    """The deals of reps with many inbound leads."""
    busy = replace(SCENARIOS["healthy"], inbound=8, pods=False, turnover=0, warm_up=1)
    truths = [simulate(seed, busy, months=12, reps=3).truth.arrays for seed in SEEDS]
    return {
        key: np.concatenate([truth[key] for truth in truths]) for key in truths[0] if key.startswith("deal_")
    }


def test_one_deal_in_five_is_won() -> None:
    assert float(fates()["deal_won"].mean()) == pytest.approx(0.20, abs=0.01)


def test_days_to_win_have_the_designed_median_and_tail() -> None:
    won = fates()["deal_won"] & ~fates()["deal_entered_closed"]
    days = (fates()["deal_ended"] - fates()["deal_created"])[won]
    assert float(np.median(days)) == pytest.approx(52, rel=0.06)
    assert float(np.quantile(days, 0.9)) == pytest.approx(95, rel=0.08)
    assert float(np.quantile(days, 0.99)) == pytest.approx(230, rel=0.25)


def test_three_of_a_hundred_deals_are_entered_when_they_are_closed() -> None:
    assert float(fates()["deal_entered_closed"].mean()) == pytest.approx(0.03, abs=0.005)


def test_as_many_rep_years_reach_their_quota_as_promised() -> None:
    for scenario, low, high in (("healthy", 0.70, 0.80), ("industry", 0.25, 0.35)):
        reached = [hit for seed in SEEDS for hit in attained(seed, scenario)]
        assert low < sum(reached) / len(reached) < high, scenario


YEAR = tuple(
    Period(PeriodKind.QUARTER, date(2024, month, 1), date(2024 + month // 10, (month + 2) % 12 + 1, 1))
    for month in (1, 4, 7, 10)
)


@cache
def organisation(seed: int) -> tuple[Play, ...]:
    """A year of healthy; industry differs in what is asked only."""
    world = setting(seed, SCENARIOS["healthy"], 12, date(2024, 1, 1), None, None, None, None)
    return tuple(play(world, rep(world, number)) for number in range(world.reps))


def attained(seed: int, scenario: str) -> list[bool]:
    """Whether each rep who is there all the year won as much as was asked."""
    world = setting(seed, SCENARIOS[scenario], 12, date(2024, 1, 1), None, None, None, None)
    reps = [one.rep for one in organisation(seed)]
    heirs, won = successors(reps), Counter[int]()
    for found in coached_deals(world, organisation(seed), heirs).deals.values():
        there = found.life.won & (found.life.closed >= world.start) & (found.life.closed < world.end)
        owners = owner_on(found.opened.owner, heirs, found.life.closed)
        for owner, cents in zip(owners[there].tolist(), found.worth.amounts[there, 3].tolist(), strict=True):
            won[owner] += cents
    whole = [
        one
        for one in reps
        if one.at(world.start).role != SDR and one.starts <= world.start and one.ends >= world.end
    ]
    return [
        won[one.number] >= 100 * sum(asked(world, one, quarter)["won_value"] for quarter in YEAR)
        for one in whole
    ]
