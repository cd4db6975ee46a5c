"""A real export without any stage history: what each way of forecasting would have said, and which deals stand still."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.realdata.test_maven import bring
from tests.world import operator
from upswing.core.forecast.backtest import PUBLISHED
from upswing.core.forecast.stall import Rule
from upswing.core.period import PeriodKind, quarter_of
from upswing.queries.backtesting import plain_backtest, replayed
from upswing.queries.forecast import forecast
from upswing.queries.outlooks import past
from upswing.queries.pipeline import Asked, State, pipeline

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]
LAST = date(2017, 12, 31)
OLDEST_EVER = 138
"""Days after which no deal of the export was ever closed."""


def test_the_published_total_is_off_by_less_than_a_fifth(maven: Path):
    bring(maven)
    found = replayed(operator(), date(2017, 7, 1), LAST, PeriodKind.MONTH, LAST)
    scores = found.found.scores
    assert scores[PUBLISHED].n == 6
    assert scores[PUBLISHED].mape is not None
    assert scores[PUBLISHED].mape < 0.15
    mape = {key: each.mape for key, each in scores.items()}
    assert mape["whole_pipeline"] == pytest.approx(2.68, abs=0.03)
    assert mape["short_mean"] == pytest.approx(0.215, abs=0.005)
    assert mape["by_age"] == pytest.approx(0.27, abs=0.02)
    assert mape["last_quarter"] == pytest.approx(0.067, abs=0.002)
    told = plain_backtest(found)
    assert told["chosen"] == "last_quarter"
    for method in told["methods"]:
        assert {"method", "mape", "bias", "coverage", "windows"} <= set(method)
    assert {each["method"] for each in told["methods"]} == set(scores)


def test_what_is_older_than_any_deal_ever_closed_is_stalled_and_the_forecast_shown_with_and_without(
    maven: Path,
):
    bring(maven)
    learner, now = past(LAST).forecaster.learner, LAST.toordinal()
    standing, stalled = learner.standing(now), learner.stalled(now)
    engaged = standing.age > 0
    assert (standing.age[engaged] > OLDEST_EVER).mean() == pytest.approx(0.81, abs=0.005)
    assert stalled[standing.age > OLDEST_EVER].all()
    assert learner.limits(now)[""].rule is Rule.HALF_CHANCE
    assert 110 < learner.limits(now)[""].days <= OLDEST_EVER
    at = date(2017, 12, 10)
    found = forecast(operator(), quarter_of(at), at)
    assert found.total.staged == found.staged_now > 2.5 * found.staged_less > 0
    assert found.total.stalled > found.total.due / 2
    tiles = pipeline(operator(), quarter_of(at), at, asked=Asked(state=State.STALLED))
    assert tiles.chosen.value == next(tile for tile in tiles.states if tile.key == "stalled").value
    assert found.total.won + found.said["combined"] == pytest.approx(found.total.likely, abs=1)
