"""How good forecasts are: on simulated organisations whose deals die silently, and on a real export."""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from upswing.core.forecast.backtest import PUBLISHED, Backtest, backtest
from upswing.core.forecast.learned import Learner
from upswing.core.forecast.lives import Life, life_of
from upswing.core.forecast.publishing import Forecaster
from upswing.core.forecast.replay import replay
from upswing.core.forecast.scoring import Window, score
from upswing.core.period import Period, month_of, quarter_of
from upswing.core.records import DealRecord, Outcome
from upswing.simulation import simulate

SCENARIOS, MONTHS = ("healthy", "stalled-pipeline"), 24
JUDGED = (date(2025, 1, 1), date(2026, 1, 1))
"""The second of two simulated years: the first is there to learn from."""


def simulated(seeds: int) -> dict[str, object]:
    """Errors of every method, coverage of the published range and log losses, over so many organisations."""
    found: dict[str, object] = {"seeds": seeds}
    for scenario in SCENARIOS:
        worlds = [_forecaster(list(_world(scenario, seed))) for seed in range(1, seeds + 1)]
        for name, kind in (("month", month_of), ("quarter", quarter_of)):
            periods = list(_periods(kind(JUDGED[0]), JUDGED[1]))
            found[f"{scenario} {name}"] = _told([backtest(each, periods) for each in worlds])
    return found


def maven(folder: Path) -> dict[str, object]:
    """July to December 2017 by month, each from what was known before its first day."""
    forecaster = _forecaster(list(_export(folder)))
    found = backtest(forecaster, list(_periods(month_of(date(2017, 7, 1)), date(2018, 1, 1))))
    errors = {key: round(scores.mape or 0, 4) for key, scores in found.scores.items()}
    last = date(2017, 12, 31).toordinal()
    stalled = forecaster.learner.stalled(last)
    return {"mape": errors, "chosen": found.chosen, "stalled": float(stalled.mean()), "open": len(stalled)}


def _forecaster(lives: Sequence[Life]) -> Forecaster:
    return Forecaster(Learner(replay(lives)))


def _world(scenario: str, seed: int) -> Iterator[Life]:
    deals = [
        each for each in simulate(seed, scenario, months=MONTHS).records() if isinstance(each, DealRecord)
    ]
    for number, deal in enumerate(deals):
        if life := life_of(number, deal, JUDGED[1]):
            yield life


def _export(folder: Path) -> Iterator[Life]:
    with (folder / "products.csv").open(encoding="utf-8") as file:
        prices = {row["product"]: int(row["sales_price"]) * 100 for row in csv.DictReader(file)}
    prices["GTXPro"] = prices["GTX Pro"]
    with (folder / "sales_pipeline.csv").open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if row["engage_date"]:
                yield _life(number, row, prices[row["product"]])


def _life(number: int, row: dict[str, str], price: int) -> Life:
    entered = date.fromisoformat(row["engage_date"])
    outcome = {"Won": Outcome.WON, "Lost": Outcome.LOST}.get(row["deal_stage"], Outcome.OPEN)
    closed = date.fromisoformat(row["close_date"]) if row["close_date"] else None
    won = int(row["close_value"]) * 100 if outcome is Outcome.WON else 0
    return Life(number, entered, ((entered, price),), closed=closed, outcome=outcome, won=won)


def _periods(first: Period, end: date) -> Iterator[Period]:
    while first.end <= end:
        yield first
        first = first.next()


def _told(found: Sequence[Backtest]) -> dict[str, object]:
    windows: dict[str, list[Window]] = defaultdict(list)
    for each in found:
        for period in each.periods:
            for method, said in period.said.items():
                windows[method].append(Window(said.middle, period.came, said.low, said.high))
    losses = [
        float(np.mean([getattr(each, name) for each in found])) for name in ("learned_loss", "fixed_loss")
    ]
    scores = {method: score(these) for method, these in windows.items()}
    return {
        "wape": {method: round(each.wape or 0, 4) for method, each in scores.items()},
        "coverage": scores[PUBLISHED].coverage, "windows": scores[PUBLISHED].n,
        "log_loss_learned": losses[0], "log_loss_fixed": losses[1],
    }  # fmt: skip


if __name__ == "__main__":
    answer = (
        maven(Path(sys.argv[2]))
        if sys.argv[1:2] == ["maven"]
        else simulated(int((sys.argv[1:] or ["40"])[0]))
    )
    print(json.dumps(answer))
