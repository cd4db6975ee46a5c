"""Where nothing is planted, tests for it find nothing: their p-values are uniform over seeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from scipy.stats import chi2_contingency, kstest

from upswing.simulation import SCENARIOS
from upswing.simulation.attempts import ANSWERED_AS
from upswing.simulation.coaching import coached_deals
from upswing.simulation.play import play
from upswing.simulation.reps import rep
from upswing.simulation.setting import setting

SEEDS, REPS, MONTHS = range(200), 3, 5
BUSY = replace(SCENARIOS["null"], inbound=8, warm_up=0)
"""More leads than usual, so that there are deals to count."""


def p_values() -> tuple[list[float], list[float]]:
    """For each seed of rep × win, and of hour × answer on the buyer's clock."""
    wins, answers = [], []
    for seed in SEEDS:
        world = setting(seed, BUSY, MONTHS, date(2024, 1, 1), None, REPS, None, None)
        plays = [play(world, rep(world, number)) for number in range(REPS)]
        won = [found.life.won for found in coached_deals(world, plays, {}).deals.values()]
        wins.append(_p([(mine.sum(), (~mine).sum()) for mine in won]))
        hours = np.concatenate(
            [one.patch.hour(world, one.parts[0].contact.astype(np.int64), one.parts[0].at) for one in plays]
        )
        answered = np.concatenate([np.isin(one.parts[0].outcome, ANSWERED_AS) for one in plays])
        hours = np.clip(hours, 8, 16)
        told = [answered[hours == hour] for hour in range(8, 17)]
        answers.append(_p([(mine.sum(), (~mine).sum()) for mine in told]))
    return wins, answers


def _p(table: list[tuple[int, int]]) -> float:
    return float(chi2_contingency(np.array(table), correction=False).pvalue)


def test_no_rep_wins_more_than_another_and_no_hour_is_better() -> None:
    wins, answers = p_values()
    assert kstest(wins, "uniform").pvalue > 0.01
    assert kstest(answers, "uniform").pvalue > 0.01
