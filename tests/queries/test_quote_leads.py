"""What accounting booked of the deals that a period's leads became: by rep and source, for each lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import world
from tests.actions.told import invoice, lead
from upswing.core.period import month_of
from upswing.queries.quote_leads import Brought, leads_to_quotes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
SEPTEMBER = month_of(date(2026, 9, 1))


def came(count: int, *booked: int, who: str = "Tess", source: str = "Fair", on: str = "2026-10-05") -> None:
    """So many leads of September; the first of them became deals, each with one invoice of so many euros."""
    leads = [lead(f"{who}{n}", who, "2026-09-10 09:00", source=source) for n in range(count)]
    deals = [
        world.deal(f"{who}D{n}", who, "2026-09-12", "2026-10-01", "won", 1, lead=f"{who}{n}", source=source)
        for n in range(len(booked))
    ]
    bills = [invoice(f"{who}I{n}", on, net, deal=f"{who}D{n}") for n, net in enumerate(booked)]
    world.bring(*leads, *deals, *bills)


def of(name: str, viewer: str = "mona") -> Brought:
    found = leads_to_quotes(world.viewer(viewer), SEPTEMBER)
    return next(row for row in (*found.reps, *found.sources) if row.name == name)


def test_what_leads_became_is_booked_to_their_rep_and_source_whenever_it_was() -> None:
    came(20, 1_000, 2_000, 3_000, 4_000, 5_000)
    for name in ("Tess", "Fair"):
        row = of(name)
        assert row.booked.decimal == 15_000
        assert row.per_lead is not None
        assert row.per_lead.mean == 75_000  # cents: 15,000 euros over 20 leads
        assert row.per_lead.low < 75_000 < row.per_lead.high


def test_too_few_leads_or_bookings_tell_nothing_for_each() -> None:
    came(9, 1_000, 1_000, 1_000, 1_000, 1_000)
    came(40, 1_000, 1_000, 1_000, 1_000, who="Stan", source="Web")
    assert [of(name).per_lead for name in ("Tess", "Stan", "Fair", "Web")] == [None] * 4
    assert of("Stan").booked.decimal == 4_000


def test_a_credit_note_takes_away_and_a_later_invoice_is_not_known_yet() -> None:
    came(20, 1_000, 2_000)
    note = invoice("C1", "2026-10-06", 2_000, deal="TessD1", kind="credit_note")
    world.bring(note, invoice("L1", "2026-10-20", 7_000, deal="TessD0"))
    assert of("Tess").booked.decimal == 1_000


def test_invoices_of_deals_without_such_a_lead_count_for_none() -> None:
    came(12, 1_000)
    august = lead("A1", "Tess", "2026-08-10 09:00", source="Fair")
    old = world.deal("A2", "Tess", "2026-09-12", "2026-10-01", "won", 1, lead="A1", source="Fair")
    bare = world.deal("B2", "Tess", "2026-09-12", "2026-10-01", "won", 1, source="Fair")
    world.bring(
        august,
        old,
        bare,
        invoice("I8", "2026-10-05", 50, deal="A2"),
        invoice("I9", "2026-10-05", 60, deal="B2"),
    )
    assert of("Tess").booked.decimal == 1_000


def test_of_a_shared_deal_one_sees_the_part_of_those_one_may_see() -> None:
    came(12)
    shared = world.deal(
        "S9",
        "Tess",
        "2026-09-12",
        "2026-10-01",
        "won",
        1,
        lead="Tess0",
        source="Fair",
        credit=(("Tess", 1), ("Nina", 3)),
    )
    world.bring(shared, invoice("I9", "2026-10-05", 1_000, deal="S9"))
    assert of("Tess").booked.decimal == 250
    assert of("Tess", "olga").booked.decimal == 1_000
    assert not [row for row in leads_to_quotes(world.viewer("otto"), SEPTEMBER).reps if row.name == "Tess"]


def test_asked_again_nothing_moves_and_a_day_back_less_is_known() -> None:
    came(20, 1_000, 2_000, 3_000, 4_000, 5_000)
    assert of("Tess") == of("Tess")

    before = replace(world.viewer("mona"), at=date(2026, 10, 4))
    (row,) = leads_to_quotes(before, SEPTEMBER).reps
    assert (row.leads, row.booked.minor) == (20, 0)
