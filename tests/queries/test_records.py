"""The records behind a number: as many rows as it counts, adding up to it, whatever the kind of record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests import world
from tests.actions.books import uid
from tests.actions.told import (
    activity,
    assessed,
    call,
    contact,
    course,
    hours,
    invoice,
    lead,
    login,
    meeting,
    quote,
)
from tests.world import bring, deal, operator, person, quota
from upswing.actions.attributing import attribute
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, OfQuota, Ratio, Unit
from upswing.core.money import Money
from upswing.core.period import month_of, parse_period
from upswing.queries.records import RecordList, records
from upswing.queries.scorecard import scorecard

pytestmark = pytest.mark.django_db
QUOTA = 20_000
RATES = {
    "connect_rate": 3, "show_rate": 2, "win_rate": 3, "average_deal": 2, "lead_attempt_rate": 3, "lead_contact_rate": 2,
    "lead_qualification_rate": 1, "lead_response_time": 2, "conversation_rate": 2, "email_answer_rate": 2,
    "booking_rate": 1, "positive_rate": 1, "meetings_per_hour": 3, "calls_per_lead": 2, "deals_per_meeting": 1,
    "sales_cycle": 2, "average_proposal": 2, "proposals_per_meeting": 1, "wins_per_proposal": 1, "average_invoice": 2,
    "standard_met_rate": 2, "rubric_level": 2, "pipeline_leakage": 3, "time_in_stage": 3,
}  # fmt: skip
"""How many records each rate stands on in the month."""
TIMES = {
    "talk_time": (3, Fraction(240, 3_600)),
    "prospecting_hours": (1, Fraction(3, 2)),
    "learning_hours": (2, Fraction(3, 2)),
}
"""How many records each length of time adds up, and to how many hours."""
OCTOBER, AT = month_of(date(2026, 10, 1)), date(2026, 10, 15)
FUNNEL = (
    contact("C1"), lead("L1", "Tess", "2026-10-02 08:00", "qualified", "2026-10-06", "website", contact="C1"),
    lead("L2", "Tess", "2026-10-02 09:00", source="referral"), lead("L3", "Stan", "2026-10-02 09:00"),
    call("A1", "Tess", "2026-10-02 10:00", lead="L1", contact="C1"),
    call("A2", "Tess", "2026-10-05 10:00", "conversation", lead="L1", contact="C1", seconds=240),
    call("A3", "Tess", "2026-10-05 11:00", "wrong_person", lead="L2"), call("A4", "Stan", "2026-10-05 11:00"),
    meeting("M1", "Tess", "2026-10-08 10:00", "positive", booked="2026-10-05 10:05", lead="L1"),
    meeting("M2", "Tess", "2026-10-09 10:00", "no_show", booked="2026-10-05 10:05", lead="L2"),
    meeting("M3", "Tess", "2026-10-29 10:00", booked="2026-10-14 10:00", lead="L2"),
    quote("Q1", "T4", 1, "2026-10-07", 7_000), quote("Q2", "T4", 2, "2026-10-12", 6_500),
    replace(invoice("I1", "2026-10-06", 12_000, "T1"), account="Hall"),
    replace(invoice("I2", "2026-10-14", 500, "T1", kind="credit_note"), account="Hall"),
    lead("L4", "Tess", "2026-10-02 09:00", "disqualified", "2026-10-05"), activity("E1", "Tess", "email", "2026-10-06 10:00"),
    activity("E2", "Tess", "email", "2026-10-07 10:00", "answered"), activity("V1", "Tess", "visit", "2026-10-07 13:00"),
    activity("S1", "Tess", "social", "2026-10-07 14:00"),
    hours("Tess", "2026-10-06", 90, "calls"), login("Tess", "2026-10-06 07:30"), quota("Tess", "2026-10", QUOTA),
    quota("Tess", "2026-10", QUOTA * 100, "booked_revenue"),
    course("Tess", "2026-10-07", "Asking well", 90), course("Tess", "2026-10-08", "Closing"),
    assessed("Tess", "2026-10-08", "Discovery", "exceeds"), assessed("Tess", "2026-10-09", "Discovery", "below", by=""),
)  # fmt: skip


NAMED = "Accounting names the deal “T1”."


def found(key: str) -> RecordList:
    world.settle_in(*FUNNEL)
    return records(operator(), person("Tess").uid, key, OCTOBER, AT)


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE)
def test_the_rows_add_up_to_the_number(metric: Metric):
    listed = found(metric.key)
    added = sum((row.value for row in listed.rows if isinstance(row.value, Money)), Money(0, "EUR"))
    if isinstance(metric.value, OfQuota):
        assert listed.value == Fraction(added.minor, QUOTA * 100) != 0
    elif isinstance(metric.value, Ratio):
        assert len(listed.rows) == RATES[metric.key]
    elif metric.unit is Unit.MONEY:
        assert added == listed.value != Money(0, "EUR")
    elif metric.unit is Unit.HOURS:
        assert (len(listed.rows), listed.value) == TIMES[metric.key]
    else:
        assert len(listed.rows) == listed.value != 0


@pytest.mark.parametrize(
    ("key", "rows"),
    [
        ("conversations", [("Contact C1", "conversation", "4 min")]),
        (
            "connect_rate",
            [("A3", "wrong_person", ""), ("Contact C1", "conversation", "4 min"), ("Contact C1", "no_answer", "")],
        ),
        ("meetings_booked", [("M3", "booked", ""), ("M2", "no_show", ""), ("M1", "positive", "")]),
        ("show_rate", [("M2", "no_show", ""), ("M1", "positive", "")]),
        ("leads_qualified", [("Contact C1", "lead", "website")]),
        ("proposals_sent", [("T4", "proposal", "2 revisions")]),
        ("courses", [("Closing", "course", ""), ("Asking well", "course", "90 min")]),
        ("rubric_level", [("Discovery", "below", ""), ("Discovery", "exceeds", "seen by Mona")]),
        ("booked_revenue", [("I2", "credit_note", NAMED), ("I1", "invoice", NAMED)]),
    ],
)  # fmt: skip
def test_each_row_says_what_it_is(key: str, rows: list[tuple[str, str, str]]):
    assert [(row.name, row.part, row.detail) for row in found(key).rows] == rows


def test_an_invoice_decided_by_hand_says_by_whom_when_and_why():
    world.settle_in(invoice("I1", "2026-10-06", 100))
    world.give_sign_ins()
    attribute(world.viewer("olga"), uid("I1"), {person("Tess").uid: 1}, "Stan was ill.", world.NOW)
    (row,) = records(operator(), person("Tess").uid, "booked_revenue", OCTOBER, AT).rows
    assert row.detail == "Decided by olga@example.com on 15 October 2026: Stan was ill."


def test_a_proposal_s_later_revision_changes_its_value_and_not_its_count():
    listed = found("proposed_value")
    assert [(row.day.day, row.value) for row in listed.rows] == [
        (12, Money(-50_000, "EUR")), (7, Money(700_000, "EUR")),
    ]  # fmt: skip


@pytest.mark.parametrize("slug", ["2026-10", "2026-W41", "2026-Q4", "2026"])
def test_the_records_of_attainment_open_for_parts_of_the_quota_s_period_and_more(slug: str):
    world.settle_in(quota("Tess", "2026-Q4", 60_000))
    listed = records(operator(), person("Tess").uid, "attainment", parse_period(slug, AT), AT)
    assert listed.rows


def test_an_amount_nobody_told_is_neither_nothing_nor_judged():
    unknown = replace(deal("U1", "Tess", "2026-09-01", "2026-10-06", "won"), amount_minor=None)
    bring(*world.roster(), unknown, quota("Tess", "2026-10", QUOTA))
    listed = records(operator(), person("Tess").uid, "won_value", OCTOBER, AT)
    assert (listed.value, [(row.part, row.value) for row in listed.rows]) == (None, [("unvalued", None)])
    card = scorecard(operator(), person("Tess").uid, OCTOBER, AT)
    for line in card.lines:
        if line.metric.key in {"won_value", "attainment"}:
            assert (line.actual, line.band, line.reason) == (None, None, "unvalued")
    assert card.of_quota is None
    bring(deal("K1", "Tess", "2026-09-01", "2026-10-07", "won", 900))
    [line] = [
        line
        for line in scorecard(operator(), person("Tess").uid, OCTOBER, AT).lines
        if line.metric.key == "won_value"
    ]
    assert (line.actual, line.band, line.reason) == (Money(90_000, "EUR"), None, "unvalued")


def test_a_page_shows_its_rows_and_tells_of_all():
    calls = [
        call(f"P{number:03}", "Tess", f"2026-10-05 {8 + number // 60:02}:{number % 60:02}")
        for number in range(250)
    ]
    bring(*world.roster(), *calls)
    asked = [records(operator(), person("Tess").uid, "calls", OCTOBER, AT, page) for page in (1, 2, 3, 9)]
    assert [(len(listed.rows), listed.first, listed.total) for listed in asked] == [
        (100, 0, 250), (100, 100, 250), (50, 200, 250), (50, 200, 250),
    ]  # fmt: skip
    assert [row.name for listed in asked[:3] for row in listed.rows] == [
        f"P{number:03}" for number in range(249, -1, -1)
    ]
    assert asked[1].parts == (("no_answer", 250),)
