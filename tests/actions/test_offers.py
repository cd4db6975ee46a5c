"""Deals with their quotes and invoices: credited alike, whatever changes and in whatever order it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.actions.standing import by, days, everything, facts, sums
from tests.actions.told import invoice, quote
from tests.world import TODAY, bring, deal, person, roster
from upswing.actions import shelf
from upswing.actions.crediting import ATTRIBUTION
from upswing.book.models import Invoice, Quote, QuoteLine
from upswing.core.measures import (
    BOOKED_REVENUE,
    DEALS_IN_STAGE,
    DEALS_WON,
    PROPOSED_VALUE,
    VALUE_IN_STAGE,
    WON_VALUE,
)
from upswing.core.records import DealRecord, Outcome, StageMove
from upswing.core.records import QuoteLine as Line
from upswing.ledger.counting import By
from upswing.ledger.models import Fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

OFFERS = (
    quote("Q1", "D1", 1, "2026-09-10", 900), quote("Q2", "D1", 2, "2026-09-20", 1_100),
    quote("Q3", "D1", 3, "", 2_000, "draft"),
    invoice("I1", "2026-10-06", 1_000, "D1"), invoice("I2", "2026-10-09", 200, "D1", kind="credit_note"),
)  # fmt: skip


def sold(who: str = "Tess", amount: int = 1_000, **more: object) -> DealRecord:
    """D1, created on 1 September and won on 5 October."""
    return deal("D1", who, "2026-09-01", "2026-10-05", "won", amount, **more)


def moved(
    key: str, *moves: tuple[str, str], amount: int = 1_000, closed: str = "", **more: object
) -> DealRecord:
    """Tess's deal of September, with its moves."""
    told = tuple(StageMove(stage, date.fromisoformat(day)) for stage, day in moves)
    outcome = "lost" if closed else "open"
    return deal(key, "Tess", "2026-09-01", closed, outcome, amount, **({"moves": told} | more))


def offered(name: str) -> tuple[int, int, int]:
    """A rep's proposals, what they are worth, what was booked; in euros."""
    found = sums(name)
    return tuple(
        found.get(key, 0) // part for key, part in (("proposals_sent", 1), ("proposed_value", 100), ("booked_revenue", 100))
    )  # fmt: skip


def test_a_deal_has_one_proposal_worth_its_latest_revision_and_revenue_less_what_was_taken_back():
    bring(*roster(), sold(), *OFFERS)
    assert offered("Tess") == (1, 1_100, 800)
    assert days("Tess", "proposed_value") == {"09-10": 90_000, "09-20": 20_000}
    assert days("Tess", "booked_revenue") == {"10-06": 100_000, "10-09": -20_000}


def test_importing_offers_twice_changes_nothing():
    bring(*roster(), sold(), *OFFERS)
    once = everything()
    again = bring(sold(), *OFFERS)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 6)
    assert everything() == once


def test_the_order_of_quotes_and_invoices_says_nothing():
    bring(*roster(), sold(), *OFFERS)
    wanted = facts()
    for model in (Quote, Invoice):
        model.objects.unscoped("test").delete()
    Fact.objects.filter(record_kind__in=("quotes", "invoice")).delete()
    bring(*OFFERS[:3][::-1], *OFFERS[3:][::-1])
    assert facts() == wanted


def test_quotes_brought_one_by_one_are_worth_what_they_are_worth_together():
    bring(*roster(), sold(), *OFFERS[3:])
    for late in (OFFERS[1], OFFERS[0], OFFERS[2]):
        bring(late)
    assert offered("Tess") == (1, 1_100, 800)


def test_a_deal_told_with_another_rep_on_the_same_day_takes_its_proposals_and_its_revenue_along():
    bring(*roster(), sold(), *OFFERS)
    bring(sold("Stan"))
    assert (offered("Tess"), offered("Stan")) == ((0, 0, 0), (1, 1_100, 800))


def test_a_deal_that_is_shared_from_now_on_shares_its_proposals_and_its_revenue():
    bring(*roster(), sold(), *OFFERS)
    bring(sold(credit=(("Tess", 1), ("Stan", 3))))
    assert (sums("Tess")["proposed_value"], sums("Stan")["proposed_value"]) == (27_500, 82_500)
    assert (sums("Tess")["booked_revenue"], sums("Stan")["booked_revenue"]) == (20_000, 60_000)


def test_who_gives_a_deal_away_is_held_even_if_the_deal_itself_says_nothing(monkeypatch: pytest.MonkeyPatch):
    undated = deal("D1", "Tess")
    bring(*roster(), undated, *OFFERS)
    held: list[set[int]] = []
    monkeypatch.setattr(shelf, "lock", lambda reps: held.append(set(reps)))
    bring(deal("D1", "Stan"))
    assert held == [{ATTRIBUTION, person("Tess").id, person("Stan").id}]


def test_a_quote_that_belongs_to_another_deal_after_all_leaves_nothing_behind():
    bring(*roster(), sold(), deal("D2", "Stan", "2026-09-01"), *OFFERS[:2])
    bring(quote("Q2", "D2", 2, "2026-09-20", 1_100))
    assert (offered("Tess"), offered("Stan")) == ((1, 900, 0), (1, 1_100, 0))
    bring(quote("Q1", "D2", 1, "2026-09-10", 900))
    assert (offered("Tess"), offered("Stan")) == ((0, 0, 0), (1, 1_100, 0))


def test_a_quote_called_back_into_a_draft_is_no_proposal():
    bring(*roster(), sold(), *OFFERS[:1])
    bring(quote("Q1", "D1", 1, "2026-09-10", 900, "draft"))
    assert offered("Tess") == (0, 0, 0)


def test_lines_of_a_quote_are_replaced_and_change_no_figure():
    lined = quote("Q1", "D1", 1, "2026-09-10", 900)
    bring(*roster(), sold(), lined)
    for lines in (
        (Line("", Decimal(1), 50_000), Line("", Decimal(2), 40_000)),
        (Line("", Decimal(1), 90_000),),
    ):
        assert bring(replace(lined, lines=lines)).updated == 1
        assert list(QuoteLine.objects.order_by("number").values_list("price_minor", flat=True)) == [
            line.price_minor for line in lines
        ]
    assert offered("Tess") == (1, 900, 0)


def test_an_invoice_imported_before_its_deal_counts_as_soon_as_both_are_there():
    bring(*roster(), invoice("I1", "2026-10-06", 1_000, "D1"))
    assert facts() == []
    bring(sold())
    assert offered("Tess") == (0, 0, 1_000)
    done = bring(invoice("I1", "2026-10-06", 1_000, "D1"))
    assert (done.updated, offered("Tess")) == (0, (0, 0, 1_000))


def test_an_invoice_is_its_rep_s_whoever_has_the_deal_now():
    bring(*roster(), invoice("I1", "2026-10-06", 1_000, "D1", "Stan"), invoice("I2", "2026-10-06", 50, "D1"))
    assert offered("Stan") == (0, 0, 1_000)
    bring(sold(), invoice("I1", "2026-10-06", 1_000, "D1", "Stan"), invoice("I2", "2026-10-06", 50, "D1"))
    assert (offered("Stan"), offered("Tess")) == ((0, 0, 1_000), (0, 0, 50))


def test_a_credit_note_goes_where_the_invoice_went_that_it_corrects():
    note = replace(invoice("N1", "2026-10-08", 400, kind="credit_note"), corrects="I1")
    bring(*roster(), sold(), invoice("I1", "2026-10-06", 1_000, "D1"), note)
    assert offered("Tess") == (0, 0, 600)
    bring(invoice("I1", "2026-10-06", 1_000, who="Stan"))
    assert (offered("Tess"), offered("Stan")) == ((0, 0, 0), (0, 0, 600))


def test_invoices_of_nobody_and_of_unknown_amount_are_kept_and_count_for_nobody():
    bring(*roster(), sold(), invoice("I1", "2026-10-06", 50), invoice("I2", "2026-10-06", None, "D1"))
    assert Invoice.objects.unscoped("test").count() == 2
    assert not Fact.objects.filter(record_kind="invoice").exists()
    bring(invoice("I2", "2026-10-06", 70, "D1"))
    assert offered("Tess") == (0, 0, 70)


def test_figures_are_told_apart_by_how_the_deal_was_found():
    bring(*roster(), sold(source="fair"), deal("D2", "Tess", "2026-09-01", "2026-10-06", "won", 300), *OFFERS)
    assert by(By.SOURCE, DEALS_WON, TODAY, "Tess") == {"fair": 1_000_000, "": 1_000_000}
    assert by(By.SOURCE, WON_VALUE, TODAY, "Tess", "Stan") == {"fair": 100_000, "": 30_000}
    bring(sold(source="web"))
    for measure, amount in ((PROPOSED_VALUE, 110_000), (BOOKED_REVENUE, 80_000)):
        assert by(By.SOURCE, measure, TODAY, "Tess") == {"web": amount}


def test_what_stands_in_each_stage_is_told_for_any_day():
    bring(
        *roster(),
        moved("D1", ("New", "2026-09-01"), ("Offer", "2026-09-15"), amounts=((date(2026, 9, 10), 150_000),)),
        moved("D2", ("New", "2026-09-05"), amount=400),
    )

    def stock(day: int) -> list[dict[str, int]]:
        at = date(2026, 9, day)
        return [by(By.STAGE, measure, at, "Tess", "Stan") for measure in (DEALS_IN_STAGE, VALUE_IN_STAGE)]

    assert stock(4) == [{"New": 1_000_000}, {"New": 100_000}]
    assert stock(14) == [{"New": 2_000_000}, {"New": 190_000}]
    assert stock(15) == [{"New": 1_000_000, "Offer": 1_000_000}, {"New": 40_000, "Offer": 150_000}]


def test_a_decided_deal_is_in_no_stage_and_a_reopened_one_in_its_own_again():
    open_moves = (("New", "2026-09-01"), ("Offer", "2026-09-15"))
    lost = StageMove("Lost", date(2026, 9, 20), Outcome.LOST)
    told = tuple(StageMove(stage, date.fromisoformat(day)) for stage, day in open_moves)
    bring(*roster(), moved("D1", closed="2026-09-20", moves=(*told, lost)))
    assert by(By.STAGE, DEALS_IN_STAGE, TODAY, "Tess") == {}
    again = StageMove("Offer", date(2026, 9, 25))
    bring(moved("D1", moves=(*told, lost, again)))
    assert by(By.STAGE, DEALS_IN_STAGE, TODAY, "Tess") == {"Offer": 1_000_000}
    assert by(By.STAGE, VALUE_IN_STAGE, date(2026, 9, 22), "Tess") == {}
