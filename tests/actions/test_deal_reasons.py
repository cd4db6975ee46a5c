"""A deal's pipeline and reason: kept with it, a change like any other, and nothing new to deals that tell neither."""

from __future__ import annotations

from dataclasses import fields, replace
from hashlib import blake2b
from uuid import UUID

import pytest
from django.core.cache import cache

from tests import world
from tests.world import bring, deal, roster
from upswing.actions.desk import everybodys
from upswing.actions.shelf import UNSAID, digest
from upswing.actions.undoing import undo
from upswing.book.models import Deal
from upswing.core.pipelines import Pipeline, Stage
from upswing.core.records import DealRecord, Outcome, StageMove
from upswing.queries.deal_records import deal_records
from upswing.queries.lives import lives
from upswing.queries.outlooks import Naming

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]
LOST = deal("D1", "Tess", "2026-09-01", "2026-10-05", "lost", 1_000)
TOLD = replace(LOST, pipeline="Renewals", reason="Too dear")


def kept() -> tuple[str, str]:
    found = everybodys(Deal).get(external_id="D1")
    return found.pipeline, found.reason


def test_a_deal_that_tells_neither_is_known_by_what_it_was_known_by_before_there_were_such_fields():
    names = [each.name for each in fields(DealRecord) if each.name not in {*UNSAID, "pipeline", "reason"}]
    said = (tuple(getattr(LOST, name) for name in names), ())
    assert digest(LOST) == blake2b(repr(said).encode(), digest_size=16).hexdigest()
    assert len({digest(each) for each in (LOST, replace(LOST, reason="x"), replace(LOST, pipeline="x"))}) == 3


def test_both_are_kept_and_come_back_as_they_came():
    bring(*roster(), TOLD)
    assert kept() == ("Renewals", "Too dear")
    ((_, record),) = deal_records(everybodys(Deal).values_list("id", flat=True))
    assert (record.pipeline, record.reason) == ("Renewals", "Too dear")


def test_the_same_twice_changes_nothing_and_another_reason_is_a_change_that_can_be_taken_back():
    bring(*roster(), LOST)
    assert bring(LOST).unchanged == 1
    told = bring(TOLD)
    assert (told.updated, kept()) == (1, ("Renewals", "Too dear"))
    assert bring(TOLD).unchanged == 1
    undo(world.operator(), UUID(str(told.batch)), world.NOW)
    assert kept() == ("", "")


def test_a_stage_that_two_pipelines_know_is_that_of_the_deals_own():
    cache.clear()
    sales = Pipeline("Sales", (Stage("need", "Need"), Stage("offer", "Offer")))
    renewals = Pipeline("Renewals", (Stage("offer", "Offer"),))
    naming = Naming((sales, renewals))
    path = (StageMove("Offer", world.TODAY, Outcome.OPEN),)
    plain = deal("D1", "Tess", "2026-10-01", moves=path, stage="Offer")
    bring(*roster(), plain, replace(plain, id="D2", pipeline="renewals"))
    keys = {life.id: {stage for _, stage in life.stays} for life in lives(naming.key_of)}
    numbers = dict(everybodys(Deal).values_list("external_id", "id"))
    assert keys[numbers["D1"]] == {naming.key(0, "offer")}
    assert keys[numbers["D2"]] == {naming.key(1, "offer")}
