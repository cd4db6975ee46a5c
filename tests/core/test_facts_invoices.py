"""Settling invoices: what accounting booked, less what it took back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.settled import FAR, summed
from tests.core.strategies import shared
from upswing.core.facts import NEW_FOR, WHOLE, FactKind, is_new, settle_invoice
from upswing.core.measures import BOOKED_REVENUE, INVOICES, NEW_BUSINESS, NEW_INVOICES
from upswing.core.records import InvoiceKind, InvoiceRecord, Origin

DAY = date(2026, 3, 31)
RAMI = (("Rami", 1),)
sums = st.integers(0, 10**12)


def invoice(net: int | None, kind: str = "invoice") -> InvoiceRecord:
    return InvoiceRecord("I-1", InvoiceKind(kind), DAY, net, Origin("invoices.csv", 2), tax_minor=19)


def test_an_invoice_adds_its_amount_without_tax_on_its_day():
    (fact,) = settle_invoice(invoice(100_00), RAMI, "fair")
    assert fact[:5] == (FactKind.REVENUE_BOOKED, DAY, "Rami", WHOLE, 100_00)
    assert (fact.outcome, fact.source) == ("invoice", "fair")


def test_a_credit_note_takes_its_amount_back_and_is_no_booking_of_its_own():
    (fact,) = settle_invoice(invoice(30_00, "credit_note"), RAMI)
    assert (fact.amount, fact.share, fact.outcome) == (-30_00, 0, "credit_note")
    assert summed([fact], INVOICES) == 0


def test_an_invoice_credited_to_nobody_counts_for_nobody():
    assert settle_invoice(invoice(100), ()) == ()


def test_an_invoice_of_unknown_amount_counts_for_nobody():
    assert settle_invoice(invoice(None), RAMI) == ()
    assert settle_invoice(invoice(None, "credit_note"), RAMI) == ()


def test_an_invoice_of_nothing_is_a_booking_of_nothing():
    assert [fact.amount for fact in settle_invoice(invoice(0), RAMI)] == [0]


def test_shared_revenue_splits_to_the_cent():
    facts = settle_invoice(invoice(1_00), (("Tess", 1), ("Rami", 1), ("Stan", 1)))
    assert {fact.rep: fact.amount for fact in facts} == {"Rami": 34, "Stan": 33, "Tess": 33}
    assert sum(fact.share for fact in facts) == WHOLE


@given(sums, shared)
def test_parts_add_up_to_the_invoice(net: int, credit: list):
    facts = settle_invoice(invoice(net), credit)
    assert sum(fact.amount for fact in facts) == net
    assert all(fact.amount >= 0 for fact in facts)


@given(sums, shared)
def test_a_credit_note_over_the_whole_invoice_leaves_nobody_anything(net: int, credit: list):
    facts = settle_invoice(invoice(net), credit) + settle_invoice(invoice(net, "credit_note"), credit)
    assert all(summed(facts, BOOKED_REVENUE, FAR, rep) == 0 for rep, _ in credit)


@given(sums, shared, st.sampled_from(["invoice", "credit_note"]))
def test_new_business_is_what_was_booked_for_everybody_who_shares_it(net: int, credit: list, kind: str):
    facts = settle_invoice(invoice(net, kind), credit, new=True)
    for rep, _ in credit:
        assert summed(facts, NEW_BUSINESS, FAR, rep) == summed(facts, BOOKED_REVENUE, FAR, rep)
        assert summed(facts, NEW_INVOICES, FAR, rep) == summed(facts, INVOICES, FAR, rep)


def test_what_a_known_account_buys_again_is_no_new_business():
    assert summed(settle_invoice(invoice(100), RAMI), NEW_BUSINESS) == 0


@pytest.mark.parametrize(("days", "new"), [(-1, False), (0, True), (NEW_FOR - 1, True), (NEW_FOR, False)])
def test_an_account_is_new_for_a_year_from_its_first_invoice_on(days: int, new: bool):
    assert is_new(DAY + timedelta(days), DAY) is new


def test_an_account_without_a_first_invoice_is_never_new():
    assert not is_new(DAY, None)
