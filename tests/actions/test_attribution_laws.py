"""Laws of attribution, on any book that comes in any order: nothing is lost, and the past stays where it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.actions.books import ACME, BOLT, attributed, booked, owner, uid, won
from tests.actions.standing import everything
from tests.actions.told import quote
from tests.examples import examples
from tests.world import NOW, bring, operator, person, roster
from upswing.actions.attributing import attribute, attribute_to_house, take_back_attribution
from upswing.actions.crediting import credit_everything
from upswing.actions.rebuild import check, rebuild
from upswing.book.models import Invoice, InvoiceShare
from upswing.connectors.connector import folded
from upswing.core.facts import FactKind
from upswing.core.money import Money
from upswing.core.records import InvoiceKind, InvoiceRecord
from upswing.ledger.models import Fact
from upswing.queries.unattributed import unattributed

pytestmark = pytest.mark.django_db

SEVERAL = settings(
    max_examples=examples(15),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
reps = st.sampled_from(["Tess", "Stan", "Rami"])
accounts = st.sampled_from(["A1", "A2"])
amounts = st.sampled_from([1_000, 1_004, 2_000])
days = st.dates(date(2026, 9, 10), date(2026, 10, 20))
credits_ = st.lists(
    st.tuples(reps, st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda one: one[0]
).map(tuple)


@st.composite
def deals(draw: st.DrawFn) -> list:
    return [
        won(key, "Tess", str(draw(days)), draw(amounts), draw(accounts), credit=draw(credits_))
        for key in draw(st.sets(st.sampled_from(["D1", "D2", "D3"])))
    ]


@st.composite
def owners(draw: st.DrawFn) -> list:
    found = [owner(account, draw(reps), str(draw(days))) for account in draw(st.lists(accounts, max_size=3))]
    return list({(one.account, one.start): one for one in found}.values())


@st.composite
def invoices(draw: st.DrawFn) -> list[InvoiceRecord]:
    found = []
    for key in ("I1", "I2", "I3", "N1", "N2"):
        note = key.startswith("N")
        made = booked(
            key, str(draw(days)), draw(st.none() | amounts), draw(st.sampled_from(["", "acme", "Bolt", "A2", "Ghost"])),
            deal=draw(st.sampled_from(["", "", "D1", "D9"])), quote=draw(st.sampled_from(["", "", "Q1", "Q9"])),
            rep=draw(st.sampled_from(["", "", "", "Stan"])),
            kind=InvoiceKind.CREDIT_NOTE if note else InvoiceKind.INVOICE,
            corrects=draw(st.sampled_from(["", "I1", "I2", "I9"])) if note else "",
        )  # fmt: skip
        found.append(made)
    return found


QUOTES = [quote("Q1", "D2", 1, "2026-09-12", 5)]
books = st.tuples(deals(), st.sampled_from([[], QUOTES]), owners(), invoices())


def settled() -> tuple:
    """Who has what, by which rule, and the facts; without what differs from import to import."""
    keys = dict(Invoice.objects.unscoped("test").values_list("id", "external_id"))
    facts = Fact.objects.filter(record_kind="invoice")
    rows = facts.values_list("record", "rep__key", "day", "share", "amount", "outcome", "source")
    return attributed(), sorted((keys[record], *rest) for record, *rest in rows)


@SEVERAL
@given(books, st.permutations(range(4)), st.randoms())
def test_the_order_of_arrival_says_nothing(book: tuple, order: list[int], chance):
    with world.undone():
        bring(*roster(), ACME, BOLT)
        bring(*(record for kind in book for record in kind))
        wanted = settled()
    with world.undone():
        bring(*roster(), ACME, BOLT)
        for kind in order:
            one_by_one = list(book[kind])
            chance.shuffle(one_by_one)
            for record in one_by_one:
                bring(record, source="crm")
        assert settled() == wanted
        assert check(operator()) == []
        again = everything()
        credit_everything()
        rebuild(operator())
        assert (settled(), everything()) == (wanted, again)


def totals(records: list[InvoiceRecord]) -> int:
    known = [record for record in records if record.net_minor is not None]
    return sum(-one.net_minor if one.kind is InvoiceKind.CREDIT_NOTE else one.net_minor for one in known)


@SEVERAL
@given(
    books, st.lists(st.tuples(st.sampled_from(["I1", "I2", "N1"]), st.dictionaries(reps, st.integers(1, 9))))
)
def test_attributed_and_waiting_and_the_house_s_are_all_invoices_to_the_cent(book: tuple, decisions: list):
    with world.undone():
        bring(*roster(), ACME, BOLT, *(record for kind in book for record in kind))
        for key, weights in decisions:
            if weights:
                shares = {person(name).uid: weight for name, weight in weights.items()}
                attribute(operator(), uid(key), shares, "said so", NOW)
            else:
                attribute_to_house(operator(), uid(key), "ours", NOW)
        found = attributed()
        house = {key for key, (rule, shares) in found.items() if not shares and rule != "waiting"}
        waiting = sum(sum_.minor for sum_ in unattributed(operator()).sums)
        facts = sum(Fact.objects.filter(kind=FactKind.REVENUE_BOOKED).values_list("amount", flat=True))
        ours = totals([record for record in book[3] if record.id in house])
        assert facts + waiting + ours == totals(book[3])
        assert {row.number for row in unattributed(operator()).rows} == {
            key for key, (rule, _) in found.items() if rule == "waiting"
        }
        for record in book[3]:
            parts = Fact.objects.filter(
                kind=FactKind.REVENUE_BOOKED, record_kind="invoice", record=number(record.id)
            )
            given_ = found[record.id][1] and record.net_minor is not None
            assert sum(parts.values_list("amount", flat=True)) == (totals([record]) if given_ else 0)
        assert check(operator()) == []


def number(key: str) -> int:
    return Invoice.objects.unscoped("test").values_list("id", flat=True).get(external_id=key)


@SEVERAL
@given(
    credits_, credits_, st.integers(1, 20), st.lists(st.tuples(days, st.booleans()), min_size=1, max_size=4)
)
def test_a_hand_over_leaves_the_past_alone_whenever_its_invoices_come(
    was: tuple, becomes: tuple, later: int, told: list[tuple[date, bool]]
):
    """Shares are whose the deal was on the day of the invoice, whether it came before or after the hand-over."""
    handed = NOW + timedelta(days=later)
    found = [
        (booked(f"I{n}", str(day + timedelta(days=20)), 100, deal="D1"), early)
        for n, (day, early) in enumerate(told)
    ]
    with world.undone():
        bring(*roster(), won("D1", "Tess", "2026-09-05", 400, credit=was))
        bring(*(one for one, early in found if early))
        bring(won("D1", "Tess", "2026-09-05", 400, credit=becomes), now=handed)
        bring(*(one for one, early in found if not early), now=handed)
        wanted = {one.id: dict(was) if one.day < handed.date() else dict(becomes) for one, _ in found}
        assert {key: shares for key, (_, shares) in attributed().items()} == wanted
        assert check(operator()) == []


@SEVERAL
@given(books, st.sampled_from(["I1", "I2", "N1"]), st.dictionaries(reps, st.integers(1, 9), min_size=1))
def test_taking_a_decision_back_restores_what_was(book: tuple, key: str, weights: dict[str, int]):
    with world.undone():
        bring(*roster(), ACME, BOLT, *(record for kind in book for record in kind))
        before = settled(), everything()
        shares = {person(name).uid: weight for name, weight in weights.items()}
        attribute(operator(), uid(key), shares, "said so", NOW)
        whole = sum(weights.values())
        rows = InvoiceShare.objects.filter(invoice__uid=uid(key)).values_list("person__key", "weight")
        assert {name: Fraction(weight, whole) for name, weight in rows} == {
            folded(name): Fraction(weight, whole) for name, weight in weights.items()
        }
        take_back_attribution(operator(), uid(key), NOW)
        assert (settled(), everything()) == before


def test_waiting_money_is_told_in_the_currency_it_was_written_in():
    dollars = replace(booked("I2", "2026-10-06", 90), currency="USD", stated=100)
    unknown = replace(booked("I3", "2026-10-06", None), currency="GBP", stated=7)
    bring(*roster(), booked("I1", "2026-10-06", 50), dollars, unknown)
    assert unattributed(operator()).sums == (Money(5_000, "EUR"), Money(700, "GBP"), Money(10_000, "USD"))
