"""People are not read by accident: without a viewer a query raises."""

from __future__ import annotations

import pytest

from tests import world
from upswing.book.models import Deal
from upswing.people.guarded import UnscopedQuery
from upswing.people.models import Person
from upswing.people.viewer import Sight

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "read",
    [
        lambda: list(Person.objects.all()),
        lambda: Person.objects.filter(name="Tess").first(),
        lambda: Person.objects.get(name="Tess"),
        lambda: Person.objects.count(),
        lambda: Person.objects.filter(name="Tess").exists(),
        lambda: Person.objects.aggregate(),
        lambda: list(Person.objects.values_list("id")),
        lambda: list(Person.objects.iterator()),
        lambda: list(Deal.objects.exclude(id=None).order_by("id")[:1]),
        lambda: bool(Deal.objects.all()),
    ],
)
def test_reading_without_a_viewer_raises(cast: None, read):
    with pytest.raises(UnscopedQuery, match="was read without a viewer"):
        read()


def test_an_unscoped_read_needs_a_reason():
    with pytest.raises(ValueError, match="needs a reason"):
        Person.objects.unscoped("")


def test_once_opened_it_stays_open_through_further_filters(cast: None):
    seen = Person.objects.seen_by(world.viewer("mona")).filter(sells=True).order_by("name")
    assert [person.name for person in seen] == ["Rami", "Stan", "Tess"]


def test_deals_are_seen_through_whom_they_credit(cast: None):
    seen = Deal.objects.seen_by(world.viewer("otto"))
    assert [deal.external_id for deal in seen] == ["N1"]


def test_the_default_sight_is_nobody():
    assert not Sight().may_see(1)
    assert not Sight().may_pool(1)
