"""Records by API: read by the rules of files, into one batch a day, whole or not at all."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import world
from tests.api.calling import Program, call, token
from tests.examples import examples
from upswing.actions.import_batch import About, import_batch
from upswing.actions.records import API, Call, bring_records
from upswing.actions.undoing import undo
from upswing.book.models import Activity, Deal
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import mapping_of
from upswing.intake.models import Batch, Problem
from upswing.ledger.models import Fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture
def dialler() -> Program:
    return Program(token())


def test_records_land_and_say_what_became_of_them(dialler: Program):
    answer = dialler.send("activities", call("1"), call("2", "Stan", seconds=300))
    assert answer.status_code == 200
    body = answer.json()
    assert (body["created"], body["updated"], body["unchanged"], body["problems"]) == (2, 0, 0, [])
    kept = Activity.objects.unscoped("test").get(external_id="2")
    assert (kept.file, kept.row, kept.seconds, str(kept.batch.uid)) == (
        "api/activities",
        2,
        300,
        body["batch"],
    )
    assert Fact.objects.filter(rep=world.person("Tess").pk, kind="call").count() >= 1


def test_sending_again_changes_nothing(dialler: Program):
    dialler.send("activities", call("1"))
    body = dialler.send("activities", call("1")).json()
    assert (body["created"], body["unchanged"]) == (0, 1)
    body = dialler.send("activities", call("1", outcome="voicemail")).json()
    assert (body["created"], body["updated"]) == (0, 1)


def test_one_object_is_a_list_of_one(dialler: Program):
    body = dialler.post("records/activities", {"source": "dialler", "records": call("1")}).json()
    assert body["created"] == 1


def test_a_row_that_cannot_be_used_is_told_and_the_others_land(dialler: Program):
    answer = dialler.send("activities", call("1"), call("2", "Tes"), call("3", at="soon"))
    assert answer.status_code == 207
    body = answer.json()
    assert (body["created"], body["refused"]) == (1, 2)
    first, second = body["problems"]
    assert (first["kind"], first["row"], first["code"], first["field"], first["value"], first["record"]) == (
        "activities", 2, "unknown_rep", "rep", "Tes", "2",
    )  # fmt: skip
    assert first["sentence"] == "Row 2: no rep is called “Tes”. Did you mean “Tess”?"
    assert (second["row"], second["code"]) == (3, "bad_at")


def test_what_is_mended_on_the_same_day_stands_no_longer(dialler: Program):
    broken = dialler.send("activities", call("1", "Tes")).json()
    assert Problem.objects.count() == 1
    mended = dialler.send("activities", call("1")).json()
    assert mended["batch"] == broken["batch"]
    assert Problem.objects.count() == 0
    batch = Batch.objects.get(uid=mended["batch"])
    assert (batch.created, batch.refused, batch.done, batch.expected) == (1, 0, 1, 1)


def test_deals_come_with_their_moves(dialler: Program):
    deal = {
        "id": "D1",
        "rep": "Tess",
        "stage": "Won",
        "created": "2026-09-01",
        "closed": "2026-10-12",
        "amount": 1250.5,
    }
    moves = [{"deal": "D1", "stage": "Talking", "day": "2026-09-01"}]
    sent = {"source": "crm2", "records": {"deals": [deal], "stage_moves": moves}}
    stages = {"Talking": "open", "Won": "won"}
    body = dialler.post("records", sent | {"stages": stages}).json()
    assert (body["created"], body["refused"]) == (1, 0)
    kept = Deal.objects.unscoped("test").get(external_id="D1")
    assert (kept.amount_minor, kept.outcome) == (125_050, "won")
    assert [move.stage for move in kept.moves.order_by("pk")] == ["Talking", "Won"]


def test_rates_are_sent_alone_and_convert_what_came_before_and_what_comes_after(dialler: Program):
    deal = {
        "id": "D1",
        "rep": "Tess",
        "stage": "Talking",
        "created": "2026-09-01",
        "amount": 100,
        "currency": "usd",
    }
    stages = {"Talking": "open"}
    dialler.post("records/deals", {"source": "crm2", "records": [deal], "stages": stages})
    sent = {"source": "bank", "records": [{"currency": "USD", "day": "2026-09-01", "rate": 0.9}]}
    answer = dialler.post("records/rates", sent)
    assert (answer.status_code, answer.json()["refused"]) == (200, 0)
    later = {**deal, "id": "D2"}
    dialler.post("records/deals", {"source": "crm2", "records": [later], "stages": stages})
    found = dict(
        Deal.objects.unscoped("test").filter(currency="USD").values_list("external_id", "amount_minor")
    )
    assert found == {"D1": 9_000, "D2": 9_000}


@pytest.mark.parametrize(
    ("address", "records", "said"),
    [
        ("records/stage_moves", [{"deal": "1", "stage": "Won", "day": "2026-10-12"}], "stage_moves belong to deals"),
        ("records/dealz", [{"id": "1"}], "Did you mean “deals”?"),
        ("records/source", [{"id": "1"}], "no “source”"),
        ("records/activities", [call("1") | {"outcom": "held"}], "Did you mean “outcome”?"),
        ("records/activities", [{"id": "1"}], "needs at, kind, rep"),
        ("records/activities", [call("1")] * 1_001, "1000"),
        ("records/activities", [], "at least 1"),
        ("records/activities", [{"id": ["1"]}], "text, a number, true, false or null"),
        ("records/activities", "1", "list"),
    ],
)  # fmt: skip
def test_a_request_that_is_wrong_as_a_whole_is_refused_with_what_to_do(
    dialler: Program, address: str, records: Any, said: str
):
    answer = dialler.post(address, {"source": "dialler", "records": records})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert not Batch.objects.filter(mapping=API).exists()


def test_a_thousand_records_of_all_kinds_together_are_the_most(dialler: Program):
    several = {
        "activities": [call(str(n)) for n in range(600)],
        "logins": [{"rep": "Tess", "at": "2026-10-12"}] * 401,
    }
    answer = dialler.post("records", {"source": "dialler", "records": several})
    assert (answer.status_code, "1,000 records" in answer.json()["detail"]) == (422, True)


def test_what_one_source_sends_on_a_day_is_one_batch_which_can_be_taken_back(dialler: Program):
    before = set(Fact.objects.values_list("kind", "rep", "day"))
    first = dialler.send("activities", call("1")).json()["batch"]
    assert dialler.send("leads", {"id": "L", "rep": "Stan", "created": "2026-10-12"}).json()["batch"] == first
    other = dialler.post("records/activities", {"source": "other", "records": [call("1")]}).json()["batch"]
    assert other != first
    assert dialler.send("activities", call("2")).json()["batch"] == first  # nothing stands on it
    undo(world.operator(), UUID(first), world.NOW)
    assert dialler.send("activities", call("3")).json()["batch"] != first
    for batch in Batch.objects.filter(mapping=API, undone=None):
        undo(world.operator(), batch.uid, world.NOW)
    assert set(Fact.objects.values_list("kind", "rep", "day")) == before


def test_a_batch_that_something_stands_on_is_left_as_it_is(dialler: Program):
    first = dialler.send("people", {"name": "Nora", "manager": "Otto"}).json()["batch"]
    world.bring(world.deal("X1", "Nora", "2026-10-01", amount=100))
    second = dialler.send("activities", call("1", "Nora")).json()["batch"]
    assert second != first
    for batch in Batch.objects.order_by("-pk")[:3]:
        undo(world.operator(), batch.uid, world.NOW)


def test_people_sent_after_another_import_are_a_batch_of_their_own(dialler: Program):
    first = dialler.send("activities", call("1")).json()["batch"]
    world.bring(world.deal("X1", "Tess", "2026-10-01", amount=100))
    assert dialler.send("people", {"name": "Nora"}).json()["batch"] != first


def test_while_an_import_is_taken_back_a_program_is_told_to_come_again(dialler: Program):
    Batch.objects.update(undoing=world.NOW)
    answer = dialler.send("activities", call("1"))
    assert (answer.status_code, answer["Retry-After"]) == (409, "10")


def test_an_error_of_ours_leaves_nothing_behind(dialler: Program):
    with patch("upswing.actions.import_batch._close", side_effect=RuntimeError), pytest.raises(RuntimeError):
        dialler.send("activities", call("1"), key="k")
    assert not Batch.objects.filter(mapping=API).exists()
    assert dialler.send("activities", call("1"), key="k").json()["created"] == 1


# The same rows by API and from a file: the same records, facts and sentences

WORDS = st.sampled_from(["", "Tess", "tess ", "Stan", "Tes", "1", "Ünïcode", "=x", "a" * 201, "2", "S1"])
DAYS = st.sampled_from(
    ["", "2026-10-12", "2026-02-30", "12.10.2026", "2026-10-12T09:00:00+02:00", "1850-01-01"]
)
NUMBERS = st.one_of(
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**6), 10**6, places=2).map(float),
    st.sampled_from(["", "12.5", "1,5", "x", "1e3", None, True]),
)
KINDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "activities": {
        "id": WORDS, "rep": WORDS, "kind": st.sampled_from(["call", "Meeting", "fax", ""]), "at": DAYS,
        "seconds": NUMBERS, "outcome": st.sampled_from(["", "held", "conversation", "hold"]), "deal": WORDS,
    },
    "deals": {
        "id": WORDS, "rep": WORDS, "stage": st.sampled_from(["open", "won", "lost", "Wonn", ""]), "created": DAYS,
        "closed": DAYS, "amount": NUMBERS, "currency": st.sampled_from(["", "EUR", "USD", "XXQ"]), "account": WORDS,
    },
    "invoices": {"id": WORDS, "day": DAYS, "net": NUMBERS, "rep": WORDS, "deal": WORDS},
    "people": {"name": WORDS, "manager": WORDS, "email": WORDS, "start": DAYS},
    "quotas": {"rep": WORDS, "period": st.sampled_from(["2026-10", "2026-Q4", "soon"]), "value": NUMBERS},
}  # fmt: skip


@st.composite
def sent(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    return kind, draw(st.lists(st.fixed_dictionaries(KINDS[kind]), min_size=1, max_size=6))


def as_written(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else "true" if value is True else value


def as_file(folder: Path, kind: str, rows: list[dict[str, Any]]) -> Files:
    """The rows as somebody would write them into a file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(KINDS[kind])
    for row in rows:
        writer.writerow([as_written(row[field]) for field in KINDS[kind]])
    (folder / "rows.csv").write_text(text.getvalue(), encoding="utf-8")
    table = {"file": "rows.csv", "columns": {field: field for field in KINDS[kind]}}
    how = {"encoding": "utf-8", "delimiter": ",", "header": 1}
    return Files(
        folder, mapping_of({"source": "x", "read_on": world.TODAY, kind: table} | how, folder / "m.toml")
    )


def outcome(done: Any) -> Any:
    """What an import did, wherever its rows stood."""
    facts = Fact.objects.values_list("kind", "rep", "day", "amount", "share", "outcome", "seconds").order_by(
        "kind", "rep", "day", "pk"
    )
    told = [
        (
            p.code,
            p.field,
            p.value,
            p.record,
            p.severity,
            re.sub(r"(?i)row \d+( of [^ ]+)?", "row", p.sentence),
        )
        for p in done.problems
    ]
    return (done.created, done.updated, done.unchanged, done.refused, done.notices), told, list(facts)


@settings(max_examples=examples(100))
@given(told=sent())
def test_rows_by_api_do_what_the_same_rows_in_a_file_do(
    tmp_path_factory: Any, told: tuple[str, list[dict[str, Any]]]
):
    kind, rows = told
    folder = tmp_path_factory.mktemp("rows")
    with world.undone():
        by_api = outcome(
            bring_records(world.operator(), Call("x", {kind: rows}), world.user("olga").pk, world.NOW)
        )
    with world.undone():
        about = About("x", "x", "", "", world.TODAY, "test")
        by_file = outcome(import_batch(world.operator(), as_file(folder, kind, rows), about, world.NOW))
    assert by_api == by_file


def test_in_a_large_book_only_what_rows_refer_to_is_read_and_found_all_the_same(dialler: Program):
    leads = [{"id": f"L {n}", "rep": "Tess", "created": "2026-10-12"} for n in range(2_100)]
    for start in range(0, len(leads), 1_000):
        assert dialler.send("leads", *leads[start : start + 1_000]).status_code == 200
    body = dialler.send("activities", call("1", lead=" L  2050"), call("2", lead="L 9")).json()
    assert (body["created"], body["problems"]) == (2, [])
    found = Activity.objects.unscoped("test").values_list("external_id", "lead__external_id")
    assert set(found) == {("1", "L 2050"), ("2", "L 9")}
    [unknown] = dialler.send("activities", call("3", lead="M")).json()["problems"]
    assert (unknown["code"], unknown["severity"]) == ("unknown_lead", "notice")
