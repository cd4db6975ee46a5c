"""What stands as not in: until the same file is read again, or the very record came in from another."""

from __future__ import annotations

import pytest

from tests import world
from tests.actions.told import rep
from tests.world import bring, deal
from upswing.actions.undoing import undo
from upswing.core.records import Origin, Problem, Severity
from upswing.queries.problems import standing

pytestmark = pytest.mark.django_db


def refused(record: str, file: str = "export.csv") -> Problem:
    why = "Row 2: nobody is called “Tes”."
    return Problem(Severity.REFUSED, "unknown_rep", Origin(file, 2), record, "rep", "Tes", why)


def left() -> list[str]:
    return sorted(standing().values_list("record", flat=True))


def test_a_refused_row_that_came_in_since_is_mended_whatever_its_file_was():
    bring(rep("Tess"), refused("D1"), refused("D2"))
    assert left() == ["D1", "D2"]
    mended = bring(deal("D1", "Tess", "2026-08-25"))
    assert left() == ["D2"]
    undo(world.operator(), mended.batch, world.NOW)
    assert left() == ["D1", "D2"]


def test_a_record_of_another_source_or_from_before_mends_nothing():
    bring(rep("Tess"), deal("D1", "Tess", "2026-08-25"))
    bring(refused("D1"))
    bring(deal("D1", "Tess", "2026-08-26"), source="other")
    assert left() == ["D1"]
