"""Every public data set comes in as it is, by the guess alone, and is taken back to the last row."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from tests import world
from tests.kill.state import told as standing
from tests.realdata.conftest import PLACE
from upswing.actions.rebuild import check
from upswing.cli.main import main

pytestmark = [pytest.mark.realdata, pytest.mark.django_db(transaction=True)]

SETS = {
    "maven-crm/sales_pipeline.csv": (8_922, {}),
    "maven-crm": (8_927, {}),
    "adventureworks": (4_894, {}),
    "leadforge-b2b": (72_434, {}),
    "crm-seeds-hubspot": (122, {"no_stage": 44, "repeated_id": 24, "unknown_deal": 14, "no_rep": 1}),
    "crm-seeds-salesforce": (13, {"unknown_rep": 11}),
}
"""Records that come in, and refused rows: deleted stages, rows of other files' history, owners the extract lacks."""
LARGE, ON_BOTH = "leadforge-b2b", {"maven-crm", "crm-seeds-hubspot"}


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", SETS)
def test_it_comes_in_without_a_mapping(name: str, capsys: pytest.CaptureFixture[str]):
    if connection.vendor == "postgresql" and name not in ON_BOTH:
        pytest.skip(
            "the guess does not know the database: two sets show that the way there and back is the same"
        )
    if not (PLACE / name).exists():
        pytest.skip(f"the public data set is not here: {name}")
    created, refused = SETS[name]
    code = main(["import", str(PLACE / name), "--yes", "--format", "json"])
    done = said(capsys)
    codes = [problem["code"] for problem in done["problems"] if problem["severity"] == "refused"]
    assert (done["created"], {one: codes.count(one) for one in set(codes)}) == (created, refused)
    assert code == (1 if refused else 0)
    assert check(world.operator()) == []
    if name == LARGE:
        return  # the others show the way back
    assert main(["import", str(PLACE / name), "--yes", "--format", "json"]) == code
    assert said(capsys)["created"] == 0
    assert main(["undo", batch_of(capsys, last=True)]) == 0
    assert main(["undo", batch_of(capsys, last=False)]) == 0
    assert [line.split()[0] for line in standing().splitlines()] == ["Organisation", "[]"]


def batch_of(capsys: pytest.CaptureFixture[str], *, last: bool) -> str:
    capsys.readouterr()
    main(["batches", "--format", "json"])
    return str(said(capsys)[0 if last else -1]["id"])
