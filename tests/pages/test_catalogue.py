"""The page of all metrics: each with what it counts, how it helps, and whether there is any record of it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import world
from tests.actions.told import call, lead
from upswing.core.metrics import CATALOGUE
from upswing.queries.catalogue import catalogue

pytestmark = pytest.mark.django_db


def page(who: str = "tess", query: str = "") -> str:
    client = Client()
    client.force_login(world.user(who))
    answer = client.get(f"/metrics/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("who", ["tess", "mona", "olga"])
def test_everybody_reads_every_metric(who: str):
    text = page(who)
    for key, metric in CATALOGUE.items():
        assert f'id="{key}"' in text
        assert metric.label in text


@pytest.mark.usefixtures("cast")
def test_one_kind_alone_and_an_unknown_kind_is_all():
    speed = page(query="?kind=speed")
    assert 'id="sales_cycle"' in speed
    assert 'id="calls"' not in speed
    assert 'id="calls"' in page(query="?kind=nonsense")


def test_what_has_no_record_says_so():
    world.settle_in(lead("L1", "Tess", "2026-10-02 09:00"), call("A1", "Tess", "2026-10-02 10:00", lead="L1"))
    found = {one.metric.key: one.recorded for family in catalogue(world.operator()) for one in family.metrics}
    assert found["calls"]
    assert found["lead_response_time"]  # 0 days are an answer
    assert not found["visits"]
    assert not found["booked_revenue"]
    assert set(found) == set(CATALOGUE)
