"""Courses and assessments, from an import to the numbers and back."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.actions.standing import everything, sums
from tests.actions.told import assessed, course
from tests.world import NOW, bring, operator, roster
from upswing.actions.undoing import undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

TOLD = (
    course("Tess", "2026-10-05", "Asking well", 90),
    course("Tess", "2026-10-06", "Closing"),
    assessed("Tess", "2026-10-06", "Discovery", "exceeds"),
    assessed("Tess", "2026-10-07", "Discovery", "below", by="Otto"),
    assessed("Stan", "2026-10-06", "Discovery"),
)


def test_what_reps_learnt_counts_for_them():
    bring(*roster(), *TOLD)
    assert sums("Tess") == {
        "courses": 2, "learning_time": 5_400, "assessments": 2, "assessments_met": 1, "assessments_exceeded": 1,
    }  # fmt: skip
    assert sums("Stan") == {"assessments": 1, "assessments_met": 1}


def test_bringing_it_twice_changes_nothing_and_taking_it_back_leaves_nothing():
    bring(*roster())
    before = everything()
    batch = bring(*TOLD).batch
    once = everything()
    assert bring(*TOLD).unchanged == len(TOLD)
    assert everything() == once != before
    undo(operator(), UUID(str(batch)), NOW)
    assert everything() == before


def test_a_mended_level_takes_the_place_of_the_old_one():
    bring(*roster(), *TOLD)
    assert bring(assessed("Stan", "2026-10-06", "Discovery", "below")).updated == 1
    assert sums("Stan") == {"assessments": 1}
