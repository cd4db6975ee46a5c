"""Files as people have them: from Excel in Danish, a workbook with a title above its header, a packed extract."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.connectors.guess.sheets import TODAY
from upswing.connectors.connector import Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.guess.guess import guess
from upswing.connectors.files.guess.mapping import mapping
from upswing.connectors.files.mapping import mapping_of
from upswing.connectors.files.ready.recognised import shipped
from upswing.connectors.files.unpacking import unpacked
from upswing.core.records import ActivityRecord, DealRecord, PersonRecord, Problem, Record

DANISH = """Aftale-nr;Sælger;Kunde;Fase;Oprettet;Lukkedato;Beløb
1;Tess Lund;Ærø Færge;Vundet;02.01.2026;14.03.2026;1.200,50
2;Stan Weber;Ærø Færge;Forhandling;05.01.2026;;800
3;Stan Weber;Grå Gås;Tabt;05.01.2026;01.02.2026;
"""
DEALS: list[list[Any]] = [
    ["Pipeline of the Nordics"], [],
    ["Opportunity ID", "Sales rep", "Stage", "Created", "Close date", "Amount"],
    ["D1", "Tess Lund", "Closed Won", date(2026, 1, 2), date(2026, 3, 4), 1234.5],
    ["D2", "Stan Weber", "Proposal", date(2026, 1, 5), None, 800],
]  # fmt: skip
CALLS: list[list[Any]] = [
    ["Call ID", "Owner", "Date", "Result"],
    ["C1", "Nadi Holm", date(2026, 1, 2), "Busy"],
]


def read(given: dict[str, Path]) -> list[Record]:
    """What is guessed and then read; nothing may be asked or refused."""
    with unpacked(given) as material:
        raw = mapping(guess(material.tables(), Known(), TODAY))
        items = list(Files(material, mapping_of(raw, Path("mapping.toml"))).read(Known(currency="EUR")))
    assert not [item.sentence for item in items if isinstance(item, Problem) and item.severity == "refused"]
    return [item for item in items if not isinstance(item, Problem)]


def test_a_danish_sheet_saved_by_excel(tmp_path: Path):
    (tmp_path / "aftaler.csv").write_bytes(DANISH.encode("cp1252"))
    deals = [
        record for record in read({"aftaler.csv": tmp_path / "aftaler.csv"}) if isinstance(record, DealRecord)
    ]
    assert [(deal.credit[0][0], deal.outcome, deal.amount_minor) for deal in deals] == [
        ("Tess Lund", "won", 120_050), ("Stan Weber", "open", 80_000), ("Stan Weber", "lost", None),
    ]  # fmt: skip
    assert (deals[0].account, deals[0].created, deals[0].closed) == (
        "Ærø Færge",
        date(2026, 1, 2),
        date(2026, 3, 14),
    )


def test_a_workbook_with_a_title_and_two_sheets(tmp_path: Path):
    with xlsxwriter.Workbook(str(tmp_path / "team.xlsx"), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in (("Pipeline", DEALS), ("Calls", CALLS)):
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    records = read({"team.xlsx": tmp_path / "team.xlsx"})
    assert [one.amount_minor for one in records if isinstance(one, DealRecord)] == [123_450, 80_000]
    assert [(one.kind, one.outcome) for one in records if isinstance(one, ActivityRecord)] == [
        ("call", "no_answer")
    ]
    assert [one.name for one in records if isinstance(one, PersonRecord)] == [
        "Tess Lund",
        "Stan Weber",
        "Nadi Holm",
    ]


def test_a_packed_file_is_known_by_the_name_of_what_it_holds(tmp_path: Path):
    (tmp_path / "aftaler.csv.gz").write_bytes(gzip.compress(DANISH.encode()))
    assert (
        len(
            [
                one
                for one in read({"aftaler.csv.gz": tmp_path / "aftaler.csv.gz"})
                if isinstance(one, DealRecord)
            ]
        )
        == 3
    )


@pytest.mark.parametrize("raw", shipped(), ids=lambda raw: raw["ready"]["name"])
def test_the_guide_names_every_ready_mapping(raw: dict[str, Any]):
    guide = (Path(__file__).parents[3] / "docs" / "guide" / "mapping.md").read_text(encoding="utf-8")
    assert raw["ready"]["name"] in guide
