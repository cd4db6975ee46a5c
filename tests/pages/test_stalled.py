"""The pages of stalled deals: facts and an offer, answers without a script, nobody else's deals, friendly when empty."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import world
from tests.pages.reading import signed_in, text
from upswing.actions.nightly_stalls import propose_stalls, settle_overdue
from upswing.book.models import Deal
from upswing.goals.stalls import StallCase
from upswing.queries.organisation import organisation
from upswing.web.shared.request import ZoneInfo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
DAY = timedelta(days=1)
BLAME = re.compile(
    r"fault|failing|suspicious|fake|lazy|worst|underperform|\bpoor\b|you should have", re.IGNORECASE
)


def now() -> datetime:
    return datetime.now(ZoneInfo(organisation().time_zone))


def today() -> date:
    return now().date()


def night(before: int = 1) -> None:
    """The night after a day that is so many days past."""
    day = today() - before * DAY
    installation = replace(world.operator(), at=day)
    settle_overdue(installation, day, now())
    propose_stalls(installation, day, now())


def proposed() -> str:
    """The address of the case of Stan's S1."""
    night()
    uid: UUID = StallCase.objects.unscoped("test").get(deal__external_id="S1").uid
    return f"/stalled/{uid}/"


def test_before_anything_is_proposed_it_says_so_kindly():
    for who in ("stan", "mona", "olga"):
        shown = text(signed_in(who).get("/stalled/"))
        assert "No deal waits for a word from you." in shown
        assert "Every deal moves" in shown


def test_a_proposal_says_facts_what_is_usual_and_how_long_there_is_to_answer():
    address = proposed()
    days = (today() - date(2026, 1, 12)).days
    shown = text(signed_in("stan").get(address))
    assert f"Open for {days} days, since 12 Jan 2026." in shown
    assert "This stage’s share of your usual time to a win is" in shown
    assert "Time to answer until" in shown
    assert (
        "Without an answer it is set aside then: it counts as one stage earlier until the buyer moves."
        in shown
    )
    assert "€30,000" in shown
    assert not BLAME.findall(shown)


@pytest.mark.parametrize(
    ("who", "sees", "buttons"),
    [
        ("stan", True, {"Agree, set it aside"}),
        ("mona", True, {"Set it aside"}),
        ("olga", True, {"Set it aside"}),
        ("tess", False, set()),
        ("otto", False, set()),
        ("ada", False, set()),
    ],
)
def test_each_sees_their_own_and_the_buttons_that_are_theirs(who: str, sees: bool, buttons: set[str]):
    address = proposed()
    client = signed_in(who)
    if not sees:
        text(client.get(address), 404)
        text(client.post(f"{address}wait/", {"day": (today() + DAY).isoformat(), "words": "Away"}), 404)
        if who != "ada":
            assert address not in text(client.get("/stalled/"))
        return
    assert address in text(client.get("/stalled/"))
    shown = text(client.get(address))
    assert {word for word in ("Agree, set it aside", "Set it aside") if f">{word}<" in shown} == buttons


def test_a_page_is_read_and_an_answer_is_posted():
    address, client = proposed(), signed_in("stan")
    assert client.post("/stalled/").status_code == client.post(address).status_code == 405
    assert client.get(f"{address}wait/").status_code == 405


def test_a_wait_with_its_reason_leaves_the_list_and_stands_in_the_log():
    address, client = proposed(), signed_in("stan")
    until = today() + 30 * DAY
    form = {"day": until.isoformat(), "words": "Their budget is decided <soon>.", "back": "list"}
    assert client.post(f"{address}wait/", form)["Location"] == "/stalled/"
    shown = text(client.get("/stalled/"))
    assert "Waits for its day" in shown
    assert "and counts as before." in shown
    log = text(signed_in("mona").get(address))
    assert "“Their budget is decided &lt;soon&gt;.”" in log
    assert "Stan" in log
    assert client.post(f"{address}take-back/")["Location"] == address
    again = text(client.get(address))
    assert "The answer was taken back; time to answer until" in again
    assert "Keep the next step" in again


@pytest.mark.parametrize(
    ("where", "form", "sentence"),
    [
        ("wait", {"day": "", "words": "Away"}, "Choose a day, like 2026-11-30."),
        ("wait", {"day": "soon", "words": "Away"}, "No day reads “soon”."),
        ("next-step", {"day": "2001-01-01", "words": "They sign"}, "1 January 2001 is no day to wait for."),
        ("next-step", {"day": "{tomorrow}", "words": " "}, "Say what the buyer does on that day"),
        ("return", {"day": "{today}", "words": "They called"}, "is not set aside; it counts already."),
        ("confirmation", {}, "confirmed by who leads the rep"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(where: str, form: dict[str, str], sentence: str):
    address, client = proposed(), signed_in("stan")
    days = {"tomorrow": (today() + DAY).isoformat(), "today": today().isoformat()}
    sent = {name: value.format(**days) for name, value in form.items()}
    shown = text(client.post(f"{address}{where}/", sent), 422)
    assert sentence in shown
    if where in ("wait", "next-step") and sent["words"].strip():
        assert f'value="{sent["words"]}"' in shown


def test_set_aside_it_can_be_brought_back_by_what_the_buyer_did():
    address, mona, stan = proposed(), signed_in("mona"), signed_in("stan")
    assert mona.post(f"{address}confirmation/", {"back": "case"})["Location"] == address
    assert "Bring it back" in text(stan.get("/stalled/"))
    assert "Take this back" not in text(stan.get(address))
    stan.post(f"{address}return/", {"day": today().isoformat(), "words": "They asked for terms."})
    shown = text(stan.get(address))
    assert "Brought back 1 time." in shown
    assert "Brought back: the buyer moved on" in shown


def test_whoever_leads_reads_what_the_rule_would_have_done_and_tries_another():
    stan, mona = signed_in("stan"), signed_in("mona")
    assert "How long a deal may stay in a stage" in text(stan.get("/stalled/rule/"))
    assert "Try another rule" not in text(stan.get("/stalled/rule/"))
    shown = text(mona.get("/stalled/rule/"))
    assert "this rule would have set" in shown
    assert "as it was known then, as if nobody had answered" in shown
    tried = text(mona.get("/stalled/rule/?stage=-&days=3650"))
    assert "this rule would have set no deal aside." in tried
    assert "This is the rule as you try it; nothing has changed." in tried
    assert "Write a limit of 1 to 3,650 days" in text(mona.get("/stalled/rule/?stage=-&days=0"))
    assert "Write a limit of 1 to 3,650 days" in text(mona.get("/stalled/rule/?stage=-&days=x"))
    assert "There is no such stage." in text(mona.get("/stalled/rule/?stage=nowhere"))


def test_more_deals_take_no_more_questions(django_assert_max_num_queries: DjangoAssertNumQueries):
    world.bring(
        *(world.deal(f"B{number}", "Stan", "2026-01-05", amount=100) for number in range(30)), source="more"
    )
    night()
    client = signed_in("mona")
    with django_assert_max_num_queries(45):
        shown = text(client.get("/stalled/"))
    assert shown.count('class="stall"') == 12
    assert "open=2#open" in shown
    assert text(client.get("/stalled/?open=3")).count('class="stall"') >= 7
    assert text(client.get("/stalled/?open=99999")).count('class="stall"') >= 7


def many() -> str:
    """Thirty more of Stan's; the address of the page that sets several aside."""
    world.bring(
        *(world.deal(f"B{number}", "Stan", "2026-01-05", amount=100) for number in range(30)), source="more"
    )
    night()
    return "/stalled/several/"


def ticked(shown: str) -> list[str]:
    return re.findall(r'name="case" id="case-\d+" value="([0-9a-f-]{36})" checked', shown)


@pytest.mark.parametrize("name", ["stan", "mona", "olga"])
def test_several_are_set_aside_unticked_ones_stay_and_all_of_it_is_taken_back(name: str):
    address, client = many(), signed_in(name)
    assert address in text(client.get("/stalled/"))
    cases = ticked(text(client.get(address)))
    assert len(cases) > 30
    answer = client.post(address, {"case": cases[1:]})
    assert answer.status_code == 302
    shown = text(client.get(answer["Location"]))
    assert f"You set {len(cases) - 1} deals over" in shown
    assert ticked(text(client.get(address))) == cases[:1]
    there = answer["Location"].partition("?")[0]
    assert client.post(f"{there}take-back/")["Location"] == "/stalled/"
    assert len(ticked(text(client.get(address)))) == len(cases)
    assert "nothing is left to be taken back" in text(client.post(f"{there}take-back/"), 422)


def test_several_are_nobody_elses_and_what_is_refused_is_said():
    address, mona = many(), signed_in("mona")
    cases = ticked(text(mona.get(address)))
    text(signed_in("tess").post(address, {"case": cases}), 404)
    text(signed_in("ada").get(address), 404)
    text(mona.post(address, {"case": ["nothing"]}), 404)
    assert "Tick those that are to be set aside." in text(mona.post(address), 422)
    done = mona.post(address, {"case": cases[:2]})["Location"]
    text(signed_in("stan").get(done), 404)
    for moment in (1, 10**30):
        text(mona.get(f"{address}{moment}/"), 404)
    refused = text(mona.post(address, {"case": cases[:2]}), 422)
    assert "has its answer already" in refused
    where = done.partition("?")[0]
    assert f'href="{where}"' in refused
    assert f'href="{where}"' in text(mona.get("/stalled/"))
    partly = mona.post(address, {"case": cases[1:4]})["Location"]
    assert "1 that was ticked had its answer already" in text(mona.get(partly))
    assert not ticked(refused)


def test_the_piles_are_narrowed_to_a_person_and_keep_that_on_every_page():
    address, olga = many(), signed_in("olga")
    world.bring(world.deal("T9", "Tess", "2026-01-05", amount=100), source="tess")
    night()
    whole = text(olga.get("/stalled/"))
    people = dict(re.findall(r'<option value="([0-9a-f-]{36})" translate="no">(\w+)', whole))
    stan = next(uid for uid, name in people.items() if name == "Stan")
    tess = next(uid for uid, name in people.items() if name == "Tess")
    both = [len(ticked(text(olga.get(f"{address}?whose={uid}")))) for uid in (stan, tess)]
    assert both[0] > both[1] > 0
    assert sum(both) <= len(ticked(text(olga.get(address))))
    shown = text(olga.get(f"/stalled/?whose={stan}&stage="))
    assert f"?whose={stan}&amp;open=2#open" in shown
    assert f"{address}?whose={stan}" in shown
    assert "T9" not in text(olga.get(f"/stalled/?whose={stan}&open=3"))
    assert "No such deal waits for a word." in text(olga.get(f"{address}?stage=nowhere"))
    assert olga.get(f"{address}?stage=%00").status_code == olga.get("/stalled/?stage=%00").status_code == 200
    assert text(olga.get("/stalled/?whose=nobody")).count('class="stall"') == 12


def test_a_deal_leads_to_its_proposal():
    address = proposed()
    deal = Deal.objects.unscoped("test").get(external_id="S1")
    stan = signed_in("stan")
    assert f'href="{address}"' in text(stan.get(f"/deals/{deal.uid}/"))
    assert "It is set aside." not in text(stan.get(f"/deals/{deal.uid}/"))
    stan.post(f"{address}agreement/")
    assert "It is set aside." in text(stan.get(f"/deals/{deal.uid}/"))


def test_more_than_are_set_aside_at_once_stand_on_pages(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("upswing.web.stalled.several.MOST", 20)
    address, mona = many(), signed_in("mona")
    first, second = (text(mona.get(f"{address}?page={number}")) for number in (1, 2))
    assert len(ticked(first)) == 20
    assert f"{address}?page=2" in first
    assert f"{address}?page=1" in second
    assert not set(ticked(first)) & set(ticked(second))
