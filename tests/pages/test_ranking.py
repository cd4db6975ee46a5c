"""The pages of a ranking: off and unknown until the team decides, names in the alphabet, and no bottom anywhere."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.reading import signed_in, text
from tests.queries.test_ranking import ALIKE, NAMES, north, reader, settle
from upswing.core.people import AccessRole
from upswing.goals.rankings import TeamRanking
from upswing.people.models import Person

pytestmark = pytest.mark.django_db
FORM = {"metric": "effort:deals_created", "reason": "We asked for it."}


@pytest.fixture(autouse=True)
def book() -> None:
    settle(ALIKE | {"gus": 70, "eve": 3})
    reader("ann")
    reader("eve")
    reader("mona", AccessRole.MANAGER)
    TeamRanking.objects.all().delete()


def deciding() -> str:
    return f"/teams/{north()}/ranking/"


def page(client: Client, status: int = 200) -> str:
    """October as it stood, of a ranking that was decided before."""
    TeamRanking.objects.update(starts="2026-10-01")
    return text(client.get(f"{deciding()}deals_created/2026-10/?at=2026-10-15"), status)


def main(shown: str) -> str:
    return shown.split("<main")[1].split("</main>", maxsplit=1)[0]


def test_it_is_off_by_default_and_then_there_is_no_page_of_it():
    for who in ("ann", "mona"):
        page(signed_in(who), 404)
    assert signed_in("ann").get(deciding()).status_code == 404
    assert signed_in("ann").get("/rankings/").status_code == 404
    assert "No ranking is on in North." in text(signed_in("mona").get(deciding()))


def test_the_manager_switches_it_on_reps_read_it_and_nobody_reads_a_bottom():
    mona, ann, eve = map(signed_in, ("mona", "ann", "eve"))
    assert mona.post(f"{deciding()}on/", FORM)["Location"] == deciding()
    assert "We asked for it." in text(ann.get(deciding()))
    assert "Deals created" in text(ann.get("/rankings/"))
    named = {client: main(page(client)) for client in (mona, ann, eve)}
    for shown in named.values():
        assert "gus" in shown.casefold()
        others = {person.name for person in Person.objects.unscoped("test")} - {"gus", "Gus"}
        assert not [name for name in others if f">{name}<" in shown]
        assert "We asked for it." in shown
        assert "<ol" not in shown
    assert "cannot tell you apart from others" in named[ann]
    assert "less than most" not in named[ann] + named[mona]
    assert "less than most" in named[eve]
    assert "You</h2>" not in named[mona]
    assert mona.post(f"{deciding()}deals_created/off/").status_code == 302
    page(ann, 404)
    assert "until" in text(mona.get(deciding()))


def test_where_nobody_can_be_told_apart_nobody_is_named():
    mona = signed_in("mona")
    mona.post(f"{deciding()}on/", FORM | {"metric": "improvement:deals_created"})
    shown = main(page(signed_in("ann")))
    assert "Too few people can be compared" in shown
    assert "Clearly ahead" not in shown
    assert not [name for name in NAMES if f">{name}<" in shown.casefold()]


def test_what_is_missing_is_said_and_what_was_written_stays():
    answer = signed_in("mona").post(f"{deciding()}on/", {"metric": "effort:deals_created", "reason": " "})
    shown = text(answer, 422)
    assert "Say why, in a sentence" in shown
    assert 'value="effort:deals_created" selected' in shown
    assert not TeamRanking.objects.exists()


def test_a_rep_decides_nothing_and_wrong_verbs_are_refused():
    ann, mona = signed_in("ann"), signed_in("mona")
    assert ann.post(f"{deciding()}on/", FORM).status_code == 404
    mona.post(f"{deciding()}on/", FORM)
    assert ann.post(f"{deciding()}deals_created/off/").status_code == 404
    assert "Switch" not in main(text(ann.get(deciding())))
    assert ann.get(f"{deciding()}on/").status_code == 405
    assert ann.get(f"{deciding()}deals_created/off/").status_code == 405
    assert TeamRanking.objects.get().ended is None
    assert Client().get(deciding()).status_code == 302


def test_the_page_of_the_team_leads_there_and_says_what_is_shown_before_it_is_decided():
    mona = signed_in("mona")
    assert deciding() in text(mona.get(f"/teams/{north()}/2026-10/?at=2026-10-15"))
    shown = text(mona.get(deciding()))
    assert "Everybody of the team reads the names of those clearly ahead" in shown
    assert "what is published about rankings conflicts" in shown
