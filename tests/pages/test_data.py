"""The data pages: what came in, what waits for a decision, and each decision taken where it is shown."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import world
from tests.pages.test_import import DEALS, Idle, dropped, form_of, given, olga, shown
from upswing.book.models import Deal, InvoiceDecision, RememberedOwner
from upswing.core.records import AccountRecord, InvoiceKind, InvoiceRecord, Origin
from upswing.intake.models import Alias, Batch
from upswing.jobs import tasks
from upswing.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

TYPO = DEALS.replace("Tess Lund", "Tes Lund")


def imported(client: Client, text: str) -> Batch:
    address = dropped(client, given(text))
    preview = client.post(address, form_of(shown(client, address)))["Location"]
    client.post(preview)
    return Batch.objects.order_by("pk").last()


def billed() -> None:
    origin = Origin("invoices.csv", 2)
    invoice = InvoiceRecord("F1", InvoiceKind.INVOICE, date(2026, 10, 1), 120_000, origin, account="Havn")
    world.bring(*world.roster(), AccountRecord("A1", "Havn", Origin("accounts.csv", 2)), invoice)


def test_operations_begin_where_data_come_in_while_there_are_none():
    client = olga()
    assert client.get("/")["Location"] == "/data/"
    text = shown(client, "/data/")
    assert "Nothing has been brought in yet." in text
    assert "Drop your CRM export" in text


def test_the_home_says_what_is_not_in_and_who_can_mend_it():
    client = olga()
    world.settle_in()
    imported(client, TYPO)
    text = shown(client, "/data/")
    assert "3 rows are not in." in text
    assert "Names that no rep has" in text
    assert "/data/owners/" in text
    assert text.count("<nav") >= 1
    assert 'aria-current="page"' in text


def test_a_name_is_said_to_be_somebody_and_its_rows_come_in_with_the_same_files():
    client = olga()
    world.settle_in()
    batch = imported(client, TYPO.replace("Stan Holm", "Tes Lund"))
    text = shown(client, "/data/owners/")
    assert "Tes Lund" in text
    tess = world.person("Tess")
    answer = client.post("/data/owners/", {"written": "Tes Lund", "person": tess.uid, "since": "2026-01-01"})
    assert answer.status_code == 302
    assert Alias.objects.get().since == date(2026, 1, 1)
    text = shown(client, "/data/owners/")
    assert "Known by now, and not yet read again" in text
    assert f"/data/batches/{batch.uid}/" in text
    again = client.post(f"/data/batches/{batch.uid}/again/")
    assert "3 new, 0 changed, 0 refused." in shown(client, again["Location"])
    client.post(again["Location"])
    assert Deal.objects.unscoped("test").filter(external_id__in=["D1", "D2", "D3"]).count() == 3


def test_a_name_is_a_new_person():
    client = olga()
    world.settle_in()
    imported(client, TYPO)
    client.post("/data/owners/", {"written": "Stan Holm", "person": ""})
    assert Person.objects.unscoped("test").filter(key="stan holm", sells=True).exists()


def test_a_name_that_means_somebody_is_forgotten():
    client = olga()
    world.settle_in()
    imported(client, TYPO)
    tess = world.person("Tess")
    client.post("/data/owners/", {"written": "Desk 4", "person": tess.uid, "since": "2026-01-01"})
    assert "desk 4" in shown(client, "/data/owners/")
    client.post("/data/owners/forget/", {"written": "desk 4", "since": "2026-01-01"})
    assert "desk 4" not in shown(client, "/data/owners/")
    assert client.post("/data/owners/forget/", {"written": "desk 4", "since": "soon"}).status_code == 422


def test_two_people_are_made_one_by_whoever_knows_what_it_means():
    client = olga()
    world.settle_in()
    imported(client, TYPO)
    tess, stan = (str(world.person(name).uid) for name in ("Tess", "Stan"))
    for sent, said in (
        ({"gone": stan}, "Say both"),
        ({"gone": stan, "kept": tess}, "Tick that you know"),
        ({"gone": stan, "kept": stan, "sure": "yes"}, "is one person already"),
    ):
        refused = client.post("/data/owners/merge/", sent)
        assert refused.status_code == 422
        assert said in refused.content.decode()
    assert client.post("/data/owners/merge/", {"gone": stan, "kept": tess, "sure": "yes"}).status_code == 302
    text = shown(client, "/data/owners/")
    assert "two people made one" in text
    assert not world.person("Stan").sells


def test_an_invoice_is_attributed_split_and_given_to_the_house():
    client = olga()
    billed()
    text = shown(client, "/data/invoices/")
    assert "One invoice counts for nobody." in text
    invoice = form_of_first(text)
    tess, stan = (str(world.person(name).uid) for name in ("Tess", "Stan"))
    unclear = client.post("/data/invoices/", {"invoice": invoice, "do": "house", "reason": ""})
    assert unclear.status_code == 422
    assert "Say in a few words why" in unclear.content.decode()
    split = {
        "invoice": invoice,
        "do": "split",
        "person": [tess, stan],
        "weight": ["2", "1"],
        "reason": "both sold it",
    }
    assert client.post("/data/invoices/", split).status_code == 302
    assert "Every invoice counts for somebody." in shown(client, "/data/invoices/")
    account = str(world_account())
    one = {"invoice": invoice, "do": "people", "shares": f"{tess}:1", "why": "hers", "remember": "1", "account": account,
           "since": "2026-10-01"}  # fmt: skip
    assert client.post("/data/invoices/", one).status_code == 302
    assert (
        client.post("/data/invoices/", {"invoice": invoice, "do": "house", "reason": "ours"}).status_code
        == 302
    )
    assert [one.reason for one in InvoiceDecision.objects.order_by("pk")] == ["both sold it", "hers", "ours"]
    assert RememberedOwner.objects.get().person == world.person("Tess")


def form_of_first(text: str) -> str:
    return text.split('name="invoice" value="')[1][:36]


def world_account() -> object:
    from upswing.book.models import Account

    return Account.objects.get(name="Havn").uid


@pytest.mark.parametrize("form", [{"invoice": "no id"}, {"invoice": "", "do": "split"}])
def test_an_invoice_that_is_none_is_missing(form: dict[str, str]):
    assert olga().post("/data/invoices/", form).status_code == 404


def test_a_weight_that_is_no_number_is_said_beside_the_invoice():
    client = olga()
    billed()
    invoice = form_of_first(shown(client, "/data/invoices/"))
    form = {
        "invoice": invoice,
        "do": "split",
        "person": [str(world.person("Tess").uid)],
        "weight": ["half"],
        "reason": "x",
    }
    answer = client.post("/data/invoices/", form)
    assert answer.status_code == 422
    assert "“half” is no weight" in answer.content.decode()


def test_the_files_and_the_mapping_of_an_import_can_be_had_again():
    client = olga()
    batch = imported(client, DEALS)
    here = f"/data/batches/{batch.uid}"
    file = client.get(f"{here}/file/", {"name": "deals.csv"})
    assert b"".join(file.streaming_content) == DEALS.encode()
    assert 'filename="deals.csv"' in file["Content-Disposition"]
    assert b"[deals]" in client.get(f"{here}/mapping.toml").content
    for missing in (f"{here}/file/?name=other.csv", f"{here}/refused/"):
        assert client.get(missing).status_code == 404


def test_what_stands_on_an_import_is_named_and_leads_on():
    client = olga()
    first = imported(client, DEALS)
    second = imported(client, DEALS.replace("1200", "1300"))
    text = shown(client, f"/data/batches/{first.uid}/undo/")
    assert "cannot be taken back yet" in text
    assert f"/data/batches/{second.uid}/undo/" in text
    refused = client.post(f"/data/batches/{first.uid}/undo/")
    assert refused["Location"].endswith("/undo/")
    client.post(f"/data/batches/{second.uid}/undo/")
    assert "records go" in shown(client, f"/data/batches/{first.uid}/undo/")


def test_an_import_that_is_being_taken_back_says_how_far(monkeypatch: pytest.MonkeyPatch):
    client = olga()
    batch = imported(client, DEALS)
    monkeypatch.setattr(tasks, "take_back", Idle())
    client.post(f"/data/batches/{batch.uid}/undo/")
    Batch.objects.update(done=1, expected=5)
    fragment = client.get(f"/data/batches/{batch.uid}/", headers={"HX-Request": "true"}).content.decode()
    assert 'aria-valuenow="20"' in fragment
    assert fragment.strip().startswith("<section")


def test_the_list_goes_on_page_by_page(monkeypatch: pytest.MonkeyPatch):
    from upswing.queries import intake
    from upswing.web.data import batch

    client = olga()
    for text in (DEALS, DEALS.replace("1200", "1300")):
        imported(client, text)
    monkeypatch.setattr(intake, "PAGE", 1)
    monkeypatch.setattr(batch, "PAGE", 1)
    assert "?page=2" in shown(client, "/data/batches/")
    assert "?page=1" in shown(client, "/data/batches/?page=2")
    assert "No imports yet" in shown(client, "/data/batches/?page=9999")
