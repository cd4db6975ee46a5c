"""A line on which most of the group is short says something about the target: it prompts nobody."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests import world
from tests.world import deal, operator, person
from upswing.core.bands import Band
from upswing.core.period import parse_period
from upswing.core.records import Origin, PersonRecord, QuotaRecord
from upswing.core.scorecard import Line, Scorecard
from upswing.queries.scorecard import scorecard
from upswing.queries.team import team

pytestmark = pytest.mark.django_db

AT = date(2026, 9, 30)
SEPTEMBER = parse_period("2026-09", AT)
NAMES = ("ann", "bo", "cy", "dee", "eve", "flo", "gus")


def settle(short: int) -> None:
    """Everybody was asked to create 40 deals; the first so many created 5, the others all 40."""
    people = [PersonRecord(name, Origin("people.csv", 2), team="North") for name in NAMES]
    quotas = [
        QuotaRecord(name, "2026-09", "deals_created", Fraction(40), Origin("q.csv", 2)) for name in NAMES
    ]
    deals = [
        deal(f"{name} {n}", name, "2026-09-10")
        for place, name in enumerate(NAMES)
        for n in range(5 if place < short else 40)
    ]
    world.bring(*people, *quotas, *deals)


def created(card: Scorecard) -> Line:
    return next(line for line in card.lines if line.metric.key == "deals_created")


def ann() -> Scorecard:
    return scorecard(operator(), person("ann").uid, SEPTEMBER, AT)


@pytest.mark.parametrize(("short", "common"), [(1, False), (3, False), (4, True), (7, True)])
def test_more_than_half_are_most(short: int, common: bool):
    settle(short)
    line = created(ann())
    assert (line.band, line.short) == (Band.NEEDS_SUPPORT, True)
    assert (line.common, line.prompts) == (common, not common)


def test_the_headline_speaks_of_the_target_then():
    settle(5)
    assert ann().headline.key in ("most_below", "no_targets")
    assert dict(ann().headline.values).get("metric") == "deals_created"


def test_the_board_says_the_same_as_the_card():
    settle(4)
    board = {card.rep: created(card) for card in team(operator(), SEPTEMBER, AT).cards}
    assert [board[name].common for name in NAMES] == [True] * 4 + [False] * 3


def test_a_team_of_five_is_too_small_to_speak_of_most():
    """The rep and four others: nothing is told about so few."""
    people = [PersonRecord(name, Origin("people.csv", 2), team="North") for name in NAMES[:5]]
    quotas = [
        QuotaRecord(name, "2026-09", "deals_created", Fraction(40), Origin("q.csv", 2)) for name in NAMES[:5]
    ]
    world.bring(
        *people, *quotas, *(deal(f"{name} {n}", name, "2026-09-10") for name in NAMES[:5] for n in range(5))
    )
    assert created(ann()).prompts
