"""Open deals in tiles that add up to the list below them, for whom they may be seen by, at a bounded price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.actions.paths import lay
from tests.actions.told import call, meeting
from upswing.core.period import month_of
from upswing.core.records import DealRecord, StageMove
from upswing.people.viewer import NotVisible
from upswing.queries import outlooks
from upswing.queries.deal import deal as deal_shown
from upswing.queries.pipeline import COLUMN, PAGE, UNTOLD_STAGE, Asked, Pipeline, State, pipeline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
TODAY, OCTOBER = world.TODAY, month_of(world.TODAY)
NAMES = ("Hello", "Need", "Offer", "Terms")
TOLD = (
    ("W1", "2026-06-01", "won"), ("W2", "2026-06-08", "won"), ("W3", "2026-06-15", "lost"), ("W4", "2026-06-22", "won"),
    ("W5", "2026-06-29", "lost"), ("W6", "2026-07-06", "won"), ("W7", "2026-07-13", "lost"), ("W8", "2026-07-20", "won"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept from other tests, and nothing is thrown away in the midst of one."""
    cache.clear()
    monkeypatch.setattr(outlooks, "_OUTLOOKS", {})


def past() -> list[DealRecord]:
    """Decided deals that went through two stages each, so that stages are told of most."""
    found = []
    for key, day, outcome in TOLD:
        start = date.fromisoformat(day)
        moves = (
            StageMove("Hello", start), StageMove("Need", start + timedelta(7)),
            StageMove(outcome.title(), start + timedelta(28), world.Outcome(outcome)),
        )  # fmt: skip
        closed = (start + timedelta(28)).isoformat()
        found.append(world.deal(key, "Nina", day, closed, outcome, 1_000, moves=moves))
    return found


def open_deals(many: int, rep: str = "Tess") -> list[DealRecord]:
    """Open deals in turn in each stage, some long in it, some expected this month, some later, some undated."""
    found = []
    for number in range(many):
        start = date(2026, 10, 14) - timedelta(number % 50)
        due = (None, date(2026, 10, 25), date(2026, 12, 1))[number % 3]
        found.append(
            world.deal(
                f"{rep}-{number:03}", rep, start.isoformat(), amount=100 + number, stage=NAMES[number % 4],
                moves=(StageMove(NAMES[number % 4], start),), expected_close=due, name=f"Deal {number:03}",
            )
        )  # fmt: skip
    return found


def shown(who: str = "olga", **asked: Any) -> Pipeline:
    return pipeline(world.viewer(who), OCTOBER, TODAY, asked=Asked(**asked))


def listed(who: str, **asked: Any) -> list[Any]:
    """Every deal of the list, page after page."""
    whole = shown(who, **asked).chosen.deals
    pages = (shown(who, page=page, **asked).items for page in range(1, -(-whole // PAGE) + 1))
    return [item for items in pages for item in items]


def test_every_tile_holds_exactly_the_deals_of_its_list():
    lay()
    world.bring(*past(), *open_deals(130))
    found = shown()
    assert found.whole.deals == 133  # with those of the cast that are open
    for tiles in (found.states, found.stages):
        assert sum(tile.deals for tile in tiles) == found.whole.deals
        assert sum(tile.value for tile in tiles) == found.whole.value
    assert [tile.deals > 0 for tile in found.states] == [True, True, True, False], found.states
    choices: list[tuple[Any, dict[str, Any]]] = [(tile, {"state": State(tile.key)}) for tile in found.states]
    choices += [(tile, {"stage": tile.key}) for tile in found.stages] + [(found.whole, {})]
    for tile, asked in choices:
        items = listed("olga", **asked)
        assert (len(items), sum(item.amount for item in items)) == (tile.deals, tile.value)
        assert len({item.id for item in items}) == tile.deals
        for item in items:
            assert item.state == asked.get("state", item.state)
            assert item.stage == asked.get("stage", item.stage)


def test_the_board_holds_what_the_list_holds_the_greatest_of_each_stage():
    lay()
    world.bring(*past(), *open_deals(130))
    found = shown(board=True, state=State.LATER)
    assert [column.tile.name for column in found.columns[:4]] == list(NAMES)
    assert sum(column.tile.deals for column in found.columns) == found.chosen.deals
    assert sum(column.tile.value for column in found.columns) == found.chosen.value
    for column in found.columns:
        whole = [item for item in listed("olga", state=State.LATER) if item.stage == column.tile.key]
        assert column.items == tuple(whole[:COLUMN])
        assert column.open


def test_where_few_stages_are_told_deals_stand_where_they_say_themselves():
    found = shown()
    assert [(tile.key, tile.name, tile.deals) for tile in found.stages if tile.deals] == [("open", "Open", 3)]
    world.bring(world.deal("X1", "Tess", "2026-10-01", amount=1, stage="", moves=()))
    assert shown().stages[-1].key == UNTOLD_STAGE
    assert [item.name for item in shown(stage=UNTOLD_STAGE).items] == ["X1"]


def test_a_rep_sees_their_own_part_alone():
    shared = replace(world.deal("P1", "Tess", "2026-10-01", amount=1_000), credit=(("Tess", 1), ("Nina", 3)))
    world.bring(shared)

    def of(who: str) -> dict[str, int]:
        return {item.name: item.amount for item in shown(who).items}

    def own(who: str) -> dict[str, int]:
        mine = pipeline(world.viewer(who), OCTOBER, TODAY, rep=world.person(who).uid)
        return {item.name: item.amount for item in mine.items}

    assert own("tess") == {"T4": 700_000, "P1": 25_000}
    assert of("mona") == {"S1": 3_000_000, "T4": 700_000, "R1": 300_000, "P1": 25_000}
    assert of("otto") == {"P1": 75_000}
    assert of("olga")["P1"] == 100_000
    for who, rep in (("tess", "stan"), ("otto", "tess"), ("ada", "tess")):
        with pytest.raises(NotVisible):
            pipeline(world.viewer(who), OCTOBER, TODAY, rep=world.person(rep).uid)
    for who in ("tess", "ada"):
        with pytest.raises(NotVisible):
            shown(who)


def test_the_last_contact_and_the_next_meeting_are_told():
    world.bring(
        call("C1", "Tess", "2026-10-05 10:00", deal="T4"), call("C2", "Tess", "2026-10-12 10:00", deal="T4"),
        meeting("M1", "Tess", "2026-10-20 09:00", deal="T4"), meeting("M2", "Tess", "2026-10-28 09:00", deal="T4"),
    )  # fmt: skip
    (item,) = (item for item in shown().items if item.name == "T4")
    assert item.contact
    assert item.contact.date() == date(2026, 10, 12)
    assert item.meeting
    assert item.meeting.date() == date(2026, 10, 20)


def test_what_was_decided_or_moved_since_is_not_known_before():
    world.bring(*past(), *open_deals(4))
    earlier = pipeline(world.operator(), OCTOBER, date(2026, 9, 30), asked=Asked())
    assert {item.name for item in earlier.items} >= {"T3", "S1"}
    assert "T4" not in {item.name for item in earlier.items}


@pytest.mark.parametrize("board", [False, True])
def test_as_many_statements_for_500_deals_as_for_5(board: bool):
    lay()
    counts = []
    for deals in (5, 500):
        world.bring(*past(), *open_deals(deals))
        with CaptureQueriesContext(connection) as cold:
            shown(board=board)
        with CaptureQueriesContext(connection) as warm:
            shown(board=board)
        counts.append((len(cold), len(warm)))
    (cold_few, few), (cold_many, many) = counts
    assert (many, cold_many <= cold_few) == (few, True)
    assert few <= 18


def test_a_deal_tells_its_path_and_its_days_in_each_stage():
    moves = (StageMove("Hello", date(2026, 9, 1)), StageMove("Need", date(2026, 9, 8)))
    more = {
        "amounts": ((date(2026, 9, 10), 600_000),), "closes": ((date(2026, 9, 1), date(2026, 10, 30)),),
        "expected_close": date(2026, 11, 20),
    }  # fmt: skip
    world.bring(
        *past(), world.deal("D1", "Tess", "2026-09-01", amount=5_000, stage="Need", moves=moves, **more)
    )
    lay()
    uid = next(item.id for item in shown().items if item.name == "D1")
    found = deal_shown(world.viewer("tess"), uid)
    assert [(step.stage, step.days, step.lasts) for step in found.path] == [
        ("Hello", 7, False),
        ("Need", 37, True),
    ]
    assert found.amounts == ((date(2026, 9, 1), 500_000), (date(2026, 9, 10), 600_000))
    assert found.closes[0] == (date(2026, 9, 1), date(2026, 10, 30))
    assert found.worth == 600_000
    assert found.aged is not None
    assert (found.aged.days, found.aged.limit.quantile, found.aged.limit.half_chance) == (37, None, None)
    assert found.aged.limit.days == found.aged.limit.cycle
    assert found.ways.onward
    assert found.ways.onward.stage.name == "Offer"
    with pytest.raises(NotVisible):
        deal_shown(world.viewer("otto"), uid)
