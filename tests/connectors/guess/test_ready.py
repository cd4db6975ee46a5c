"""Ready and saved mappings are recognised by headers, and read what the tools export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.connectors.guess.sheets import TODAY, brought, read
from upswing.connectors.connector import Known
from upswing.connectors.files.guess.guess import guess
from upswing.connectors.files.guess.mapping import mapping
from upswing.connectors.files.mapping import mapping_of
from upswing.connectors.files.ready.recognised import Match, recognised, shipped
from upswing.core.records import ActivityRecord, DealRecord, Problem, ProductRecord

HUBSPOT = {
    "hubspot-crm-exports-all-deals.csv": """Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date
1,Roof,Closed Won,2026-03-04 10:00,Tess Lund,1200.50,Sales,2026-01-02 09:00
2,Wall,Negotiation,2026-12-24 10:00,Stan Weber,800,Sales,2026-01-05 09:00
""",
    "hubspot-crm-exports-all-calls.csv": """Record ID,Activity assigned to,Activity date,Call outcome,Call duration
9,Tess Lund,2026-01-02 09:30,No answer,125000
""",
}
SALESFORCE = {
    "report1732270000000.csv": """Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Close Date,Created Date,Type,Lead Source,Opportunity ID
Tess Lund,Acme,Roof,Closed Won,Q1-2026,"1,200.50",3/14/2026,1/2/2026,New,Web,006A
Stan Weber,Acme,Wall,Proposal/Price Quote,Q4-2026,800.00,12/24/2026,1/5/2026,New,Web,006B
"""
}
PIPEDRIVE = {
    "deals-123-45.csv": """Deal - ID,Deal - Title,Deal - Owner,Deal - Stage,Deal - Status,Deal - Value,Deal - Deal created,Deal - Won time,Deal - Lost time
1,Roof,Tess Lund,Negotiations,Won,1200.50,2026-01-02 09:00:00,2026-03-04 10:00:00,
2,Wall,Stan Weber,Negotiations,Open,800,2026-01-05 09:00:00,,
3,Gate,Stan Weber,Demo,Lost,500,2026-01-05 09:00:00,,2026-02-01 09:00:00
"""
}


def deals_of(folder: Path, files: dict[str, str]) -> tuple[Match, list[tuple[object, ...]], list[Any]]:
    """What is recognised, the deals that it reads, and all items."""
    texts = brought(folder, files)
    match = recognised(texts)[0]
    items = read(folder, mapping(guess(texts, Known(), TODAY, like=match.raw)))
    deals = [item for item in items if isinstance(item, DealRecord)]
    assert not [item.sentence for item in items if isinstance(item, Problem) and item.severity == "refused"]
    return (
        match,
        [
            (d.id, d.credit[0][0], d.outcome, str(d.closed), str(d.expected_close), d.amount_minor)
            for d in deals
        ],
        items,
    )


def test_an_export_from_hubspot(tmp_path: Path):
    match, deals, items = deals_of(tmp_path, HUBSPOT)
    assert match.name == "HubSpot export"
    assert deals == [
        ("1", "Tess Lund", "won", "2026-03-04", "2026-03-04", 120050),
        ("2", "Stan Weber", "open", "None", "2026-12-24", 80000),
    ]
    assert [(i.kind, i.outcome, i.seconds) for i in items if isinstance(i, ActivityRecord)] == [
        ("call", "no_answer", 125)
    ]


def test_a_report_from_salesforce_with_american_days(tmp_path: Path):
    match, deals, _ = deals_of(tmp_path, SALESFORCE)
    assert match.name == "Salesforce report"
    assert deals == [
        ("006A", "Tess Lund", "won", "2026-03-14", "2026-03-14", 120050),
        ("006B", "Stan Weber", "open", "None", "2026-12-24", 80000),
    ]


def test_an_export_from_pipedrive_takes_stage_and_status_together(tmp_path: Path):
    match, deals, items = deals_of(tmp_path, PIPEDRIVE)
    assert match.name == "Pipedrive export"
    assert [deal[:4] for deal in deals] == [
        ("1", "Tess Lund", "won", "2026-03-04"), ("2", "Stan Weber", "open", "None"), ("3", "Stan Weber", "lost", "2026-02-01"),
    ]  # fmt: skip
    assert [item.stage for item in items if isinstance(item, DealRecord)] == [
        "Negotiations Won",
        "Negotiations Open",
        "Demo Lost",
    ]


@pytest.mark.parametrize("raw", shipped(), ids=lambda raw: raw["ready"]["name"])
def test_every_ready_mapping_is_one_that_the_importer_takes(raw: dict[str, Any], tmp_path: Path):
    about = raw["ready"]
    assert set(about) <= {"name", "sentence", "needs", "may_lack"}
    assert about["sentence"].endswith(".")
    rest = {key: told for key, told in raw.items() if key != "ready"}
    assert set(about["needs"]) <= set(mapping_of(rest, tmp_path / "ready.toml").tables)


def test_a_saved_mapping_is_recognised_whatever_the_files_are_called(tmp_path: Path):
    saved = {
        "source": "own", "date": "%m/%d/%Y",
        "deals": {"file": "october.csv", "columns": {"id": "No", "rep": "Who", "stage": "Now", "created": "Since"},
                  "stages": {"Done": "won"}},
    }  # fmt: skip
    texts = brought(
        tmp_path,
        {"november.csv": "No,Who,Now,Since\n1,Tess Lund,Done,03/04/2026\n2,Tess Lund,Talk,05/06/2026\n"},
    )
    match = recognised(texts, [saved])[0]
    assert (match.name, match.raw["deals"]["file"], match.whole) == ("own", "november.csv", 1.0)
    raw = mapping(guess(texts, Known(), TODAY, like=match.raw))
    assert raw["date"] == "%m/%d/%Y"  # as it was saved: nothing is asked
    assert raw["deals"]["stages"] == {"Talk": "open", "Done": "won"}


def test_a_column_that_is_missing_keeps_a_mapping_from_fitting(tmp_path: Path):
    saved = {
        "deals": {"file": "a.csv", "columns": {"id": "No", "rep": "Who", "stage": "Now", "name": "What"}}
    }
    texts = brought(tmp_path, {"b.csv": "No,Who,Now\n1,Tess Lund,Done\n"})
    assert recognised(texts, [saved]) == []
    own_name = brought(tmp_path, {"A.csv": "No,Who,Now\n1,Tess Lund,Done\n"})
    match = recognised(own_name, [saved])[0]
    assert match.raw["deals"]["columns"] == {"id": "No", "rep": "Who", "stage": "Now"}
    assert match.whole == 0.75


def test_names_of_files_decide_between_tables_that_want_the_same_columns(tmp_path: Path):
    columns = {"id": "ID", "rep": "Who", "at": "When"}
    saved = {
        "activities": [
            {"file": "calls.csv", "columns": columns, "values": {"kind": "call"}},
            {"file": "visits.csv", "columns": columns, "values": {"kind": "visit"}},
        ]
    }
    text = "ID,Who,When\n1,Tess Lund,2026-01-02\n"
    match = recognised(brought(tmp_path, {"visits.csv": text, "calls.csv": text}), [saved])[0]
    assert [table["file"] for table in match.raw["activities"]] == ["calls.csv", "visits.csv"]
    assert recognised(brought(tmp_path, {"emails.csv": text}), [saved]) == []


def test_the_files_that_a_recognised_mapping_leaves_are_guessed_for_the_kinds_it_lacks(tmp_path: Path):
    quotas, more = (
        "Sales rep,Quarter,Quota\nTess Lund,2026-Q1,90000\n",
        "Deal ID,Owner,Stage\nD1,Tess Lund,Won\n",
    )
    texts = brought(tmp_path, {**SALESFORCE, "quotas.csv": quotas, "deals.csv": more})
    like = recognised(texts)[0].raw
    found = guess(texts, Known(), TODAY, like=like)
    told = {table.file: table.kind for table in found.tables if not table.more.get("distinct")}
    assert told["quotas.csv"] == "quotas"
    assert sorted(told.values()) == ["", "deals", "quotas"]


def test_what_was_guessed_once_is_recognised_the_next_time(tmp_path: Path):
    deals = "Deal ID,Owner,Stage,Created\nD1,Tess Lund,Talk,30.01.2026\n"
    calls = "Call ID,Owner,Date,Outcome\nC1,Nadi Holm,2026-01-02,Busy\n"
    saved = mapping(guess(brought(tmp_path, {"deals.csv": deals, "calls.csv": calls}), Known(), TODAY))
    assert len(saved["people"]) == 2
    later = brought(tmp_path, {"deals november.csv": deals, "calls november.csv": calls})
    match = recognised(later, [saved])[0]
    assert (match.raw["deals"]["file"], match.raw["activities"]["file"]) == (
        "deals november.csv",
        "calls november.csv",
    )
    again = mapping(guess(later, Known(), TODAY, like=match.raw))
    assert again["deals"]["columns"] == saved["deals"]["columns"]
    assert again["date"] == saved["date"] == "%d.%m.%Y"
    assert not [
        item for item in read(tmp_path, again) if isinstance(item, Problem) and item.severity == "refused"
    ]


def test_names_that_a_recognised_file_writes_otherwise_are_picked_out_as_they_are_read(tmp_path: Path):
    rows = "1C,Tess Lund,GTXPro,Acme,Won,2016-10-20,2017-03-01,1054\n1D,Tess Lund,MG Special,,Lost,2016-10-20,2017-03-01,0\n"
    header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    match, _, items = deals_of(tmp_path, {"sales_pipeline.csv": header + rows})
    assert match.name == "Maven CRM Sales Opportunities"
    assert [item.name for item in items if isinstance(item, ProductRecord)] == ["GTX Pro", "MG Special"]
    told = {item.code for item in items if isinstance(item, Problem)}
    assert not told & {"product_by_alias", "unknown_product"}
