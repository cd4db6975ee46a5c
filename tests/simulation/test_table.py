"""A table keeps numbers and writes texts."""

from __future__ import annotations

import numpy as np

from upswing.simulation.arrays import NEVER
from upswing.simulation.table import Days, Ids, Instants, Scaled, Table, Whole, Words, stacked


def small() -> Table:
    return Table("things", {
        "id": Ids(np.array([0, 0, 2]), np.array([0, -1, 41]), ("T",), np.zeros(3, np.int8)),
        "word": Words(np.array([1, -1, 0]), ("one", "two")),
        "count": Whole(np.array([7, -1, 0])),
        "money": Scaled(np.array([1205, -1, 99])),
        "day": Days(np.array([20_777, NEVER, 0])),
        "at": Instants(np.array([1_795_166_043, NEVER, 0])),
    })  # fmt: skip


def test_cells_are_written_as_exports_show_them() -> None:
    assert list(small().rows()) == [
        ("T-001-000001", "two", "7", "12.05", "2026-11-20", "2026-11-20T09:14:03+00:00"),
        ("", "", "", "", "", ""),
        ("T-003-000042", "one", "0", "0.99", "1970-01-01", "1970-01-01T00:00:00+00:00"),
    ]


def test_rows_are_selected_by_mask_and_by_place() -> None:
    assert small().select(np.array([False, False, True])).texts("count") == ["0"]
    assert small().select(np.array([2, 0])).texts("word") == ["one", "two"]


def test_parts_are_stacked_also_when_their_words_differ() -> None:
    parts = [{"word": Words(np.array([0, -1]), ("a", "b"))}, {"word": Words(np.array([0, 1]), ("c", "d"))}]
    assert stacked("words", parts).texts("word") == ["a", "", "c", "d"]


def test_a_table_has_a_length_a_header_and_columns() -> None:
    assert len(small()) == 3
    assert small().header == ("id", "word", "count", "money", "day", "at")
    assert small().with_columns(count=Whole(np.array([1, 2, 3]))).texts("count") == ["1", "2", "3"]
    assert len(small()["day"]) == 3
