"""Mappings and cells nobody should write, and somebody does: each a sentence, never a traceback."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.connectors.test_files import GOOD, HEADER, MAPPING, QUOTAS, deals, problems, read, refusal, write
from upswing.connectors.connector import Known, Thing, Unreadable
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import DealRecord, QuotaRecord, Severity


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, deals=HEADER + GOOD)
    return tmp_path


@pytest.mark.parametrize(
    ("day", "taken"),
    [
        ("1989-12-31", False),
        ("1990-01-01", True),
        ("2026-10-01", True),
        ("2026-10-02", True),
        ("2026-10-03", False),
    ],
)
def test_files_were_made_after_1989_and_not_after_tomorrow(folder: Path, day: str, taken: bool):
    told = (folder / "map.toml").read_text(encoding="utf-8")
    (folder / "map.toml").write_text(told.replace("2026-10-15", day), encoding="utf-8")
    files = Files(folder, read_mapping(folder / "map.toml"))
    if taken:
        assert list(files.read(Known(today=date(2026, 10, 1))))
        return
    with pytest.raises(
        Unreadable, match=f"cannot have been made on {day}. Write the day as read_on: 1990-01-01"
    ):
        list(files.read(Known(today=date(2026, 10, 1))))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('[deals.aliases]\nrep = "y"', "deals.aliases.rep = 'y' must be a table, like [deals.aliases.rep]"),
        ("[deals.aliases.rep]\nT = 5", "T = 5 must be text in quotes."),
        ('[deals.aliases.repp]\nT = "U"', "[deals.aliases] has no “repp”. Did you mean “rep”?"),
        ('[deals]\naliases = "x"', "deals.aliases = 'x' must be a table"),
        ('[deals]\nstages = "x"', "deals.stages = 'x' must be a table"),
        ('[deals]\nstages = { Won = ["won"] }', "“Won” = ['won'] must be open, won or lost."),
        ('[deals]\ndistinct = "yes"', "distinct = 'yes' must be true or false"),
        ('[deals]\nrole = "x"', "[deals] has no “role”."),
        ('[deals]\ncolumns = "x"', "deals.columns = 'x' must be a table"),
        ('delimiter = ";;"', "delimiter = ';;' must be one character"),
        ("delimiter = 5", "delimiter = 5 must be one character"),
        ('decimal = ",,"', "decimal = “,,” must be one mark"),
        ('thousands = "."', "decimal and thousands are both “.”"),
        ('date = "%Y"', "date = “%Y” names no whole day."),
        ('date = "%d.%m.%Q"', "date = “%d.%m.%Q” names no whole day."),
        ('name = "a\\u0000b"', "name = “ab” must be text of at most 200 characters"),
        (f'source = "{"s" * 65}"', "must be text of at most 64 characters"),
        (f"big = {'9' * 5000}", "is not valid TOML"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_in_a_sentence(tmp_path: Path, more: str, sentence: str):
    rest = more.removeprefix("[deals]\n") if more.startswith("[deals]\n") else more
    whole = '[deals]\nfile = "deals.csv"\n'
    if "columns" not in more:
        whole += 'columns = { id = "Id", rep = "Owner", stage = "Stage" }\n'
    text = whole + rest if more.startswith("[deals") else f"{rest}\n{whole}"
    (tmp_path / "map.toml").write_text(text)
    with pytest.raises(Unreadable) as refused:
        read_mapping(tmp_path / "map.toml")
    assert sentence in str(refused.value)


def test_an_encoding_with_a_nul_is_refused(tmp_path: Path):
    write(tmp_path, HEADER + GOOD)
    mapping = read_mapping(tmp_path / "map.toml")
    object.__setattr__(mapping.tables["deals"][0].how, "encoding", "utf\0-8")
    with pytest.raises(Unreadable, match="No encoding is called"):
        list(Files(tmp_path, mapping).read(Known()))


def test_a_negative_list_price_is_refused(folder: Path):
    (folder / "products.csv").write_text("Product,Price\nGTX Pro,100\nMG,-5\n")
    assert refusal(folder) == "Row 3: a list price is 0 or more."


def test_an_amount_that_sums_could_not_hold_is_refused(tmp_path: Path):
    write(tmp_path, HEADER + GOOD + "D2,Tess Lund,Won,2026-09-01,2026-10-01,1000000000001,\n")
    assert refusal(tmp_path) == (
        "Row 3: a deal's amount is at most 1,000,000,000,000, and this one is 1,000,000,000,001. "
        "Look for a slipped mark."
    )


def test_a_cell_of_a_million_characters_costs_its_row_and_not_the_file(tmp_path: Path):
    write(tmp_path, HEADER + GOOD + f"D2,{'x' * 1_000_000},Won,2026-09-01,2026-10-01,1,\n")
    assert refusal(tmp_path).endswith("which should be at most 200 characters, not 1000000.")


@pytest.mark.parametrize("column", [3, 5])
def test_a_day_or_number_of_a_million_characters_is_refused(tmp_path: Path, column: int):
    cells = GOOD.replace("D1", "D2").strip().split(",")
    cells[column] = "1" * 1_000_000
    write(tmp_path, HEADER + GOOD + ",".join(cells) + "\n")
    assert "should be a " in refusal(tmp_path)


def test_ids_that_differ_in_case_are_two_deals_and_spaces_are_none(tmp_path: Path):
    write(tmp_path, HEADER + GOOD + GOOD.replace("D1", "d1") + GOOD.replace("D1", " D1 "))
    assert [deal.id for deal in deals(tmp_path)] == ["D1", "d1"]
    assert [problem.code for problem in problems(tmp_path)] == ["repeated_id"]


def test_names_that_differ_in_case_are_one_person(folder: Path):
    (folder / "people.csv").write_text("Name,Boss\nTess Lund,Mona\ntess lund,Mona\n")
    assert "stands in row 2 already" in refusal(folder)


def test_an_account_that_nobody_read_is_told_even_when_there_are_none(tmp_path: Path):
    mapping = MAPPING.replace('product = "Product" }}', 'product = "Product", account = "Account" }}')
    write(tmp_path, HEADER.replace("\n", ",Account\n") + GOOD.replace("\n", ",Acme\n"), mapping=mapping)
    (told,) = problems(tmp_path, Severity.NOTICE)
    assert told.sentence == (
        "Row 2: no account is called “Acme”. No account was read yet. The deal was taken without an account."
    )


def test_an_id_is_found_as_written_and_a_name_whatever_its_case(folder: Path):
    known = Known()
    known.products.add(Thing("abc", "First", 1))
    known.products.add(Thing("ABC", "Second", 2))
    assert [thing and thing.name for thing in map(known.products.find, ("abc", "ABC", "sECOND", "Abc"))] == [
        "First", "Second", "Second", None,
    ]  # fmt: skip


def test_money_counts_in_the_known_currency_before_the_mapping_s(folder: Path):
    text = (folder / "map.toml").read_text().replace('currency = "EUR"\n', "")
    (folder / "map.toml").write_text(text)
    items = Files(folder, read_mapping(folder / "map.toml")).read(Known(currency="JPY"))
    assert [item.amount_minor for item in items if isinstance(item, DealRecord)] == [1201]


def quotas(folder: Path, *rows: str) -> None:
    write(folder, HEADER + GOOD, mapping=MAPPING + QUOTAS)
    (folder / "quotas.csv").write_text("Rep,Period,Value,Metric\n" + "\n".join(rows) + "\n")


@pytest.mark.parametrize("word", ["today", "this-month", "Last-Quarter", "this-year"])
def test_a_file_names_its_periods_by_days(tmp_path: Path, word: str):
    quotas(tmp_path, f"Tess Lund,{word},1,won_value")
    assert refusal(tmp_path) == (
        f"Row 2: No period reads “{word}” in a file, which stays while days pass. "
        "Write 2026-Q3, 2026-07, 2026-W30 or 2026."
    )


@pytest.mark.parametrize(
    "text", ["2026-13", "9999", "0000-Q1", "2026-02-30", "²026", "2026-W54", "x" * 200, "1-1-1"]
)
def test_no_text_of_a_period_is_too_odd_for_a_sentence(tmp_path: Path, text: str):
    quotas(tmp_path, f"Tess Lund,{text},1,won_value")
    assert refusal(tmp_path).startswith(f"Row 2: No period reads “{text}”")


def test_two_quotas_of_one_period_are_a_repeated_id_however_it_is_written(tmp_path: Path):
    quotas(
        tmp_path,
        "Tess Lund,2026-1,1,won_value",
        "tess lund,2026-01,2,won_value",
        "Tess Lund,2026-01-01..2026-01-31,3,won_value",
        "Tess Lund,2026-01,4,deals_won",
    )
    assert [problem.code for problem in problems(tmp_path)] == ["repeated_id", "repeated_id"]
    assert problems(tmp_path)[0].sentence == (
        "Row 3: Tess Lund has a quota of won_value for 2026-01 in row 2 already; that one was kept."
    )
    kept = [(item.period, item.value) for item in read(tmp_path) if isinstance(item, QuotaRecord)]
    assert kept == [("2026-01", 100), ("2026-01", 4)]


def test_a_period_is_read_in_the_organisation_s_fiscal_year(tmp_path: Path):
    quotas(tmp_path, "Tess Lund,2026-Q1,1,won_value", "Tess Lund,2025-10-01..2025-12-31,1,won_value")
    items = list(Files(tmp_path, read_mapping(tmp_path / "map.toml")).read(Known(fiscal_start=10)))
    (quota,) = [item for item in items if isinstance(item, QuotaRecord)]
    assert quota.period == "2026-Q1"
    known = Known(today=date(2031, 5, 5))
    quotas(tmp_path, "Tess Lund,soon,1,won_value")
    items = list(Files(tmp_path, read_mapping(tmp_path / "map.toml")).read(known))
    assert "Write 2031-Q3" in str(items)
