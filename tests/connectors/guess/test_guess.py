"""What files are: by their columns, their names and each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.guess.sheets import TODAY, brought, fields, guessed, read
from upswing.connectors.connector import Known, Thing
from upswing.connectors.files.fields import KINDS, VALUED
from upswing.connectors.files.format import Format
from upswing.connectors.files.guess.guess import guess
from upswing.connectors.files.guess.guessed import Confidence, Guess, Reads
from upswing.connectors.files.guess.mapping import mapping
from upswing.connectors.files.unpacking import Text
from upswing.core.records import (
    AccountRecord,
    ActivityRecord,
    DealRecord,
    PersonRecord,
    Problem,
    ProductRecord,
)

DEALS = """Deal ID,Deal owner,Customer,Product,Stage,Created,Close date,Amount
D1,Tess Lund,Acme,Roof,Won,2026-01-02,2026-03-04,1200.50
D2,Tess Lund,Acme,Wall,Open,2026-01-05,,800
D3,Stan Weber,,Roof,Lost,2026-02-01,2026-02-20,
"""
CALLS = "Call ID,Owner,Date,Outcome,Duration (min)\nC1,Tess Lund,2026-01-02,Busy,2\nC2,Nadi Holm,2026-01-03,Connected,7\n"


def kinds(found: Guess) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for table in found.used:
        told.setdefault(table.file, []).append(table.kind)
    return told


def test_one_file_of_deals_is_enough(tmp_path: Path):
    found = guessed(tmp_path, {"deals.csv": DEALS})
    assert kinds(found) == {"deals.csv": ["deals", "people", "accounts", "products"]}
    items = read(tmp_path, mapping(found))
    assert [item.name for item in items if isinstance(item, PersonRecord)] == ["Tess Lund", "Stan Weber"]
    assert [item.name for item in items if isinstance(item, AccountRecord)] == ["Acme"]
    assert [item.name for item in items if isinstance(item, ProductRecord)] == ["Roof", "Wall"]
    assert [item.amount_minor for item in items if isinstance(item, DealRecord)] == [120050, 80000, None]
    told = {item.code for item in items if isinstance(item, Problem)}
    assert told == {"closed_without_account", "lost_without_value"}


def test_who_and_what_is_known_already_is_not_taken_from_the_deals(tmp_path: Path):
    known = Known(reps={"tess lund": "Tess Lund"})
    known.accounts.add(Thing("A1", "Acme"))
    assert kinds(guessed(tmp_path, {"deals.csv": DEALS}, known)) == {"deals.csv": ["deals", "products"]}


def test_people_come_from_every_file_that_names_further_ones(tmp_path: Path):
    found = guessed(tmp_path, {"deals.csv": DEALS, "calls.csv": CALLS})
    assert kinds(found)["calls.csv"] == ["activities", "people"]
    items = read(tmp_path, mapping(found))
    names = [item.name for item in items if isinstance(item, PersonRecord)]
    assert names == ["Tess Lund", "Stan Weber", "Nadi Holm"]
    again = guessed(tmp_path, {"deals.csv": DEALS, "calls.csv": CALLS.replace("Nadi Holm", "STAN weber")})
    assert kinds(again)["calls.csv"] == ["activities"]


def test_a_file_of_people_goes_before_names_in_other_files(tmp_path: Path):
    people = "Name,Email,Manager\nTess Lund,tess@example.org,Mona Berg\n"
    found = guessed(tmp_path, {"deals.csv": DEALS, "team members.csv": people})
    assert [table.file for table in found.used if table.kind == "people"] == ["team members.csv"]


def test_the_name_of_a_file_says_what_its_rows_are(tmp_path: Path):
    files = {
        "calls.csv": CALLS,
        "e-mails.csv": CALLS.replace("C1", "E1").replace("C2", "E2"),
        "deals.csv": DEALS,
    }
    found = guessed(tmp_path, files)
    told = {table.file: table.more.get("values") for table in found.used if table.kind == "activities"}
    assert told == {"calls.csv": {"kind": "call"}, "e-mails.csv": {"kind": "email"}}
    only_names = "Name\nAcme\nGlobex\n"
    assert kinds(guessed(tmp_path, {"customers.csv": only_names})) == {"customers.csv": ["accounts"]}
    assert kinds(guessed(tmp_path, {"Sheet1.csv": only_names})) == {}


def test_a_time_is_read_in_the_unit_that_its_header_names(tmp_path: Path):
    items = read(tmp_path, mapping(guessed(tmp_path, {"calls.csv": CALLS})))
    assert [item.seconds for item in items if isinstance(item, ActivityRecord)] == [120, 420]


def test_a_sheet_of_a_workbook_is_called_after_both(tmp_path: Path):
    files = {"Team 2026.xlsx#Kunder": Text("Team 2026.xlsx#Kunder", tmp_path / "a.csv", plain=True)}
    (tmp_path / "a.csv").write_text("Navn,Branche\nAcme,stål\n", encoding="utf-8")
    assert kinds(guess(files, Known(), TODAY)) == {"Team 2026.xlsx#Kunder": ["accounts"]}


WHY = [
    (
        "deals.csv",
        "Deal ID,Owner,Amount\nD1,Tess Lund,5\n",
        "it looks like deals, and no column of it holds the stage. If",
    ),
    ("recipes.csv", "Flour,Water\n500,300\n", "because its columns are those of no kind of record we know."),
    ("deals.csv", "Deal ID,Owner,Stage\n", "because it has no row below its header."),
    ("deals.csv", "", "empty"),
    ("stage history.csv", "Deal ID,New stage,Date\nD1,Won,2026-01-01\n", "no file of deals came with it."),
]


@pytest.mark.parametrize(("file", "text", "why"), WHY)
def test_a_file_that_is_not_used_says_why(tmp_path: Path, file: str, text: str, why: str):
    found = guessed(tmp_path, {file: text})
    assert not found.used
    assert file in found.tables[0].why
    assert why in found.tables[0].why


def test_a_column_shows_three_values_and_how_it_reads(tmp_path: Path):
    text = DEALS.replace("Roof", "R" * 90)
    columns = {column.header: column for column in guessed(tmp_path, {"deals.csv": text}).used[0].columns}
    assert columns["Deal owner"].samples == ("Tess Lund", "Stan Weber")
    assert columns["Product"].samples == ("R" * 40, "Wall")
    what = [columns[name].reading.what for name in ("Created", "Amount", "Deal ID")]
    assert what == [Reads.DAY, Reads.NUMBER, Reads.TEXT]
    assert (columns["Stage"].field, columns["Stage"].confidence) == ("stage", Confidence.SURE)
    further = guessed(tmp_path, {"deals.csv": "Deal ID,Owner,Stage,Mood\nD1,Tess Lund,Won,blue\n"})
    unused = further.used[0].columns[3]
    assert (unused.field, unused.confidence, unused.samples) == ("", Confidence.NONE, ("blue",))


def test_a_deal_takes_the_rep_of_its_lead_where_its_own_file_names_none(tmp_path: Path):
    leads = "Lead ID,Lead owner,Created,Lead Status\nL1,Tess Lund,2026-01-01,qualified\n"
    deals = "Opportunity ID,Lead ID,Stage,Created\nD1,L1,Open,2026-01-03\n"
    raw = mapping(guessed(tmp_path, {"deals.csv": deals, "leads.csv": leads}))
    rep = {"file": "leads.csv", "key": "Lead ID", "value": "Lead owner", "by": "Lead ID"}
    assert raw["deals"]["links"] == {"rep": rep}
    assert [item.credit for item in read(tmp_path, raw) if isinstance(item, DealRecord)] == [
        (("Tess Lund", 1),)
    ]


def test_ids_of_what_nobody_brings_are_left_out(tmp_path: Path):
    text = CALLS.replace("Owner", "Deal ID,Owner").replace("C1,", "C1,D1,").replace("C2,", "C2,D2,")
    assert "deal" not in fields(guessed(tmp_path, {"calls.csv": text}), "activities")
    assert "deal" in fields(guessed(tmp_path, {"calls.csv": text, "deals.csv": DEALS}), "activities")


def test_quotas_beside_invoices_are_of_booked_revenue(tmp_path: Path):
    quotas = "Sales rep,Quarter,Quota\nTess Lund,2026-Q1,90000\n"
    invoices = "Invoice number,Invoice date,Net amount,Sales rep\n1,2026-01-02,5.5,Tess Lund\n"
    raw = mapping(guessed(tmp_path, {"quotas.csv": quotas, "invoices.csv": invoices}))
    assert raw["quotas"]["metric"] == "booked_revenue"
    assert "metric" not in mapping(guessed(tmp_path, {"quotas.csv": quotas, "deals.csv": DEALS}))["quotas"]


def test_days_in_a_column_of_periods_stand_for_what_they_are_apart(tmp_path: Path):
    lines = [
        f"{rep},2026-{month}-01,900" for rep in ("Tess Lund", "Stan Weber") for month in ("01", "04", "07")
    ]
    found = guessed(tmp_path, {"quotas.csv": "\n".join(["Sales rep,Quarter,Quota", *lines])})
    if "period" not in VALUED:
        assert "the period" in found.tables[0].why
    else:
        assert mapping(found)["quotas"]["unit"] == {"period": "quarter"}


@pytest.mark.skipif("tallies" not in KINDS, reason="there are no tallies yet")
def test_a_row_a_rep_and_day_is_a_tally(tmp_path: Path):
    text = "Rep,Date,Dials,Conversations,Meetings booked\nTess Lund,2026-01-02,40,7,2\nStan Weber,2026-01-02,31,5,1\n"
    found = guessed(tmp_path, {"tracker.csv": text})
    assert fields(found, "tallies") == {
        "rep": "Rep", "day": "Date", "calls": "Dials", "conversations": "Conversations", "meetings_booked": "Meetings booked",
    }  # fmt: skip


def test_a_guess_looks_at_the_first_rows_only(tmp_path: Path):
    lines = [f"D{n},Tess Lund,Open,2026-01-02" for n in range(30_000)]
    files = brought(tmp_path, {"deals.csv": "\n".join(["Deal ID,Owner,Stage,Created", *lines])})
    assert guess(files, Known(), TODAY).used[0].rows == 20_000


def test_how_a_person_says_a_file_is_written_stands_in_the_mapping(tmp_path: Path):
    files = brought(tmp_path, {"deals.csv": "Export of today\n" + DEALS.replace(",", "|")})
    how = Format(encoding="utf-8", delimiter="|", header=2)
    raw = mapping(guess(files, Known(), TODAY, hows={"deals.csv": how}))
    said = {key: raw["people"][key] for key in ("encoding", "delimiter", "header")}
    assert said == {"encoding": "utf-8", "delimiter": "|", "header": 2}
    assert len([item for item in read(tmp_path, raw) if isinstance(item, DealRecord)]) == 3


def test_stages_with_spaces_and_marks_are_read_as_the_mapping_has_them(tmp_path: Path):
    text = (
        'Deal ID,Owner,Stage,Close date\nD1,Tess Lund,"Closed  Won",2026-01-02\nD2,Tess Lund,"Talk\ning",\n'
    )
    raw = mapping(guessed(tmp_path, {"deals.csv": text}))
    assert raw["deals"]["stages"] == {"Talk ing": "open", "Closed Won": "won"}
    assert len([item for item in read(tmp_path, raw) if isinstance(item, DealRecord)]) == 2


def test_a_person_may_say_the_kind_alone(tmp_path: Path):
    text = "Name,City\nAcme,Aarhus\nGlobex,Berlin\n"
    like = {"accounts": [{"file": "Sheet1.csv", "columns": {}}]}
    found = guessed(tmp_path, {"Sheet1.csv": text}, like=like)
    assert fields(found, "accounts") == {"name": "Name"}
    refused = guessed(tmp_path, {"Sheet1.csv": text}, like={"deals": {"file": "Sheet1.csv", "columns": {}}})
    assert not refused.used
    assert "looks like deals, and no column of it holds the" in refused.tables[0].why


def test_refused_rows_name_the_source_they_came_from_whatever_mapping_they_are_like(tmp_path: Path):
    text = DEALS.replace("Amount\n", "Amount,Why refused (crm)\n").replace("\nD", ",\nD")
    assert guessed(tmp_path, {"mended.csv": text}).top == {"source": "crm"}
    like = {"source": "hubspot", "deals": {"file": "mended.csv", "columns": {}}}
    assert guessed(tmp_path, {"mended.csv": text}, like=like).top["source"] == "crm"
    both = {"mended.csv": text, "others.csv": text.replace("(crm)", "(erp)")}
    assert guessed(tmp_path, both).top == {}
