"""Files that are not as they should be: each a clear sentence, and the good rows still come."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import Format, read_mapping
from upswing.connectors.files.values import number
from upswing.core.money import minor_units
from upswing.core.records import DealRecord, Outcome, PersonRecord, Problem, QuotaRecord, Severity

MAPPING = """
source = "crm"
currency = "EUR"
read_on = 2026-10-15
{top}

[people]
file = "people.csv"
columns = {{ name = "Name", manager = "Boss" }}

[products]
file = "products.csv"
columns = {{ name = "Product", list_price = "Price" }}

[deals]
file = "deals.csv"
columns = {{ id = "Id", rep = "Owner", stage = "Stage", created = "Opened", closed = "Closed", amount = "Amount", product = "Product" }}
stages = {{ Talking = "open", Won = "won", Lost = "lost" }}
"""
PEOPLE = "Name,Boss\nTess Lund,Mona\nStan Weber,Mona\n"
PRODUCTS = "Product,Price\nGTX Pro,100\n"
HEADER = "Id,Owner,Stage,Opened,Closed,Amount,Product\n"
GOOD = "D1,Tess Lund,Won,2026-09-01,2026-10-01,1200.50,GTX Pro\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, deals=HEADER + GOOD)
    return tmp_path


def write(folder: Path, deals: str | bytes, top: str = "", mapping: str = MAPPING) -> None:
    (folder / "people.csv").write_text(PEOPLE)
    (folder / "products.csv").write_text(PRODUCTS)
    (folder / "deals.csv").write_bytes(deals if isinstance(deals, bytes) else deals.encode())
    (folder / "map.toml").write_text(mapping.format(top=top))


def read(folder: Path) -> list[object]:
    return list(Files(folder, read_mapping(folder / "map.toml")).read(Known()))


def deals(folder: Path) -> list[DealRecord]:
    return [item for item in read(folder) if isinstance(item, DealRecord)]


def problems(folder: Path, severity: Severity = Severity.REFUSED) -> list[Problem]:
    return [item for item in read(folder) if isinstance(item, Problem) and item.severity is severity]


def refusal(folder: Path) -> str:
    """The one sentence; the good row beside it must have landed."""
    (problem,) = problems(folder)
    assert [deal.id for deal in deals(folder)] == ["D1"]
    return problem.sentence


def test_a_good_row_becomes_a_deal_with_money_in_cents(folder: Path):
    (deal,) = deals(folder)
    assert (deal.outcome, deal.amount_minor, deal.created, deal.closed) == (
        Outcome.WON, 120050, date(2026, 9, 1), date(2026, 10, 1),
    )  # fmt: skip
    assert (deal.credit, deal.product, deal.origin.file, deal.origin.row) == (
        (("Tess Lund", 1),),
        "GTX Pro",
        "deals.csv",
        2,
    )


def test_people_come_before_deals(folder: Path):
    kinds = [type(item) for item in read(folder)]
    assert kinds.index(PersonRecord) < kinds.index(DealRecord)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "D2,Tess Lunt,Won,2026-09-01,2026-10-01,1,",
            "Row 3: no rep is called “Tess Lunt”. Did you mean “Tess Lund”?",
        ),
        (
            "D2,Tess Lund,Won,01/09/2026,2026-10-01,1,",
            "Row 3: “Opened” reads “01/09/2026”, which should be a date like 2026-11-30.",
        ),
        (
            "D2,Tess Lund,Won,2026-09-01,2026-10-01,1.2e5,",
            "Row 3: “Amount” reads “1.2e5”, which should be a number like 1234.50.",
        ),
        (
            "D2,Tess Lund,Won,2026-10-02,2026-10-01,1,",
            "Row 3: it was decided on 2026-10-01, before it was created on 2026-10-02. Correct one of the two days.",
        ),
        ("D2,Tess Lund,Won,2026-10-02,,1,", "Row 3: a deal that is won needs the day it was decided."),
        (
            "D1,Stan Weber,Won,2026-09-01,2026-10-01,1,",
            "Row 3: “D1” stands in row 2 already; that one was kept.",
        ),
        (
            "D2,Tess Lund,Wonn,2026-09-01,2026-10-01,1,",
            "Row 3: the mapping knows no stage “Wonn”. Did you mean “Won”?",
        ),
        (",Tess Lund,Won,2026-09-01,2026-10-01,1,", "Row 3: the column “Id” is empty."),
        ("D2,Tess Lund,Won,2026-09-01,2026-10-01,-5,", "Row 3: a deal's amount is 0 or more."),
        (
            "D2,Tess Lund,Won,2026-09-01,2026-10-01",
            "Row 3: it has 5 cells, the header 7. Look for a stray delimiter or quote.",
        ),
        (
            "D2,Tess Lund,Won,1822-09-01,2026-10-01,1,",
            "Row 3: “Opened” reads “1822-09-01”, which should be a date between 1990 and 2100.",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, row: str, sentence: str):
    write(tmp_path, HEADER + GOOD + row + "\n")
    assert refusal(tmp_path) == sentence


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("D2,Tess Lund,Lost,2026-09-01,2026-10-01,0,GTX Pro", "lost_without_value"),
        ("D2,Tess Lund,Won,2026-09-01,2026-10-01,,GTX Pro", "won_without_value"),
        ("D2,Tess Lund,Talking,2026-09-01,,,", "open_without_value"),
        ("D2,Tess Lund,Talking,,,5,", "no_creation_day"),
        ("D2,Tess Lund,Won,,2026-10-01,5,", "no_creation_day"),
        ("D2,Tess Lund,Talking,2026-09-01,,5,GTXPro", "unknown_product"),
        ("D2,Tess Lund,Won,2026-09-01,2026-10-16,5,", "decided_later"),
    ],
)
def test_what_is_unusual_is_taken_and_told(tmp_path: Path, row: str, code: str):
    write(tmp_path, HEADER + row + "\n")
    assert [problem.code for problem in problems(tmp_path, Severity.NOTICE)] == [code]
    assert [deal.id for deal in deals(tmp_path)] == ["D2"]


def test_a_lost_deal_without_value_stands_at_list_price_while_it_is_open(tmp_path: Path):
    write(tmp_path, HEADER + "D2,Tess Lund,Lost,2026-09-01,2026-10-01,0,GTX Pro\n")
    assert deals(tmp_path)[0].expected_minor == 10_000


def test_an_alias_is_used_and_told(tmp_path: Path):
    write(
        tmp_path,
        HEADER + "D2,Tess Lund,Talking,2026-09-01,,5,GTXPro\n",
        mapping=MAPPING + '\n[deals.aliases.product]\nGTXPro = "GTX Pro"\n',
    )
    (told,) = problems(tmp_path, Severity.NOTICE)
    assert told.sentence == "Row 2: product “GTXPro” was read as “GTX Pro”, as the mapping says."
    assert deals(tmp_path)[0].product == "GTX Pro"


def test_a_name_by_which_the_products_are_read_too_is_nothing_to_tell(tmp_path: Path):
    mapping = MAPPING.replace('file = "products.csv"', 'file = "deals.csv"\ndistinct = true')
    mapping = mapping.replace(', list_price = "Price"', "")
    for field in ("products.aliases.name", "deals.aliases.product"):
        mapping += f'\n[{field}]\nGTXPro = "GTX Pro"\n'
    rows = "D2,Tess Lund,Talking,2026-09-01,,5,GTXPro\nD3,Tess Lund,Talking,2026-09-01,,5,gtx pro\n"
    write(tmp_path, HEADER + rows, mapping=mapping)
    assert {told.code for told in problems(tmp_path, Severity.NOTICE)} <= {"open_without_account"}
    assert [deal.product for deal in deals(tmp_path)] == ["GTX Pro", "GTX Pro"]


def test_names_picked_out_of_rows_are_expected_as_they_come(tmp_path: Path):
    mapping = MAPPING.replace('file = "people.csv"', 'file = "deals.csv"\ndistinct = true')
    mapping = mapping.replace('{{ name = "Name", manager = "Boss" }}', '{{ name = "Owner" }}')
    rows = "".join(f"D{n},Tess Lund,Talking,2026-09-01,,5,GTX Pro\n" for n in range(20))
    write(tmp_path, HEADER + rows, mapping=mapping)
    known = Known()
    items = list(Files(tmp_path, read_mapping(tmp_path / "map.toml")).read(known))
    records = [item for item in items if not isinstance(item, Problem)]
    assert known.expected == len(records) == 20 + 1 + 1  # deals, one product, one person


def test_all_that_is_wrong_with_the_cells_of_a_row_is_said_at_once(tmp_path: Path):
    write(tmp_path, HEADER + GOOD + "D2,Tess Lunt,Talking,soon,,much,GTX Pro\n")
    assert refusal(tmp_path) == (
        "Row 3: no rep is called “Tess Lunt”. Did you mean “Tess Lund”? "
        "Also, “Opened” reads “soon”, which should be a date like 2026-11-30. "
        "Also, “Amount” reads “much”, which should be a number like 1234.50."
    )


def unreadable(folder: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        read(folder)
    return str(refused.value)


def test_a_column_the_file_lacks_is_named_with_the_nearest(tmp_path: Path):
    write(tmp_path, HEADER.replace("Owner", "Owners") + GOOD)
    assert unreadable(tmp_path) == (
        "deals.csv has no column “Owner”, which the mapping names for deals rep. Did you mean “Owners”?"
    )


def test_a_missing_file_is_named_with_the_nearest(folder: Path):
    (folder / "deals.csv").rename(folder / "deal.csv")
    assert "The file “deals.csv” is not in" in unreadable(folder)
    assert "Did you mean “deal.csv”?" in unreadable(folder)


def test_a_missing_folder_is_named(folder: Path):
    with pytest.raises(Unreadable, match="There is no file or folder"):
        list(Files(folder / "nowhere", read_mapping(folder / "map.toml")).read(Known()))


def test_another_encoding_than_the_mapping_says_is_told_with_row_and_byte_and_found_when_it_says_none(
    tmp_path: Path,
):
    text = (HEADER + GOOD + "D2,Tess Lund,Won,2026-09-01,2026-10-01,1,Café\n").encode("cp1252")
    write(tmp_path, text, top='encoding = "utf-8"')
    assert unreadable(tmp_path).startswith("deals.csv, row 3: the byte 0xE9 is not utf-8 text.")
    for top in ('encoding = "cp1252"', ""):
        write(tmp_path, text, top=top)
        assert [deal.id for deal in deals(tmp_path)] == ["D1", "D2"]
    assert problems(tmp_path, Severity.NOTICE)[0].value == "Café"


def test_an_unknown_encoding_is_refused(tmp_path: Path):
    write(tmp_path, HEADER + GOOD, top='encoding = "utf-9"')
    assert unreadable(tmp_path).startswith("No encoding is called “utf-9”.")


def test_an_empty_file_is_refused(tmp_path: Path):
    write(tmp_path, "")
    assert unreadable(tmp_path) == "deals.csv is empty: its first row must name the columns."


def test_of_two_columns_with_one_name_the_second_is_numbered_and_one_without_a_name_is_called_by_its_place(
    tmp_path: Path,
):
    mapping = MAPPING.replace('"Amount"', '"Owner (2)"').replace('"Product" }', '"Column 7" }')
    write(tmp_path, "Id,Owner,Stage,Opened,Closed, Owner ,\n" + GOOD, mapping=mapping)
    assert [(deal.credit, deal.amount_minor, deal.product) for deal in deals(tmp_path)] == [
        ((("Tess Lund", 1),), 120_050, "GTX Pro")
    ]
    write(tmp_path, "Id,Owner,Stage,Opened,Closed, Owner ,\n" + GOOD, mapping=MAPPING)
    assert "has no column “Amount”" in unreadable(tmp_path)


def test_semicolons_decimal_commas_and_other_dates_are_read_as_the_mapping_says(tmp_path: Path):
    row = "D1;Tess Lund;Won;01.09.2026;01.10.2026;1.200,50;GTX Pro\n"
    top = 'decimal = ","\nthousands = "."\ndate = "%d.%m.%Y"'
    write(tmp_path, HEADER.replace(",", ";") + row, top=top)
    assert deals(tmp_path)[0].amount_minor == 120050
    assert deals(tmp_path)[0].closed == date(2026, 10, 1)


@pytest.mark.parametrize("amount", ["8000.00", "12.50", "1.2345", "1.20,5.0", "1234.567", "12.34,5"])
def test_a_number_whose_marks_stand_elsewhere_is_refused_and_never_multiplied(tmp_path: Path, amount: str):
    top = 'decimal = ","\nthousands = "."'
    row = f"D2;Tess Lund;Won;2026-09-01;2026-10-01;{amount};GTX Pro\n"
    write(
        tmp_path,
        HEADER.replace(",", ";") + GOOD.replace(",", ";").replace("1200.50", "1.200,50") + row,
        top=top,
    )
    assert refusal(tmp_path) == f"Row 3: “Amount” reads “{amount}”, which should be a number like 1.234,50."


@pytest.mark.parametrize(
    ("written", "cents"), [("8000", 800_000), ("8.000", 800_000), ("8.000,5", 800_050), ("-0,5", -50)]
)
def test_a_number_may_carry_its_thousands_marks_or_not(written: str, cents: int):
    how = Format(decimal=",", thousands=".")
    assert minor_units(number(written, how), "EUR") == cents


def test_a_currency_that_does_not_exist_is_refused(folder: Path):
    text = (folder / "map.toml").read_text().replace('"EUR"', '"EURO"')
    (folder / "map.toml").write_text(text)
    with pytest.raises(Unreadable, match="currency = “EURO” is no ISO code"):
        read_mapping(folder / "map.toml")


def test_a_file_in_which_each_person_stands_many_times_is_pointed_to_distinct(folder: Path):
    (folder / "people.csv").write_text("Name,Boss\nTess Lund,Mona\nStan Weber,Mona\nTess Lund,Mona\n")
    assert "Write distinct = true" in refusal(folder)
    text = (folder / "map.toml").read_text()
    (folder / "map.toml").write_text(
        text.replace('file = "people.csv"', 'file = "people.csv"\ndistinct = true')
    )
    assert problems(folder) == []


def test_a_quoted_newline_stays_inside_its_cell(tmp_path: Path):
    write(tmp_path, HEADER + 'D1,"Tess\nLund",Won,2026-09-01,2026-10-01,1,GTX Pro\n')
    assert deals(tmp_path)[0].credit == (("Tess Lund", 1),)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("file = ", "fil = "), "[people] has no “fil”. Did you mean “file”?"),
        (('stage = "Stage", ', ""), "[deals.columns] needs stage."),
        (('Won = "won"', 'Won = "win"'), "[deals.stages] “Won” = 'win' must be open, won or lost."),
        (
            ("read_on = 2026-10-15", 'read_on = "2026-10-15"'),
            "read_on = '2026-10-15' must be a day without quotes",
        ),
        (('source = "crm"', "source = 5"), "source = 5 must be text in quotes."),
        (("[people]", "[peeple]"), "the mapping has no “peeple”. Did you mean “people”?"),
        (("[people]", "[people"), "is not valid TOML"),
    ],
)
def test_a_mistake_in_the_mapping_is_named(folder: Path, change: tuple[str, str], sentence: str):
    text = (folder / "map.toml").read_text()
    assert change[0] in text
    (folder / "map.toml").write_text(text.replace(*change))
    with pytest.raises(Unreadable) as refused:
        read_mapping(folder / "map.toml")
    assert sentence in str(refused.value)


QUOTAS = '\n[quotas]\nfile = "quotas.csv"\ncolumns = {{ rep = "Rep", period = "Period", value = "Value", metric = "Metric" }}\n'


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Tess Lund,2026-Q5,1,won_value", "Row 2: No period reads “2026-Q5”"),
        ("Tess Lund,2026-Q4,1,won_valu", "Row 2: no metric is called “won_valu”. Did you mean “won_value”?"),
        ("Tess Lund,2026-Q4,,won_value", "Row 2: a quota is a number from 0 up."),
        ("Tess,2026-Q4,1,won_value", "Row 2: no rep is called “Tess”. Did you mean “Tess Lund”?"),
    ],
)
def test_a_quota_that_cannot_be_used_is_refused(folder: Path, row: str, sentence: str):
    write(folder, HEADER + GOOD, mapping=MAPPING + QUOTAS)
    (folder / "quotas.csv").write_text("Rep,Period,Value,Metric\n" + row + "\n")
    assert refusal(folder).startswith(sentence)


def test_a_quota_of_money_is_in_cents_and_a_quota_of_deals_a_count(folder: Path):
    write(folder, HEADER + GOOD, mapping=MAPPING + QUOTAS)
    (folder / "quotas.csv").write_text(
        "Rep,Period,Value,Metric\nTess Lund,2026-Q4,1000.50,won_value\nTess Lund,2026-Q4,12,deals_won\n"
    )
    assert [item.value for item in read(folder) if isinstance(item, QuotaRecord)] == [100_050, 12]
