"""Settling courses and assessments: one fact each, of a day and no hour."""

from __future__ import annotations

import pytest

from tests.actions.told import assessed, course
from tests.core.settled import counted
from upswing.core.facts import WHOLE, FactKind, settle_assessment, settle_course


def test_a_course_counts_once_with_the_time_it_took():
    (fact,) = settle_course(course("Tess", "2026-10-05", "Asking well", 90))
    assert (fact.kind, fact.day.isoformat(), fact.rep, fact.share) == (
        FactKind.COURSE,
        "2026-10-05",
        "Tess",
        WHOLE,
    )
    assert counted([fact]) == {"courses": 1, "learning_time": 5_400}


def test_a_course_of_which_nobody_knows_how_long_it_took_counts_all_the_same():
    assert counted(settle_course(course("Tess", "2026-10-05", "Asking well"))) == {"courses": 1}


@pytest.mark.parametrize(
    ("level", "counts"),
    [
        ("below", {"assessments": 1}),
        ("meets", {"assessments": 1, "assessments_met": 1}),
        ("exceeds", {"assessments": 1, "assessments_met": 1, "assessments_exceeded": 1}),
    ],
)
def test_an_assessment_counts_for_every_level_it_reaches(level: str, counts: dict[str, int]):
    (fact,) = settle_assessment(assessed("Tess", "2026-10-05", "Discovery", level))
    assert (fact.kind, fact.outcome, fact.how) == (FactKind.ASSESSED, level, None)
    assert counted([fact]) == counts
