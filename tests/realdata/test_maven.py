"""A real export from end to end: imported twice, then every rep and quarter against plain Python over the files."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests import world
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.rebuild import check
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.bands import Band
from upswing.core.benchmarks import BenchmarkKind
from upswing.core.money import Money
from upswing.core.period import parse_period
from upswing.core.scorecard import Scorecard
from upswing.queries.team import Board, team

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]

EXAMPLES = Path(__file__).parents[2] / "docs" / "guide" / "examples"
QUARTERS = {
    f"2017-Q{n}": last
    for n, last in enumerate(("2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31"), start=1)
}


def bring(folder: Path) -> Imported:
    mapping = read_mapping(EXAMPLES / "maven.toml")
    about = About(
        mapping.source, mapping.name, mapping.currency, mapping.organisation, mapping.read_on, "maven.toml"
    )
    return import_batch(world.operator(), Files(folder, mapping), about, world.NOW)


def boards() -> dict[str, Board]:
    viewer = world.operator()
    return {
        slug: team(viewer, parse_period(slug, world.TODAY), date.fromisoformat(last))
        for slug, last in QUARTERS.items()
    }


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def by_hand(folder: Path, agent: str, slug: str, last: str) -> dict[str, object]:
    """The five numbers of one agent and quarter, from the CSV alone."""
    prices = {row["product"]: int(row["sales_price"]) for row in rows(folder, "products.csv")} | {
        "GTXPro": 4821
    }
    mine = [row for row in rows(folder, "sales_pipeline.csv") if row["sales_agent"] == agent]
    month = {"Q1": "01", "Q2": "04", "Q3": "07", "Q4": "10"}[slug[-2:]]
    first = f"2017-{month}-01"
    closed = [row for row in mine if row["close_date"] and first <= row["close_date"] <= last]
    won = [row for row in closed if row["deal_stage"] == "Won"]
    undated = last == "2017-12-31"  # seen open when the file was made
    standing = [
        row
        for row in mine
        if (not row["close_date"] or row["close_date"] > last)
        and (row["engage_date"] <= last if row["engage_date"] else undated)
    ]
    return {
        "deals_won": Fraction(len(won)),
        "won_value": Money(sum(int(float(row["close_value"])) for row in won) * 100, "USD"),
        "win_rate": Fraction(len(won), len(closed)) if closed else None,
        "open_value": Money(sum(prices[row["product"]] for row in standing) * 100, "USD"),
        "deals_created": Fraction(
            sum(first <= row["engage_date"] <= last for row in mine if row["engage_date"])
        ),
    }


def numbers(card: Scorecard) -> dict[str, object]:
    return {line.metric.key: line.actual for line in card.lines}


def test_the_second_import_changes_nothing_and_the_dirt_is_said_both_times(maven: Path):
    first, second = bring(maven), bring(maven)
    assert (first.created, first.refused) == (35 + 85 + 7 + 8800 + 420, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, first.created)
    dirt = {
        "product_by_alias": 1480, "open_without_account": 1425, "lost_without_value": 2473,
        "no_creation_day": 500, "rep_without_deals": 5,
    }  # fmt: skip
    assert Counter(p.code for p in first.problems) == Counter(p.code for p in second.problems) == dirt


def test_every_agent_and_quarter_equals_the_file_to_the_cent(maven: Path):
    bring(maven)
    for slug, board in boards().items():
        assert len(board.cards) == 35
        for card in board.cards:
            expected = by_hand(maven, card.rep, slug, QUARTERS[slug])
            assert {key: numbers(card)[key] for key in expected} == expected, (slug, card.rep)
    assert check(world.operator()) == []


def test_nobody_s_win_rate_is_called_outstanding_or_in_need_of_support(maven: Path):
    bring(maven)
    lines = [line for board in boards().values() for card in board.cards for line in card.lines]
    assert {line.band for line in lines if line.metric.key == "win_rate"} <= {None, Band.ON_TRACK}


def test_five_agents_without_a_deal_are_on_the_board_unjudged(maven: Path):
    bring(maven)
    board = boards()["2017-Q3"]
    assert board.quiet == (
        "Carl Lin",
        "Carol Thompson",
        "Elizabeth Anderson",
        "Mei-Mei Johns",
        "Natalya Ivanova",
    )
    quiet = [card for card in board.cards if card.rep in board.quiet]
    assert all(line.band is None for card in quiet for line in card.lines)


def test_everybody_else_has_own_past_team_and_target_for_won_value(maven: Path):
    bring(maven)
    for slug in ("2017-Q2", "2017-Q3", "2017-Q4"):
        board = boards()[slug]
        for card in board.cards:
            line = next(line for line in card.lines if line.metric.key == "won_value")
            if card.rep in board.quiet:
                continue
            assert line.target is not None
            found = {benchmark.kind: benchmark.value for benchmark in line.benchmarks}
            assert found[BenchmarkKind.TEAM] is not None
            assert (
                found[BenchmarkKind.OWN_PAST] is not None or slug == "2017-Q2" or card.rep == "Elease Gluck"
            ), (slug, card.rep)


def test_without_the_alias_the_product_that_joins_to_nothing_is_told_with_the_nearest_name(
    maven: Path, tmp_path: Path
):
    text = (EXAMPLES / "maven.toml").read_text().replace('"GTXPro" = "GTX Pro"', "")
    (tmp_path / "maven.toml").write_text(text)
    (tmp_path / "maven-quotas.csv").write_text((EXAMPLES / "maven-quotas.csv").read_text())
    mapping = read_mapping(tmp_path / "maven.toml")
    about = About(
        mapping.source, mapping.name, mapping.currency, mapping.organisation, mapping.read_on, "maven.toml"
    )
    done = import_batch(world.operator(), Files(maven, mapping), about, world.NOW)
    unknown = [problem for problem in done.problems if problem.code == "unknown_product"]
    assert len(unknown) == 1480
    assert "no product is called “GTXPro”. Did you mean “GTX Pro”?" in unknown[0].sentence
