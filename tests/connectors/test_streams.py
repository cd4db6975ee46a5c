"""Files are read as streams: what is wrong with the text is found first, and one bad row costs one row."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from tests.connectors.company import COLUMNS, ROWS, codes, of, read, sentences, write
from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files.connector import Files
from upswing.connectors.files.format import Format
from upswing.connectors.files.lines import BLOCK, lines_of
from upswing.connectors.files.mapping import read_mapping
from upswing.connectors.files.table import CELL_LENGTH
from upswing.core.records import ActivityRecord, Severity

ROW = ROWS["activities"][0].replace(",L1,D1,C1,", ",,,,")


def rows(count: int) -> list[str]:
    return [ROW.replace("X1", f"X{number}") for number in range(count)]


def test_a_byte_that_is_no_text_is_found_before_the_first_record_however_late_it_stands(tmp_path: Path):
    write(tmp_path, kinds="people activities", activities=[ROW.replace("X1", "Ø1"), *rows(19_999)])
    file = tmp_path / "activities.csv"
    assert file.stat().st_size > BLOCK
    file.write_bytes(file.read_bytes() + b"X,\xe9\n")
    with pytest.raises(Unreadable, match=r"activities.csv, row 20002: the byte 0xE9 is not utf-8 text"):
        next(Files(tmp_path, read_mapping(tmp_path / "map.toml")).read(Known()))


def test_a_character_that_is_cut_off_by_the_end_of_the_file_is_found(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes("a,b\né".encode()[:-1])
    with pytest.raises(Unreadable, match=r"a.csv, row 2: the byte 0xC3"):
        lines_of(tmp_path / "a.csv", Format(encoding="utf-8-sig"))


@pytest.mark.parametrize(
    ("text", "lines"), [("", 0), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\r\nb\r\n", 2), ("a\rb\r", 2)]
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_lines_are_counted_in_any_encoding(tmp_path: Path, text: str, lines: int, encoding: str):
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert lines_of(tmp_path / "a.csv", Format(encoding=encoding)) == lines


def test_utf_16_and_a_mark_at_the_start_are_read(tmp_path: Path):
    write(
        tmp_path, kinds="people activities", activities=rows(3), top='source = "own"\nencoding = "utf-16"\n'
    )
    for kind in ("people", "activities"):
        file = tmp_path / f"{kind}.csv"
        file.write_bytes(file.read_text().encode("utf-16"))
    assert len(of(read(tmp_path), ActivityRecord)) == 3


def test_text_in_another_encoding_than_utf_16_is_told(tmp_path: Path):
    write(tmp_path, kinds="people", top='source = "own"\nencoding = "utf-16"\n')
    with pytest.raises(Unreadable, match="people"):
        read(tmp_path)


def test_a_cell_that_is_too_long_costs_its_row_and_reading_goes_on(tmp_path: Path):
    long = ROW.replace("X1", "X" * (CELL_LENGTH + 1))
    write(tmp_path, kinds="people activities", activities=[rows(2)[0], long, rows(2)[1]])
    items = read(tmp_path)
    assert sentences(items, Severity.REFUSED) == [
        "Row 3: it has a cell of more than 1,048,576 characters. Look for a quote that is not closed."
    ]
    assert [activity.id for activity in of(items, ActivityRecord)] == ["X0", "X1"]  # type: ignore[union-attr]


def test_a_quote_that_is_never_closed_loses_what_it_swallows_and_reading_goes_on(tmp_path: Path):
    write(tmp_path, kinds="people activities", activities=['X,"' + ROW, *rows(20_000)])
    items = read(tmp_path)
    assert set(codes(items)) <= {"cell_too_long", "row_width"}
    assert of(items, ActivityRecord)[-1].id == "X19999"  # type: ignore[union-attr]


def test_rows_are_read_one_by_one_and_never_all_at_once(tmp_path: Path):
    write(tmp_path, kinds="people activities", activities=rows(20_000))
    size = (tmp_path / "activities.csv").stat().st_size
    mapping = read_mapping(tmp_path / "map.toml")
    known = Known()
    reading = Files(tmp_path, mapping).read(known)
    tracemalloc.start()
    try:
        for _ in range(20):
            next(reading)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert known.expected == 20_002
    assert peak < size + 3 * BLOCK


def test_a_file_of_commas_and_blank_lines_has_no_rows(tmp_path: Path):
    blank = "," * COLUMNS["activities"].count(",")
    write(tmp_path, kinds="people activities", activities=["", blank, ROW, ""])
    items = read(tmp_path)
    assert [item.origin.row for item in of(items, ActivityRecord)] == [4]  # type: ignore[union-attr]
    assert codes(items) == {}
