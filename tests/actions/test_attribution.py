"""Whose invoices are: by what the book holds, in whatever order it came, and as somebody decided by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests import world
from tests.actions.books import ACME, BOLT, attributed, booked, on, owner, revenue, uid, won
from tests.actions.standing import everything, sums
from tests.actions.told import quote
from tests.world import NOW, bring, operator, person, roster, viewer
from upswing.actions.attributing import (
    Unclear,
    attribute,
    attribute_to_house,
    remember,
    take_back_attribution,
)
from upswing.actions.permission import NotAllowed
from upswing.actions.rebuild import check, rebuild
from upswing.book.models import Account, InvoiceDecision
from upswing.core.records import InvoiceKind
from upswing.people.viewer import NotVisible

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

LATER = NOW + timedelta(days=10)
DEAL = won("D1", "Tess", "2026-10-05", 1_000)
NOBODY: dict[str, int] = {}


def give(key: str, *names: str, **weights: int) -> None:
    people = dict.fromkeys(names, 1) | weights
    shares = {person(name).uid: weight for name, weight in people.items()}
    attribute(operator(), uid(key), shares, "Mona said so.", NOW)


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"rep": "Tess"}, "rep"), ({"deal": "D1"}, "deal"), ({"quote": "Q1"}, "quote"), ({}, "match"),
        ({"account": "ACME  "}, "match"), ({"account": "A1"}, "match"), ({"net_minor": 1}, "owner"),
        ({"account": "Nobody"}, "waiting"),
    ],
)  # fmt: skip
def test_each_rule_finds_its_rep(told: dict, rule: str):
    bring(*roster(), ACME, owner("A1", "Tess"), DEAL, quote("Q1", "D1", 1, "2026-09-10", 900))
    bring(replace(booked("I1", "2026-10-06", 1_000, "Acme"), **told), source="accounting")
    assert attributed() == {"I1": (rule, NOBODY if rule == "waiting" else {"Tess": 1})}


@pytest.mark.parametrize("last", ["deal", "quote", "owner"])
def test_what_waits_is_attributed_by_what_comes_later(last: str):
    told = {"deal": {"deal": "D1"}, "quote": {"quote": "Q1"}, "owner": {"net_minor": 1}}[last]
    bring(*roster(), ACME)
    bring(replace(booked("I1", "2026-10-06", 1_000, "Acme"), **told), source="accounting")
    assert attributed() == {"I1": ("waiting", NOBODY)}
    bring(*{
        "deal": (DEAL,), "quote": (quote("Q1", "D1", 1, "2026-09-10", 900), DEAL), "owner": (owner("A1", "Tess"),),
    }[last])  # fmt: skip
    assert attributed() == {"I1": (last, {"Tess": 1})}
    assert revenue("Tess") == {"I1": 1 if last == "owner" else 100_000}


def test_an_invoice_and_its_quote_both_wait_for_the_deal():
    bring(*roster(), booked("I1", "2026-10-06", 1_000, quote="Q1"))
    bring(quote("Q1", "D1", 1, "2026-09-10", 900))
    assert attributed() == {"I1": ("waiting", NOBODY)}
    bring(DEAL)
    assert attributed() == {"I1": ("quote", {"Tess": 1})}


def test_an_invoice_that_came_before_its_account_learns_it_with_the_deal():
    bring(*roster(), booked("I1", "2026-10-06", 1_000, "acme"))
    bring(ACME, DEAL)
    assert attributed() == {"I1": ("match", {"Tess": 1})}


def test_importing_again_changes_nothing_once_all_has_come():
    bring(
        *roster(),
        booked("I1", "2026-10-06", 1_000, "Acme", deal="D1"),
        quote("Q1", "D1", 1, "2026-09-10", 900),
    )
    bring(ACME, DEAL)
    once = everything()
    again = bring(
        booked("I1", "2026-10-06", 1_000, "Acme", deal="D1"), quote("Q1", "D1", 1, "2026-09-10", 900)
    )
    assert (again.updated, again.unchanged, everything()) == (0, 2, once)
    assert sums("Tess")["proposals_sent"] == 1


def test_a_second_deal_that_fits_makes_the_match_doubtful_and_a_stronger_clue_settles_it():
    bring(*roster(), ACME, DEAL, booked("I1", "2026-10-06", 1_000, "Acme"))
    bring(won("D2", "Stan", "2026-10-01", 1_005))
    assert attributed() == {"I1": ("waiting", NOBODY)}
    bring(booked("I1", "2026-10-06", 1_000, "Acme", deal="D2"))
    assert attributed() == {"I1": ("deal", {"Stan": 1})}


def test_a_deal_that_moves_to_another_account_frees_the_invoice_it_made_doubtful():
    bring(
        *roster(),
        ACME,
        BOLT,
        DEAL,
        won("D2", "Stan", "2026-10-01", 1_005),
        booked("I1", "2026-10-06", 1_000, "Acme"),
    )
    assert attributed() == {"I1": ("waiting", NOBODY)}
    bring(won("D2", "Stan", "2026-10-01", 1_005, "A2"))
    assert attributed() == {"I1": ("match", {"Tess": 1})}


def test_a_hand_over_leaves_what_was_booked_before_it_alone():
    bring(*roster(), ACME, DEAL, booked("I1", "2026-10-06", 1_000, deal="D1"))
    bring(won("D1", "Stan", "2026-10-05", 1_000), now=LATER)
    handed = LATER.date().isoformat()
    bring(booked("I2", "2026-10-24", 300, deal="D1"), booked("I3", handed, 200, deal="D1"), now=LATER)
    assert attributed() == {
        name: ("deal", {rep: 1}) for name, rep in (("I1", "Tess"), ("I2", "Tess"), ("I3", "Stan"))
    }
    assert (sums("Tess")["booked_revenue"], sums("Stan")["booked_revenue"]) == (130_000, 20_000)


def test_a_deal_whose_amount_changes_on_the_day_of_its_hand_over_is_handed_over_all_the_same():
    bring(*roster(), DEAL, booked("I1", "2026-10-06", 1_000, deal="D1"))
    bring(won("D1", "Tess", "2026-10-05", 1_100), now=LATER)
    bring(won("D1", "Stan", "2026-10-05", 1_100), now=LATER)
    assert attributed()["I1"] == ("deal", {"Tess": 1})


def test_a_correction_of_the_same_day_moves_what_was_booked():
    bring(*roster(), DEAL, booked("I1", "2026-10-06", 1_000, deal="D1"))
    bring(won("D1", "Stan", "2026-10-05", 1_000))
    assert attributed()["I1"] == ("deal", {"Stan": 1})


def test_owners_are_whoever_owned_the_account_then():
    bring(*roster(), ACME, owner("A1", "Tess", "", "2026-10-01"), owner("A1", "Stan", "2026-10-01"))
    bring(booked("I1", "2026-09-30", 5, "Acme"), booked("I2", "2026-10-01", 5, "Acme"))
    assert attributed() == {"I1": ("owner", {"Tess": 1}), "I2": ("owner", {"Stan": 1})}
    bring(owner("A1", "Rami", "2026-10-01"))
    assert attributed()["I2"] == ("owner", {"Rami": 1})


def test_a_credit_note_follows_its_invoice_before_and_after():
    note = booked("N1", "2026-10-08", 400, kind=InvoiceKind.CREDIT_NOTE, corrects="I1", rep="Stan")
    bring(*roster(), note)
    assert attributed()["N1"] == ("rep", {"Stan": 1})
    bring(booked("I1", "2026-10-06", 1_000, deal="D1"))
    assert attributed()["N1"] == ("waiting", NOBODY)
    bring(DEAL)
    assert attributed()["N1"] == ("corrected", {"Tess": 1})
    give("I1", "Rami")
    assert attributed()["N1"] == ("corrected", {"Rami": 1})
    attribute_to_house(operator(), uid("I1"), "It was ours.", NOW)
    assert attributed() == {"I1": ("house", NOBODY), "N1": ("corrected", NOBODY)}


def test_what_somebody_decided_goes_before_every_rule_and_outlives_imports():
    bring(*roster(), DEAL, booked("I1", "2026-10-06", 1_000, deal="D1", rep="Tess"))
    give("I1", Tess=1, Stan=2)
    assert (revenue("Tess"), revenue("Stan")) == ({"I1": 33_333}, {"I1": 66_667})
    bring(booked("I1", "2026-10-07", 900, deal="D1", rep="Rami"), won("D1", "Rami", "2026-10-05", 1_000))
    assert attributed()["I1"] == ("hand", {"Tess": 1, "Stan": 2})
    assert (revenue("Tess"), revenue("Stan")) == ({"I1": 30_000}, {"I1": 60_000})
    decision = InvoiceDecision.objects.get()
    assert (decision.by, decision.at, decision.reason) == ("test", NOW, "Mona said so.")


def test_taking_back_lets_the_rules_decide_and_keeps_what_was_decided_on_record():
    bring(*roster(), DEAL, booked("I1", "2026-10-06", 1_000, deal="D1"))
    before = attributed(), everything()
    give("I1", "Stan")
    give("I1", "Rami")
    take_back_attribution(operator(), uid("I1"), LATER)
    assert (attributed(), everything()) == before
    told = InvoiceDecision.objects.order_by("id").values_list("taken_back_by", "taken_back_at")
    assert list(told) == [("test", NOW), ("test", LATER)]
    with pytest.raises(Unclear, match="nothing to take back"):
        take_back_attribution(operator(), uid("I1"), LATER)


def test_a_remembered_owner_gets_what_waits_and_what_comes_until_a_source_knows_better():
    bring(*roster(), ACME, *(booked(f"I{n}", f"2026-10-{n:02}", 5, "Acme") for n in (1, 9)))
    remember(operator(), Account.objects.get().uid, person("Tess").uid, on("2026-10-05"), NOW)
    assert attributed() == {"I1": ("waiting", NOBODY), "I9": ("owner", {"Tess": 1})}
    bring(owner("A1", "Stan", "2026-10-08"))
    assert attributed()["I9"] == ("owner", {"Stan": 1})
    remember(operator(), Account.objects.get().uid, person("Rami").uid, on("2026-10-08"), NOW)
    assert attributed()["I9"] == ("owner", {"Rami": 1})


@pytest.mark.usefixtures("cast")
def test_only_operators_decide():
    bring(booked("I1", "2026-10-06", 5))
    for name in ("tess", "mona", "ada"):
        with pytest.raises(NotAllowed):
            attribute(viewer(name), uid("I1"), {person("Tess").uid: 1}, "mine", NOW)
        with pytest.raises(NotAllowed):
            attribute_to_house(viewer(name), uid("I1"), "nobody's", NOW)
        with pytest.raises(NotAllowed):
            take_back_attribution(viewer(name), uid("I1"), NOW)
        with pytest.raises(NotAllowed):
            remember(viewer(name), uuid4(), person("Tess").uid, NOW.date(), NOW)
    attribute(viewer("olga"), uid("I1"), {person("Tess").uid: 1}, "Hers.", NOW)
    assert InvoiceDecision.objects.get().by == "olga@example.com"


def test_a_decision_without_people_without_reason_or_of_nothing_is_refused_in_a_sentence():
    bring(*roster(), booked("I1", "2026-10-06", 5))
    tess = person("Tess").uid
    for shares, reason, missing in (
        ({}, "why", "Say who gets I1"),
        ({tess: 0}, "why", "Say who"),
        ({tess: 1}, " ", "Say in"),
    ):
        with pytest.raises(Unclear, match=missing):
            attribute(operator(), uid("I1"), shares, reason, NOW)
    for given in ((uuid4(), {tess: 1}), (uid("I1"), {uuid4(): 1})):
        with pytest.raises(NotVisible):
            attribute(operator(), *given, "why", NOW)
    with pytest.raises(NotVisible):
        remember(operator(), uuid4(), tess, NOW.date(), NOW)
    assert not InvoiceDecision.objects.exists()


def test_a_rebuild_leaves_attributions_alone():
    bring(*roster(), ACME, DEAL, booked("I1", "2026-10-06", 1_000, "Acme"), booked("I2", "2026-10-06", 7))
    give("I2", "Stan")
    before = attributed(), everything()
    rebuild(operator())
    assert (attributed(), everything()) == before
    assert check(world.operator()) == []
