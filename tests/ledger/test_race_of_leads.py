"""Writers at once on one lead: its milestones are those of the first touch, whoever wrote it."""

from __future__ import annotations

import pytest

from tests import world
from tests.actions.told import call, lead
from tests.ledger.test_race import EACH, WRITERS, at_once, desk
from tests.world import person
from upswing.actions.rebuild import check
from upswing.actions.shelf import take
from upswing.actions.shelves.activities import Activities
from upswing.actions.shelves.leads import Leads
from upswing.ledger.models import Fact, RepDay

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = list(world.CAST)


def write(writer: int) -> None:
    """Calls of one rep about the lead, some earlier and some later than those of the others."""
    own, who = desk(), NAMES[writer]
    for number in range(EACH):
        on = 3 + (5 * number + 3 * writer) % EACH
        told = call(f"A{writer}-{number}", who, f"2026-10-{on:02} 09:00", "conversation", lead="L1")
        list(take(own, Activities(), [told]))


def test_writers_of_calls_about_one_lead_agree_on_its_first_attempt():
    world.bring(*world.roster(), lead("L1", "Tess", "2026-10-01"))
    assert at_once(write) == []
    milestones = Fact.objects.filter(record_kind="lead").exclude(kind="lead_created")
    assert set(milestones.values_list("kind", "rep__key", "day__day")) == {
        ("lead_attempted", "tess", 3), ("lead_contacted", "tess", 3),
    }  # fmt: skip
    assert sum(RepDay.objects.values_list("calls", flat=True)) == WRITERS * EACH * 1_000_000
    assert check(world.operator()) == []


def test_a_lead_handed_to_and_fro_while_it_is_called_ends_with_one_rep():
    world.bring(*world.roster(), lead("L1", "Tess", "2026-10-01"))

    def write_or_hand_over(writer: int) -> None:
        if writer:
            return write(writer)
        own = desk()
        for number in range(EACH):
            list(take(own, Leads(), [lead("L1", ("Stan", "Tess")[number % 2], "2026-10-01")]))
        return None

    assert at_once(write_or_hand_over) == []
    owners = Fact.objects.filter(record_kind="lead").values_list("rep__key", flat=True)
    assert set(owners) == {("stan", "tess")[(EACH - 1) % 2]}
    assert RepDay.objects.filter(rep=person("Stan"), leads_created__gt=0).count() == 0
    assert check(world.operator()) == []
