"""How a file is written is found from the file: every encoding, delimiter and header row that people really send."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.test_files import GOOD, HEADER, MAPPING, PEOPLE, PRODUCTS, deals, problems, write
from upswing.connectors.connector import Unreadable
from upswing.connectors.files.detect import detected
from upswing.connectors.files.encoding import BLOCK, encoding_of
from upswing.connectors.files.format import Format
from upswing.connectors.files.mapping import mapping_of, read_mapping
from upswing.connectors.files.table import source
from upswing.connectors.files.values import day, number

TEXTS = {
    "en": "Rep;Amount;Note\nTess Lund;1200;“fine” – paid\nStan Weber;5;Café\n",
    "da": "Sælger;Beløb;Dato\nTess Lund;1.200,50;01.09.2026\nSøren Ærø;5;02.09.2026\n",
    "de": "Verkäufer;Betrag;Größe\nJürgen Müller;1.200,50;groß\nTess;5;für Köln\n",
    "zh": "销售代表,金额,阶段\n李雷,1200,赢单\n韩梅梅,500,谈判\n",
    "ko": "담당자,금액,단계\n김철수,1200,수주\n이영희,500,협상\n",
    "pl": "Sprzedawca;Kwota;Etap\nŁukasz Żółć;5;Wygrana\n",
    "ru": "Продавец;Сумма;Этап\nИван Петров;5;Выиграно\n",
}
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
WESTERN = ["cp1252", "iso8859-1", "iso8859-15", "mac_roman", "cp850"]
OWN = {
    "en": ["cp1252", "mac_roman"], "da": WESTERN, "de": WESTERN, "zh": ["gb18030", "gbk", "gb2312"],
    "ko": ["euc_kr", "cp949"], "pl": ["cp1250", "iso8859-2"], "ru": ["cp1251", "koi8-r"],
}  # fmt: skip
WRITTEN = [(language, encoding) for language, own in OWN.items() for encoding in [*own, *UNICODE]]


@pytest.mark.parametrize(("language", "encoding"), WRITTEN)
def test_a_few_lines_in_any_usual_encoding_read_as_they_were_written(
    tmp_path: Path, language: str, encoding: str
):
    if (language, encoding) in {("ru", "utf-16-le"), ("ru", "utf-16-be")}:
        encoding = "utf-16"  # so few signs of ASCII need the mark
    file = tmp_path / "a.csv"
    file.write_bytes(TEXTS[language].encode(encoding))
    assert file.read_text(encoding=encoding_of(file)) == TEXTS[language].removeprefix("\ufeff")


def test_traditional_chinese_is_read_too(tmp_path: Path):
    text = "業務代表,金額,階段\n王小明,1200,成交\n陳大文,500,談判中\n"
    (tmp_path / "a.csv").write_bytes(text.encode("big5"))
    assert (tmp_path / "a.csv").read_text(encoding=encoding_of(tmp_path / "a.csv")) == text


def test_the_first_letter_beyond_ascii_decides_however_late_it_stands(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"Name\n" + b"Tess\n" * (BLOCK // 4) + "Søren\n".encode("cp1252"))
    assert encoding_of(tmp_path / "a.csv") == "cp1252"


@pytest.mark.parametrize(
    ("text", "delimiter", "header"),
    [
        ("Id;Owner;Amount\n1;Tess;1,5\n2;Stan;2,5\n", ";", 1),
        ("k;x;y;z\na;1,5;2,5;3,5\nb;1,5;2,5;3,5\n", ";", 1),
        ("Name, first and last;Amount\nTess;5\nStan;6\n", ";", 1),
        ("a\tb\n1\t2,5\n", "\t", 1),
        ("a|b\n1|2\n", "|", 1),
        ("Name\nTess\nStan\n", ",", 1),
        ('Id,Note\n1,"two;\nlines;\nof;\ntext;"\n2,"a;b;c"\n', ",", 1),
        ("Sales report\n\nId,Owner,Amount\n1,Tess,5\n2,Stan,6\n", ",", 3),
        ("Exported by,Mona,on,2026-10-01\n,,,\nId,Owner,Stage,Amount\n1,Tess,Won,5\n2,Stan,Won,6\n", ",", 3),
        ("Deals,,,\nfor Q3,,,\nId,Owner,Stage,Amount\n1,Tess,Won,5\n2,Stan,Won,6\n", ",", 3),
        ("Rep,2024,2025,2026\nTess,1,2,3\nStan,4,5,6\n", ",", 1),
        (",Name,Team,Region\n1,Tess,A,North\n2,Stan,A,North\n", ",", 1),
        ("Name,Amount,Note,\nTess,5,,\nStan,6,,\n", ",", 1),
        (",".join(f"c{column}" for column in range(40)) + "\n" + ("1,a,b" + "," * 37 + "\n") * 3, ",", 1),
        ("Id,Rep\n1,Tess\n" + "x," * 1_000 + "\n2,Stan\n", ",", 1),
        ("Id,Rep\n\n1,Tess\n2,Stan\n", ",", 1),
        ("Name,Amount\n", ",", 1),
        ("\n\nName,Amount\nTess,5\n", ",", 3),
        ("", ",", 1),
    ],
)
def test_delimiter_and_header_row_are_found(tmp_path: Path, text: str, delimiter: str, header: int):
    (tmp_path / "a.csv").write_text(text)
    found = detected(tmp_path / "a.csv", Format())
    assert (found.delimiter, found.header) == (delimiter, header)


def test_what_the_mapping_says_goes_before_what_the_file_looks_like(tmp_path: Path):
    (tmp_path / "a.csv").write_text("a;b,c\n1;2,3\n4;5,6\n")
    told = Format(encoding="cp1252", delimiter=",", header=2)
    assert detected(tmp_path / "a.csv", told) == told
    assert source(tmp_path / "a.csv", told).header == ("1;2", "3")


def test_rows_are_numbered_as_in_the_file_when_titles_stand_above(tmp_path: Path):
    write(tmp_path, "Deals of Q3\n\n" + HEADER + GOOD + GOOD.replace("Lund", "Lunt").replace("D1", "D2"))
    assert [deal.origin.row for deal in deals(tmp_path)] == [4]
    assert problems(tmp_path)[0].sentence.startswith("Row 5: no rep is called “Tess Lunt”.")


def test_each_table_may_say_how_its_own_file_is_written(tmp_path: Path):
    own = 'file = "deals.csv"\ndecimal = ","\nthousands = "."\ndate = "%d.%m.%Y"\nheader = 2\ndelimiter = ";"\nencoding = "cp1252"'
    row = (
        "Große Geschäfte\n" + HEADER.replace(",", ";") + "D1;Tess Lund;Won;01.09.2026;01.10.2026;1.200,50;\n"
    )
    write(tmp_path, row.encode("cp1252"), mapping=MAPPING.replace('file = "deals.csv"', own))
    (tmp_path / "products.csv").write_text(PRODUCTS + "Half,0.5\n")
    assert [(deal.amount_minor, str(deal.closed)) for deal in deals(tmp_path)] == [(120_050, "2026-10-01")]
    assert problems(tmp_path) == []


def test_a_table_may_take_back_what_the_mapping_says_for_all(tmp_path: Path):
    top = 'decimal = ","\nthousands = "."\n'
    own = 'file = "deals.csv"\ndecimal = "."\nthousands = ""'
    write(tmp_path, HEADER + GOOD, top=top, mapping=MAPPING.replace('file = "deals.csv"', own))
    assert deals(tmp_path)[0].amount_minor == 120_050


@pytest.mark.parametrize("row", ["0.5", '"2"', "-1", "true", "1001"])
def test_a_header_row_that_is_none_is_refused(tmp_path: Path, row: str):
    write(tmp_path, "", mapping=MAPPING.replace('file = "deals.csv"', f'file = "deals.csv"\nheader = {row}'))
    with pytest.raises(Unreadable, match=r"map.toml, \[deals\]: header = .* must be the row that names"):
        read_mapping(tmp_path / "map.toml")


def test_a_header_row_beyond_the_end_is_told(tmp_path: Path):
    (tmp_path / "a.csv").write_text("a,b\n")
    with pytest.raises(Unreadable, match=r"a.csv has nothing in row 7, which should name the columns."):
        source(tmp_path / "a.csv", Format(header=7))


def test_a_mapping_need_not_stand_in_a_file(tmp_path: Path):
    raw = {"people": {"file": "p.csv", "columns": {"name": "Name"}}}
    assert mapping_of(raw, tmp_path / "guessed.toml").tables["people"][0].file == "p.csv"


def test_empty_cells_at_the_end_of_a_row_are_neither_missed_nor_in_the_way(tmp_path: Path):
    write(tmp_path, HEADER.replace("\n", ",,\n") + GOOD + GOOD.replace("D1", "D2").replace("\n", ",, ,,\n"))
    assert [deal.id for deal in deals(tmp_path)] == ["D1", "D2"]
    assert problems(tmp_path) == []
    write(tmp_path, HEADER + GOOD + GOOD.replace("D1", "D2").replace("\n", ",,x\n"))
    assert [problem.code for problem in problems(tmp_path)] == ["row_width"]


def test_names_of_columns_are_compared_without_surplus_space_and_line_ends(tmp_path: Path):
    write(
        tmp_path, HEADER.replace("Opened", '"Opened\non"').replace("Amount", " Amount  due "), mapping=MAPPING
    )
    (tmp_path / "people.csv").write_text(PEOPLE)
    assert source(tmp_path / "deals.csv", Format()).header[3:6] == ("Opened on", "Closed", "Amount due")
    assert source(tmp_path / "deals.csv", Format()).place("Amount  due", "deals amount") == 5


def test_a_day_in_iso_form_is_taken_whatever_the_style_says():
    german = Format(date="%d.%m.%Y")
    assert str(day("2026-03-04", german)) == "2026-03-04"
    assert str(day("04.03.2026", german)) == "2026-03-04"
    with pytest.raises(ValueError, match="a date like"):
        day("2026-13-04", Format(date="%d.%m.%Y"))
    with pytest.raises(ValueError, match="a date like"):
        day("2026-03-14", Format(date="%Y-%d-%m"))


def test_a_workbooks_number_reads_beside_the_declared_style_and_a_text_files_does_not():
    book = Format(decimal=",", thousands=".", plain=True)
    assert [str(number(cell, book)) for cell in ("1.234,50", "1234.5", "1.2340", "1.234", "-7")] == [
        "1234.50", "1234.5", "1.2340", "1234.0", "-7.0",
    ]  # fmt: skip
    assert str(number("33.3333333333333", Format(plain=True))) == "33.3333"
    with pytest.raises(ValueError, match="a number like"):
        number("1234.5", Format(decimal=",", thousands="."))
    with pytest.raises(ValueError, match="a number like"):
        number("1234.50000", Format())
