"""Files made to hurt: each is refused in one sentence, or every row of it is a record or a problem."""

from __future__ import annotations

import gzip
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.connectors.books import book, packed
from tests.connectors.test_unpacking import far_apart
from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import Problem, Record, Severity

MAPPING = """
read_on = 2026-10-15
{top}
[people]
file = "people.csv"
columns = {{ name = "Name" }}
[activities]
file = "calls.csv"
columns = {{ id = "Id", rep = "Rep", kind = "Kind", at = "At", seconds = "Seconds" }}
"""
HEADER = b"Id,Rep,Kind,At,Seconds\n"
ROW = b"X1,Tess Lund,call,2026-09-02T10:00:00,125\n"
SECONDS, MEGABYTES = 20, 600


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """Nothing takes longer, or more memory, than a person at a small server puts up with."""
    most, begun = peak(), time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS
    assert peak() - most < MEGABYTES << 20


def peak() -> int:
    """The most memory this process has taken, in bytes."""
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found if sys.platform == "darwin" else found << 10


def read(folder: Path, calls: bytes, top: str = "") -> list[Record | Problem]:
    """Everything that calls.csv yields."""
    (folder / "people.csv").write_text("Name\nTess Lund\n")
    (folder / "calls.csv").write_bytes(calls)
    return again(folder, top)


def again(folder: Path, top: str = "") -> list[Record | Problem]:
    (folder / "people.csv").write_text("Name\nTess Lund\n")
    (folder / "map.toml").write_text(MAPPING.format(top=top))
    items = Files(folder, read_mapping(folder / "map.toml")).read(Known())
    return [item for item in items if item.origin.file.startswith("calls.csv")]


def counted(items: list[Record | Problem]) -> tuple[int, int]:
    """Rows taken, rows refused."""
    refused = sum(isinstance(item, Problem) and item.severity is Severity.REFUSED for item in items)
    return sum(not isinstance(item, Problem) for item in items), refused


@pytest.mark.parametrize(
    ("rows", "taken", "refused"),
    [
        (b"", 0, 0),
        (ROW * 3, 1, 2),
        (ROW.replace(b"X1", b"\"=cmd|' /C calc'!A1\""), 1, 0),
        (ROW.replace(b"X1", b"X\0\x01"), 0, 1),
        (ROW.replace(b"Tess Lund", b"Tess \x07Lund"), 0, 1),
        (ROW.replace(b"125", b"1e999"), 0, 1),
        (ROW.replace(b"125", b"66E66666666660"), 0, 1),
        (ROW.replace(b"125", b"NaN"), 0, 1),
        (ROW.replace(b"125", b"1_0"), 0, 1),
        (ROW.replace(b"125", "١٢٥".encode()), 0, 1),
        (ROW.replace(b"2026-09", b"0000-09"), 0, 1),
        (ROW.replace(b"2026-09", b"0001-01"), 0, 1),
        (ROW.replace(b"2026-09", b"9999-12"), 0, 1),
        (ROW.replace(b"\n", b"\r") + ROW.replace(b"X1", b"X2").replace(b"\n", b"\r"), 2, 0),
        (ROW.replace(b"X1", b'"X\n\n1"'), 1, 0),
        (ROW.replace(b"X1", b"X" * (3 << 20)), 0, None),
        (b'"' + ROW * 50_000, 1, None),
        (b"," * 100_000 + b"\n" + ROW, 1, 0),
        (b"x," * 100_000 + b"\n" + ROW, 1, 1),
        (b"\n" * 100_000 + ROW, 1, 0),
        ("Ø1,Tess Lund,call,2026-09-02T10:00:00,5\n".encode() + b"\xc6" + ROW, 2, 0),
        (b'X"1,' + ROW[3:] + b'"X"2"' + ROW[2:], 2, 0),
        (ROW.replace(b"T10:00:00", b"T10:00:00+99:99"), 0, 1),
    ],
    ids=range(23),
)
def test_a_row_is_taken_or_refused(tmp_path: Path, rows: bytes, taken: int, refused: int | None):
    found = counted(read(tmp_path, HEADER + rows))
    assert found[0] == taken
    assert found[1] == refused or (refused is None and found[1] > 0)


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Copenhagen", "02:30"), ("America/Sao_Paulo", "00:00"), ("Africa/Casablanca", "02:30")]
)  # fmt: skip
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2018-11-04", "2026-02-15"])
def test_times_that_clocks_leave_out_or_repeat_are_read(tmp_path: Path, zone: str, hour: str, day: str):
    row = f"X1,Tess Lund,call,{day}T{hour}:00,5\n".encode()
    items = read(tmp_path, HEADER + row, top=f'time_zone = "{zone}"')
    assert counted(items) == (1, 0)


FILES: dict[str, bytes] = {
    "is empty: its first row must name the columns.": b"",
    "has no column “Id”": b"\n\n\n,,,\n1,2,3\n",
    "the row that names the columns has more than 1,048,576 characters.": b"a," * 10_000_000,
    "has 20,000 columns, and at most 16,384 can be read.": b"a," * 19_999 + b"a\n",
    "the byte 0x": HEADER + "Ø".encode() + ROW + ROW * 30_000 + b"X\xff\xfe\xe6,\n",
    "is damaged or cut off": gzip.compress(HEADER + ROW)[:-6],
    "unpacks to too much": gzip.compress(b"\0" * (64 << 20)),
    "would unpack to 64 MB": packed({"calls.csv": b"\0" * (64 << 20)}),
    "is an archive": packed({"a.zip": packed({"b.zip": packed({})})}),
    "is a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "is damaged, or no workbook": packed({"xl/workbook.xml": b"<" * 1000, "[Content_Types].xml": b""}),
    "has more than 4,194,304 characters": HEADER + b"x" * (20 << 20),
}


@pytest.mark.parametrize("sentence", FILES)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, sentence: str):
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, FILES[sentence])
    assert sentence in str(refused.value)
    assert "calls.csv" in str(refused.value)


def test_a_directory_called_like_a_file_is_none(tmp_path: Path):
    (tmp_path / "calls.csv").mkdir()
    with pytest.raises(Unreadable, match="The file “calls.csv” is not in"):
        again(tmp_path)


def test_cells_at_both_ends_of_a_sheet_end_no_process_of_ours(tmp_path: Path):
    far_apart(tmp_path / "calls.xlsx").rename(tmp_path / "calls.csv")
    with pytest.raises(Unreadable, match="“calls.csv” would need more than 1,024 MB to open"):
        again(tmp_path)


@pytest.mark.parametrize("seed", range(20))
def test_a_workbook_with_bytes_changed_is_read_or_refused(tmp_path: Path, seed: int):
    """Ten changed bytes: in the list of members, in packed text, anywhere."""
    rows = [line.split(",") for line in (HEADER + ROW).decode().splitlines()]
    raw = bytearray(book(tmp_path / "calls.xlsx", {"Calls": rows}).read_bytes())
    dice = random.Random(seed)
    for _ in range(10):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    try:
        items = read(tmp_path, bytes(raw))
    except Unreadable:
        items = []
    assert sum(counted(items)) <= 1


def test_a_quote_never_closed_in_50_mb_loses_what_it_swallows_and_says_so(tmp_path: Path):
    rows = b"".join(
        ROW.replace(b"X1", b"X%d" % number).replace(b"call", b"c" * 10_000) for number in range(5_000)
    )
    items = read(tmp_path, HEADER + b'"' + rows)
    assert {item.code for item in items if isinstance(item, Problem)} == {"cell_too_long", "bad_kind"}
    assert 4_800 < sum(counted(items)) < 5_000


def test_text_in_utf_16_without_a_mark_is_read(tmp_path: Path):
    assert counted(read(tmp_path, (HEADER + ROW).decode().encode("utf-16-le"))) == (1, 0)


def test_a_zip_of_a_thousand_small_files_is_opened_in_time(tmp_path: Path):
    (tmp_path / "all.zip").write_bytes(
        packed({f"{number}.csv": b"a\n1\n" for number in range(1_000)} | {"calls.csv": HEADER + ROW})
    )
    assert counted(again(tmp_path)) == (1, 0)
