"""How forecasts came out, on the page: replayed, as written down, the reps' commits beside; and a rep's own commits."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from tests import world
from tests.pages.reading import signed_in, words
from tests.pages.test_forecast import own
from tests.queries.test_backtesting import night
from tests.queries.test_commit_history import say
from upswing.goals.commits import Whose
from upswing.ledger.snapshots import SnapshotForecast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
EVENING = date(2026, 9, 30)
MONTHS = "/forecast/accuracy/month/?at=2026-11-05"
LATER = "?at=2026-11-05"


def section(title: str, shown: str) -> str:
    """The words of the part whose heading has that id."""
    found = re.search(rf'<section[^>]*aria-labelledby="{title}".*?</section>', shown, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found.group()).split()) if found else ""


def accuracy(who: str = "olga") -> str:
    answer = signed_in(who).get(MONTHS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_really_written_down_stands_beside_the_replay() -> None:
    """28,000 was expected of October, between 20,000 and 30,000; 29,000 came."""
    night(EVENING)
    SnapshotForecast.objects.filter(period="2026-10", person=None).update(
        likely=2_800_000, low=2_000_000, high=3_000_000
    )
    shown = accuracy()
    assert "€28,000 €20,000 to €30,000 30 Sept: inside the range, \u22123%" in section("past-title", shown)
    assert (
        "The forecast that was written down before its period was off by 3%; 1 of 1 ended inside its range."
        in shown
    )
    SnapshotForecast.objects.filter(period="2026-10", person=None).update(high=2_899_999)
    assert "30 Sept: outside the range, \u22123%" in section("past-title", accuracy())


def test_where_nothing_was_written_down_it_says_since_when_anything_is() -> None:
    assert "No forecast has been written down yet: the first is when tonight is over." in accuracy()
    night(date(2026, 10, 14))
    words = "Forecasts are written down since 14 October 2026, of none of these periods in the week before it began."
    assert words in accuracy()


def test_commits_stand_among_the_ways_with_what_they_are() -> None:
    assert "Commits of the reps" not in accuracy()
    say("Tess", 15_000, EVENING)
    ways = section("ways-title", accuracy())
    assert "Commits of the reps 25% 25% \u221225% – 1" in ways
    assert "compared with what the same people won. They are never part of what is published." in ways


def test_a_rep_and_whoever_leads_them_read_what_came_of_commits() -> None:
    client = signed_in("tess")
    assert 'id="commits"' not in client.get(own("Tess", "2026-11", LATER)).content.decode()
    say("Tess", 15_000, EVENING)
    say("Tess", 18_000, date(2026, 10, 8), whose=Whose.MANAGER)
    told = "October 2026 €15,000 30 Sept €18,000 8 Oct, not compared €20,000 +€5,000"
    for who in ("tess", "mona"):
        assert told in section(
            "commits-title", signed_in(who).get(own("Tess", "2026-11", LATER)).content.decode()
        )
    assert "Commits so far" not in words(signed_in("tess").get(own("Tess", "2026-Q4", LATER)))
    assert signed_in("otto").get(own("Tess", "2026-11", LATER)).status_code == 404


def test_nobody_s_commits_stand_on_everybody_s_page() -> None:
    say("Tess", 15_000, EVENING)
    assert 'id="commits"' not in signed_in("olga").get(f"/forecast/2026-11/{LATER}").content.decode()


def test_a_page_made_from_what_was_kept_reads_the_same() -> None:
    cache.clear()
    client = Client()
    client.force_login(world.user("olga"))
    first, second = (client.get(MONTHS).content.decode().split("<main")[1] for _ in range(2))
    assert first == second
