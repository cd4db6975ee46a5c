"""The laws of a simulated organisation: what may never change when something else does."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.simulation.worlds import all_rows, digest, rows, world
from upswing.simulation import SCENARIOS, UnknownScenario, simulate
from upswing.simulation.names import REPS, account_name, rep_name

TINY = "88d3142f8e9035b1b7cc5ac328d711cacd566e9a2182a44995a3b18b0c6d9290"
"""Changes with the model, and with numpy when it draws otherwise. Write it anew only after looking at why."""
CHANGING = {"people", "memberships", "leads", "deals", "activities", "quotes", "invoices"}
"""Tables in which a row may change later; rows of the others only come."""
MOONLIGHT = """
import sys, tempfile
from pathlib import Path
from tests.simulation.worlds import digest
from upswing.simulation import simulate
folder = Path(tempfile.mkdtemp())
world = simulate(7, "tiny", defects=True)
world.write(folder)
world.write_truth(folder / "truth.json")
(folder / "truth.npz").unlink()
print(digest(folder))
"""


def elsewhere(**environ: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", MOONLIGHT],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_same_wish_gives_the_same_bytes_whatever_hash_zone_and_locale() -> None:
    one = elsewhere(PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    other = elsewhere(PYTHONHASHSEED="77", TZ="Pacific/Auckland", LC_ALL="C.UTF-8")
    assert one == other


def test_tiny_is_what_it_was(tmp_path: Path) -> None:
    world("tiny").write(tmp_path)
    assert digest(tmp_path) == TINY


def test_another_seed_gives_another_world() -> None:
    assert all_rows(world("tiny"))["activities"].isdisjoint(all_rows(world("tiny", seed=2))["activities"])


@pytest.mark.parametrize("reps", [7, 11])
def test_one_more_rep_leaves_the_rows_of_all_others_as_they_were(reps: int) -> None:
    """The twelfth closes what the eleventh opens; the eighth is a rep like any other."""
    fewer, more = (all_rows(world("healthy", months=5, reps=count)) for count in (reps, reps + 1))
    mine = (rep_name(reps), f"-{reps + 1:03d}-", *((f"-{reps:03d}-",) if reps == 11 else ()))
    for name in fewer:
        assert fewer[name] <= more[name], name
        if name not in {"accounts", "products"}:
            new = [row for row in more[name] - fewer[name] if row[0] or name != "days_off"]
            assert all(any(key in cell for key in mine for cell in row) for row in new), name


@pytest.mark.parametrize("scenario", ["mid-year", "demo", "padded"])
def test_a_later_look_only_adds_and_brings_up_to_date(scenario: str) -> None:
    anchor = date(2024, 4, 1)
    early, late = (
        world(scenario, as_of=day, months=6, anchor=anchor) for day in (date(2024, 4, 20), date(2024, 6, 3))
    )
    for name in set(early.tables) - CHANGING:
        assert set(early.tables[name].rows()) <= set(late.tables[name].rows()), name
    for name in CHANGING - {"memberships"}:
        key = "name" if name == "people" else "id"
        assert set(early.tables[name].texts(key)) <= set(late.tables[name].texts(key)), name
    decided = {row["id"]: row for row in rows(late, "deals")}
    for deal in rows(early, "deals"):
        if deal["closed"] and decided[deal["id"]]["closed"] == deal["closed"]:
            assert deal == decided[deal["id"]]


@pytest.mark.parametrize("scenario", ["healthy", "demo", "multi-currency"])
def test_a_longer_history_begins_with_the_shorter_one(scenario: str) -> None:
    asked = {"as_of": date(2024, 5, 17), "anchor": date(2024, 4, 1), "reps": 7}
    assert all_rows(world(scenario, months=6, **asked)) == all_rows(world(scenario, months=15, **asked))


def test_a_look_beyond_the_end_continues_the_history() -> None:
    day = date(2024, 5, 17)
    assert all_rows(world("healthy", months=2, as_of=day, reps=3)) == all_rows(
        world("healthy", months=9, as_of=day, reps=3)
    )


def test_nothing_has_happened_after_the_look_or_before_the_first_day() -> None:
    day = date(2024, 5, 17)
    found, last = world("padded", months=6, as_of=day), "2024-05-17T24"
    happened = {
        "leads": ("created", "decided"), "deals": ("created", "closed"), "stage_moves": ("day",),
        "amount_changes": ("day",), "close_changes": ("day",), "quotes": ("sent",), "invoices": ("day", "paid"),
        "time_entries": ("day",), "logins": ("at",), "activities": ("entered",), "assessments": ("day",),
        "payments": ("day",), "coaching": ("checked",), "agreements": ("signed",), "people": ("start", "end"),
        "memberships": ("start", "end"), "standards": ("effective",), "rates": ("day",),
    }  # fmt: skip
    for table, columns in happened.items():
        for column in columns:
            assert max(found.tables[table].texts(column), default="") < last, (table, column)
    assert min(found.tables["activities"].texts("at")) >= "2024-01-01"
    assert min(closed for closed in found.tables["deals"].texts("closed") if closed) >= "2024-01-01"
    to_come = [row for row in rows(found, "activities") if row["at"] >= last]
    assert to_come
    assert {(row["kind"], row["outcome"]) for row in to_come} == {("meeting", "booked")}


def test_the_cast_comes_where_it_is_wished_for() -> None:
    named = world("healthy", months=1, reps=6).tables["people"].texts("name")
    assert named == list(REPS[:6])
    plain = simulate(1, "demo", months=1, reps=3, cast=False)
    assert [rep["story"] for rep in plain.truth.told["reps"]] == ["", "", ""]


def test_ids_and_names_are_told_apart() -> None:
    found = world("healthy", months=3)
    for name in (
        "accounts",
        "contacts",
        "products",
        "leads",
        "deals",
        "activities",
        "quotes",
        "invoices",
        "payments",
    ):
        ids = found.tables[name].texts("id")
        assert len(set(ids)) == len(ids), name
    assert len(set(found.tables["accounts"].texts("name"))) == len(found.tables["accounts"])
    assert len({account_name(number) for number in range(60_000)}) == 60_000
    assert len(set(REPS)) == len(REPS)


def test_a_scenario_may_be_one_of_your_own() -> None:
    own = replace(SCENARIOS["healthy"], key="own", calls=5)
    assert len(simulate(1, own, months=1, reps=2).tables["activities"]) < 0.4 * len(
        world("healthy", months=1, reps=2).tables["activities"]
    )


def test_a_wrong_wish_is_answered_with_the_nearest_right_one() -> None:
    with pytest.raises(UnknownScenario, match="Did you mean “healthy”"):
        simulate(1, "helthy")
    with pytest.raises(ValueError, match="reps from 1 to 10,000, not 0"):
        simulate(1, reps=0)
    with pytest.raises(ValueError, match="months from 1 to 240, not 0"):
        simulate(1, months=0)
    with pytest.raises(ValueError, match=r"first of a month, not on 2024-01-15\. Try 2024-01-01"):
        simulate(1, start=date(2024, 1, 15))
    with pytest.raises(ValueError, match="a seed from 0 to .+, not -1"):
        simulate(-1)
    with pytest.raises(ValueError, match="looked at on 2023-12-31"):
        simulate(1, as_of=date(2023, 12, 31))
