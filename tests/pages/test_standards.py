"""The pages of the standards: read and sign, write and publish; each works as a plain form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from tests import world
from tests.pages.reading import signed_in
from tests.web import browser as walk
from upswing.actions import formulas, standards
from upswing.actions import standard_drafts as drafting
from upswing.core.expressions import Wording
from upswing.goals.standards import Agreement, Objection, Standard, Version, text_of
from upswing.goals.starters.packs import packs
from upswing.people.models import Membership
from upswing.queries.viewers import viewer_of
from upswing.web.standards.writing import text_sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
LIST = "/standards/"


def today() -> date:
    """The pages read the clock; what is published for them has to hold on their day."""
    return datetime.now(tz=world.NOW.tzinfo).date()


def olga() -> Any:
    return viewer_of(world.user("olga"), today())


def published(pack: str = "rapport") -> UUID:
    uid = drafting.take_over(olga(), pack, world.NOW)
    standards.publish(olga(), uid, today(), "", world.NOW)
    return uid


def second(uid: UUID, days: int = 0) -> None:
    """A second version, with another sentence about what is expected."""
    drafting.begin_again(olga(), uid, world.NOW)
    text = text_of(Version.objects.get(number=None).text)
    drafting.save_draft(olga(), uid, replace(text, what=text.what.replace("every first", "each first")))
    standards.publish(olga(), uid, today() + timedelta(days=days), "Every conversation.", world.NOW)


def address(uid: UUID, number: int = 1, rest: str = "") -> str:
    return f"/standards/{uid}/v{number}/{rest}"


def draft_of(uid: UUID) -> str:
    return f"/standards/{uid}/draft/"


def body(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


FORM = {
    "name": "Handover", "purpose": "It helps.", "what": "Hand over.", "example": "“Here is Ines.”",
    "criterion-1-name": "Preparing", "criterion-1-meets": "- Writes a page.\n• Calls before.\n- Writes a page.",
    "criterion-1-below": "Sends a mail.", "criterion-1-exceeds": "Comes along.", "criterion-1-metrics": ["won_value"],
}  # fmt: skip


def sent(**more: object) -> dict[str, object]:
    return FORM | {name.replace("_", "-"): value for name, value in more.items()}


@pytest.mark.parametrize("who", ["tess", "mona", "otto", "olga", "ada"])
def test_everybody_has_the_page_and_finds_it_in_the_navigation(who: str):
    text = body(signed_in(who), LIST)
    assert "No standard concerns you yet." in text
    assert re.search(r'href="/standards/" aria-current="page"', text)
    assert ("Begin a standard" in text) == (who in {"mona", "otto", "olga"})


@pytest.mark.parametrize(
    "rest", [LIST, f"/standards/{UUID(int=404)}/v1/", f"/standards/{UUID(int=404)}/draft/"]
)
def test_nobody_is_led_to_the_sign_in(rest: str):
    assert "/accounts/login/" in Client().get(rest)["Location"]


def test_wrong_verbs_are_refused():
    uid, client = published(), signed_in("olga")
    assert client.post(LIST).status_code == client.post(address(uid)).status_code == 405
    for rest in ("agreement/", "questions/", f"questions/{uuid4()}/answer/"):
        assert client.get(address(uid, 1, rest)).status_code == 405
    for rest in ("/standards/new/", f"{draft_of(uid)}new/", f"{draft_of(uid)}discard/"):
        assert client.get(rest).status_code == 405


def test_what_may_not_be_seen_does_not_exist():
    Membership.objects.filter(person=world.person("Tess")).update(role="AE")
    uid = drafting.take_over(olga(), "rapport", world.NOW)
    text = packs()["rapport"]
    drafting.save_draft(olga(), uid, replace(text, audience=replace(text.audience, roles=("AE",))))
    assert signed_in("tess").get(draft_of(uid)).status_code == 404
    standards.publish(olga(), uid, today(), "", world.NOW)
    assert signed_in("tess").get(address(uid)).status_code == 200
    stan = signed_in("stan")
    for where in (address(uid), address(uid, 2), address(uuid4()), draft_of(uid)):
        assert stan.get(where).status_code == 404
    for where in (address(uid, 1, "agreement/"), address(uid, 1, "questions/"), f"{draft_of(uid)}new/"):
        assert stan.post(where, {"typed": "Stan", "text": "x"}).status_code == 404


def test_a_rep_reads_and_signs_and_the_page_says_so():
    uid, tess = published(), signed_in("tess")
    assert "One standard waits for your signature." in body(tess, LIST)
    text = body(tess, address(uid))
    for behaviour in (*packs()["rapport"].criteria[0].meets, *packs()["rapport"].criteria[0].below):
        assert behaviour in text
    assert tess.post(address(uid, 1, "agreement/"), {"typed": "tess"})["Location"] == address(uid)
    assert "You signed version 1" in body(tess, address(uid))
    assert "You have signed everything that concerns you." in body(tess, LIST)


@pytest.mark.parametrize("typed", ["Stan", "<b>Tess</b>", ""])
def test_a_wrong_name_comes_back_with_what_to_type(typed: str):
    uid = published()
    answer = signed_in("tess").post(address(uid, 1, "agreement/"), {"typed": typed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Type it as it stands: Tess." in text
    assert "<b>Tess" not in text
    assert not Agreement.objects.unscoped("test").exists()


def test_an_old_version_leads_to_the_new_one_and_is_not_signed():
    uid, tess = published(), signed_in("tess")
    second(uid)
    text = body(tess, address(uid))
    assert "Version 2 has taken its place." in text
    assert f'href="{address(uid, 2)}"' in text
    answer = tess.post(address(uid, 1, "agreement/"), {"typed": "Tess"})
    assert answer.status_code == 422
    assert "is now version 2" in answer.content.decode()


def test_a_new_version_shows_word_by_word_what_changed():
    uid = published()
    second(uid, days=5)
    text = body(signed_in("tess"), address(uid, 2))
    assert "What changed since version 1" in text
    assert "<del>every</del><ins>each</ins>" in text
    assert "Until then version 1 does." in text
    assert "What changed since" not in body(signed_in("tess"), address(uid))


def test_who_has_not_signed_is_named_for_managers_and_operators_alone():
    uid = published()
    signed_in("stan").post(address(uid, 1, "agreement/"), {"typed": "Stan"})
    assert "Signatures to come" in body(signed_in("mona"), LIST)
    named = {
        who: set(re.findall(r'translate="no">(Stan|Rami|Nina)<', body(signed_in(who), address(uid))))
        for who in ("tess", "mona", "otto", "olga")
    }
    assert named == {
        "tess": set(),
        "mona": {"Stan", "Rami"},
        "otto": {"Nina"},
        "olga": {"Stan", "Rami", "Nina"},
    }


def test_a_question_stands_open_until_it_is_answered():
    uid, tess = published(), signed_in("tess")
    tess.post(address(uid, 1, "questions/"), {"criterion": "Building rapport", "text": "Why <i>half</i>?"})
    said = Objection.objects.unscoped("test").get()
    assert "Why &lt;i&gt;half&lt;/i&gt;?" in body(tess, address(uid))
    assert "1 open question" in body(signed_in("mona"), LIST)
    assert "half" not in re.sub("more than half|half of the", "", body(signed_in("stan"), address(uid)))
    answering = address(uid, 1, f"questions/{said.uid}/answer/")
    assert "Your answer" not in body(signed_in("mona"), address(uid))
    assert signed_in("mona").post(answering, {"answer": "x"}).status_code == 404
    client = signed_in("olga")
    refused = client.post(answering, {"answer": " ", "answering": str(said.uid)})
    assert (refused.status_code, "1 to 4,000 characters" in refused.content.decode()) == (422, True)
    assert client.post(answering, {"answer": "Because they know more."})["Location"] == address(uid)
    assert "Because they know more." in body(tess, address(uid))


def test_an_empty_question_comes_back():
    answer = signed_in("tess").post(address(published(), 1, "questions/"), {"text": "w" * 4001})
    assert (answer.status_code, "this has 4,001" in answer.content.decode(), "w" * 4001 in answer.content.decode()) == (
        422, True, True,
    )  # fmt: skip


def test_a_pack_becomes_a_draft_and_then_a_version():
    client = signed_in("olga")
    where = client.post("/standards/new/", {"pack": "rapport"})["Location"]
    assert 'value="Building rapport"' in body(client, where)
    text = Version.objects.get().text
    again = client.post("/standards/new/", {"pack": "rapport"})
    assert (again.status_code, "already" in again.content.decode()) == (422, True)
    fields = {name: text[name] for name in ("name", "purpose", "what", "example")}
    rubric = text["criteria"][0]
    fields |= {f"criterion-1-{level}": "\n".join(rubric[level]) for level in ("meets", "below", "exceeds")}
    fields |= {"criterion-1-name": rubric["name"], "criterion-1-metrics": rubric["metrics"]}
    done = client.post(where, {**fields, "do": "publish", "effective": today().isoformat()})
    assert done["Location"] == address(Standard.objects.get().uid)
    assert text_of(Version.objects.get().text) == packs()["rapport"]


def test_a_draft_is_written_step_by_step_and_published():
    client = signed_in("olga")
    where = client.post("/standards/new/", {"name": "Handover"})["Location"]
    assert client.post(where, sent(do="add"))["Location"].endswith("#criterion-2")
    assert body(client, where).count('class="card criterion"') == 2
    assert client.post(where, sent(do="save"))["Location"].endswith("#saved")
    text = text_of(Version.objects.get().text)
    assert text.criteria[0].meets == ("Writes a page.", "Calls before.")
    assert text.metrics == {"won_value"}
    client.post(where, sent(do="publish", effective=today().isoformat()))
    assert Version.objects.get().number == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"criterion_1_below": ""}, "“Preparing” has no behaviour under “below” yet"),
        ({"effective": "2020-01-01"}, "1 January 2020 is over"),
        ({"effective": "soon"}, "No day reads “soon”"),
        ({"effective": ""}, "No day reads “”"),
        ({"example": " "}, "The example is not written yet"),
    ],
)
def test_what_cannot_be_published_is_kept_and_comes_back_with_every_sentence(more: dict[str, str], said: str):
    client = signed_in("olga")
    where = client.post("/standards/new/", {"name": "Handover"})["Location"]
    answer = client.post(
        where, sent(**({"do": "publish", "note": "Kept note", "effective": today().isoformat()} | more))
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "It is saved, but not published yet" in text
    assert "Kept note" in text
    assert Version.objects.get().text["what"] == "Hand over."
    assert Version.objects.get().number is None


def test_a_criterion_may_belong_to_a_metric_of_our_own():
    wording = Wording("Reach", "Calls and visits.", "See whom you reach.", "calls + visits")
    key = formulas.begin(olga(), wording.label, world.NOW)
    formulas.save_draft(olga(), key, wording)
    formulas.publish(olga(), key, today(), "", world.NOW)
    uid, client = drafting.begin(olga(), "Handover", world.NOW), signed_in("olga")
    client.post(draft_of(uid), sent(criterion_1_metrics=[key], do="save"))
    assert re.search(rf'value="{key}" checked[^>]*>\s*(<[^>]*>)?\s*Reach', body(client, draft_of(uid)))
    done = client.post(
        draft_of(uid), sent(criterion_1_metrics=[key], do="publish", effective=today().isoformat())
    )
    assert done.status_code == 302
    assert "Reach" in body(client, address(uid))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": "n" * 201}, "201 characters"),
        ({"name": ""}, "The name is empty"),
        ({"criterion_1_below": "b" * 4001}, "“Preparing” under “below” have 4,001 characters"),
        ({f"criterion_{n}_name": f"C{n}" for n in range(1, 61)}, "There are 60 criteria; keep at most 40."),
        ({"criterion_1_metrics": ["nope"]}, "No metric is called “nope”"),
        ({"criterion_2_name": "preparing"}, "Two criteria are called “Preparing”"),
    ],
)
def test_what_no_draft_may_hold_comes_back_with_the_input_kept(more: dict[str, Any], said: str):
    client = signed_in("mona")
    where = client.post("/standards/new/", {"name": "Handover"})["Location"]
    answer = client.post(where, sent(do="save", purpose="Not lost.", **more))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "Not lost." in text
    assert Version.objects.get().text["purpose"] == ""


def test_a_manager_s_draft_has_no_button_to_publish_and_a_forged_one_is_refused():
    client = signed_in("mona")
    where = client.post("/standards/new/", {"name": "Handover"})["Location"]
    assert "Save and publish" not in body(client, where)
    answer = client.post(where, sent(do="publish", effective=today().isoformat()))
    assert (answer.status_code, "Mona may not publish" in answer.content.decode()) == (422, True)
    assert "Handover" in body(signed_in("olga"), LIST)
    assert "Handover" not in body(signed_in("otto"), LIST)


def test_the_next_version_starts_from_the_latest_and_is_one():
    uid, client = published(), signed_in("mona")
    for _ in range(2):
        assert client.post(f"{draft_of(uid)}new/", {"number": "1"})["Location"] == draft_of(uid)
    assert "Building rapport" in body(client, draft_of(uid))
    refused = signed_in("otto").post(f"{draft_of(uid)}new/", {"number": "1"})
    assert (refused.status_code, "already, by Mona" in refused.content.decode()) == (422, True)
    client.post(f"{draft_of(uid)}discard/")
    assert Version.objects.count() == 1


def test_a_character_that_no_database_keeps_is_dropped():
    uid, client = published(), signed_in("olga")
    where = client.post("/standards/new/", {"name": "Hand\0over"})["Location"]
    client.post(where, sent(do="save", what="Hand\0 over.", criterion_1_meets="\0\nWrites.\0"))
    text = text_of(Version.objects.get(number=None).text)
    assert (text.what, text.criteria[0].meets) == ("Hand over.", ("Writes.",))
    signed_in("tess").post(address(uid, 1, "questions/"), {"text": "Why\0?"})
    assert Objection.objects.unscoped("test").get().text == "Why?"


@pytest.mark.parametrize(
    ("do", "names"),
    [("up-3", ["A", "C", "B"]), ("up-1", ["A", "B", "C"]), ("remove-2", ["A", "C"]), ("up-9", ["A", "B", "C"]),
     ("remove-x", ["A", "B", "C"]), ("burn-1", ["A", "B", "C"])],
)  # fmt: skip
def test_criteria_move_and_go(do: str, names: list[str]):
    from django.http import QueryDict

    form = QueryDict(mutable=True)
    form.update(
        {
            "do": do,
            "name": "X",
            "criterion-1-name": "A",
            "criterion-2-name": "B",
            "criterion-3-name": "C",
            "criterion-4-name": " ",
        }
    )
    assert [one.name for one in text_sent(form).criteria] == names


class Kept(Client):
    """Answers with a page fetched beforehand: inside the browser's loop there is another connection to the database."""

    def __init__(self, who: str, where: str) -> None:
        super().__init__()
        self.answer = signed_in(who).get(where)

    def get(self, *_: Any, **__: Any) -> Any:
        return self.answer


@pytest.mark.parametrize(
    ("who", "name"),
    [("tess", "list"), ("tess", "version"), ("olga", "list"), ("olga", "version"), ("olga", "draft")],
)
@pytest.mark.skipif(not walk.AXE.is_file(), reason="run `make assets` first")
def test_the_pages_are_reachable_by_everybody_and_fit(browser: Browser, name: str, who: str):
    uid = published()
    second(uid)
    drafting.begin_again(olga(), uid, world.NOW)
    where = {"list": LIST, "version": address(uid, 2), "draft": draft_of(uid)}[name]
    for theme in ("light", "dark"):
        with walk.page(browser, Kept(who, where), 320, 800, color_scheme=theme) as page:
            walk.opened(page, where)
            assert page.evaluate("violations") == []
            assert walk.axe(page) == []
            for width in (320, 390, 721, 901, 1024, 1440):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_a_version_prints_with_a_line_to_sign_on(browser: Browser):
    uid = published()
    with walk.page(browser, Kept("tess", address(uid))) as page:
        walk.opened(page, address(uid))
        page.emulate_media(media="print")
        assert page.locator(".signature").is_visible()
        assert not page.locator("#sign").is_visible()
        assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_reading_costs_few_questions(django_assert_max_num_queries: Any):
    uids = [published(key) for key in packs()]
    client = signed_in("olga")
    with django_assert_max_num_queries(22):
        client.get(LIST)
    with django_assert_max_num_queries(22):
        client.get(address(uids[0]))
    assert reverse("standards") == LIST


def test_a_card_cites_the_version_that_judges_its_lines():
    standard = published("negotiation")
    card = f"/reps/{world.person('Tess').uid}/scorecard/{today():%Y-%m}/"
    assert "version 1, not signed yet" in body(signed_in("tess"), card)
    signed_in("tess").post(address(standard, rest="agreement/"), {"typed": "Tess"})
    assert "version 1, signed" in body(signed_in("mona"), card)
    assert address(standard) in body(signed_in("mona"), card)
