"""`upswing scorecard --workbook`, `upswing team --workbook` and `--format csv`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests import world
from upswing.cli.main import main

pytestmark = pytest.mark.django_db(transaction=True)

OCTOBER = ["--period", "2026-10", "--at", "2026-10-15"]


def test_a_rep_and_everybody_are_written_as_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    world.settle_in()
    one, all_of_them = tmp_path / "tess.xlsx", tmp_path / "team.xlsx"
    assert main(["scorecard", "--rep", "Tess", *OCTOBER, "--workbook", str(one)]) == 0
    assert main(["team", *OCTOBER, "--workbook", str(all_of_them)]) == 0
    assert f"Wrote 1 scorecard to {one}." in capsys.readouterr().out
    assert CalamineWorkbook.from_path(str(one)).sheet_names == ["Tess", "Targets", "Definitions", "About"]
    names = CalamineWorkbook.from_path(str(all_of_them)).sheet_names
    assert names == ["Team", *sorted(world.CAST), "Targets", "Definitions", "About"]


def test_the_board_is_printed_as_csv(capsys: pytest.CaptureFixture[str]):
    world.settle_in()
    assert main(["team", *OCTOBER, "--format", "csv"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    tess = {row["metric"]: row for row in found if row["rep"] == "Tess"}
    assert tess["won_value"]["actual"] == "20000.00"
    assert tess["won_value"]["target"] == "20000.00"


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    world.settle_in()
    assert main(["team", *OCTOBER, "--workbook", str(tmp_path / "no" / "x.xlsx")]) == 1
    assert "cannot be written: No such file or directory. Name another file." in capsys.readouterr().err
