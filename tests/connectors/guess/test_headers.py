"""Columns are found by what they are called, in five languages and in the names that tools give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.guess.sheets import fields, guessed
from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.guess.guessed import Confidence
from upswing.connectors.files.guess.mapping import source_name
from upswing.connectors.files.guess.vocabulary import forms, headers, squeezed

DEAL = {
    "id": "D-1", "rep": "Tess Lund", "stage": "Won", "created": "2026-01-02", "closed": "2026-03-04",
    "amount": "1200.50", "name": "Roof", "account": "Acme", "source": "web",
}  # fmt: skip
DEALS = {
    "hubspot": "Record ID,Deal owner,Deal Stage,Create Date,Close Date,Amount,Deal Name,Associated Company,Lead Source",
    "hubspot api": "deal_id,hubspot_owner_id,property_dealstage,property_createdate,property_closedate,property_amount,property_dealname,company_id,property_hs_analytics_source",
    "salesforce": "Opportunity ID,Opportunity Owner,Stage,Created Date,Close Date,Amount,Opportunity Name,Account Name,Lead Source",
    "salesforce api": "Id,OwnerId,StageName,CreatedDate,CloseDate,Amount,Name,AccountId,LeadSource",
    "pipedrive": "Deal - ID,Deal - Owner,Deal - Stage,Deal - Deal created,Deal - Won time,Deal - Value,Deal - Title,Deal - Organization,Deal - Source",
    "by hand": "No.,Sales rep,Status,Opened,Closed,Value (EUR),Project,Customer,Channel",
    "danish": "Aftale-nr,Sælger,Fase,Oprettet,Lukkedato,Beløb,Projekt,Kunde,Kilde",
    "german": "Deal-Nr.,Vertriebsmitarbeiter,Phase,Erstellt am,Abschlussdatum,Betrag,Projekt,Kunde,Quelle",
    "chinese": "商机编号,销售代表,销售阶段,创建日期,成交日期,金额,商机名称,客户名称,来源",
    "korean": "거래번호,담당자,영업단계,등록일,수주일,금액,영업기회명,고객사,유입경로",
}
ACTIVITY = {
    "id": "A-1", "rep": "Tess Lund", "kind": "call", "at": "2026-01-02 10:00", "seconds": "125", "outcome": "no answer",
}  # fmt: skip
ACTIVITIES = {
    "english": "Activity ID,Owner,Activity type,Start time,Duration,Outcome",
    "salesforce api": "Id,OwnerId,TaskSubtype,ActivityDate,CallDurationInSeconds,CallDisposition",
    "danish": "Aktivitet-id,Ansvarlig,Aktivitetstype,Tidspunkt,Varighed,Resultat",
    "german": "Aktivität-ID,Mitarbeiter,Aktivitätsart,Zeitpunkt,Dauer,Ergebnis",
    "chinese": "活动编号,负责人,跟进方式,跟进时间,通话时长,结果",
    "korean": "활동번호,담당자,활동유형,일시,통화시간,결과",
}
INVOICE = {
    "id": "7001",
    "day": "2026-01-02",
    "net": "1200.50",
    "account": "Acme",
    "tax": "300.13",
    "due": "2026-02-02",
}
INVOICES = {
    "english": "Invoice number,Invoice date,Net amount,Customer,VAT,Due date",
    "danish": "Fakturanummer,Fakturadato,Nettobeløb,Kunde,Moms,Forfaldsdato",
    "german": "Rechnungsnummer,Rechnungsdatum,Nettobetrag,Kunde,MwSt,Fällig am",
    "chinese": "发票编号,开票日期,未税金额,客户,税额,到期日",
    "korean": "송장번호,발행일,공급가액,거래처,부가세,만기일",
}
LEAD = {"id": "L-1", "rep": "Tess Lund", "created": "2026-01-02", "source": "web", "disposition": "qualified"}
LEADS = {
    "english": "Lead ID,Lead Owner,Created Date,Lead Source,Lead Status",
    "danish": "Kundeemne-id,Sælger,Oprettet,Leadkilde,Leadstatus",
    "german": "Lead-ID,Verkäufer,Erstellt am,Leadquelle,Leadstatus",
    "chinese": "线索编号,销售,创建时间,线索来源,线索状态",
    "korean": "리드번호,영업사원,등록일,리드 소스,리드 상태",
}
PERSON = {
    "name": "Tess Lund",
    "email": "tess@example.org",
    "manager": "Mona Berg",
    "team": "Nordics",
    "start": "2025-01-01",
}
PEOPLE = {
    "english": "Sales rep,Email,Manager,Team,Start date",
    "danish": "Sælger,E-mail,Leder,Afdeling,Startdato",
    "german": "Vertriebsmitarbeiter,E-Mail,Vorgesetzter,Abteilung,Eintritt",
    "chinese": "销售代表,邮箱,经理,团队,入职日期",
    "korean": "영업사원,이메일,팀장,부서,입사일",
}
QUOTA = {"rep": "Tess Lund", "period": "2026-Q1", "value": "90000"}
QUOTAS = {
    "english": "Sales rep,Quarter,Quota",
    "danish": "Sælger,Kvartal,Mål",
    "german": "Verkäufer,Quartal,Ziel",
    "chinese": "销售,季度,目标",
    "korean": "담당자,분기,목표금액",
}
KNOWN = [
    (kind, language, header, row)
    for kind, several, row in (
        ("deals", DEALS, DEAL), ("activities", ACTIVITIES, ACTIVITY), ("invoices", INVOICES, INVOICE),
        ("leads", LEADS, LEAD), ("people", PEOPLE, PERSON), ("quotas", QUOTAS, QUOTA),
    )
    for language, header in several.items()
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "language", "header", "row"), KNOWN, ids=[f"{kind}-{told}" for kind, told, *_ in KNOWN]
)
def test_a_file_is_known_by_its_headers_alone(
    tmp_path: Path, kind: str, language: str, header: str, row: dict[str, str]
):
    text = f"{header}\n{','.join(row.values())}\n"
    found = guessed(tmp_path, {"Sheet1.csv": text})
    assert found.used, found.tables[0].why
    assert found.tables[0].kind == kind
    assert fields(found, kind) == dict(zip(row, header.split(","), strict=True))


def test_no_header_stands_for_two_fields_of_a_kind_without_an_order():
    """Every field has names, and its own name is one of them."""
    for kind in KINDS:
        for field, names in headers(kind).items():
            assert names, (kind, field)
            assert field == "channel" or squeezed(field) in names, (kind, field)


def test_headers_are_compared_without_case_marks_brackets_and_what_tools_add():
    assert (
        squeezed("Deal - Owner")
        == squeezed("deal_owner")
        == squeezed("DealOwner")
        == squeezed("ＤＥＡＬ owner")
    )
    assert "amount" in forms("Amount (EUR)")
    assert "createdate" in forms("property_hs_createdate")
    assert "product" in forms("Product__c")


def test_a_header_that_is_nearly_a_known_one_is_likely(tmp_path: Path):
    text = "Opportunity ID,Sales representatve,Stage,Close Date\nD1,Tess Lund,Won,2026-01-01\n"
    found = guessed(tmp_path, {"deals.csv": text})
    column = found.used[0].columns[1]
    assert (column.field, column.confidence) == ("rep", Confidence.LIKELY)
    assert found.used[0].confidence is Confidence.LIKELY


def test_values_deny_what_a_header_says(tmp_path: Path):
    text = "Deal ID,Owner,Stage,Created,Amount\nD1,Tess Lund,Won,by phone,tbd\nD2,Stan Weber,Lost,in person,soon\n"
    assert set(fields(guessed(tmp_path, {"deals.csv": text}), "deals")) == {"id", "rep", "stage"}


def test_a_stage_without_a_header_that_says_so_is_known_by_won_and_lost(tmp_path: Path):
    text = "Deal ID,Owner,What now\nD1,Tess Lund,Won\nD2,Tess Lund,Lost\nD3,Stan Weber,Talking\n"
    found = guessed(tmp_path, {"deals.csv": text})
    assert fields(found, "deals")["stage"] == "What now"
    assert found.used[0].confidence is Confidence.LIKELY


def test_each_column_fills_one_field_and_a_full_one_goes_before_an_empty_one(tmp_path: Path):
    text = "Deal ID,Sales rep,Deal owner,Stage\nD1,,Tess Lund,Won\nD2,,Stan Weber,Open\n"
    found = fields(guessed(tmp_path, {"deals.csv": text}), "deals")
    assert found["rep"] == "Deal owner"
    assert len(set(found.values())) == len(found)


def test_first_and_last_name_make_a_name(tmp_path: Path):
    text = "Vorname,Nachname,E-Mail\nTess,Lund,tess@example.org\n"
    assert fields(guessed(tmp_path, {"Mitarbeiter.csv": text}), "people")["name"] == "Vorname + Nachname"


@pytest.mark.parametrize(
    "file",
    [
        "Deals 2026-11-01.csv",
        "deals_2026-11-08.csv.gz",
        "Deals (2).xlsx",
        "refused deals.csv",
        "deals-export-7.csv",
    ],
)
def test_next_weeks_export_comes_from_the_same_source(file: str):
    assert source_name(file).casefold() == "deals"
