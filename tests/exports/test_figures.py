"""The workbook of a real book beside the cards it was made of: every share, calculated by its formula, is theirs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests import world
from tests.exports.recalculated import opened, recalculated
from upswing.core.money import Money
from upswing.core.period import parse_period
from upswing.core.scorecard import Line
from upswing.exports.book import workbook
from upswing.exports.team import FIRST, FIXED
from upswing.queries.exported import exported_team

pytestmark = pytest.mark.django_db

HALF = Fraction(1, 2)
"""How far a figure rounded to a cent may be from the exact one, in cents."""


def quotas() -> list[object]:
    asked = {"won_value": 17_777, "deals_won": 3, "deals_created": 7, "win_rate": 1, "open_value": 0}
    return [
        world.quota(rep, "2026-Q4", value, metric) for rep in world.CAST for metric, value in asked.items()
    ]


def slack(line: Line) -> float:
    """What rounding to cents can do to a share."""
    if not isinstance(line.actual, Money) or not isinstance(line.expected, Money):
        return 1e-9
    due = line.expected.minor
    return float((HALF + HALF * (line.attainment or 0)) / (due - 1)) + 1e-9


@pytest.mark.parametrize("day", [date(2026, 10, 2), date(2026, 10, 15), date(2026, 12, 31)])
@pytest.mark.parametrize("slug", ["2026-10", "2026-Q4"])
def test_every_share_is_the_one_of_the_card(slug: str, day: date):
    world.settle_in(*quotas())  # type: ignore[arg-type]
    found = exported_team(world.operator(), parse_period(slug, day), day)
    book = opened(workbook(found, world.NOW))
    now = {(sheet, place): value for sheet, place, _, value in recalculated(book)}
    compared = 0
    for row, card in enumerate(found.cards, start=FIRST + 1):
        for place, line in enumerate(card.lines):
            cells = {("Team", f"{column(FIXED + place * 5 + 3)}{row}"), (card.rep, f"E{5 + place}")}
            shares = [now[cell] for cell in cells if cell in now]
            assert len(shares) == (0 if line.attainment is None else 2)
            assert all(
                share == pytest.approx(float(line.attainment or 0), abs=slack(line)) for share in shares
            )
            compared += len(shares)
    assert compared >= 2 * 3 * len(found.cards)
    assert not found.quiet or set(found.quiet).isdisjoint(book.cells)


def column(place: int) -> str:
    """The letters of a column, counted from 0."""
    before, last = divmod(place, 26)
    return (column(before - 1) if before else "") + chr(ord("A") + last)
