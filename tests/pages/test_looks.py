"""Who looked: kept at every door, once a day, and shown to the person looked at."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import world
from tests.world import person
from upswing.actions.nightly_stalls import propose_stalls
from upswing.book.models import Deal
from upswing.cli.main import main
from upswing.people.models import Look

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
CARD = "/reps/{}/scorecard/2026-10/"


def client(who: str) -> Client:
    found = Client()
    found.force_login(world.user(who))
    return found


def told() -> list[tuple[str, str, str, str]]:
    rows = Look.objects.unscoped("test").order_by("pk")
    return [(row.person.name, row.by, row.what, row.via) for row in rows]


def test_a_manager_s_looks_are_kept_once_a_day_and_one_s_own_are_not():
    tess, mona, rep = person("Tess").uid, client("mona"), client("tess")
    for _ in range(2):
        assert mona.get(CARD.format(tess)).status_code == 200
    mona.get(f"/reps/{tess}/metrics/won_value/2026-10/")
    rep.get(CARD.format(tess))
    assert told() == [("Tess", "Mona", "scorecard", "web"), ("Tess", "Mona", "metric", "web")]


def test_the_board_counts_as_a_look_at_everybody_on_it():
    client("mona").get("/teams/all/2026-10/")
    looked_at = {name for name, by, what, _ in told() if (by, what) == ("Mona", "team")}
    assert "Tess" in looked_at
    assert "Mona" not in looked_at


def test_the_rep_reads_who_looked_and_others_do_not():
    tess = person("Tess").uid
    client("mona").get(CARD.format(tess))
    client("olga").get(CARD.format(tess))
    main(["scorecard", "--rep", "Tess", "--period", "2026-10"])
    page = client("tess").get(f"/reps/{tess}/views/")
    text = page.content.decode()
    for name in ("Mona", "olga@example.com", "The server’s operator"):
        assert name in text
    assert "by a command on the server" in text
    assert client("olga").get(f"/reps/{tess}/views/").status_code == 200
    for who in ("mona", "stan"):
        assert client(who).get(f"/reps/{tess}/views/").status_code == 404
    assert "Who looked" in client("tess").get(CARD.format(tess)).content.decode()


def test_deals_that_are_stalled_quoted_or_moved_count_as_a_look_at_whose_they_are():
    deal = Deal.objects.unscoped("test").get(external_id="T4")
    mona, tess = client("mona"), client("tess")
    for page in (f"/deals/{deal.uid}/quotes/new/", f"/deals/{deal.uid}/"):
        Look.objects.unscoped("test").all().delete()
        tess.get(page)
        assert told() == []
        assert mona.get(page).status_code == 200
        assert told() == [("Tess", "Mona", "pipeline", "web")], page
    Look.objects.unscoped("test").all().delete()
    propose_stalls(world.operator(), world.TODAY, world.NOW)
    client("stan").get("/stalled/")
    assert told() == []
    mona.get("/stalled/")
    assert told() == [("Stan", "Mona", "pipeline", "web")]


def test_nobody_has_looked_yet():
    text = client("tess").get(f"/reps/{person('Tess').uid}/views/").content.decode()
    assert "Nobody else has opened your figures yet." in text


def test_what_may_not_be_seen_is_no_look():
    assert client("stan").get(CARD.format(person("Tess").uid)).status_code == 404
    assert told() == []
