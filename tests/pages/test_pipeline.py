"""The pages of the pipeline: read by whoever may see the deals, moved by forms alone, on the board at once."""

from __future__ import annotations

import re
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.actions.paths import deal, lay
from tests.pages.reading import signed_in, text, words
from tests.queries.test_pipeline import fresh, open_deals, past
from upswing.book.evidence import Confirmation, MoveNote
from upswing.core.pipelines import Early
from upswing.people.models import Look
from upswing.queries.viewers import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
__all__ = ["fresh"]

AT = "?at=2026-10-15"
ALL = f"/pipeline/2026-10/{AT}"


def ruled(early: Early | None = Early.REASON) -> None:
    """Pages that move deals read the clock, others the day of the cast: what is published holds on both."""
    now = min(datetime.now(tz=world.NOW.tzinfo), world.NOW)
    lay(early, viewer_of(world.user("olga"), now.date()), now)


def own(who: str) -> str:
    return f"/reps/{world.person(who).uid}/pipeline/2026-10/{AT}"


def one(key: str = "T4") -> str:
    return f"/deals/{deal(key).uid}/"


def tiles(page: str) -> dict[str, int]:
    found = re.findall(r'<span class="label">([^<]+)</span><b class="num">([\d,]+)</b>', page)
    return {label: int(count.replace(",", "")) for label, count in found}


def test_the_tiles_add_up_to_the_list_under_them():
    ruled()
    world.bring(*past(), *open_deals(60))
    olga = signed_in("olga")
    page = text(olga.get(ALL))
    found = tiles(page)
    assert found["All open"] == found["Moving"] + found["Stalled"] + found["Expected later"] == 63
    assert found["All stages"] == found["Hello"] + found["Need"] + found["Offer"] + found["Terms"] == 63
    assert page.count('<th scope="row"') == 50
    assert text(olga.get(f"{ALL}&page=2")).count('<th scope="row"') == 13
    for state, label in (("moving", "Moving"), ("stalled", "Stalled"), ("later", "Expected later")):
        assert text(olga.get(f"{ALL}&state={state}")).count('<th scope="row"') == found[label]
    due = text(olga.get(f"{ALL}&state=due"))
    both = found["Moving"] + found["Stalled"]
    assert "Open and due" in due
    assert f'<span class="aside">{both} deals</span>' in due
    assert due.count('<th scope="row"') == min(50, both)
    assert text(olga.get(f"{ALL}&stage=need&state=later")).count('<th scope="row"') == int(
        re.findall(
            r'<span class="aside">(\d+) deals?</span>', text(olga.get(f"{ALL}&stage=need&state=later"))
        )[0]
    )


def test_the_way_to_one_s_own():
    for who, there in (("tess", f"/reps/{world.person('tess').uid}/pipeline/"), ("mona", "/pipeline/")):
        assert signed_in(who).get("/pipeline/")["Location"].startswith(there)


@pytest.mark.parametrize("who", ["stan", "otto", "ada"])
def test_for_strangers_there_is_no_such_page(who: str):
    ruled()
    client = signed_in(who)
    for path in (own("tess"), one(), f"{one()}move/need/"):
        assert client.get(path).status_code == 404, path
    for path in (f"{one()}move/need/", f"{one()}lost/", f"{one()}not-lost/"):
        assert client.post(path, {"reason": "No", "drop": "1"}).status_code == 404, path
    assert (deal().stage, MoveNote.objects.count()) == ("Open", 0)


def test_reps_and_auditors_have_no_page_of_everybody():
    for who in ("tess", "ada"):
        assert signed_in(who).get(ALL).status_code == 404
    assert signed_in("otto").get(own("nina")).status_code == 200


def test_a_rep_and_their_manager_see_the_same():
    tess, mona = (
        re.findall(r"<main.*</main>", text(signed_in(who).get(own("tess")))) for who in ("tess", "mona")
    )
    assert tess == mona


def test_what_cannot_be_chosen_is_said():
    olga = signed_in("olga")
    for asked, said in (
        ("state=won", "No deals lie under “won”"), ("stage=nowhere", "No stage is called “nowhere”"),
        ("view=map", "not as “map”"),
    ):  # fmt: skip
        assert said in text(olga.get(f"{ALL}&{asked}"), 404)
    for path in (one(), f"{one()}lost/", ALL):
        verb = olga.get if path.endswith("lost/") else olga.post
        assert verb(path).status_code == 405, path
    assert olga.get(f"{one()}move/nowhere/").status_code == 404
    assert olga.get(f"/deals/{uuid4()}/").status_code == 404


def test_looks_are_kept():
    mona = signed_in("mona")
    mona.get(own("tess"))
    mona.get(one("S1"))
    told = Look.objects.unscoped("test").order_by("pk").values_list("person__name", "by", "what")
    assert list(told) == [("Tess", "Mona", "pipeline"), ("Stan", "Mona", "pipeline")]


def test_a_deal_is_moved_by_its_checklist_and_its_page_says_who_confirmed_what():
    ruled()
    tess, form = signed_in("tess"), f"{one()}move/need/"
    page = text(tess.get(form))
    for said in (
        "The buyer has said what must change.",
        "The person who decides",
        "What it costs them",
        "Move to “Need”",
    ):
        assert said in page
    assert "Why without what is missing?" in page
    sent = {"shows-need-1": "Ann <b>, CFO", "shows-need-2": "5,000.50", "do": "move"}
    assert tess.post(form, sent)["Location"] == one()
    page = text(tess.get(one()))
    assert deal().stage == "Need"
    for said in (
        "Ann &lt;b&gt;, CFO",
        "€5,000.50",
        "Hello → Need",
        "The next export of CRM may say otherwise",
    ):
        assert said in page
    assert "Ann <b>" not in page


def test_what_is_missing_or_cannot_be_read_is_said_and_what_was_typed_stays():
    ruled()
    tess, form = signed_in("tess"), f"{one()}move/need/"
    page = text(tess.post(form, {"shows-need-1": "Ann", "do": "move"}), 422)
    assert "“Need” still asks for “What it costs them”." in page
    assert 'value="Ann"' in page
    page = text(tess.post(form, {"shows-need-2": "much", "do": "move", "reason": "Soon"}), 422)
    assert "What it costs them: “much” is no number." in page
    assert 'value="much"' in page
    assert 'value="Soon"' in page
    assert (deal().stage, Confirmation.objects.count()) == ("Open", 0)
    tess.post(form, {"shows-need-1": "Ann", "do": "move", "reason": "They tell us on Monday"})
    page = text(tess.get(one()))
    assert "Without “What it costs them”" in page
    assert "“They tell us on Monday”" in page


def test_what_is_shown_can_be_kept_before_the_move():
    ruled()
    tess = signed_in("tess")
    tess.post(f"{one()}move/need/", {"shows-need-1": "Ann", "do": "keep"})
    assert (deal().stage, Confirmation.objects.count()) == ("Open", 1)
    page = text(tess.get(f"{one()}move/need/"))
    assert 'name="shows-need-1"' not in page
    assert 'name="shows-need-2"' in page
    when = date(2026, 10, 20).isoformat()
    tess.post(f"{one()}move/hello/", {"shows-hello-1": when, "do": "keep"})
    assert "20 Oct 2026" in text(tess.get(one()))


def test_an_early_proposal_is_refused_or_needs_a_reason():
    ruled(Early.REFUSE)
    tess, form = signed_in("tess"), f"{one()}move/offer/"
    assert "has not reached qualification. Move it there first" in text(tess.get(form))
    assert 'value="move"' not in text(tess.get(form))
    sent = {"shows-offer-1": "Q-1.pdf", "do": "move", "reason": "Tender"}
    assert "has not reached qualification. Move it there first." in text(tess.post(form, sent), 422)
    assert deal().stage == "Open"


def test_a_drop_on_the_board_moves_at_once_or_opens_the_checklist():
    ruled()
    tess, board = signed_in("tess"), f"http://testserver{own('tess')}&view=board"
    answer = tess.post(f"{one()}move/need/", {"drop": "1"}, headers={"referer": board})
    assert (answer["Location"], deal().stage) == (f"{one()}move/need/", "Open")
    for criterion, shown in (("need-1", "Ann"), ("need-2", "500")):
        tess.post(f"{one()}move/need/", {f"shows-{criterion}": shown, "do": "keep"})
    answer = tess.post(f"{one()}move/need/", {"drop": "1"}, headers={"referer": board})
    assert (answer.status_code, answer["Location"], deal().stage) == (303, board, "Need")
    answer = tess.post(f"{one()}move/hello/", {"drop": "1"}, headers={"referer": board})
    assert (answer["Location"], deal().stage) == (f"{one()}move/hello/", "Need")
    assert "Why does it go back?" in text(tess.get(f"{one()}move/hello/"))


def test_the_board_shows_every_stage_and_each_card_leads_to_its_deal_without_a_script():
    ruled()
    page = text(signed_in("tess").get(f"{own('tess')}&view=board"))
    assert re.findall(r'data-stage="([^"]+)"', page) == ["hello", "need", "offer", "terms"]
    assert f'href="{one()}#move"' in page
    assert 'id="move"' in text(signed_in("tess").get(one()))


def test_a_deal_is_lost_with_a_reason_and_a_slip_is_taken_back():
    tess = signed_in("tess")
    assert "Say in a few words why “T4” was lost." in words(tess.post(f"{one()}lost/"), 422)
    assert tess.post(f"{one()}lost/", {"reason": "They chose another"})["Location"] == one()
    page = text(tess.get(one()))
    assert "Lost, from Open" in page
    assert "They chose another" in page
    assert "moves no more" in text(tess.get(f"{one()}move/open/"))
    assert "was lost on" in text(tess.post(f"{one()}move/open/", {"do": "move"}), 422)
    tess.post(f"{one()}not-lost/")
    assert (deal().outcome, deal().stage) == ("open", "Open")
    assert "was not marked as lost here" in words(tess.post(f"{one()}not-lost/"), 422)


def test_a_won_deal_is_read_and_not_moved():
    page = text(signed_in("tess").get(one("T1")))
    assert "Won on 5 October 2026." in page
    assert 'id="move"' not in page


@pytest.mark.parametrize("who", ["tess", "mona", "olga"])
def test_the_navigation_leads_to_the_pipeline_and_has_six_entries_at_most(who: str):
    page = text(signed_in(who).get("/pipeline/", follow=True))
    (navigation,) = (
        re.findall(r'<nav class="nav".*?</nav>', page)[:1] or re.findall(r"<aside.*?</aside>", page)[:1]
    )
    entries = re.findall(r'<a href="(/[^"]*)"([^>]*)>', navigation)
    assert len([url for url, _ in entries if url != "/"]) <= 7
    assert ("/pipeline/", 'aria-current="page"') in [(url, rest.strip()) for url, rest in entries]


@pytest.mark.parametrize("view", ["list", "board"])
def test_a_page_costs_as_much_for_many_deals_as_for_few(view: str):
    ruled()
    counts = []
    for many in (5, 120):
        world.bring(*past(), *open_deals(many))
        olga = signed_in("olga")
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                olga.get(f"{ALL}&view={view}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 24


def test_an_address_that_is_none_is_not_found():
    assert signed_in("olga").get(f"/reps/{UUID(int=1)}/pipeline/2026-10/").status_code == 404
    assert signed_in("olga").get(f"/teams/{UUID(int=1)}/pipeline/2026-10/").status_code == 404
    assert signed_in("olga").get("/pipeline/sometime/").status_code == 404
