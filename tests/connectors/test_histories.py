"""What several files tell of one deal or quote: the same, in whatever order their rows stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.connectors.company import ROWS, of, read, write
from upswing.core.records import DealRecord, Outcome, QuoteRecord, StageMove

OPEN = "D1,,Tess Lund,,{product},,,{stage},2026-09-01,,,1200,,"
MOVES = [
    "D1,Talking,2026-09-01", "D1,Offer,2026-09-10", "D1,Talking,2026-09-12", "D1,Offer,2026-09-12T15:00:00+00:00",
    "D1,Offer,2026-09-20", "D1,Won,2026-10-01", "D1,Offer,2026-10-01",
]  # fmt: skip
AMOUNTS = [
    "D1,2026-09-01,1000",
    "D1,2026-09-10,1500",
    "D1,2026-09-10,1400",
    "D1,2026-09-20,1500",
    "D1,2026-08-20,900",
]
CLOSES = ["D1,2026-09-01,2026-09-30", "D1,2026-09-15,2026-10-15", "D1,2026-09-15,2026-10-05"]
LINES = ["Q1,GTX Pro,1,5", "Q1,GTX Pro,2,5", "Q1,,1,7", "Q1,GTX Pro,1,4"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    moves=st.permutations(MOVES), amounts=st.permutations(AMOUNTS), closes=st.permutations(CLOSES),
    lines=st.permutations(LINES),
)  # fmt: skip
def test_any_order_of_the_parts_gives_the_same_deal_and_quote(
    tmp_path: Path, moves: list[str], amounts: list[str], closes: list[str], lines: list[str]
):
    kinds = "people accounts products leads deals stage_moves amount_changes close_changes quotes quote_lines"

    def wholes(**parts: list[str]) -> list[object]:
        write(tmp_path, kinds=kinds, **parts)
        items = read(tmp_path)
        return [*of(items, DealRecord), *of(items, QuoteRecord)]

    ordered = wholes(stage_moves=MOVES, amount_changes=AMOUNTS, close_changes=CLOSES, quote_lines=LINES)
    assert len(ordered) == 2
    assert (
        wholes(stage_moves=moves, amount_changes=amounts, close_changes=closes, quote_lines=lines) == ordered
    )


def deal(folder: Path, row: str, **parts: list[str]) -> DealRecord:
    empty = {"stage_moves": [], "amount_changes": [], "close_changes": []}
    write(folder, kinds="people products deals " + " ".join(empty), deals=[row], **empty | parts)
    return of(read(folder), DealRecord)[0]  # type: ignore[return-value]


def test_a_deal_of_which_no_move_is_told_has_one_into_its_stage(tmp_path: Path):
    assert deal(tmp_path, OPEN.format(stage="Offer", product="")).moves == (
        StageMove("Offer", date(2026, 9, 1)),
    )
    assert deal(tmp_path, ROWS["deals"][0]).moves == (StageMove("Won", date(2026, 10, 1), Outcome.WON),)


def test_rows_that_stay_in_a_stage_are_one_move_and_going_back_is_one_more(tmp_path: Path):
    moves = ["D1,Talking,2026-09-01", "D1,Talking,2026-09-05", "D1,Offer,2026-09-10", "D1,Talking,2026-09-12"]
    found = deal(tmp_path, OPEN.format(stage="Talking", product=""), stage_moves=moves)
    assert [(move.stage, move.day.day) for move in found.moves] == [
        ("Talking", 1),
        ("Offer", 10),
        ("Talking", 12),
    ]


def test_moves_of_one_day_stand_in_the_order_of_the_stages_or_of_the_clock(tmp_path: Path):
    row = OPEN.format(stage="Offer", product="")
    found = deal(tmp_path, row, stage_moves=["D1,Offer,2026-09-01", "D1,Talking,2026-09-01"])
    assert [move.stage for move in found.moves] == ["Talking", "Offer"]
    clock = ["D1,Offer,2026-09-01T08:00:00+00:00", "D1,Talking,2026-09-01T09:00:00+00:00"]
    found = deal(tmp_path, OPEN.format(stage="Talking", product=""), stage_moves=clock)
    assert [move.stage for move in found.moves] == ["Offer", "Talking"]


def test_a_decision_that_the_moves_lack_is_added(tmp_path: Path):
    found = deal(tmp_path, ROWS["deals"][0], stage_moves=["D1,Talking,2026-09-01"])
    assert found.moves == (
        StageMove("Talking", date(2026, 9, 1)),
        StageMove("Won", date(2026, 10, 1), Outcome.WON),
    )


def test_the_amount_until_the_day_of_creation_is_what_the_deal_entered_with(tmp_path: Path):
    row = OPEN.format(stage="Offer", product="GTX Pro")
    found = deal(
        tmp_path, row, amount_changes=["D1,2026-08-20,900", "D1,2026-09-01,1000", "D1,2026-09-10,1200"]
    )
    assert (found.expected_minor, found.amounts) == (100_000, ((date(2026, 9, 10), 120_000),))


def test_where_the_first_amount_came_later_the_list_price_stands_for_it_else_that_amount(tmp_path: Path):
    changes = ["D1,2026-09-10,1200"]
    known = deal(tmp_path, OPEN.format(stage="Offer", product="GTX Pro"), amount_changes=changes)
    assert (known.expected_minor, known.amounts) == (10_050, ((date(2026, 9, 10), 120_000),))
    unknown = deal(tmp_path, OPEN.format(stage="Offer", product=""), amount_changes=changes)
    assert unknown.expected_minor == 120_000


def test_the_deal_s_own_source_goes_before_its_lead_s(tmp_path: Path):
    write(
        tmp_path, deals=[ROWS["deals"][0].replace(",L1,,", ",L1,fair,"), ROWS["deals"][0].replace("D1", "D2")]
    )
    assert [found.source for found in of(read(tmp_path), DealRecord)] == ["fair", "web"]  # type: ignore[union-attr]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_every_row_is_taken_or_refused_and_none_twice(tmp_path: Path, data: st.DataObject):
    """Rows of all kinds, some broken in one cell: records and parts taken, and refusals, are as many as rows."""
    broken: dict[str, list[str]] = {}
    for kind in ("leads", "deals", "activities", "invoices", "stage_moves", "quotes"):
        rows = []
        for number in range(data.draw(st.integers(1, 4), label=kind)):
            cells = ROWS[kind][0].split(",")
            cells[0] = cells[0] if kind == "stage_moves" else f"{cells[0]}{number}"
            place = data.draw(st.integers(0, len(cells)), label="place")
            cells[place : place + 1] = [
                data.draw(st.sampled_from(["", "?", "-1", "Tess", "2026-01-01"]), label="cell")
            ]
            rows.append(",".join(cells))
        broken[kind] = rows
    kinds = "people accounts products contacts " + " ".join(broken)
    write(tmp_path, kinds=kinds, **broken)
    items = read(tmp_path)
    refused = [item for item in items if getattr(item, "severity", "") == "refused"]
    places = [item.origin for item in items if not hasattr(item, "severity")] + [
        item.origin for item in refused
    ]
    assert len(places) == len(set(places))
    told = [place for place in places if place.file != "stage_moves.csv"]
    assert len(told) == sum(len(rows) for kind, rows in broken.items() if kind != "stage_moves") + 5
    refused_moves = {place.row for place in places if place.file == "stage_moves.csv"}
    taken = {found.id for found in of(items, DealRecord)}  # type: ignore[union-attr]
    for row, line in enumerate(broken["stage_moves"], start=2):
        assert row in refused_moves or line.split(",")[0] in taken
