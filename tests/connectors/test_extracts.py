"""What extracts of a CRM need: joined columns, several files, constants, filters, links, labels and units."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.connectors.company import codes, of, read, sentences
from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import (
    ActivityRecord,
    ContactRecord,
    DealRecord,
    Outcome,
    PersonRecord,
    Severity,
    StageMove,
)

MAPPING = """
source = "crm"
read_on = 2026-11-20

[people]
file = "owner.csv"
columns = { id = "owner_id", name = ["first_name", "last_name"], email = "email" }

[contacts]
file = "contact.csv"
columns = { id = "id", name = ["first", "last"] }
only = { is_deleted = ["false"] }

[deals]
file = "deal.csv"
columns = { id = "deal_id", rep = "owner_id", stage = "stage_id", created = "made", closed = "made" }
aliases_from.stage = { file = "stage.csv", key = "stage_id", value = "label" }
stages = { Talking = "open", "Closed won" = "won" }

[[activities]]
file = "call.csv"
columns = { id = "id", rep = "owner", at = "at", seconds = "ms", outcome = "disposition" }
values = { kind = "call", capture = "machine" }
unit.seconds = "ms"
links.deal = { file = "call_deal.csv", key = "call_id", value = "deal_id" }
aliases.outcome = { "9d9-f00" = "conversation", "Left Live Message" = "gatekeeper" }

[[activities]]
file = "meeting.csv"
columns = { id = "id", rep = "owner", at = "at", seconds = "minutes", outcome = "outcome" }
values.kind = "meeting"
unit = { seconds = "min" }
"""
FILES = {
    "owner": "owner_id,first_name,last_name,email\n7,Tess,Lund,t@x.org\n8, Stan ,,s@x.org\n",
    "contact": "id,first,last,is_deleted\nC1,Ann,Ode,FALSE\nC2,Bo,Gone,TRUE\n",
    "stage": "stage_id,label\n100,Talking\n200,Closed won\n200,Other\n",
    "deal": "deal_id,owner_id,stage_id,made\nD1,7,100,2026-09-01\nD2,8,200,2026-09-02 10:00:00\n",
    "call": "id,owner,at,ms,disposition\nX1,7,2026-09-02 10:00:00,125499,9d9-f00\nX2,8,2026-09-02 11:00:00,,left live  message\n",
    "call_deal": "call_id,deal_id\nX1,D1\nX1,D2\nX9,D1\n",
    "meeting": "id,owner,at,minutes,outcome\nM1,7,2026-09-03 10:00:00,45,held\nX1,7,2026-09-03 10:00:00,45,held\n",
}


def lay(folder: Path, mapping: str = MAPPING, **files: str) -> Path:
    for name, text in (FILES | files).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "map.toml").write_text(mapping, encoding="utf-8")
    return folder


def test_columns_are_joined_by_a_space_and_empty_ones_left_out(tmp_path: Path):
    people = of(read(lay(tmp_path)), PersonRecord)
    assert [person.name for person in people] == ["Tess Lund", "Stan"]  # type: ignore[union-attr]


def test_only_the_rows_that_the_filter_names_are_read(tmp_path: Path):
    assert [contact.id for contact in of(read(lay(tmp_path)), ContactRecord)] == ["C1"]  # type: ignore[union-attr]


def test_labels_stand_for_ids_and_one_column_fills_two_fields(tmp_path: Path):
    first, second = of(read(lay(tmp_path)), DealRecord)
    assert (first.stage, first.outcome, first.closed) == ("Talking", Outcome.OPEN, None)  # type: ignore[union-attr]
    assert (second.stage, second.closed) == ("Closed won", date(2026, 9, 2))  # type: ignore[union-attr]
    assert second.moves == (StageMove("Closed won", date(2026, 9, 2), Outcome.WON),)  # type: ignore[union-attr]


def test_a_kind_is_read_from_several_files_with_constants_units_and_links(tmp_path: Path):
    items = read(lay(tmp_path))
    found = of(items, ActivityRecord)
    assert [(a.id, a.kind, a.seconds, a.deal, a.outcome, a.capture) for a in found] == [  # type: ignore[union-attr]
        ("X1", "call", 125, "D1", "conversation", "machine"),
        ("X2", "call", None, "", "gatekeeper", "machine"),
        ("M1", "meeting", 2700, "", "held", ""),
    ]


def test_an_id_that_another_file_of_the_kind_has_is_told_with_that_file(tmp_path: Path):
    assert sentences(read(lay(tmp_path)), Severity.REFUSED) == [
        "Row 3: “X1” stands in row 2 of call.csv already; that one was kept."
    ]


def test_a_label_that_is_no_product_s_other_name_is_not_told_as_an_alias(tmp_path: Path):
    mapping = (
        '[products]\nfile = "product.csv"\ncolumns = { name = "name" }\n' + MAPPING.removeprefix("\n").replace(
            'stage = "stage_id",', 'stage = "stage_id", product = "product_id",'
        ).replace("aliases_from.stage", 'aliases_from.product = { file = "product.csv", key = "id", value = "name" }\naliases_from.stage')
    )  # fmt: skip
    top, _, rest = mapping.partition('source = "crm"')
    mapping = f'source = "crm"{rest.replace("[people]", top + "[people]", 1)}'
    deals = FILES["deal"].replace("\n", ",P1\n").replace("made,P1", "made,product_id")
    lay(tmp_path, mapping, product="id,name\nP1,GTX Pro\n", deal=deals)
    items = read(tmp_path)
    assert [deal.product for deal in of(items, DealRecord)] == ["GTX Pro", "GTX Pro"]  # type: ignore[union-attr]
    assert "product_by_alias" not in codes(items)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('value = "deal_id"', 'value = "deal"'), "call_deal.csv has no column “deal”, which the mapping names for activities deal. Did you mean “deal_id”?"),
        (("is_deleted = ", "deleted = "), "contact.csv has no column “deleted”, which the mapping names for contacts.only. Did you mean “is_deleted”?"),
        (('"call_deal.csv"', '"call_deals.csv"'), "The file “call_deals.csv” is not in"),
        (('["first_name", "last_name"]', '["first_name", "name"]'), "owner.csv has no column “name”, which the mapping names for people name."),
        (('["first_name", "last_name"]', "[]"), "name = [] must be text in quotes, or several like"),
        (('kind = "call"', 'kinds = "call"'), "[activities.values] has no “kinds”. Did you mean “kind”?"),
        (('kind = "call", ', 'kind = "call", at = "x", '), "[activities] has two places for at. Keep columns, values or links."),
        (('unit.seconds = "ms"', 'unit.seconds = "msec"'), "[activities.unit] seconds = “msec” must be one of s, ms, min, h."),
        (('unit.seconds = "ms"', 'unit.rep = "ms"'), "[activities.unit] has no “rep”."),
        (('key = "call_id", ', ""), "[activities.links.deal] needs key."),
        (('key = "call_id"', 'keys = "call_id"'), "[activities.links.deal] has no “keys”. Did you mean “key”?"),
        (("links.deal = { file", "links.deal = 5 # { file"), "activities.links.deal = 5 must be a table"),
        (("links.deal", "links.del"), "[activities.links] has no “del”. Did you mean “deal”?"),
        (('only = { is_deleted = ["false"] }', "only = { is_deleted = false }"), "contacts.only.is_deleted = False must be text in quotes"),
        (("[[activities]]", "[[activity]]"), "the mapping has no “activity”. Did you mean “activities”?"),
        (('values.kind = "meeting"', ""), "[activities.columns] needs kind."),
    ],
)  # fmt: skip
def test_a_mistake_in_these_is_named(tmp_path: Path, change: tuple[str, str], sentence: str):
    assert change[0] in MAPPING
    lay(tmp_path, MAPPING.replace(*change))
    with pytest.raises(Unreadable) as refused:
        read(tmp_path)
    assert sentence in str(refused.value)


def test_parts_without_their_whole_and_links_without_an_id_are_refused(tmp_path: Path):
    (tmp_path / "map.toml").write_text(
        '[stage_moves]\nfile = "m.csv"\ncolumns = { deal = "d", stage = "s", day = "t" }\n'
    )
    with pytest.raises(Unreadable, match=r"\[stage_moves\] belong to \[deals\], which the mapping lacks"):
        read_mapping(tmp_path / "map.toml")
    (tmp_path / "map.toml").write_text(
        '[logins]\nfile = "l.csv"\ncolumns = { at = "t" }\nlinks.rep = { file = "r.csv", key = "k", value = "v" }\n'
    )
    with pytest.raises(Unreadable, match=r"\[logins.links\] are found by the row's id"):
        read_mapping(tmp_path / "map.toml")


def test_a_lookup_file_that_is_no_text_is_refused_before_the_first_record(tmp_path: Path):
    lay(tmp_path)
    (tmp_path / "stage.csv").write_bytes("stage_id,label\n99,Møde\n".encode() * 60_000 + b"100,Caf\xe9\n")
    with pytest.raises(Unreadable, match=r"stage.csv, row 120001: the byte 0xE9"):
        next(Files(tmp_path, read_mapping(tmp_path / "map.toml")).read(Known()))
