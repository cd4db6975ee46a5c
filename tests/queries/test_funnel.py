"""The whole funnel of a period, by hand; and who may ask for it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests import world
from tests.queries.test_records import FUNNEL
from tests.world import bring, deal, operator, person, viewer
from upswing.core.money import Money
from upswing.core.period import month_of
from upswing.core.records import Outcome, StageMove
from upswing.people.viewer import NotVisible
from upswing.queries.funnel import funnel
from upswing.queries.plain import plain_funnel

pytestmark = pytest.mark.django_db
OCTOBER, AT = month_of(date(2026, 10, 1)), date(2026, 10, 15)


@pytest.fixture(autouse=True)
def booked() -> None:
    world.settle_in(*FUNNEL)
    moves = (StageMove("Discovery", date(2026, 9, 1)), StageMove("Demo", date(2026, 10, 2)))
    bring(
        deal(
            "F1",
            "Tess",
            "2026-09-01",
            amount=4_000,
            moves=moves,
            stage="Demo",
            outcome=Outcome.OPEN,
            source="website",
        )
    )


def test_tess_s_october_from_call_to_revenue():
    found = funnel(operator(), OCTOBER, AT, person("Tess").uid)
    steps = {
        "calls": 3,
        "connects": 2,
        "conversations": 1,
        "meetings_booked": 3,
        "meetings_due": 2,
        "meetings_held": 1,
    }
    assert {key: found.steps[key] for key in steps} == steps
    assert (found.steps["proposals_sent"], found.steps["proposed_value"]) == (1, Money(650_000, "EUR"))
    assert (found.steps["booked_revenue"], found.steps["prospecting_time"]) == (
        Money(1_150_000, "EUR"),
        Fraction(3, 2),
    )


def test_leads_are_told_apart_by_source_and_deals_by_stage():
    found = funnel(operator(), OCTOBER, AT)
    milestones = ("leads_created", "leads_attempted", "leads_contacted", "leads_qualified")
    assert {word: [figures[key] for key in milestones] for word, figures in found.sources.items()} == {
        "": [2, 0, 0, 0], "referral": [1, 1, 0, 0], "website": [1, 1, 1, 1],
    }  # fmt: skip
    demo = found.stages["Demo"]
    assert (demo["deals_entered"], demo["deals_in_stage"], demo["value_in_stage"]) == (
        1,
        1,
        Money(400_000, "EUR"),
    )
    assert "Discovery" not in found.stages  # entered before the month, and left


def test_everybody_is_whom_the_viewer_may_see():
    world.give_sign_ins()
    assert funnel(viewer("mona"), OCTOBER, AT).steps["calls"] == 4
    assert funnel(viewer("otto"), OCTOBER, AT).steps["calls"] == 0
    with pytest.raises(NotVisible):
        funnel(viewer("otto"), OCTOBER, AT, person("Tess").uid)


def test_it_is_plain_for_other_programs():
    plain = plain_funnel(funnel(operator(), OCTOBER, AT, person("Tess").uid))
    assert (plain["rep"], plain["period"], plain["steps"]["calls"]) == ("Tess", "2026-10", 3)
    assert plain["steps"]["won_value"] == {"amount": "20000.00", "currency": "EUR"}
