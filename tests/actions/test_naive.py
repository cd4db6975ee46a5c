"""Whatever comes in, and however often it changes: the tiers say what counting the last records by hand says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.actions.naive import Naive
from tests.actions.standing import KEYS, everything
from tests.actions.told import HERE, rep
from tests.examples import examples
from tests.world import bring, deal
from upswing.actions.rebuild import check, rebuild
from upswing.core import records as r
from upswing.core.rubrics import Level
from upswing.ledger.models import RepDay, RepMonth

pytestmark = pytest.mark.django_db

ZONES = {"Tess": "Asia/Tokyo", "Stan": "Europe/Copenhagen", "Rami": "UTC"}
ORDER = (
    r.LeadRecord,
    r.DealRecord,
    r.ActivityRecord,
    r.QuoteRecord,
    r.InvoiceRecord,
    r.TimeEntryRecord,
    r.LoginRecord,
    r.CourseRecord,
    r.AssessmentRecord,
)

reps = st.sampled_from(sorted(ZONES))
days = st.dates(date(2026, 8, 20), date(2026, 9, 10))
instants = st.datetimes(datetime(2026, 8, 20), datetime(2026, 9, 10), timezones=st.just(UTC))  # noqa: DTZ001
sums = st.integers(0, 300)
leads = st.builds(
    r.LeadRecord, st.sampled_from(["L1", "L2"]), reps, instants, st.just(HERE), st.sampled_from(["", "fair"]),
    disposition=st.sampled_from(r.Disposition), decided=st.none() | days,
)  # fmt: skip
credits_ = st.lists(
    st.tuples(reps, st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda one: one[0]
).map(tuple)


@st.composite
def deals(draw: st.DrawFn) -> r.DealRecord:
    first, last = sorted((draw(days), draw(days)))
    outcome = draw(st.sampled_from(["open", "won", "lost"]))
    more = {"credit": draw(credits_), "source": draw(st.sampled_from(["", "fair"]))}
    changes = tuple(draw(st.lists(st.tuples(days, sums), max_size=2)))
    closed = "" if outcome == "open" else str(last)
    key = draw(st.sampled_from(["D1", "D2"]))
    return deal(key, "Tess", str(first), closed, outcome, draw(sums), amounts=changes, **more)


activities = st.builds(
    r.ActivityRecord, st.sampled_from(["A1", "A2", "A3"]), reps, st.sampled_from(r.ActivityKind), instants,
    st.just(HERE), st.sampled_from(r.Happened), st.none() | sums, lead=st.sampled_from(["", "L1", "L2"]),
    booked=st.none() | instants,
)  # fmt: skip
quotes = st.builds(
    r.QuoteRecord, st.sampled_from(["Q1", "Q2", "Q3"]), st.sampled_from(["D1", "D2"]), st.integers(1, 3), st.just(HERE),
    st.none() | days, st.none() | sums, st.sampled_from([r.QuoteStatus.SENT, r.QuoteStatus.DRAFT]),
)  # fmt: skip
invoices = st.builds(
    r.InvoiceRecord, st.sampled_from(["I1", "I2"]), st.sampled_from(r.InvoiceKind), days, st.none() | sums,
    st.just(HERE), deal=st.sampled_from(["", "D1", "D2"]), rep=st.just("") | reps,
)  # fmt: skip
hours = st.builds(r.TimeEntryRecord, reps, days, sums, st.just(HERE), id=st.sampled_from(["T1", "T2"]))
logins = st.builds(r.LoginRecord, reps, instants, st.just(HERE), id=st.sampled_from(["S1", "S2"]))
courses = st.builds(
    r.CourseRecord, reps, days, st.just("Asking well"), st.just(HERE), st.none() | sums, id=st.sampled_from(["C1", "C2"])
)  # fmt: skip
assessments = st.builds(
    r.AssessmentRecord, reps, days, st.just("Discovery"), st.sampled_from(Level), st.just(HERE),
    id=st.sampled_from(["B1", "B2"]),
)  # fmt: skip
told = st.one_of(
    leads, deals(), activities, activities, quotes, quotes, invoices, hours, logins, courses, assessments
)
imports = st.lists(st.lists(told, min_size=1, max_size=6), min_size=1, max_size=4)
first = st.tuples(leads, leads, deals(), deals())


def in_order(items: list[object]) -> list[object]:
    """As a source tells them: by kind, each id once."""
    last = {(type(item), item.id): item for item in items}
    return sorted(last.values(), key=lambda item: (ORDER.index(type(item)), item.id))


def counted(tier: type) -> dict[tuple[str, date, str], int]:
    rows = tier.objects.values_list("rep__name", "day", *KEYS)
    return {
        (name, day, key): value
        for name, day, *values in rows
        for key, value in zip(KEYS, values, strict=True)
        if value
    }


def by_month(figures: dict[tuple[str, date, str], int]) -> dict[tuple[str, date, str], int]:
    months: dict[tuple[str, date, str], int] = {}
    for (name, day, key), value in figures.items():
        place = name, day.replace(day=1), key
        months[place] = months.get(place, 0) + value
    return {place: value for place, value in months.items() if value}


@settings(
    max_examples=examples(12),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first, imports)
def test_after_any_imports_the_tiers_are_what_counting_by_hand_says(
    begin: tuple, history: list[list[object]]
):
    one, two, three, four = begin
    known = [replace(one, id="L1"), replace(two, id="L2"), replace(three, id="D1"), replace(four, id="D2")]
    with world.undone():
        bring(*(rep(name, zone=zone) for name, zone in ZONES.items()))
        said: list[object] = []
        for items in (known, *history):
            said += in_order(items)
            bring(*in_order(items))
        wanted = Naive(said, ZONES).count()
        assert counted(RepDay) == wanted
        assert counted(RepMonth) == by_month(wanted)
        assert check(world.operator()) == []
        grown = everything()
        rebuild(world.operator())
        assert everything() == grown
