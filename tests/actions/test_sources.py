"""Several sources, odd currencies and odd texts: everything lands where it belongs, on either engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from tests import world
from tests.world import Given, bring, deal, quota
from upswing.actions import shelf
from upswing.actions.crediting import ATTRIBUTION
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.rebuild import check
from upswing.book.models import Deal, Quote
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import (
    ContactRecord,
    DayOffRecord,
    LeadRecord,
    Origin,
    Problem,
    QuoteRecord,
    Severity,
    TimeEntryRecord,
)
from upswing.goals.models import Quota
from upswing.intake import models as intake
from upswing.people.models import Organisation, Person

pytestmark = pytest.mark.django_db

PEOPLE = '[people]\nfile = "people.csv"\ncolumns = { name = "rep", manager = "boss" }\n'
PRODUCTS = '[products]\nfile = "products.csv"\ncolumns = { id = "id", name = "name", list_price = "price" }\n'
ACCOUNTS = '[accounts]\nfile = "accounts.csv"\ncolumns = { id = "id", name = "name" }\n'
DEALS = """[deals]
file = "deals.csv"
columns = { id = "id", rep = "rep", stage = "stage", created = "opened", amount = "amount", product = "product", account = "account" }
"""
QUOTAS = '[quotas]\nfile = "quotas.csv"\ncolumns = { rep = "rep", period = "period", value = "value" }\n'
HEAD = "id,rep,stage,opened,amount,product,account\n"


def read(folder: Path, source: str, mapping: str, **files: str) -> Imported:
    place = folder / source
    place.mkdir(exist_ok=True)
    (place / "map.toml").write_text(f'source = "{source}"\n{mapping}')
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text)
    found = read_mapping(place / "map.toml")
    about = About(found.source, found.name, found.currency, "", found.read_on, "map.toml")
    return import_batch(world.operator(), Files(place, found), about, world.NOW)


def test_ids_of_three_sources_collide_and_every_deal_finds_its_own(tmp_path: Path):
    head = "id,name\n"
    for source, name in (("one", "Alpha"), ("two", "Beta")):
        products = f"id,name,price\nP1,{name} kit,{len(name)}\n"
        mapping = PRODUCTS + ACCOUNTS
        read(tmp_path, source, mapping, products=products, accounts=f"{head}A1,{name}\n")
    rows = (
        "D1,Tess,open,2026-09-01,,beta kit,Alpha\nD2,Tess,open,2026-09-01,,Alpha kit,Beta\n"
        "D3,Tess,open,2026-09-01,,P1,Gamma\nD4,Tess,open,2026-09-01,,Beta kit,A1\n"
    )
    own = {"people": "rep,boss\nTess,Mona\n", "accounts": f"{head}A1,Gamma\n"}
    own["products"] = "id,name,price\nP1,Gamma kit,9\n"
    done = read(tmp_path, "three", PEOPLE + PRODUCTS + ACCOUNTS + DEALS, deals=HEAD + rows, **own)
    found = Deal.objects.unscoped("test").order_by("external_id")
    linked = list(found.values_list("product__name", "account__name", "expected_minor"))
    assert linked == [
        ("Beta kit", "Alpha", 400), ("Alpha kit", "Beta", 500), ("Gamma kit", "Gamma", 900), ("Beta kit", "Gamma", 400),
    ]  # fmt: skip
    assert (done.refused, done.notices) == (0, 0)
    again = read(tmp_path, "three", PEOPLE + DEALS)  # what is known from the database is called the same
    assert again.updated == 0
    assert list(found.values_list("product__name", "account__name", "expected_minor")) == linked


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 1200), ("KWD", 1_200_000)])
def test_a_source_without_currency_counts_in_the_organisation_s(tmp_path: Path, currency: str, minor: int):
    people = "rep,boss\nTess,Mona\n"
    read(tmp_path, "one", f'currency = "{currency}"\n{PEOPLE}', people=people)
    assert Organisation.objects.get().currency == currency
    rows, quotas = "D1,Tess,open,2026-09-01,1200,,\n", "rep,period,value\nTess,2026,1200\n"
    read(tmp_path, "two", PEOPLE + DEALS + QUOTAS, people=people, deals=HEAD + rows, quotas=quotas)
    assert Deal.objects.unscoped("test").get().amount_minor == minor
    assert Quota.objects.unscoped("test").get().value == minor


def test_odd_texts_can_be_kept_and_printed_on_every_engine():
    odd = "a\x00b\x1b[31m\ud800" + "é" * 300
    told = Problem(Severity.REFUSED, "odd", Origin(odd, 3), odd, odd, odd, f"Row 3: “{odd}”")
    done = bring(told)
    kept = intake.Problem.objects.get()
    assert (len(kept.record), len(kept.value), len(kept.field), len(kept.file)) == (200, 200, 64, 255)
    for text in (kept.sentence, done.problems[0].sentence, kept.value):
        assert text.encode()
        assert not set(text) & {"\x00", "\x1b", "\ud800"}


def test_the_longest_names_land(tmp_path: Path):
    rep, boss = "R" * 200, "B" * 195
    quotas = f"rep,period,value\n{rep},2026-01-05..2026-02-06,5\n"
    people = f"rep,boss\n{rep},{boss}\n{'ß' * 150},Mona\nStan,{'C' * 196}\n"
    done = read(tmp_path, "one", PEOPLE + QUOTAS, people=people, quotas=quotas)
    assert [problem.sentence[:18] for problem in done.problems] == [
        "Row 3: the name “ß",
        "Row 4: the manager",
    ]
    assert Quota.objects.unscoped("test").count() == 1
    assert Person.objects.unscoped("test").count() == 2


def test_a_quote_of_a_deal_nobody_knows_is_told_and_stops_nothing(tmp_path: Path):
    quotes = '[quotes]\nfile = "quotes.csv"\ncolumns = { id = "id", deal = "deal", sent = "sent", amount = "sum" }\n'
    done = read(
        tmp_path, "one", PEOPLE + DEALS + quotes, people="rep,boss\nTess,Mona\n",
        deals=HEAD + "D1,Tess,open,2026-09-01,5,,\n",
        quotes="id,deal,sent,sum\nQ1,D9,2026-09-02,5\nQ2,D1,2026-09-03,7\n",
    )  # fmt: skip
    assert [problem.code for problem in done.problems if problem.field == "deal"] == ["unknown_deal"]
    assert Quote.objects.unscoped("test").filter(deal__external_id="D1").count() == 1
    assert check(world.operator()) == []


def test_a_quota_is_the_same_however_its_period_is_written():
    bring(*world.roster(), quota("Tess", "2026-1", 5))
    again = bring(quota("Tess", "2026-01", 6))
    assert (again.created, again.updated) == (0, 1)
    assert Quota.objects.unscoped("test").get().starts == date(2026, 1, 1)


def test_deal_ids_that_differ_in_case_are_two_deals():
    bring(*world.roster(), deal("a1", "Tess", "2026-09-01"))
    assert bring(deal("A1", "Tess", "2026-09-01")).created == 1
    assert Deal.objects.unscoped("test").count() == 2


def test_deals_that_moved_while_we_waited_are_tried_again_with_their_new_rep_locked(monkeypatch):
    world.settle_in()
    locked, real = [], shelf.lock

    def moved_meanwhile(reps: set[int]) -> None:
        if not locked:
            monkeypatch.setattr(shelf, "lock", real)
            bring(deal("T4", "Nina", "2026-10-01", amount=7_000))
            monkeypatch.setattr(shelf, "lock", moved_meanwhile)
        locked.append(set(reps))
        real(reps)

    monkeypatch.setattr(shelf, "lock", moved_meanwhile)
    # what was done between looking and locking is kept, as another process's would be
    monkeypatch.setattr(shelf, "_take", shelf._take.__wrapped__)
    with transaction.atomic():
        bring(deal("T4", "Tess", "2026-10-01", amount=8_000))
    tess, nina = world.person("Tess").id, world.person("Nina").id
    assert locked == [{ATTRIBUTION, tess}, {ATTRIBUTION, tess, nina}]
    assert check(world.operator()) == []


def told(read_on: date, amount: int, zone: str = "") -> None:
    """Import everybody and two deals from files made on that day."""
    people = [replace(person, zone=zone, email=f"{read_on}@example.com") for person in world.roster()]
    about = About("crm", "CRM", "EUR", "Testers", read_on, "test")
    given = Given(
        *people, deal("T9", "Tess", "2026-01-05", amount=amount), deal(f"N{amount}", "Tess", "2026-01-05")
    )
    import_batch(world.operator(), given, about, world.NOW)


def test_a_file_said_to_be_of_a_day_to_come_keeps_later_ones_from_nothing():
    told(date(2099, 1, 1), 7_000)
    told(date(2026, 5, 1), 9_000)
    assert Deal.objects.unscoped("test").get(external_id="T9").amount_minor == 900_000


def test_an_older_file_changes_no_newer_record():
    told(date(2026, 5, 1), 7_000, "Asia/Tokyo")
    told(date(2026, 4, 1), 9_000, "Europe/Paris")
    assert Deal.objects.unscoped("test").get(external_id="T9").amount_minor == 700_000
    assert (
        Deal.objects.unscoped("test").filter(external_id="N9000").exists()
    )  # what is new comes in all the same
    assert {
        (person.zone, person.email[:10]) for person in Person.objects.unscoped("test").filter(sells=True)
    } == {("Asia/Tokyo", "2026-05-01")}
    told(date(2026, 6, 1), 8_000)
    assert Deal.objects.unscoped("test").get(external_id="T9").amount_minor == 800_000


def test_words_as_long_as_a_cell_may_be_are_kept_on_every_engine():
    long = "ø" * 200
    bring(
        *(replace(person, role=long, level=long, territory=long) for person in world.roster()),
        ContactRecord("C1", "Ann", Origin("c.csv", 2), role=long), DayOffRecord("Tess", world.TODAY, Origin("d.csv", 2), long),
        LeadRecord("L1", "Tess", world.NOW, Origin("l.csv", 2), long),
        TimeEntryRecord("Tess", world.TODAY, 5, Origin("t.csv", 2), long, long),
        deal("D1", "Tess", "2026-01-05", source=long), QuoteRecord("Q1", "D1", 100_000, Origin("q.csv", 2), world.TODAY, 5),
    )  # fmt: skip
    assert check(world.operator()) == []
