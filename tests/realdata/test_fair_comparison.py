"""Fair comparison on the public data: nobody is named where luck explains the differences, and habit knows the pace."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import mean

import pytest

from tests.realdata.conftest import PLACE
from upswing.core.calendar import Calendar
from upswing.core.habits import Past, habit_of
from upswing.core.pace import expected_by
from upswing.core.period import Period, month_of, parse_period
from upswing.core.posteriors import Rate, draws
from upswing.core.ranks import Group, Standing, rank_groups
from upswing.core.targets import Target

pytestmark = pytest.mark.realdata

QUARTERS = [
    parse_period(f"{year}-Q{n}", date(2020, 1, 1)) for year in (2017, 2018, 2019, 2020) for n in (1, 2, 3, 4)
]


def rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.exists():
        pytest.skip(f"the public data set is not here: {path.parent.name}")
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as opened:
        yield from csv.DictReader(opened)


def ranked(outcomes: Iterable[tuple[str, bool]]) -> tuple[Group, ...]:
    """Everybody's rank group from who each record belongs to and whether it was a hit."""
    hits, trials = Counter[str](), Counter[str]()
    for rep, hit in outcomes:
        trials[rep] += 1
        hits[rep] += hit
    reps, pooled = sorted(trials), hits.total() / trials.total()
    drawn = draws([Rate(hits[rep], trials[rep]) for rep in reps], seed=1)
    return rank_groups(reps, drawn, [trials[rep] * pooled for rep in reps])


def test_thirty_win_rates_from_55_to_70_percent_cannot_be_told_apart(maven: Path):
    deals = [row for row in rows(maven / "sales_pipeline.csv") if row["deal_stage"] in ("Won", "Lost")]
    found = ranked((row["sales_agent"], row["deal_stage"] == "Won") for row in deals)
    assert Counter(each.group for each in found) == {Standing.TOGETHER: 30}
    assert mean(each.high_place - each.low_place for each in found) > 22


def test_ten_conversion_rates_of_leads_cannot_be_told_apart():
    leads = rows(PLACE / "leadforge-b2b" / "leads.csv.gz")
    found = ranked((row["owner_rep_id"], row["converted_within_90_days"] == "True") for row in leads)
    assert {each.group for each in found} == {Standing.TOGETHER}
    assert len(found) == 10


@pytest.fixture(scope="module")
def ordered() -> dict[date, int]:
    """What was ordered each day, in cents."""
    cents: dict[date, int] = defaultdict(int)
    for row in rows(PLACE / "adventureworks" / "orders.csv.gz"):
        cents[date.fromisoformat(row["order_date"])] += round(100 * float(row["sales_amount"]))
    return cents


def test_after_one_month_of_a_quarter_habit_halves_the_error_of_a_straight_line(ordered: dict[date, int]):
    def quarter(period: Period) -> Past:
        days = (period.start + timedelta(n) for n in range(period.days))
        return Past(period, tuple((day, ordered.get(day, 0)) for day in days))

    def error(period: Period, past: tuple[Past, ...]) -> float:
        month = month_of(period.start)
        habit = habit_of(past, Calendar())
        due = expected_by(Target(Fraction(1)), period, month.last, Calendar(), habit).share
        actual = quarter(period)
        return abs(
            sum(cents for day, cents in actual.came if day <= month.last) / float(due) / actual.total - 1
        )

    known = QUARTERS[2:13]
    straight = mean(error(known[place], ()) for place in range(4, 11))
    blended = mean(error(known[place], tuple(map(quarter, known[:place]))) for place in range(4, 11))
    assert 0.2 < straight < 0.3
    assert blended < 0.55 * straight
