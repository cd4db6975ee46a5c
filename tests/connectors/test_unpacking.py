"""Whatever people have, by the name the mapping says: folders, gzip, zip, workbooks of Excel and OpenDocument."""

from __future__ import annotations

import csv
import gzip
import io
import os
import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.connectors.books import archive, book, edited, locked, ods, packed
from tests.connectors.test_files import (
    GOOD,
    HEADER,
    MAPPING,
    PEOPLE,
    PRODUCTS,
    deals,
    problems,
    unreadable,
)
from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files import archive as archiving
from upswing.connectors.files import workbook
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.connectors.files.unpacking import listed, tabular, unpacked
from upswing.connectors.files.workbook_child import number
from upswing.core.records import DealRecord

DEALS = HEADER + GOOD
CUT_OFF = "“crm.xlsx” is no workbook: it may be damaged or cut off. Save it again as .xlsx."
ROWS = [line.split(",") for line in DEALS.splitlines()]


def lay(folder: Path, mapping: str = MAPPING, top: str = "") -> Path:
    """People, products and the mapping, without deals."""
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "products.csv").write_text(PRODUCTS)
    (folder / "map.toml").write_text(mapping.format(top=top))
    return folder


def named(file: str) -> str:
    return MAPPING.replace('"deals.csv"', f'"{file}"')


def only_deal(folder: Path) -> DealRecord:
    (deal,) = deals(folder)
    assert problems(folder) == []
    return deal


@pytest.mark.parametrize("asked", ["deals.csv", "deals.csv.gz"])
def test_a_gz_is_found_by_either_name(tmp_path: Path, asked: str):
    (lay(tmp_path, named(asked)) / "deals.csv.gz").write_bytes(gzip.compress(DEALS.encode()))
    assert (only_deal(tmp_path).id, only_deal(tmp_path).origin.file) == ("D1", "deals.csv")


def test_a_zip_is_looked_into_for_what_is_not_beside_it_and_what_it_holds_is_opened_too(tmp_path: Path):
    parts = {
        "export/deals.csv.gz": gzip.compress(DEALS.encode()), "__MACOSX/export/._deals.csv.gz": b"\0\1",
        "export/.DS_Store": b"\0", "people.csv": b"nobody",
    }  # fmt: skip
    archive(lay(tmp_path) / "export.ZIP", parts)
    assert only_deal(tmp_path).id == "D1"


def test_a_workbook_with_one_sheet_of_cells_goes_by_its_name_and_by_its_sheets(tmp_path: Path):
    for asked in ("crm.xlsx", "crm.xlsx#Big deals"):
        book(lay(tmp_path, named(asked)) / "crm.xlsx", {"Empty": [], "Big deals": ROWS})
        assert (only_deal(tmp_path).origin.file, only_deal(tmp_path).origin.row) == ("crm.xlsx#Big deals", 2)


def test_of_several_sheets_one_has_to_be_named(tmp_path: Path):
    book(lay(tmp_path, named("crm.xlsx")) / "crm.xlsx", {"Deals": ROWS, "Old": ROWS})
    assert unreadable(tmp_path) == (
        "“crm.xlsx” has several sheets. Name one of them: crm.xlsx#Deals, crm.xlsx#Old."
    )
    lay(tmp_path, named("crm.xlsx#Deal"))
    assert "Did you mean “crm.xlsx#Deals”?" in unreadable(tmp_path)


def test_a_workbook_of_opendocument_and_one_in_a_zip_read_alike(tmp_path: Path):
    ods(lay(tmp_path, named("crm.ods")) / "crm.ods", ROWS)
    assert only_deal(tmp_path).id == "D1"
    inner = book(tmp_path / "crm.xlsx", {"Deals": ROWS}).read_bytes()
    (tmp_path / "crm.xlsx").unlink()
    archive(lay(tmp_path, named("crm.xlsx#Deals")) / "all.zip", {"crm.xlsx": inner})
    assert only_deal(tmp_path).origin.file == "crm.xlsx#Deals"


def test_what_a_file_is_follows_its_first_bytes_and_not_its_name(tmp_path: Path):
    book(tmp_path / "crm.xlsx", {"Deals": ROWS}).rename(lay(tmp_path) / "deals.csv")
    assert only_deal(tmp_path).id == "D1"
    (lay(tmp_path, named("deals.xlsx")) / "deals.xlsx").write_text(DEALS)
    assert only_deal(tmp_path).id == "D1"


def test_files_may_stand_under_other_names_than_they_are_called(tmp_path: Path):
    """As kept uploads do: each under its digest."""
    lay(tmp_path, named("crm.xlsx"))
    book(tmp_path / "8d3f", {"Deals": ROWS})
    given = {"people.csv": tmp_path / "people.csv", "products.csv": tmp_path / "products.csv"}
    with unpacked(given | {"crm.xlsx": tmp_path / "8d3f"}) as material:
        items = list(Files(material, read_mapping(tmp_path / "map.toml")).read(Known()))
    assert [item.id for item in items if isinstance(item, DealRecord)] == ["D1"]
    with unpacked(given) as material, pytest.raises(Unreadable) as refused:
        material.find("crm.xlsx")
    assert str(refused.value).startswith("The file “crm.xlsx” is not among the files given.")


def test_all_tables_are_listed_without_what_nobody_means(tmp_path: Path):
    book(tmp_path / "crm.xlsx", {"Deals": ROWS, "Empty": [], "People": ROWS})
    (tmp_path / "notes.csv.gz").write_bytes(gzip.compress(b"a,b\n"))
    archive(tmp_path / "all.zip", {"x/a.csv": b"a", "y/a.csv": b"b"})
    for passed_over in ("~$crm.xlsx", ".hidden.csv", "README.md"):
        (tmp_path / passed_over).write_text("x")
    (tmp_path / "folder.csv").mkdir()
    with unpacked(tabular(listed(tmp_path))) as material:
        tables = material.tables()
        assert list(tables) == ["crm.xlsx#Deals", "crm.xlsx#People", "notes.csv", "a.csv", "y/a.csv"]
        assert tables["a.csv"].path.read_text() == "a"
        assert tables["y/a.csv"].path.read_text() == "b"
        kept = tables["notes.csv"].path
    assert not kept.exists()


def test_of_two_files_with_one_name_in_two_archives_neither_is_lost(tmp_path: Path):
    archive(tmp_path / "q1.zip", {"deals.csv": b"a"})
    archive(tmp_path / "q2.zip", {"deals.csv": b"b"})
    with unpacked(listed(tmp_path)) as material:
        assert {name: text.path.read_text() for name, text in material.tables().items()} == {
            "deals.csv": "a", "q2.zip/deals.csv": "b",
        }  # fmt: skip


def test_what_is_unpacked_stays_where_the_caller_wants_it(tmp_path: Path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a,b\n"))
    (tmp_path / "into").mkdir()
    with unpacked(listed(tmp_path), tmp_path / "into") as material:
        kept = material.find("a.csv").path
    assert kept.parent == tmp_path / "into"
    assert kept.read_text() == "a,b\n"


def test_nothing_is_opened_that_the_mapping_does_not_name(tmp_path: Path):
    (lay(tmp_path) / "deals.csv").write_text(DEALS)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nothing")
    assert only_deal(tmp_path).id == "D1"


def test_scratch_is_gone_when_reading_ends_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (lay(tmp_path) / "deals.csv.gz").write_bytes(gzip.compress(DEALS.encode()))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    reading = Files(tmp_path, read_mapping(tmp_path / "map.toml")).read(Known())
    next(reading)
    assert list((tmp_path / "scratch").iterdir())
    reading.close()
    assert not list((tmp_path / "scratch").iterdir())


CELLS = [
    ("=cmd|' /C calc'!A1", "=cmd|' /C calc'!A1"), (1234.5, "1234.5"), (1.234, "1.2340"), (1200.0, "1200"),
    (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (-3.25, "-3.25"), (True, "true"), ("two\r\nlines", "two\r\nlines"),
    (("day", date(2026, 3, 4)), "2026-03-04"), (("moment", datetime.fromisoformat("2026-03-04 10:05:07")), "2026-03-04 10:05:07"),
    (("clock", time(9, 30)), "09:30:00"), (("span", timedelta(hours=30, minutes=5)), "30:05:00"),
    (date(2026, 3, 4), "46085"), ("日本 ✓", "日本 ✓"),
]  # fmt: skip


def test_every_kind_of_cell_is_written_so_that_it_reads_one_way(tmp_path: Path):
    rows = [[], [], [cell for cell, _ in CELLS], [], ["last"]]
    path = book(
        tmp_path / "a.xlsx", {"All": rows}, day="yyyy-mm-dd", moment="yyyy-mm-dd hh:mm", clock="hh:mm", span="[h]:mm"
    )  # fmt: skip
    with unpacked({"a.xlsx": path}) as material:
        written = material.find("a.xlsx").path.read_bytes().decode()
    lines = list(csv.reader(io.StringIO(written, newline="")))
    assert [len(line) for line in lines] == [len(CELLS)] * 5
    assert lines[2] == [written for _, written in CELLS]
    assert lines[4][0] == "last"


@pytest.mark.parametrize("value", [1e300, 123456789012345.6, 5e-324, float("inf"), 1e15, -1e20])
def test_no_number_is_written_with_an_exponent(value: float):
    assert "e" not in number(value)
    assert float(number(value)) == pytest.approx(value, rel=1e-14)


def test_typed_numbers_and_days_read_beside_text_in_the_declared_style(tmp_path: Path):
    rows = [
        HEADER.strip().split(","),
        ["D1", "Tess Lund", "Won", "01.09.2026", ("day", date(2026, 10, 1)), "1.234,50", None],
        ["D2", "Tess Lund", "Won", ("day", date(2026, 9, 1)), "01.10.2026", 1234.5, None],
        ["D3", "Tess Lund", "Won", "01.09.2026", "01.10.2026", 1.234, None],
    ]
    lay(tmp_path, named("crm.xlsx"), top='decimal = ","\nthousands = "."\ndate = "%d.%m.%Y"')
    book(tmp_path / "crm.xlsx", {"Deals": rows}, day="dd.mm.yyyy")
    assert [(deal.amount_minor, deal.closed) for deal in deals(tmp_path)] == [
        (123_450, date(2026, 10, 1)), (123_450, date(2026, 10, 1)), (123, date(2026, 10, 1)),
    ]  # fmt: skip
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n", "“deals.csv” is a picture, which cannot be read as a table."),
        (b"%PDF-1.7", "“deals.csv” is a PDF,"),
        (b"MZ\x90\x00\x03", "“deals.csv” is a program,"),
        (b"\n <!DOCTYPE html>", "“deals.csv” is a web page,"),
        (gzip.compress(DEALS.encode())[:-9], "“deals.csv” is damaged or cut off. Bring the file once more."),
        (gzip.compress(b"%PDF-1.7"), "“deals.csv” is a PDF,"),
        (gzip.compress(gzip.compress(b"a")), "“deals.csv” holds no text."),
        (packed({"xl/a.xml": b"<"}), "“deals.csv” is damaged, or no workbook that can be read."),
        (packed({"xl/a.zip": b"PK"}), "“deals.csv” holds an archive."),
        (packed({"../deals.csv": DEALS.encode()}), "“deals.csv” holds a file that would land elsewhere."),
        (packed({"/deals.csv": DEALS.encode()}), "“deals.csv” holds a file that would land elsewhere."),
        (packed({"C:\\deals.csv": DEALS.encode()}), "“deals.csv” holds a file that would land elsewhere."),
        (packed({f"{n}.csv": b"" for n in range(2_001)}), "“deals.csv” holds 2,001 files, and at most 2,000"),
        (packed({"a.csv": b"0" * (20 << 20)}), "“deals.csv” would unpack to 20 MB, which is too much"),
        (gzip.compress(b"0" * (20 << 20)), "“deals.csv” unpacks to too much for its size."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "“deals.csv” is damaged, or no workbook"),
        (b"PK\x05\x06" + b"\0" * 18, "“deals.csv” is an archive. Name a file in it."),
        (
            b"PK\x05\x06" + b"\0" * 8 + b"\xff\xff\xff\x7f" + b"\0" * 6,
            "“deals.csv” holds more than 2,000 files.",
        ),
        (packed({"b.csv": b"a"}), "“deals.csv” is an archive. Name a file in it."),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_table_or_unsafe_to_open_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
):
    (lay(tmp_path) / "deals.csv").write_bytes(content)
    assert unreadable(tmp_path).startswith(sentence)
    assert unreadable(tmp_path)[-1] in ".?"


def test_a_zip_that_holds_too_much_is_refused_however_well_it_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(archiving, "TOTAL", 1 << 20)
    archive(lay(tmp_path) / "a.zip", {"deals.csv": os.urandom((1 << 20) + 1)})
    assert unreadable(tmp_path).startswith("“a.zip” would unpack to 1 MB, which is too much")


def test_an_archive_in_an_archive_and_a_locked_one_are_refused(tmp_path: Path):
    archive(tmp_path / "a.zip", {"b.zip": packed({"deals.csv": b""})})
    with (
        unpacked(listed(tmp_path)) as material,
        pytest.raises(Unreadable, match="an archive inside an archive"),
    ):
        material.tables()
    locked(tmp_path / "a.zip", {"deals.csv": b"x"})
    with (
        unpacked(listed(tmp_path)) as material,
        pytest.raises(Unreadable, match="“a.zip” is locked with a password"),
    ):
        material.find("deals.csv")


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path):
    raw = bytearray(packed({"deals.csv": b"0" * 100_000}))
    place = raw.find(b"PK\x01\x02") + 24
    raw[place : place + 4] = (10).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(raw)
    with (
        unpacked(listed(tmp_path)) as material,
        pytest.raises(Unreadable, match="“a.zip” is damaged or cut off"),
    ):
        material.find("deals.csv")


def far_apart(path: Path) -> Path:
    """A workbook of a few KB with cells at A1 and XFD1048576."""
    book(path, {"Deals": [["a"], ["b"]]})
    return edited(
        path,
        "xl/worksheets/sheet1.xml",
        ('<row r="2" spans="1:1"><c r="A2"', '<row r="1048576"><c r="XFD1048576"'),
    )


def test_a_workbook_that_asks_for_512_gb_ends_its_own_process_only(tmp_path: Path):
    far_apart(lay(tmp_path, named("crm.xlsx")) / "crm.xlsx")
    assert (tmp_path / "crm.xlsx").stat().st_size < 10_000
    assert unreadable(tmp_path) == (
        "“crm.xlsx” would need more than 1,024 MB to open; save the sheet as CSV and bring that."
    )


def test_a_workbook_that_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook, "SECONDS", 0.01)
    book(lay(tmp_path, named("crm.xlsx")) / "crm.xlsx", {"Deals": ROWS})
    assert unreadable(tmp_path).startswith("“crm.xlsx” takes too long to open.")


def test_a_workbook_with_too_many_columns_or_without_cells_is_refused_and_empty_ones_at_the_right_are_not(
    tmp_path: Path,
):
    lay(tmp_path, named("crm.xlsx"))
    book(tmp_path / "crm.xlsx", {"Deals": [[*row, *[""] * 600] for row in ROWS]})
    assert only_deal(tmp_path).id == "D1"
    book(tmp_path / "crm.xlsx", {"Deals": [["x"] * 501]})
    assert unreadable(tmp_path).startswith(
        "“crm.xlsx” has 501 columns in the sheet “Deals”, and at most 500 are read."
    )
    book(tmp_path / "crm.xlsx", {"Deals": []})
    assert unreadable(tmp_path) == "“crm.xlsx” has no sheet with cells."


def test_a_cut_off_workbook_is_refused(tmp_path: Path):
    path = book(lay(tmp_path, named("crm.xlsx")) / "crm.xlsx", {"Deals": ROWS})
    path.write_bytes(path.read_bytes()[:-100])
    assert unreadable(tmp_path) == CUT_OFF


def test_a_few_bytes_that_begin_like_a_workbook_are_none(tmp_path: Path):
    (lay(tmp_path, named("crm.xlsx")) / "crm.xlsx").write_bytes(b"PK\x03\x04 hello!")
    assert unreadable(tmp_path) == CUT_OFF


def test_the_process_that_opens_workbooks_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("UPSWING_SECRET_KEY", "sesame")
    seen: dict[str, str] = {}
    popen = workbook.subprocess.Popen
    monkeypatch.setattr(
        workbook.subprocess,
        "Popen",
        lambda *given, env, **more: seen.update(env) or popen(*given, env=env, **more),
    )
    book(lay(tmp_path, named("crm.xlsx")) / "crm.xlsx", {"Deals": ROWS})
    assert only_deal(tmp_path).id == "D1"
    assert set(seen) <= {"PATH", "LD_LIBRARY_PATH"}


def test_a_missing_file_is_looked_for_in_both_places(tmp_path: Path):
    lay(tmp_path)
    shutil.copytree(tmp_path, tmp_path / "given")
    with pytest.raises(Unreadable, match="is not in .*/given or .*"):
        list(Files(tmp_path / "given", read_mapping(tmp_path / "map.toml")).read(Known()))
