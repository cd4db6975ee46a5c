"""Files without history, imported week after week: the product sees what changed and remembers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests import world
from tests.actions.standing import days, sums
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.undoing import undo
from upswing.book.models import Deal, StageMove, Tally
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import mapping_of
from upswing.intake.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]
STAGES = {"Talking": "open", "Offer": "open", "Won": "won"}
COLUMNS = ("id", "rep", "stage", "created", "closed", "amount", "expected_close")
Weekly = Callable[..., Imported]


@pytest.fixture
def weekly(tmp_path: Path) -> Weekly:
    """Import the deals as they read on a day."""

    def bring(day: str, *rows: str, columns: tuple[str, ...] = COLUMNS, kind: str = "deals") -> Imported:
        (tmp_path / "crm.csv").write_text("\n".join([",".join(columns), *rows]) + "\n")
        (tmp_path / "people.csv").write_text("name\nTess\nStan\n")
        raw = {
            "source": "crm", "read_on": date.fromisoformat(day),
            "people": {"file": "people.csv", "columns": {"name": "name"}},
            kind: {"file": "crm.csv", "columns": {name: name for name in columns}},
        }  # fmt: skip
        if kind == "deals":
            raw[kind]["stages"] = STAGES
        mapping = mapping_of(raw, tmp_path / "crm.toml")
        about = About("crm", "CRM", "EUR", "Testers", mapping.read_on, "test")
        return import_batch(world.operator(), Files(tmp_path, mapping), about, world.NOW)

    return bring


def moves() -> list[tuple[str, str, str]]:
    rows = StageMove.objects.order_by("deal", "number").values_list("stage", "day", "after")
    return [(stage, f"{day:%m-%d}", f"{after:%m-%d}" if after else "") for stage, day, after in rows]


def test_stages_amounts_and_closing_days_are_seen_changing(weekly: Weekly):
    weekly("2026-09-07", "D1,Tess,Talking,2026-09-01,,500,2026-10-31")
    weekly("2026-09-14", "D1,Tess,Talking,2026-09-01,,500,2026-10-31")
    done = weekly("2026-09-21", "D1,Tess,Offer,2026-09-01,,400,2026-11-30")
    assert done.updated == 1
    assert moves() == [("Talking", "09-01", ""), ("Offer", "09-21", "09-14")]
    found = Deal.objects.unscoped("test").get()
    assert (found.amount_minor, found.expected_minor) == (40_000, 50_000)
    assert list(found.amounts.values_list("day", "amount_minor")) == [(date(2026, 9, 21), 40_000)]
    assert list(found.closes.values_list("day", "expected_close")) == [
        (date(2026, 9, 14), date(2026, 10, 31))
    ]
    weekly("2026-09-28", "D1,Tess,Won,2026-09-01,2026-09-25,400,")
    assert moves()[-2:] == [("Offer", "09-21", "09-14"), ("Won", "09-25", "")]
    assert sums("Tess")["won_value"] == 40_000


def test_taking_the_last_import_back_forgets_what_it_saw(weekly: Weekly):
    weekly("2026-09-07", "D1,Tess,Talking,2026-09-01,,500,")
    before = moves()
    batch = weekly("2026-09-21", "D1,Tess,Offer,2026-09-01,,400,").batch
    undo(world.operator(), Batch.objects.get(uid=batch).uid, world.NOW)
    assert moves() == before


def test_the_same_file_again_is_no_new_sight(weekly: Weekly):
    weekly("2026-09-07", "D1,Tess,Talking,2026-09-01,,500,")
    weekly("2026-09-21", "D1,Tess,Offer,2026-09-01,,400,")
    before = moves()
    assert weekly("2026-09-21", "D1,Tess,Offer,2026-09-01,,400,").updated == 0
    assert moves() == before


def test_deals_without_ids_are_known_by_what_lasts(weekly: Weekly):
    columns = ("name", "rep", "stage", "created", "closed", "amount")
    weekly(
        "2026-09-07",
        "Hall,Tess,Talking,2026-09-01,,500",
        "Mill,Tess,Talking,2026-09-01,,500",
        columns=columns,
    )
    done = weekly(
        "2026-09-14", "Mill,Stan,Offer,2026-09-01,,450", "Hall,Tess,Talking,2026-09-01,,500", columns=columns
    )
    assert (done.created, done.updated) == (0, 1)
    assert Deal.objects.unscoped("test").count() == 2


def test_rows_that_read_alike_stay_two(weekly: Weekly):
    columns = ("rep", "kind", "at")
    rows = ("Tess,call,2026-09-01", "Tess,call,2026-09-01")
    assert weekly("2026-09-07", *rows, columns=columns, kind="activities").created == 4
    assert weekly("2026-09-08", *rows, columns=columns, kind="activities").created == 0
    assert sums("Tess")["calls"] == 2


def test_a_tally_gives_figures_and_its_correction_replaces_them(weekly: Weekly):
    columns = ("rep", "day", "calls", "connects", "meetings_booked")
    weekly("2026-09-07", "Tess,2026-09-01,40,8,2", "Tess,2026-09-02,,,", columns=columns, kind="tallies")
    assert {key: sums("Tess")[key] for key in ("calls", "connects", "meetings_booked")} == {
        "calls": 40, "connects": 8, "meetings_booked": 2,
    }  # fmt: skip
    weekly("2026-09-08", "Tess,2026-09-01,38,8,2", columns=columns, kind="tallies")
    assert days("Tess", "calls") == {"09-01": 38_000_000}
    assert Tally.objects.unscoped("test").count() == 2
