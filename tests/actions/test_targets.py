"""Targets out in a workbook and back: exactly the edited ones change, and what cannot be one says so by its cell."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests import world
from tests.examples import examples
from tests.exports.books import TARGET, Rows, edited, made
from tests.exports.recalculated import opened
from upswing.actions.permission import NotAllowed
from upswing.actions.targeting import set_override
from upswing.actions.targets import Change, Outdated, Proposal, accept, propose_changes
from upswing.actions.undoing import undo
from upswing.actions.waiting import Unexplained
from upswing.connectors.connector import Unreadable
from upswing.core.period import parse_period
from upswing.exports.book import workbook
from upswing.goals.models import Quota
from upswing.intake.models import Batch
from upswing.people.models import Person
from upswing.queries.exported import exported_rep, exported_team

pytestmark = pytest.mark.django_db

BOOK = "All teams 2026-11.xlsx"
NOVEMBER = parse_period("2026-11", world.TODAY)


def settle_in() -> None:
    world.settle_in(
        *(world.quota(rep, "2026-11", 10_000 + place) for place, rep in enumerate(world.CAST)),
        world.quota("Tess", "2026-Q4", 60_000), world.quota("Stan", "2026-11", 7, "deals_won"),
    )  # fmt: skip


def taken(slug: str = "2026-11", at: date = world.TODAY) -> bytes:
    return workbook(exported_team(world.operator(), parse_period(slug, at), at), world.NOW)


def proposed(content: bytes) -> Proposal:
    return propose_changes(world.operator(), BOOK, content)


def agreed(proposal: Proposal) -> Any:
    return accept(world.operator(), proposal.changes, None, world.NOW, "Two markets closed.")


def standing() -> dict[tuple[str, str, str], Decimal]:
    rows = Quota.objects.unscoped("test").select_related("person")
    return {(row.person.name, row.metric, f"{row.starts}..{row.ends}"): row.value for row in rows}


def write(value: object, name: str = "Tess", metric: str = "won_value", period: str = "2026-11"):
    """An edit of one row: that rep's, metric's and period's."""

    def edit(rows: Rows) -> None:
        row = next(row for row in rows if (row[1], row[2], row[4]) == (name, metric, period))
        row[TARGET] = value

    return edit


def test_a_workbook_that_comes_back_as_it_was_changes_nothing():
    settle_in()
    assert proposed(taken()) == Proposal((), ())


def test_every_target_the_figures_rest_on_stands_in_it_and_open_lines_too():
    settle_in()
    cells = opened(taken()).cells["Targets"]
    rows = {
        (cells[f"B{row}"], cells[f"C{row}"], cells[f"E{row}"]): cells[f"F{row}"]
        for row in range(4, 40)
        if f"B{row}" in cells
    }
    assert rows["Tess", "won_value", "2026-11"] == 10_000 + list(world.CAST).index("Tess")
    assert rows["Tess", "won_value", "2026-Q4"] == 60_000
    assert rows["Stan", "deals_won", "2026-11"] == 7
    assert rows["Tess", "deals_won", "2026-11"] is None
    assert not any(metric == "attainment" for _, metric, _ in rows)


def test_one_edited_target_is_shown_with_what_it_was_and_becomes():
    settle_in()
    before = standing()
    (change,) = proposed(edited(taken(), write(12_345.67, "Stan"))).changes
    was = before["Stan", "won_value", "2026-11-01..2026-12-01"] / 100
    assert (change.name, change.metric, change.period, change.was) == ("Stan", "won_value", "2026-11", was)
    assert change.becomes == Decimal("12345.67")
    assert change.cell.startswith("Targets!F")
    assert change.note == ""
    assert standing() == before


def test_accepted_changes_stand_and_the_batch_can_be_taken_back():
    settle_in()
    before = standing()
    batch = agreed(
        proposed(edited(taken(), lambda rows: (write(1, "Stan")(rows), write(3, metric="deals_won")(rows))))
    )
    now = standing()
    assert now["Stan", "won_value", "2026-11-01..2026-12-01"] == 100
    assert now["Tess", "deals_won", "2026-11-01..2026-12-01"] == 3
    assert len(now) == len(before) + 1
    told = Batch.objects.get(uid=batch)
    assert (told.source.name, told.created, told.updated) == ("Targets workbook", 1, 1)
    undo(world.operator(), batch, world.NOW)
    assert standing() == before


def test_the_scorecard_follows():
    settle_in()
    agreed(proposed(edited(taken("2026-10"), write(40_000, period="2026-10"))))
    card = exported_rep(
        world.operator(), world.person("Tess").uid, parse_period("2026-10", world.TODAY), world.TODAY
    )
    (won,) = [line for line in card.cards[0].lines if line.metric.key == "won_value"]
    assert str(won.target) == "40000.00 EUR"


def test_the_source_keeps_the_change_until_it_says_another_target_itself():
    settle_in()
    agreed(proposed(edited(taken(), write(1, "Stan"))))
    again = world.quota("Stan", "2026-11", 10_000 + list(world.CAST).index("Stan"))
    assert world.bring(again).unchanged == 1
    assert standing()["Stan", "won_value", "2026-11-01..2026-12-01"] == 100
    world.bring(world.quota("Stan", "2026-11", 9_000))
    assert standing()["Stan", "won_value", "2026-11-01..2026-12-01"] == 900_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25))
@given(data=st.data())
def test_exactly_the_edited_targets_change(data: st.DataObject):
    with world.undone():
        settle_in()
        content = taken()
        count = len(exported_team(world.operator(), NOVEMBER, world.TODAY).asked)
        places = data.draw(st.sets(st.integers(0, count - 1), max_size=6))
        amounts = st.integers(0, 99_999_999).map(lambda cents: cents / 100)
        wanted: dict[tuple[str, str, str], Decimal] = {}

        def edit(rows: Rows) -> None:
            for place in sorted(places):
                row, rate = rows[place], rows[place][2] == "win_rate"
                row[TARGET] = 0.25 if rate else data.draw(amounts)
                days = parse_period(row[4], world.TODAY)
                money = row[2] in {"won_value", "open_value", "average_deal"}
                exact = Decimal(str(row[TARGET])) * (100 if money else 1)
                wanted[row[1], row[2], f"{days.start}..{days.end}"] = exact

        before = standing()
        proposal = proposed(edited(content, edit))
        assert proposal.problems == ()
        agreed(proposal)
        assert {key: value for key, value in standing().items() if before.get(key) != value} == {
            key: value for key, value in wanted.items() if before.get(key) != value
        }
        assert proposed(taken()) == Proposal((), ())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("lots", "says “lots”, which is no number"),
        ("1.234,50", "says “1.234,50”, which is no number"),
        ("NaN", "says “NaN”, which is no number"),
        (-1, "says -1: a target is a number from 0 up."),
        ("", "is empty where"),
        (1e15, "more than any target can be"),
    ],
)
def test_a_cell_that_cannot_be_a_target_says_so_by_its_place(value: object, said: str):
    settle_in()
    proposal = proposed(edited(taken(), write(value)))
    assert proposal.changes == ()
    (sentence,) = proposal.problems
    assert sentence.startswith("Targets!F")
    assert said in sentence


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, "nobody", "nobody has the id “nobody” (Tess)"),
        (2, "won_valu", "no target can be set for a metric called “won_valu”. Did you mean “won_value”?"),
        (2, "attainment", "no target can be set for a metric called “attainment”"),
        (4, "this-month", "no period reads “this-month”"),
        (4, "2026-13", "no period reads “2026-13”"),
    ],
)
def test_an_edited_row_whose_locked_cells_are_off_is_told(column: int, value: str, said: str):
    settle_in()

    def edit(rows: Rows) -> None:
        row = next(row for row in rows if row[1] == "Tess" and row[2] == "won_value")
        row[TARGET], row[column] = 5, value

    proposal = proposed(edited(taken(), edit))
    assert proposal.changes == ()
    assert said in proposal.problems[0]


def test_a_share_above_all_of_it_is_told():
    settle_in()
    proposal = proposed(edited(taken(), write(25, metric="win_rate")))
    assert "a share lies between 0 and 1" in proposal.problems[0]


def test_a_target_that_stands_twice_is_taken_once():
    settle_in()

    def edit(rows: Rows) -> None:
        write(5)(rows)
        rows.append(list(next(row for row in rows if row[TARGET] == 5)))

    proposal = proposed(edited(taken(), edit))
    assert len(proposal.changes) == 1
    assert "stands above already" in proposal.problems[0]


def test_rows_may_be_sorted_and_removed():
    settle_in()

    def edit(rows: Rows) -> None:
        write(5)(rows)
        rows[:] = [row for row in rows[::-1] if row[1] == "Tess"]

    assert [change.name for change in proposed(edited(taken(), edit)).changes] == ["Tess"]


def test_a_period_that_has_begun_is_said_with_its_change():
    settle_in()
    (change,) = proposed(edited(taken("2026-10"), write(1, period="2026-10"))).changes
    assert change.note == "2026-10 has begun: days gone are judged anew."


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_running_target_changes_with_a_reason_alone(reason: str):
    settle_in()
    before = standing()
    changes = proposed(edited(taken("2026-10"), write(1, period="2026-10"))).changes
    with pytest.raises(Unexplained):
        accept(world.operator(), changes, None, world.NOW, reason)
    assert standing() == before


def test_who_has_left_is_asked_for_nothing_and_the_day_is_said():
    settle_in()
    Person.objects.unscoped("test").filter(name="Tess").update(ends=date(2026, 10, 20))
    (sentence,) = proposed(edited(taken(), write(5))).problems
    assert "Tess left on 20 October 2026: nothing is asked of them in 2026-11" in sentence


def test_the_targets_of_a_closed_period_stay_as_they_are():
    settle_in()
    content = edited(taken("2026-10"), write(1, period="2026-10"))
    later = replace(world.operator(), at=date(2026, 11, 1))
    proposal = propose_changes(later, BOOK, content)
    assert proposal.changes == ()
    assert (
        "2026-10 ended on 31 October 2026; the targets of a closed period stay as they are."
        in proposal.problems[0]
    )
    with pytest.raises(Outdated, match="2026-10 ended on 31 October 2026"):
        accept(later, proposed(content).changes, None, world.NOW, "Late.")


def test_a_target_set_by_hand_is_said_to_count_instead():
    settle_in()
    tess = world.person("Tess").uid
    set_override(
        world.operator(), tess, "won_value", NOVEMBER, Fraction(500_000), "A new territory.", world.NOW
    )
    (change,) = proposed(edited(taken(), write(5))).changes
    assert change.note == "A target set by hand counts instead."


def test_what_changed_meanwhile_is_said_and_never_overwritten_unseen():
    settle_in()
    content = edited(taken(), write(5, "Stan"))
    old = proposed(content)
    world.bring(world.quota("Stan", "2026-11", 9_000))
    with pytest.raises(Outdated, match="Stan’s Won value for 2026-11 was changed meanwhile"):
        agreed(old)
    (change,) = proposed(content).changes
    assert (change.was, change.note) == (9_000, "It was changed since the workbook was made.")
    world.bring(world.quota("Tess", "2026-11", 9_000))
    assert [one.name for one in proposed(content).changes] == ["Stan"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (made({"Team": [["a", "b"]], "About": [["a"]]}), "has no sheet “Targets”"),
        (made({"Targets": [["a", "b"]], "About": [["a"]]}), "lacks its columns Rep id, Rep,"),
        (b"rep,target\nTess,5\n", "has no sheet “Targets”"),
        (b"PK\x03\x04 nonsense", "All teams 2026-11.xlsx"),
    ],
)
def test_what_is_no_such_workbook_is_refused_in_a_sentence(content: bytes, said: str):
    with pytest.raises(Unreadable, match="2026-11.xlsx") as error:
        proposed(content)
    assert said in str(error.value)


def test_a_workbook_with_nothing_but_targets_is_taken():
    settle_in()
    given = CalamineWorkbook.from_filelike(io.BytesIO(taken())).get_sheet_by_name("Targets")
    rows = list(given.iter_rows())
    write(5)(rows)
    assert len(proposed(made({"Targets": rows})).changes) == 1


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_only_revenue_operations_change_targets(who: str):
    with pytest.raises(NotAllowed):
        propose_changes(world.viewer(who), BOOK, b"")
    change = Change(world.person("Tess").uid, "Tess", "won_value", "2026-11", None, Decimal(1), "Targets!F4")
    with pytest.raises(NotAllowed):
        accept(world.viewer(who), [change], None, world.NOW)
