"""The pages of the cards: who has which, the builder as a plain form, pins; each refuses in sentences."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests import world
from tests.pages.reading import signed_in
from tests.web import browser as walk
from upswing.actions import cards
from upswing.actions.pins import pin as pin_line
from upswing.core.templates import STARTERS
from upswing.goals.cards import CardVersion, Pin, template_of
from upswing.people.models import Membership
from upswing.queries.card_drafts import draft
from upswing.queries.viewers import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
LIST = "/setup/cards/"


def today() -> date:
    """The pages read the clock; what is published for them has to hold on their day."""
    return datetime.now(tz=world.NOW.tzinfo).date()


def olga() -> Any:
    return viewer_of(world.user("olga"), today())


def drafted(starter: str = "account-executive") -> UUID:
    return cards.begin(olga(), "", world.NOW, starter)


def published(starter: str = "account-executive", **changed: Any) -> UUID:
    uid = drafted(starter)
    if changed:
        row = CardVersion.objects.get(number=None)
        row.data |= changed
        row.save()
    read = [each.key for each in draft(olga(), uid).cautions]
    cards.publish(olga(), uid, today(), "", read, world.NOW)
    return uid


def builder(uid: UUID) -> str:
    return f"/setup/cards/{uid}/draft/"


def pins(who: str) -> str:
    return f"/setup/cards/pins/{world.person(who).uid}/"


def body(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def form(**more: object) -> dict[str, object]:
    starter = STARTERS["account-executive"]
    return {
        "name": "Account executive", "lines": list(starter.lines), "support": "80", "outstanding": "120",
        "period": "month", "effective": today().isoformat(),
    } | more  # fmt: skip


def test_before_anything_is_published_everybody_has_the_automatic_card():
    text = body(signed_in("olga"), LIST)
    assert "Everybody has the automatic card." in text
    assert "Begin a card" in text
    for starter in STARTERS.values():
        assert starter.name in text


@pytest.mark.parametrize(
    ("who", "there", "missing"),
    [("tess", {"Tess"}, {"Stan", "Nina", "Begin a card"}), ("mona", {"Tess", "Stan"}, {"Nina", "Begin a card"}),
     ("otto", {"Nina"}, {"Tess", "Begin a card"}), ("olga", {"Tess", "Nina", "Begin a card"}, set())],
)  # fmt: skip
def test_everybody_sees_the_cards_of_those_they_may_see(who: str, there: set[str], missing: set[str]):
    published()
    main = body(signed_in(who), LIST).split('<main id="main">')[1]
    assert {word for word in there | missing if word in main} == there


def test_what_may_not_be_seen_does_not_exist():
    uid = published(person=str(world.person("Tess").uid))
    next_one = drafted("field-sales")
    for who in ("stan", "otto", "ada"):
        client = signed_in(who)
        for where in (f"/setup/cards/{uid}/", f"/setup/cards/{uid}/v1/", builder(next_one), pins("Tess")):
            assert client.get(where).status_code == 404, (who, where)
    assert signed_in("ada").get(LIST).status_code == 404
    for who in ("tess", "mona"):
        client = signed_in(who)
        assert client.get(f"/setup/cards/{uid}/").status_code == client.get(pins("Tess")).status_code == 200
        assert (
            client.get(builder(next_one)).status_code
            == client.post(builder(next_one), form()).status_code
            == 404
        )
        for where in (
            "/setup/cards/new/",
            f"/setup/cards/{uid}/end/",
            f"{builder(uid)}new/",
            f"{builder(uid)}discard/",
        ):
            assert (
                client.post(
                    where, {"starter": "sdr", "effective": today().isoformat(), "note": "x"}
                ).status_code
                == 404
            )
    assert signed_in("olga").get(f"/setup/cards/{uid}/v7/").status_code == 404
    assert signed_in("olga").get(f"/setup/cards/{uuid4()}/").status_code == 404


def test_wrong_verbs_are_refused():
    uid, client = published(), signed_in("olga")
    assert client.post(LIST).status_code == client.post(f"/setup/cards/{uid}/").status_code == 405
    for where in (
        "/setup/cards/new/",
        f"/setup/cards/{uid}/end/",
        f"{builder(uid)}new/",
        f"{builder(uid)}discard/",
    ):
        assert client.get(where).status_code == 405


def test_a_card_is_built_step_by_step_with_nothing_but_buttons():
    client = signed_in("olga")
    where = client.post("/setup/cards/new/", {"name": "Inside"})["Location"]
    lines: list[str] = []
    for do, expected in (
        ("add:calls", ["calls"]),
        ("add:meetings_held", ["calls", "meetings_held"]),
        ("add:won_value", ["calls", "meetings_held", "won_value"]),
        ("up:won_value", ["calls", "won_value", "meetings_held"]),
        ("down:calls", ["won_value", "calls", "meetings_held"]),
        ("up:won_value", ["won_value", "calls", "meetings_held"]),
        ("remove:calls", ["won_value", "meetings_held"]),
        ("burn:won_value", ["won_value", "meetings_held"]),
    ):
        assert client.post(where, form(name="Inside", lines=lines, do=do))["Location"].endswith("#lines")
        lines = list(template_of(CardVersion.objects.get().data).lines)
        assert lines == expected
    text = body(client, where)
    assert "1 leading, 1 lagging" in text
    assert re.findall(r'name="lines" value="(\w+)"', text) == lines
    assert 'value="add:won_value"' not in text
    assert 'value="add:logins"' not in text


def test_a_starter_is_published_after_its_cautions_are_ticked_and_is_everybody_s_card():
    client = signed_in("olga")
    where = client.post("/setup/cards/new/", {"starter": "account-executive"})["Location"]
    refused = client.post(where, form(do="publish"))
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "There is one thing to think of first." in text
    assert "It is saved, but not published yet" in text
    read = re.findall(r'name="read" value="([^"]+)"', text)
    done = client.post(where, form(do="publish", read=read))
    assert "Your card follows this template." in body(signed_in("tess"), done["Location"])
    assert "Everybody follows a card that was written for them." in body(client, LIST)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"lines": ["calls", "visits"]}, "There are 2 lines: a card shows at least 3."),
        ({"effective": "2020-01-01"}, "1 January 2020 is over"),
        ({"effective": "soon"}, "No day reads “soon”"),
        ({"note": "n" * 501}, "The note has 501 characters"),
    ],
)
def test_what_cannot_be_published_is_saved_and_comes_back_with_its_sentences(more: dict[str, Any], said: str):
    client, uid = signed_in("olga"), drafted()
    answer = client.post(
        builder(uid), form(**({"do": "publish", "note": "Kept note", "support": "70"} | more))
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "It is saved, but not published yet" in text
    assert str(({"note": "Kept note"} | more)["note"]) in text
    row = CardVersion.objects.get()
    assert (row.number, row.data["support"]) == (None, "7/10")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"lines": ["calls", "visits", "emails", "messages", "connects", "talk_time", "deals_won",
                   "won_value", "win_rate", "open_value", "open_deals", "invoices"]},
         "There are 12 lines; a card has at most 9. Leave 3 out."),
        ({"lines": ["calls", "calls", "visits"]}, "“Calls” stands on it 2 times."),
        ({"lines": ["nope", "calls", "visits"]}, "No metric is called “nope”."),
        ({"lines": ["logins", "calls", "visits"]}, "“Sign-ins” never stands on a card"),
        ({"support": "120", "outstanding": "80"}, "The borders cross"),
        ({"support": "much"}, "“much” is no percentage."),
        ({"support": "82.55"}, "has more than one decimal"),
        ({"name": " "}, "The name is empty."),
        ({"period": "day"}, "A card opens with a week, a month, a quarter or a year."),
        ({"person": str(uuid4())}, "The chosen person does not sell here."),
        ({"do": "add:nope"}, "No metric is called “nope”."),
    ],
)  # fmt: skip
def test_what_no_draft_may_hold_comes_back_with_the_input_kept(more: dict[str, Any], said: str):
    uid = drafted()
    answer = signed_in("olga").post(builder(uid), form(**({"do": "save", "reason": "Not lost."} | more)))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "Not lost." in text
    assert CardVersion.objects.get().data["reason"] == ""
    for key in more.get("lines", []):
        assert f'name="lines" value="{key}"' in text
    for name in ("support", "outstanding"):
        assert f'value="{more.get(name, form()[name])}"' in text


def test_the_builder_tries_the_lines_on_a_rep_it_is_for():
    client, uid = signed_in("olga"), drafted()
    stan = world.person("Stan").uid
    where = client.post(builder(uid), form(do="look", rep=str(stan)))["Location"]
    assert where.endswith(f"?rep={stan}#preview")
    text = body(client, where)
    assert f'<option value="{stan}" selected>Stan</option>' in text
    tried = text.split('class="tried"')[1]
    assert 'Open pipeline</th><td class="num">€30,000' in tried
    body(client, f"{builder(uid)}?rep=nobody")


def test_who_a_card_is_for_is_ticked_and_said():
    Membership.objects.filter(person=world.person("Tess")).update(role="AE")
    client, uid = signed_in("olga"), drafted()
    client.post(builder(uid), form(do="save", roles=["AE"]))
    text = body(client, builder(uid))
    assert "<span>for AE</span><span>one person</span>" in text
    client.post(builder(uid), form(do="save", roles=["AE"], levels=["Gone"]))
    assert "Gone (gone)" in body(client, builder(uid))


def test_a_character_that_no_database_keeps_is_dropped():
    client, uid = signed_in("olga"), drafted()
    client.post(builder(uid), form(do="save", name="A\0E", roles=["A\0E"], reason="\0So"))
    card = template_of(CardVersion.objects.get().data)
    assert (card.name, card.audience.roles, card.reason) == ("AE", ("AE",), "So")


def test_a_card_ends_with_a_reason_and_the_form_comes_back_without_one():
    uid, client = published(), signed_in("olga")
    day = (today() + timedelta(days=9)).isoformat()
    refused = client.post(f"/setup/cards/{uid}/end/", {"effective": day, "note": " "})
    assert (refused.status_code, "why it ends" in refused.content.decode(), day in refused.content.decode()) == (
        422, True, True,
    )  # fmt: skip
    assert client.post(f"/setup/cards/{uid}/end/", {"effective": "x", "note": "So."}).status_code == 422
    client.post(f"/setup/cards/{uid}/end/", {"effective": day, "note": "Too long."})
    text = body(client, f"/setup/cards/{uid}/")
    assert "It ends on" in text
    assert "Let this card end" not in text


def test_the_next_version_shows_beside_the_one_that_holds():
    uid, client = published(), signed_in("olga")
    where = client.post(f"{builder(uid)}new/")["Location"]
    later = (today() + timedelta(days=9)).isoformat()
    given = form(do="publish", lines=["calls", "visits", "won_value"], effective=later, note="Shorter.")
    read = re.findall(r'name="read" value="([^"]+)"', client.post(where, given).content.decode())
    client.post(where, given | {"read": read})
    assert "Shorter." in body(client, f"/setup/cards/{uid}/v2/")
    assert "This version holds from" in body(client, f"/setup/cards/{uid}/v2/")
    assert body(client, LIST).count("Account executive</a>") == 2


def pin_form(**more: object) -> dict[str, object]:
    until = (today() + timedelta(days=30)).isoformat()
    return {"metric": "calls", "reason": "First wins.", "starts": today().isoformat(), "until": until} | more


def test_a_manager_pins_a_line_and_the_rep_reads_why():
    mona = signed_in("mona")
    assert mona.post(pins("Tess"), pin_form())["Location"] == pins("Tess")
    text = body(signed_in("tess"), pins("Tess"))
    assert "pinned by Mona because: First wins." in text
    assert "Take off" not in text
    assert "one line pinned" in body(mona, LIST)
    uid = Pin.objects.unscoped("test").get().uid
    for who in ("tess", "otto", "olga"):
        assert signed_in(who).post(f"{pins('Tess')}{uid}/off/").status_code == 404
        assert signed_in(who).post(pins("Tess"), pin_form()).status_code == 404
    mona.post(f"{pins('Tess')}{uid}/off/")
    assert "Nothing is pinned" in body(signed_in("tess"), pins("Tess"))


@pytest.mark.parametrize(
    ("more", "said"),
    [({"metric": ""}, "Choose the line to pin."), ({"metric": "won_value"}, "stands on the card of Tess already"),
     ({"reason": ""}, "why it helps Tess"), ({"starts": "?"}, "No day reads “?”"), ({"until": "2020-01-01"}, "before it begins")],
)  # fmt: skip
def test_what_cannot_be_pinned_comes_back(more: dict[str, Any], said: str):
    answer = signed_in("mona").post(pins("Tess"), pin_form(**({"reason": "Kept reason"} | more)))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert ("Kept reason" in text) == ("reason" not in more)
    assert ('value="calls" selected' in text) == ("metric" not in more)


def test_reading_costs_few_questions(django_assert_max_num_queries: Any):
    uid = published()
    drafted("sdr")
    client = signed_in("olga")
    for where, most in ((LIST, 24), (f"/setup/cards/{uid}/", 22), (pins("Tess"), 20)):
        with django_assert_max_num_queries(most):
            client.get(where)


class Kept(Client):
    """Answers with a page fetched beforehand: inside the browser's loop there is another connection to the database."""

    def __init__(self, who: str, where: str) -> None:
        super().__init__()
        self.answer = signed_in(who).get(where)

    def get(self, *_: Any, **__: Any) -> Any:
        return self.answer


@pytest.mark.parametrize(
    ("who", "name"), [("olga", "list"), ("tess", "card"), ("olga", "draft"), ("mona", "pins")]
)
@pytest.mark.skipif(not walk.AXE.is_file(), reason="run `make assets` first")
def test_the_pages_are_reachable_by_everybody_and_fit(browser: Browser, name: str, who: str):
    uid = published()
    signed_in("mona").post(pins("Tess"), pin_form())
    cards.begin_again(olga(), uid, world.NOW)
    where = {"list": LIST, "card": f"/setup/cards/{uid}/", "draft": builder(uid), "pins": pins("Tess")}[name]
    for theme in ("light", "dark"):
        with walk.page(browser, Kept(who, where), 320, 800, color_scheme=theme) as page:
            walk.opened(page, where)
            assert page.evaluate("violations") == []
            assert walk.axe(page) == []
            for width in (320, 390, 721, 901, 1024, 1440):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_a_scorecard_follows_the_published_card_from_its_day_on():
    card = f"/reps/{world.person('Tess').uid}/scorecard/{today():%Y-%m}/"
    assert "Sales cycle" not in body(signed_in("tess"), card)
    published(lines=["deals_created", "deals_won", "sales_cycle", "won_value"])
    text = body(signed_in("tess"), card)
    assert "Sales cycle" in text
    assert "Quota attainment" not in text
    before = body(signed_in("tess"), f"{card}?at={today() - timedelta(days=1)}")
    assert "Quota attainment" in before


def test_a_pinned_line_stands_on_the_card_with_its_reason():
    tess = world.person("Tess").uid
    mona = viewer_of(world.user("mona"), today())
    pin_line(mona, tess, "sales_cycle", "You asked how long deals take.", today(), today(), world.NOW)
    text = body(signed_in("tess"), f"/reps/{tess}/scorecard/{today():%Y-%m}/")
    assert "pinned by Mona: You asked how long deals take." in text
    stan = body(signed_in("stan"), f"/reps/{world.person('Stan').uid}/scorecard/{today():%Y-%m}/")
    assert "pinned by" not in stan
