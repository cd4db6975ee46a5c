"""The queue of invoices that are nobody's yet: whom it offers, why, and who may see it.

| invoice | day   | account      | net   |
|---------|-------|--------------|-------|
| W1      | 10-06 | Acme         | 1,000 |
| W2      | 10-06 | Acme         | 5,000 |
| W3      | 10-01 | ACME A/S     | 1,200 |
| W4      | 10-09 | Strangers    |    70 |
| W5      | 10-10 | (credit)     |    30 |

Acme has three deals, won on 1 October for 1,000 (Tess) and 1,005 (Stan), and on 20 September for 3,000 (Rami).
Nina owned it from 5 October on.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.actions.books import ACME, booked, owner, won
from tests.world import TODAY, bring, operator, person, roster, viewer
from upswing.book.models import Account
from upswing.core.money import Money
from upswing.core.period import month_of
from upswing.core.records import InvoiceKind
from upswing.people.viewer import NotVisible
from upswing.queries import unattributed as module
from upswing.queries.unattributed import Queue, Waiting, unattributed, unattributed_value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture(autouse=True)
def queue(cast: None) -> None:
    bring(
        *roster(), ACME, won("D1", "Tess", "2026-10-01", 1_000), won("D2", "Stan", "2026-10-01", 1_005),
        won("D3", "Rami", "2026-09-20", 3_000), owner("A1", "Nina", "2026-10-05", "2026-10-06"),
        booked("W1", "2026-10-06", 1_000, "Acme"), booked("W2", "2026-10-06", 5_000, "Acme"),
        booked("W3", "2026-10-01", 1_200, "ACME A/S"), booked("W4", "2026-10-09", 70, "Strangers"),
        booked("W5", "2026-10-10", 30, kind=InvoiceKind.CREDIT_NOTE),
        booked("I1", "2026-10-06", 9, rep="Tess"),
    )  # fmt: skip


def row(number: str) -> Waiting:
    return next(row for row in unattributed(operator()).rows if row.number == number)


def test_the_oldest_and_largest_come_first_and_the_sum_counts_what_was_taken_back():
    found = unattributed(operator())
    assert [row.number for row in found.rows] == ["W3", "W2", "W1", "W4", "W5"]
    assert (found.total, found.sums) == (5, (Money(724_000, "EUR"),))
    assert [str(row.net) for row in found.rows] == [
        "1200.00 EUR",
        "5000.00 EUR",
        "1000.00 EUR",
        "70.00 EUR",
        "-30.00 EUR",
    ]


def test_deals_of_the_account_are_offered_by_how_far_they_are_off():
    offered = row("W1").candidates
    assert [(one.people[0][1], one.amount_off, one.days_off) for one in offered] == [
        ("Tess", Fraction(0), 5), ("Stan", Fraction(-5, 1005), 5), ("Rami", Fraction(-2, 3), 16),
    ]  # fmt: skip
    assert [one.why for one in offered] == [
        "“D1” of Acme, won 5 days before it, for this very amount.",
        "“D2” of Acme, won 5 days before it, the invoice being 0.5% below its amount.",
        "“D3” of Acme, won 16 days before it, the invoice being 66.7% below its amount.",
    ]
    assert offered[0].people == ((person("Tess").uid, "Tess", 1),)
    assert offered[0].account_id == Account.objects.get(external_id="A1").uid


def test_an_account_of_a_near_name_is_offered_and_the_difference_is_said():
    first = row("W3").candidates[0]
    assert (first.account, first.deal, first.likeness < 100) == ("Acme", "D2", True)
    assert first.why == (
        "“D2” of Acme, won on that very day, the invoice being 19.4% above its amount. "
        f"Accounting writes another name, {first.likeness} % alike."
    )


def test_a_stranger_has_no_candidates():
    assert row("W4").candidates == row("W5").candidates == ()


def test_the_owner_of_the_day_is_offered_where_the_name_is_only_near():
    bring(booked("W6", "2026-10-05", 1_200, "ACME A/S"))
    last = row("W6").candidates[-1]
    assert (last.people[0][1], last.deal, last.days_off) == ("Nina", "", None)
    assert last.why.startswith("Owned Acme on that day.")


def test_pages_follow_each_other(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "PAGE", 2)
    pages = [unattributed(operator(), page) for page in (1, 2, 3, 9)]
    assert [[row.number for row in page.rows] for page in pages] == [
        ["W3", "W2"],
        ["W1", "W4"],
        ["W5"],
        ["W5"],
    ]
    assert [(page.first, page.total) for page in pages] == [(0, 5), (2, 5), (4, 5), (4, 5)]


def test_what_waits_of_a_period_stands_beside_its_attainment():
    assert unattributed_value(viewer("tess"), month_of(TODAY), date(2026, 10, 6)) == (Money(720_000, "EUR"),)
    assert unattributed_value(viewer("tess"), month_of(date(2026, 8, 1)), TODAY) == ()


def test_an_empty_queue_is_a_queue():
    module._waiting().delete()
    assert unattributed(operator()) == Queue((), 0, 0, ())


@pytest.mark.parametrize("who", ["tess", "mona", "otto", "ada"])
def test_only_who_may_decide_sees_it(who: str):
    with pytest.raises(NotVisible):
        unattributed(viewer(who))
    assert unattributed(viewer("olga")).total == 5


def test_a_page_takes_a_bounded_number_of_questions(django_assert_max_num_queries):
    bring(*(booked(f"X{n}", "2026-10-06", 1_000 + n, "ACME A/S") for n in range(30)))
    with django_assert_max_num_queries(15):
        assert len(unattributed(operator()).rows) == 25
