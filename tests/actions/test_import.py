"""Importing: what lands, what is said, and that importing twice equals once."""

from __future__ import annotations

import random

import pytest
from django.db import transaction

from tests import world
from tests.world import bring, deal, person
from upswing.actions.import_batch import About, import_batch
from upswing.actions.permission import NotAllowed
from upswing.actions.rebuild import check
from upswing.book.models import Deal
from upswing.connectors.connector import Unreadable
from upswing.core.facts import WHOLE
from upswing.ledger.models import Fact, RepDay, RepMonth
from upswing.people.models import Membership, Organisation, Team

pytestmark = pytest.mark.django_db


def state() -> dict[str, list[tuple[object, ...]]]:
    """Everything that counts, without internal ids."""
    facts = Fact.objects.values_list("kind", "day", "rep__key", "share", "amount", "outcome", "ordinal")
    days = RepDay.objects.values_list(
        "rep__key", "day", "deals_created", "deals_won", "won_value", "closed_value"
    )
    months = RepMonth.objects.values_list("rep__key", "day", "deals_created", "deals_won", "won_value")
    deals = Deal.objects.unscoped("test").values_list("external_id", "stage", "amount_minor", "digest")
    return {name: sorted(rows) for name, rows in (("f", facts), ("d", days), ("m", months), ("deals", deals))}


def test_a_first_import_makes_the_organisation_with_the_mapping_s_currency():
    world.settle_in()
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.currency) == ("Testers", "EUR")


def test_importing_twice_equals_importing_once():
    first = world.settle_in()
    once = state()
    second = world.settle_in()
    assert (first.created, first.updated, first.unchanged) == (13, 0, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 13)
    assert state() == once


def test_the_order_of_rows_changes_nothing():
    world.settle_in()
    wanted = state()
    with transaction.atomic():
        Fact.objects.all().delete()
        RepDay.objects.all().delete()
        RepMonth.objects.all().delete()
        Deal.objects.unscoped("test").delete()
        deals = list(world.book())
        random.Random(7).shuffle(deals)
        bring(*deals)
    assert state() == wanted


def test_a_changed_deal_moves_its_facts_and_its_tiers():
    world.settle_in()
    done = bring(deal("T1", "Tess", "2026-07-01", "2026-09-05", "won", 15_000))
    assert (done.updated, done.created) == (1, 0)
    months = dict(
        RepMonth.objects.filter(rep=person("Tess"), won_value__gt=0).values_list("day__month", "won_value")
    )
    assert months == {9: 1_500_000, 10: 800_000}
    assert check(world.operator()) == []


def test_a_deal_handed_over_leaves_nothing_with_the_rep_before():
    world.settle_in()
    bring(deal("T1", "Stan", "2026-07-01", "2026-10-05", "won", 12_000))
    tess, stan = (
        sum(RepDay.objects.filter(rep=person(n)).values_list("won_value", flat=True))
        for n in ("Tess", "Stan")
    )
    assert (tess, stan) == (800_000, 1_600_000)


def test_a_shared_deal_counts_once_for_the_team_and_adds_up_to_the_cent():
    world.settle_in()
    bring(
        deal(
            "X1",
            "Tess",
            "2026-09-01",
            "2026-10-14",
            "won",
            100,
            credit=(("Tess", 1), ("Stan", 1), ("Rami", 1)),
        )
    )
    won = Fact.objects.filter(kind="deal_won", record=Deal.objects.unscoped("test").get(external_id="X1").id)
    assert sum(fact.share for fact in won) == WHOLE
    assert sorted(fact.amount for fact in won) == [3333, 3333, 3334]


def test_a_reopened_deal_loses_its_win():
    world.settle_in()
    bring(deal("T1", "Tess", "2026-07-01", "", "open", 12_000))
    assert not Fact.objects.filter(kind="deal_won", amount=1_200_000).exists()
    assert check(world.operator()) == []


def test_a_rep_who_changes_manager_changes_team_from_the_day_of_the_import():
    world.settle_in()
    from upswing.core.records import Origin, PersonRecord

    bring(PersonRecord("Tess", Origin("people.csv", 2), manager="Otto"))
    spans = Membership.objects.filter(person=person("Tess"), leads=False).order_by("starts")
    assert [(m.team.name, m.starts, m.ends) for m in spans.order_by("id")] == [
        ("Team Mona", None, world.TODAY),
        ("Team Otto", world.TODAY, None),
    ]


def test_regions_are_teams_above_teams():
    from upswing.core.records import Origin, PersonRecord

    bring(PersonRecord("Tess", Origin("people.csv", 2), manager="Mona", region="North"))
    assert Team.objects.get(name="Team Mona").parent == Team.objects.get(name="North")


def test_another_currency_than_the_organisation_s_is_refused_before_anything_is_written():
    world.settle_in()
    about = About("other", "Other", "USD", "", None, "test")
    with pytest.raises(Unreadable, match=r"says USD, the organisation counts in EUR"):
        import_batch(world.operator(), world.Given(*world.book()), about, world.NOW)
    assert not Fact.objects.exclude(record_kind="deal").exists()


def test_a_rep_may_not_import(cast: None):
    about = About("crm", "CRM", "EUR", "", None, "test")
    with pytest.raises(NotAllowed, match="may not import data"):
        import_batch(world.viewer("tess"), world.Given(), about, world.NOW)


def test_people_without_a_deal_in_the_import_are_named():
    done = bring(*world.roster(), deal("T1", "Tess", "2026-07-01", "2026-10-05", "won", 12_000))
    assert {p.record for p in done.problems if p.code == "rep_without_deals"} == {"Stan", "Rami", "Nina"}
    assert done.notices == 3
