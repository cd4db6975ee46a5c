"""Any bytes at all: a sentence, or every row a record or a problem. Together over 2,000 files a run."""

from __future__ import annotations

import csv
import gzip
import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.connectors.test_hostile import HEADER, MAPPING, ROW
from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files.connector import Files
from upswing.connectors.files.format import Format
from upswing.connectors.files.mapping import Mapping, read_mapping
from upswing.connectors.files.table import source
from upswing.connectors.files.unpacking import unpacked
from upswing.core.records import Problem, Severity

MANY = 10 if os.environ.get("UPSWING_HYPOTHESIS") == "nightly" else 1
GOOD = HEADER + b"".join(ROW.replace(b"X1", b"X%d" % number) for number in range(5))
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "gb18030",
    "cp949",
    "mac_roman",
]
CELLS = st.one_of(
    st.sampled_from(["X1", "Tess Lund", "call", "2026-09-02 10:00", "125", "", " ", "=1+1", '"', "1.234,5", "1e5", "\x1d"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)  # fmt: skip


@pytest.fixture(scope="module")
def mapping(tmp_path_factory: pytest.TempPathFactory) -> Mapping:
    folder = tmp_path_factory.mktemp("any")
    (folder / "people.csv").write_text("Name\nTess Lund\n")
    (folder / "map.toml").write_text(MAPPING.format(top=""))
    return read_mapping(folder / "map.toml")


def holds(mapping: Mapping, content: bytes) -> None:
    """A sentence; or each row is taken or refused, none of them twice or not at all."""
    known = Known()
    (mapping.folder / "calls.csv").write_bytes(content)
    try:
        items = list(Files(mapping.folder, mapping).read(known))
    except Unreadable:
        return
    rows = [
        item.origin.row
        for item in items
        if item.origin.file.startswith("calls.csv")
        and not (isinstance(item, Problem) and item.severity is Severity.NOTICE)
    ]
    assert rows == sorted(set(rows))
    assert len(rows) == written(mapping.folder / "calls.csv") < known.expected


def written(path: Path) -> int:
    """How many rows with anything in them stand below the header."""
    with unpacked({"calls.csv": path}) as material:
        calls = source(material.find("calls.csv").path, Format())
        return sum(row is None or any(row) for row in calls.rows())


@settings(max_examples=700 * MANY, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_random_bytes(mapping: Mapping, content: bytes):
    holds(mapping, content)


@settings(max_examples=700 * MANY, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=3)), min_size=1, max_size=8),
    st.booleans(),
)
def test_a_good_file_with_bytes_changed(mapping: Mapping, changes: list[tuple[int, bytes]], zipped: bool):
    raw = bytearray(gzip.compress(GOOD, mtime=0) if zipped else GOOD)
    for place, new in changes:
        raw[place % len(raw) : place % len(raw) + 1] = new
    holds(mapping, bytes(raw))


@settings(max_examples=700 * MANY, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=8),
    st.sampled_from([",", ";", "\t", "|", ":", " "]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(ENCODINGS),
    st.integers(0, 3),
)
def test_any_delimiter_line_end_and_encoding(
    mapping: Mapping, rows: list[list[str]], delimiter: str, end: str, encoding: str, titles: int
):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([["Calls of September"]] * titles)
    writer.writerows([HEADER.decode().strip().split(","), *rows])
    holds(mapping, text.getvalue().encode(encoding, "replace"))
