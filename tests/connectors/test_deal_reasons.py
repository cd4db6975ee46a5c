"""Why a deal was won or lost, and its pipeline: columns are found by name, and read into the deal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.connectors.guess.sheets import fields, guessed, read
from upswing.core.records import DealRecord

ROW = "D-1,Tess Lund,Closed Lost,2026-01-02,2026-03-04,1200,Too dear,Renewals\n"
HEADERS = {
    "english": "Deal ID,Deal owner,Deal Stage,Create Date,Close Date,Amount,Closed Lost Reason,Pipeline",
    "by hand": "No.,Sales rep,Status,Opened,Closed,Value,Win/Loss Reason,Sales process",
    "danish": "Aftale-nr,Sælger,Fase,Oprettet,Lukkedato,Beløb,Tabsårsag,Salgspipeline",
    "german": "Deal-Nr.,Vertriebsmitarbeiter,Phase,Erstellt am,Abschlussdatum,Betrag,Verlustgrund,Vertriebspipeline",
    "chinese": "商机编号,销售代表,销售阶段,创建日期,成交日期,金额,丢单原因,销售管道",
    "korean": "거래번호,담당자,영업단계,등록일,수주일,금액,실주 사유,파이프라인",
}
STAGES = {"Closed Lost": "lost", "Closed Won": "won"}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_both_are_found_by_what_their_columns_are_called(tmp_path: Path, header: str):
    found = fields(guessed(tmp_path, {"deals.csv": f"{header}\n{ROW}"}), "deals")
    *_, reason, pipeline = header.split(",")
    assert (found["reason"], found["pipeline"]) == (reason, pipeline)
    assert found["stage"] == header.split(",")[2]


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_column_of_reasons_is_nothing_else_where_deals_keep_theirs_elsewhere(tmp_path: Path, header: str):
    columns = header.split(",")
    text = f"{header},Reason\n{ROW.strip()},unused\n"
    found = fields(guessed(tmp_path, {"deals.csv": text}), "deals")
    assert found["reason"] in {columns[6], "Reason"}
    assert [field for field, column in found.items() if column in {columns[6], "Reason"}] == ["reason"]


def test_the_deal_tells_both_and_says_nothing_where_the_cells_are_empty(tmp_path: Path):
    text = f"id,rep,stage,created,closed,amount,why,path\n{ROW}D-2,Tess Lund,Closed Won,2026-01-02,2026-03-05,9,,\n"
    (tmp_path / "deals.csv").write_text(text, encoding="utf-8")
    columns = {name: name for name in ("id", "rep", "stage", "created", "closed", "amount")}
    raw = {
        "source": "crm", "name": "CRM", "currency": "EUR", "read_on": date(2026, 4, 1), "time_zone": "UTC",
        "people": {"file": "deals.csv", "columns": {"name": "rep"}, "distinct": True},
        "deals": {
            "file": "deals.csv", "columns": {**columns, "reason": "why", "pipeline": "path"}, "stages": STAGES,
        },
    }  # fmt: skip
    found = [each for each in read(tmp_path, raw) if isinstance(each, DealRecord)]
    assert [(each.id, each.reason, each.pipeline) for each in found] == [
        ("D-1", "Too dear", "Renewals"),
        ("D-2", "", ""),
    ]


def test_a_hubspot_export_is_known_with_its_reasons_and_without(tmp_path: Path):
    plain = "Record ID,Deal Name,Deal Stage,Deal owner,Amount,Create Date,Close Date"
    row = "1,Roof,Closed Lost,Tess Lund,900,2026-01-02,2026-03-04"
    for more, cells in (("", ""), (",Pipeline,Closed Lost Reason,Closed Won Reason", ",Sales,Too dear,")):
        found = guessed(tmp_path, {"all-deals.csv": f"{plain}{more}\n{row}{cells}\n"})
        told = fields(found, "deals")
        assert told["id"] == "Record ID"
        assert ("reason" in told, "pipeline" in told) == (bool(more), bool(more))
