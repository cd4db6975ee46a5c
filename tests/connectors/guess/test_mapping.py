"""A guess as a mapping: exactly what the TOML has, and always one that the importer takes."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.connectors.guess.sheets import guessed, read
from tests.connectors.guess.test_guess import CALLS, DEALS
from upswing.connectors.connector import Unreadable
from upswing.connectors.files.guess.guessed import Unanswered
from upswing.connectors.files.guess.mapping import mapping, toml
from upswing.connectors.files.mapping import mapping_of, read_mapping
from upswing.core.records import DealRecord, Problem

TWO_WAYS = "Deal ID,Owner,Stage,Created,Close date,Amount\nD1,Tess Lund,Won,03/04/2026,04/05/2026,1.234\n"


def test_the_toml_reads_back_as_it_was(tmp_path: Path):
    raw = mapping(guessed(tmp_path, {"deals.csv": DEALS, "calls.csv": CALLS}))
    assert tomllib.loads(toml(raw)) == raw
    (tmp_path / "mapping.toml").write_text(toml(raw), encoding="utf-8")
    assert set(read_mapping(tmp_path / "mapping.toml").tables) == {
        "people",
        "accounts",
        "products",
        "deals",
        "activities",
    }


def test_what_is_not_answered_is_asked(tmp_path: Path):
    with pytest.raises(Unanswered) as told:
        mapping(guessed(tmp_path, {"deals.csv": TWO_WAYS}))
    assert [question.key for question in told.value.questions] == ["deals.csv:days", "deals.csv:numbers"]
    assert "“03/04/2026” in “Created” is “2026-04-03” or “2026-03-04”" in str(told.value)


@pytest.mark.parametrize(
    ("days", "numbers", "created", "amount"),
    [("%d/%m/%Y", ".", "2026-04-03", 123), ("%m/%d/%Y", ",", "2026-03-04", 123_400)],
)
def test_answers_decide(tmp_path: Path, days: str, numbers: str, created: str, amount: int):
    found = guessed(tmp_path, {"deals.csv": TWO_WAYS})
    raw = mapping(found, {"deals.csv:days": days, "deals.csv:numbers": numbers})
    deal = next(item for item in read(tmp_path, raw) if isinstance(item, DealRecord))
    assert (str(deal.created), deal.amount_minor) == (created, amount)


def test_an_answer_that_is_none_of_the_choices_is_refused(tmp_path: Path):
    found = guessed(tmp_path, {"deals.csv": TWO_WAYS})
    with pytest.raises(Unreadable, match="“soon” is no answer to .* Answer with %d/%m/%Y or %m/%d/%Y"):
        mapping(found, {"deals.csv:days": "soon", "deals.csv:numbers": "."})


def test_what_tables_share_is_said_once_and_what_differs_in_the_table(tmp_path: Path):
    danish = (
        DEALS.replace("1200.50", '"1.200,50"')
        .replace("2026-01-02", "02.01.2026")
        .replace("2026-03-04", "04.03.2026")
    )
    danish = (
        danish.replace("2026-01-05", "05.01.2026")
        .replace("2026-02-01", "01.02.2026")
        .replace("2026-02-20", "20.02.2026")
    )
    invoices = "Invoice number,Invoice date,Net amount,Sales rep\n1,1/31/2026,5.5,Tess Lund\n"
    found = guessed(tmp_path, {"deals.csv": danish, "invoices.csv": invoices})
    raw = mapping(found)
    assert (raw["date"], raw["decimal"], raw["thousands"]) == ("%d.%m.%Y", ",", ".")
    assert {"date", "decimal"} & set(raw["deals"]) == set()
    assert (raw["invoices"]["date"], raw["invoices"]["decimal"], raw["invoices"]["thousands"]) == (
        "%m/%d/%Y",
        ".",
        "",
    )
    assert not [
        item for item in read(tmp_path, raw) if isinstance(item, Problem) and item.severity == "refused"
    ]


def test_without_a_file_of_use_there_is_no_mapping_but_a_reason(tmp_path: Path):
    with pytest.raises(Unreadable, match="“recipes.csv” is not used"):
        mapping(guessed(tmp_path, {"recipes.csv": "Flour,Water\n500,300\n"}))


HEADERS = st.sampled_from(
    [
        "Deal ID",
        "id",
        "Owner",
        "Sales rep",
        "Stage",
        "Status",
        "Created",
        "Close Date",
        "Amount",
        "Net amount",
        "Name",
        "First name",
        "Last name",
        "Email",
        "Date",
        "Type",
        "Outcome",
        "Duration",
        "Invoice number",
        "Invoice date",
        "Quota",
        "Quarter",
        "Product",
        "Customer",
        "Currency",
        "Rate",
        "Lead ID",
        "Lead Status",
        "Minutes",
        "Quote ID",
        "Price",
        "Manager",
        "Team",
        "Kunde",
        "Betrag",
        "销售代表",
        "금액",
        "Record ID",
        "Deal",
        "New stage",
        "value",
    ]
)
CELLS = st.one_of(
    st.sampled_from(["", "Won", "lost", "open", "call", "E-mail", "Tess Lund", "D1", "D2", "03/04/26", "2026-01-02", "1.234",
                     "1,234.50", "1.234,5", "EUR", "2026-Q1", "2026-01-02 10:00", "1/31/2026 2:05 PM", "qualified", "7"]),
    st.text(max_size=12),
)  # fmt: skip
NAMES = st.sampled_from(
    ["deals.csv", "calls.csv", "Sheet1.csv", "invoices.csv", "team.csv", "quotas.csv", "stage history.csv"]
)


@st.composite
def sheets(draw: st.DrawFn) -> str:
    header = draw(st.lists(st.one_of(HEADERS, st.text(max_size=10)), min_size=1, max_size=9))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=8))
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode("utf-8", "replace").decode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(files=st.dictionaries(NAMES, sheets(), min_size=1, max_size=3))
def test_any_files_give_a_mapping_that_is_taken_or_a_reason(tmp_path: Path, files: dict[str, str]):
    found = guessed(tmp_path, files)
    assert all(table.why for table in found.tables if not table.kind)
    try:
        raw = mapping(found, {question.key: question.choices[-1].answer for question in found.questions})
    except Unreadable:
        assert not found.used
        return
    assert tomllib.loads(toml(raw)) == raw
    assert mapping_of(raw, tmp_path / "mapping.toml").tables
    read(tmp_path, raw)
