"""Pages ask the database no more often the more reps there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import world
from upswing.core.records import Origin, PersonRecord
from upswing.people.models import Person
from upswing.queries.team import PAGE

pytestmark = pytest.mark.django_db

HERE = Origin("people.csv", 2)
PAGES = ("/teams/all/2026-10/", "/reps/{rep}/scorecard/2026-10/")


def hire(first: int, last: int) -> None:
    """So many reps of Mona's, each with a deal that was won and a quota."""
    names = [f"Rep {number:03}" for number in range(first, last)]
    world.bring(
        *(PersonRecord(name, HERE, manager="Mona") for name in names),
        *(world.deal(f"D {name}", name, "2026-09-01", "2026-10-05", "won", 1_000) for name in names),
        *(world.quota(name, "2026-10", 5_000) for name in names),
    )


def statements(client: Client) -> list[int]:
    """How many each page needs, once what is kept is kept."""
    rep = Person.objects.unscoped("test").get(key="rep 001").uid
    found = []
    for page in PAGES:
        address = page.format(rep=rep) + f"?at={world.TODAY}"
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found.append(len(captured))
    return found


def test_no_more_statements_for_five_hundred_reps_than_for_a_page_of_them() -> None:
    """A board of more people than a page holds reads the standing of everybody beside the cards it shows."""
    world.bring(*world.roster())
    world.give_sign_ins()
    client = Client()
    client.force_login(world.user("olga"))
    hire(0, 5)
    (small, card), both = statements(client), 2
    hire(5, PAGE + 5)
    page = statements(client)
    hire(PAGE + 5, 500)
    many = statements(client)
    assert all(now <= before for now, before in zip(many, page, strict=True)), (page, many)
    assert page[0] <= both * small
    assert many[1] <= card
