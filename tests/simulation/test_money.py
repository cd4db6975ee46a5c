"""Money adds up to the cent."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest

from tests.simulation.worlds import rows, world


def cents(cell: str) -> int:
    return int(cell.replace(".", ""))


@pytest.mark.parametrize("scenario", ["healthy", "multi-currency"])
def test_invoices_less_credit_notes_are_what_a_deal_was_won_for(scenario: str) -> None:
    found = world(scenario, months=15)
    booked: Counter[tuple[int, int]] = Counter()
    origin = [int(row["id"].split("-")[1]) - 1 for row in rows(found, "invoices")]
    for rep, deal, row in zip(
        origin, found.truth.arrays["invoice_deal"].tolist(), rows(found, "invoices"), strict=True
    ):
        booked[rep, deal] += cents(row["net"]) * (1 if row["kind"] == "invoice" else -1)
    long_ago, checked = "2024-10-01", 0
    for deal in rows(found, "deals"):
        if deal["stage"] == "Won" and deal["closed"] < long_ago:
            _, rep, number = deal["id"].split("-")
            assert booked[int(rep) - 1, int(number) - 1] == cents(deal["amount"])
            checked += 1
    assert checked > 40


def test_the_truth_knows_the_deal_of_every_invoice_that_says_it() -> None:
    found = world("healthy", months=15)
    for deal, row in zip(found.truth.arrays["invoice_deal"].tolist(), rows(found, "invoices"), strict=True):
        assert not row["deal"] or int(row["deal"].split("-")[2]) == deal + 1


def test_lines_add_up_to_their_quote() -> None:
    found, lines = world("multi-currency", months=15), defaultdict[str, int](int)
    for line in rows(found, "quote_lines"):
        lines[line["quote"]] += cents(line["price"])
    assert {quote["id"]: cents(quote["amount"]) for quote in rows(found, "quotes")} == lines


def test_the_last_quote_of_a_won_deal_is_what_it_was_won_for() -> None:
    found = world("healthy", months=15)
    won = {deal["id"]: deal["amount"] for deal in rows(found, "deals") if deal["stage"] == "Won"}
    accepted = {
        quote["deal"]: quote["amount"] for quote in rows(found, "quotes") if quote["status"] == "accepted"
    }
    assert accepted
    assert {deal: won[deal] for deal in accepted} == accepted


def test_payments_are_the_invoices_that_are_paid_with_their_tax() -> None:
    found, paid = world("healthy", months=15), defaultdict[str, int](int)
    for payment in rows(found, "payments"):
        paid[payment["invoice"]] += cents(payment["amount"])
    assert paid == {
        invoice["id"]: cents(invoice["net"]) + cents(invoice["tax"])
        for invoice in rows(found, "invoices")
        if invoice["paid"]
    }


def test_one_currency_has_no_rate_in_the_first_months() -> None:
    found = world("multi-currency", months=15)
    first: dict[str, str] = {}
    for rate in rows(found, "rates"):
        first.setdefault(rate["currency"], rate["day"])
    assert first["DKK"] < "2024-01-01"
    assert first["USD"] == "2024-07-01"
    early = {deal["currency"] for deal in rows(found, "deals") if deal["created"] < "2024-07-01"}
    assert early == {"EUR", "DKK", "USD"}


def test_a_chance_of_winning_grows_stage_by_stage_and_is_right_on_average() -> None:
    truth = world("healthy", months=15).truth.arrays
    assert (np.diff(truth["deal_chance"], axis=1) >= 0).all()
    wins, chances = truth["deal_won"], truth["deal_chance"][:, 0]
    error = float(np.sqrt((chances * (1 - chances)).sum()))
    assert abs(float(wins.sum() - chances.sum())) < 3.5 * error + 0.01 * len(wins)
    assert date(2024, 1, 1).toordinal() - 719_163 > truth["deal_created"].min()
