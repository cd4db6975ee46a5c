"""Days off as imports bring them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.told import off
from tests.world import bring, person, roster
from upswing.people.models import Holiday, TimeOff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

TOLD = (
    off("2026-10-05", "Tess", "sick"),
    off("2026-10-06", "tess", "leave"),
    off("2026-12-25"),
    off("2026-12-26"),
)


def stand() -> list[tuple[str, int, str]]:
    return list(TimeOff.objects.order_by("person", "day").values_list("person__name", "day__day", "kind"))


def test_a_day_with_a_rep_is_theirs_and_one_without_is_everybody_s():
    done = bring(*roster(), *TOLD)
    assert (done.created, stand()) == (8, [("Tess", 5, "sick"), ("Tess", 6, "leave")])
    assert set(Holiday.objects.values_list("day", flat=True)) == {date(2026, 12, 25), date(2026, 12, 26)}


def test_importing_days_off_twice_changes_nothing():
    bring(*roster(), *TOLD)
    again = bring(*TOLD)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 4)
    assert (len(stand()), Holiday.objects.count()) == (2, 2)


def test_a_day_told_twice_stands_once():
    bring(
        *roster(), off("2026-10-05", "Tess"), off("2026-10-05", "TESS"), off("2026-12-25"), off("2026-12-25")
    )
    assert (TimeOff.objects.count(), Holiday.objects.count()) == (1, 1)


def test_a_day_entered_by_hand_and_told_by_a_source_is_one_day():
    bring(*roster())
    TimeOff.objects.create(person=person("Tess"), day="2026-10-05", kind="holiday")
    Holiday.objects.create(day="2026-12-25", name="Christmas")
    assert bring(*TOLD).created == 2
    assert (stand()[0], Holiday.objects.get(day="2026-12-25").name) == (("Tess", 5, "holiday"), "Christmas")


def test_the_same_day_of_two_people_is_two_days():
    assert bring(*roster(), off("2026-10-05", "Tess"), off("2026-10-05", "Stan")).created == 6
