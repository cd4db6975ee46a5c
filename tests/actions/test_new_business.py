"""New business: the bookings of an account within a year of its first invoice, whatever comes later or is taken back."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.actions.standing import facts
from tests.actions.told import invoice
from tests.examples import examples
from tests.world import bring, deal, person, roster
from upswing.actions.rebuild import check, rebuild
from upswing.actions.undoing import undo
from upswing.core.records import InvoiceRecord
from upswing.ledger.models import Fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]


def bill(
    key: str, day: str, euros: int, account: str = "Hall", rep: str = "Tess", **more: str
) -> InvoiceRecord:
    """An invoice of an account, of which accounting names the rep."""
    return replace(invoice(key, day, euros), account=account, rep=rep, **more)


def note(key: str, day: str, euros: int, corrects: str = "", account: str = "Hall") -> InvoiceRecord:
    """A credit note."""
    return replace(
        invoice(key, day, euros, kind="credit_note"), account=account, rep="Tess", corrects=corrects
    )


def new(name: str = "Tess") -> dict[str, int]:
    """A rep's new business by day, in euros."""
    rows = Fact.objects.filter(kind="new_business", rep=person(name)).order_by("day", "record")
    found: dict[str, int] = {}
    for day, amount in rows.values_list("day", "amount"):
        found[str(day)] = found.get(str(day), 0) + amount // 100
    return found


def test_an_accounts_first_year_is_new_business_and_what_follows_is_not():
    bring(
        *roster(), bill("I1", "2025-06-01", 100), bill("I2", "2026-05-31", 50), bill("I3", "2026-06-01", 70)
    )
    assert new() == {"2025-06-01": 100, "2026-05-31": 50}


def test_the_name_counts_as_accounting_writes_it_whatever_its_case_and_an_unnamed_account_is_never_new():
    bring(*roster(), bill("I1", "2024-01-10", 100), bill("I2", "2026-05-31", 50, "HALL "))
    bring(bill("I3", "2026-06-01", 70, ""), bill("I4", "2026-06-02", 30, "Mill"))
    assert new() == {"2024-01-10": 100, "2026-06-02": 30}


def test_an_earlier_invoice_that_comes_later_moves_the_year_and_the_later_bookings_with_it():
    bring(*roster(), bill("I2", "2026-05-31", 50))
    assert new() == {"2026-05-31": 50}
    bring(bill("I1", "2025-01-10", 100))
    assert new() == {"2025-01-10": 100}


def test_an_earlier_invoice_that_is_taken_back_makes_the_later_ones_new_again():
    bring(*roster(), bill("I2", "2026-05-31", 50))
    earlier = bring(bill("I1", "2025-01-10", 100))
    undo(world.operator(), UUID(str(earlier.batch)), world.NOW)
    assert new() == {"2026-05-31": 50}


def test_a_first_invoice_that_belonged_to_another_account_leaves_both_right():
    bring(*roster(), bill("I1", "2025-01-10", 100), bill("I2", "2026-05-31", 50))
    bring(bill("I3", "2026-06-02", 30, "Mill"))
    assert new() == {"2025-01-10": 100, "2026-06-02": 30}
    bring(bill("I1", "2025-01-10", 100, "Mill"))
    assert new() == {"2025-01-10": 100, "2026-05-31": 50}


def test_a_credit_note_takes_new_business_away_where_its_invoice_was_new_whenever_it_is_written():
    bring(*roster(), bill("I1", "2025-01-10", 100), bill("I2", "2026-05-31", 50))
    bring(note("N1", "2026-06-02", 40, "I1"), note("N2", "2026-06-03", 10, "I2"), note("N3", "2026-06-04", 5))
    assert new() == {"2025-01-10": 100, "2026-06-02": -40}


def test_a_credit_note_without_an_invoice_goes_by_its_own_day():
    bring(*roster(), bill("I1", "2026-05-31", 50), note("N1", "2026-06-04", 5), note("N2", "2026-05-30", 7))
    assert new() == {"2026-05-31": 50, "2026-06-04": -5}


def test_those_who_share_a_deal_share_its_new_business_to_the_cent():
    shared = deal("D1", "Tess", "2026-04-01", "2026-05-01", "won", 100, credit=(("Tess", 1), ("Stan", 2)))
    bring(*roster(), shared, replace(invoice("I1", "2026-05-31", 100, "D1"), account="Hall"))
    rows = Fact.objects.filter(kind="new_business")
    found = {f.rep.name: (f.amount, f.share) for f in rows}
    assert found == {"Tess": (3_333, 333_333), "Stan": (6_667, 666_667)}


bills = st.builds(
    lambda key, month, year, euros, account: bill(key, f"{year}-{month:02}-15", euros, account),
    st.sampled_from(["I1", "I2", "I3", "I4", "I5"]), st.integers(1, 9), st.integers(2024, 2026),
    st.integers(1, 500), st.sampled_from(["Hall", "Mill", ""]),
)  # fmt: skip
notes = st.builds(
    lambda key, month, euros, corrects: note(key, f"2026-{month:02}-20", euros, corrects),
    st.sampled_from(["N1", "N2"]), st.integers(1, 9), st.integers(1, 50), st.sampled_from(["", "I1", "I3", "I9"]),
)  # fmt: skip


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(st.lists(bills | notes, min_size=1, max_size=4), min_size=1, max_size=6))
def test_a_rebuild_gives_what_the_increments_gave_and_an_undo_what_stood_before(history):
    with world.undone():
        bring(*roster())
        states, batches = [facts()], []
        for told in history:
            batches.append(bring(*{each.id: each for each in told}.values()).batch)
            assert check(world.operator()) == []
            states.append(facts())
        rebuild(world.operator())
        assert facts() == states[-1]
        for batch, before in zip(reversed(batches), reversed(states[:-1]), strict=True):
            undo(world.operator(), UUID(str(batch)), world.NOW)
            assert facts() == before
