"""The overview's pages: a sentence, five tiles that open their records, and tables of the very same figures."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.actions.told import invoice, lead
from tests.pages.reading import signed_in, words
from tests.world import bring, deal, person
from upswing.people.models import Look

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
AT = "?at=2026-10-15"
OCTOBER = f"/overview/2026-10/{AT}"


def own(name: str, slug: str = "2026-10") -> str:
    return f"/reps/{person(name).uid}/overview/{slug}/{AT}"


def told() -> None:
    """Bookings of new accounts, reasons and leads."""
    lost = deal("D1", "Stan", "2026-09-01", "2026-10-06", "lost", 9_000)
    bring(
        replace(lost, reason="Too dear"), replace(invoice("I1", "2026-10-02", 1_200), account="Hall", rep="Tess"),
        *(lead(f"L{n}", "Tess", "2026-10-02", source="Fair") for n in range(3)),
    )  # fmt: skip


def test_a_manager_reads_what_goes_well_first_and_then_where_to_look() -> None:
    told()
    said = words(signed_in("mona").get(OCTOBER))
    headline = "October 2026: €20,000 is won, €16,000 more than in September 2026 until 15 Sept."
    look = "The reason to look at is “Too dear”: 1 deal, €9,000."
    assert said.index(headline) < said.index(look) < said.index("Quota attainment")


def test_every_tile_opens_its_records_for_a_manager_and_for_a_rep() -> None:
    told()
    for who, url in (("mona", OCTOBER), ("tess", own("Tess"))):
        client = signed_in(who)
        shown = client.get(url).content.decode()
        tiles = re.findall(r'<li class="card tile"><a href="([^"]+)"', shown)
        assert len(tiles) == 5
        for there in tiles:
            if there.startswith("#"):
                assert f'id="{there[1:]}"' in shown
            else:
                assert client.get(there.replace("&amp;", "&")).status_code == 200, there


def test_the_deals_of_a_reason_open() -> None:
    told()
    client = signed_in("mona")
    shown = client.get(OCTOBER).content.decode()
    (deals,) = re.findall(r'id="lost".*?</section>', shown, re.DOTALL)
    links = re.findall(r'href="(/deals/[^"]+)"', deals)
    assert len(links) == 2
    assert all(client.get(link).status_code == 200 for link in links)


def test_new_business_is_drawn_told_as_numbers_and_by_person() -> None:
    told()
    shown = signed_in("mona").get(OCTOBER).content.decode()
    said = " ".join(re.sub(r"<[^>]*>", " ", shown).split())
    assert "€1,200 in twelve months" in said
    assert "Net new business by month: " in shown
    assert f'href="/reps/{person("Tess").uid}/metrics/new_business/2026-10/{AT}"' in shown
    assert "October 2026 €1,200 €1,200" in said


def test_the_number_behind_new_business_opens_its_invoice() -> None:
    told()
    said = words(signed_in("mona").get(f"/reps/{person('Tess').uid}/metrics/new_business/2026-10/{AT}"))
    assert "Net new business" in said
    assert "I1" in said


def test_what_is_not_there_is_said_and_what_is_too_little_is_not_judged() -> None:
    said = words(signed_in("mona").get(OCTOBER))
    assert "No invoice of a new account in these twelve months." in said
    assert "Bring the column that holds the reason with your deals" in said
    told()
    assert "too few to say" in words(signed_in("mona").get(OCTOBER))
    empty = words(signed_in("mona").get("/overview/2024-03/"))
    assert "Nothing is counted in March 2024 yet." in empty
    assert "Nothing was lost in this period." in empty


def test_rep_and_manager_read_the_same_page() -> None:
    told()

    def main(who: str) -> str:
        return re.sub(r"\s+", " ", signed_in(who).get(own("Tess")).content.decode().split("<main")[1])

    assert main("tess").split("</main>")[0] == main("mona").split("</main>")[0]


def test_what_may_not_be_seen_does_not_exist() -> None:
    assert signed_in("otto").get(own("Tess")).status_code == 404
    assert signed_in("stan").get(own("Tess")).status_code == 404
    assert signed_in("tess").get(OCTOBER).status_code == 404
    assert signed_in("mona").get(f"/teams/{uuid4()}/overview/2026-10/").status_code == 404
    assert signed_in("mona").post(OCTOBER).status_code == 405
    assert "Nina" not in words(signed_in("mona").get(OCTOBER))


def test_whose_figures_were_shown_can_see_it() -> None:
    told()
    signed_in("mona").get(own("Tess"))
    assert Look.objects.unscoped("test").filter(person=person("Tess")).count() == 1


def test_the_board_of_a_team_leads_here() -> None:
    client = signed_in("mona")
    board = client.get(f"/teams/all/2026-10/{AT}").content.decode()
    assert '<a class="link" href="/overview/2026-10/?at=2026-10-15">Overview</a>' in board
