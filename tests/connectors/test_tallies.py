"""Tallies: what a rep counted of a day; what cannot be is kept as written, and told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.connectors.connector import Known
from upswing.connectors.files.rows import rows
from upswing.core.records import Problem, Severity, Tallied, TallyRecord

DAY = date(2026, 11, 2)


def read(**counts: int | None) -> tuple[TallyRecord, list[Problem]]:
    """The one tally of these counts, and what is told of it."""
    row = {"rep": "Tess Lund", "day": DAY.isoformat(), **counts}
    known = Known(reps={"tess lund": "Tess Lund"})
    items = list(rows("own", {"tallies": [row]}, {}, DAY).read(known))
    (tally,) = (item for item in items if isinstance(item, TallyRecord))
    return tally, [item for item in items if isinstance(item, Problem)]


def test_more_conversations_than_calls_are_kept_as_written_and_told():
    tally, (told,) = read(calls=5, conversations=7)
    assert dict(zip(Tallied, tally.counts, strict=True))["calls"] == 5
    assert (told.severity, told.code, told.field, told.value) == (
        Severity.NOTICE, "part_above_whole", "conversations", "7"
    )  # fmt: skip
    assert told.sentence == (
        "Row 1: Tess Lund has 7 conversations on 2026-11-02, and 5 calls. Conversations are among calls, "
        "so 7 of these count too. Correct the row if that is wrong."
    )


@pytest.mark.parametrize(
    "counts",
    [
        {"conversations": 7},
        {"calls": None, "conversations": 7},
        {"calls": 7, "conversations": 7},
        {"meetings_booked": 1, "meetings_held": 3},
        {"meetings_held": 5, "conversations": 2},
    ],
)
def test_what_was_not_counted_or_is_counted_apart_is_no_mistake(counts: dict[str, int | None]):
    assert read(**counts)[1] == []


def test_each_step_is_told_by_itself():
    _, told = read(calls=0, connects=1, conversations=2, meetings_held=1, positive_meetings=2)
    assert [one.field for one in told] == ["connects", "conversations", "positive_meetings"]


@given(st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_counts_in_falling_order_are_never_told_and_others_always_are(counts: list[int]):
    calls, connects, conversations = counts
    _, told = read(calls=calls, connects=connects, conversations=conversations)
    assert bool(told) == (not calls >= connects >= conversations)
