"""The pages of the stages: everybody reads the rules, operators write them without a script, refusals are sentences."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests import world
from tests.pages.reading import signed_in
from tests.web import browser as walk
from upswing.actions import pipelines as actions
from upswing.actions import stages
from upswing.core.pipelines import Criterion, Early, Policy, Proof, Stage
from upswing.goals.pipelines import PipelineSetup, PipelineVersion, pipeline_of
from upswing.people.viewer import Viewer
from upswing.queries.pipeline_setup import draft
from upswing.queries.pipelines import issued
from upswing.queries.viewers import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
LIST, RULES = "/setup/stages/", "/stages/"
STAGE = {
    "name": "Offer in hand", "buyer": "The buyer holds an offer.", "evidence": ["The offer as sent", ""],
    "proof": ["document", ""], "criterion": ["", ""], "weight": "50", "days": "34", "policy": "back_1",
    "words": "Quote\nProposal", "do": "save",
}  # fmt: skip


def today() -> date:
    """The pages read the clock; what is published for them has to hold on their day."""
    return datetime.now(tz=world.NOW.tzinfo).date()


def olga() -> Viewer:
    return viewer_of(world.user("olga"), today())


def body(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return " ".join(answer.content.decode().split())


def words(answer: Any) -> str:
    """What a person reads of an answer."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def published(effective: date | None = None) -> UUID:
    uid = actions.take_starter(olga(), world.NOW)
    actions.publish(olga(), uid, effective or today(), "", world.NOW)
    return uid


def drafted() -> UUID:
    uid = published()
    actions.begin_again(olga(), uid, world.NOW)
    return uid


def rules(**more: object) -> dict[str, object]:
    return {
        "name": "Deals", "early": "reason", "grace": "5", "effective": today().isoformat(), "note": "As agreed.",
        "do": "save",
    } | more  # fmt: skip


def kept(uid: UUID) -> tuple[Stage, ...]:
    return draft(olga(), uid).pipeline.stages


def test_a_pipeline_is_begun_written_and_published_with_forms_alone():
    client = signed_in("olga")
    where = client.post(f"{LIST}new/", {"name": "Sales"})["Location"]
    assert where == f"{LIST}{PipelineSetup.objects.get().uid}/draft/"
    assert "No stage yet. Add the first step that the buyer takes." in body(client, where)
    first = {
        **STAGE, "name": "Need agreed", "words": "", "weight": "20", "policy": "", "days": "", "qualifies": "1",
    }  # fmt: skip
    answer = client.post(f"{where}stages/", first)
    assert (answer.status_code, answer["Location"]) == (302, f"{where}#stage-need-agreed")
    assert client.post(f"{where}stages/", {**STAGE, "proposes": "1"}).status_code == 302
    need, offer = kept(PipelineSetup.objects.get().uid)
    assert (need.qualifies, need.weight, need.days, need.policy) == (True, Fraction(1, 5), None, None)
    assert offer == Stage(
        "offer-in-hand", "Offer in hand", "The buyer holds an offer.",
        (Criterion("offer-in-hand-1", "The offer as sent", Proof.DOCUMENT),), Fraction(1, 2), 34, Policy.BACK_1,
        ("Quote", "Proposal"), proposes=True,
    )  # fmt: skip
    answer = client.post(where, rules(name="Sales", do="publish", note=""))
    assert (answer.status_code, answer["Location"]) == (302, where.removesuffix("draft/"))
    page = body(client, answer["Location"])
    assert "Version 1, in force" in page
    assert "50%" in page
    assert "34 days" in page
    assert "also called Quote, Proposal" in page


def test_everybody_reads_what_each_stage_asks():
    published()
    for who in ("tess", "mona", "otto", "ada", "olga"):
        page = body(signed_in(who), RULES)
        assert "The buyer takes 4 steps." in page, who
        assert "The day on which they will answer" in page
        assert "A proposal before qualification needs a reason." in page
        assert "left alone for 5 working days" in page
        assert (LIST in page) == (who == "olga")
        assert "open deal" not in page


def test_without_a_sign_in_there_is_nothing_to_read():
    published()
    for where in (RULES, LIST):
        assert Client().get(where)["Location"].startswith("/accounts/login/")


def test_before_anything_is_written_the_names_of_the_sources_are_shown():
    page = body(signed_in("tess"), RULES)
    assert "No stages are written yet." in page
    assert "Open" in page
    assert "With the stages of your deals" in body(signed_in("olga"), LIST)


def test_a_version_to_come_is_told_to_everybody():
    published(today() + timedelta(days=9))
    page = body(signed_in("tess"), RULES)
    assert "No stages are written yet." in page
    assert "To come: Deals" in page
    assert "Terms settled" in page


def test_what_a_version_to_come_changes_is_told_in_sentences():
    uid = drafted()
    stages.settle_rules(olga(), uid, "Deals", Early.REFUSE, 5)
    actions.publish(olga(), uid, today() + timedelta(days=9), "Stricter.", world.NOW)
    page = body(signed_in("tess"), RULES)
    assert "To come: Deals" in page
    assert "A proposal before qualification is refused." in page
    assert "A proposal before qualification needs a reason." in page


def test_an_earlier_day_is_read_as_it_was():
    uid = drafted()
    stages.settle_rules(olga(), uid, "Deals", Early.REFUSE, 5)
    actions.publish(olga(), uid, today(), "Stricter.", world.NOW)
    PipelineVersion.objects.filter(number=1).update(effective=today() - timedelta(days=30))
    client = signed_in("tess")
    assert "A proposal before qualification is refused." in body(client, RULES)
    before = body(client, f"{RULES}?at={today() - timedelta(days=1)}")
    assert "as of" in before
    assert "version 1, since" in before
    assert client.get(f"{RULES}?at=soon").status_code == 404


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_the_setup_exists_for_operators_alone(who: str):
    uid = drafted()
    client = signed_in(who)
    below = f"{LIST}{uid}/"
    for where in (
        LIST,
        below,
        f"{below}draft/",
        f"{below}draft/stages/",
        f"{below}draft/stages/need-agreed/",
    ):
        assert client.get(where).status_code == 404, where
    for where in (
        f"{LIST}new/", f"{LIST}names/", f"{below}draft/", f"{below}draft/new/", f"{below}draft/discard/",
        f"{below}draft/stages/", f"{below}draft/stages/need-agreed/",
    ):  # fmt: skip
        assert client.post(where, rules() | STAGE).status_code == 404, where
    assert len(issued()[uid]) == 1
    assert PipelineVersion.objects.filter(number=None).count() == 1


def test_what_is_not_there_answers_so():
    uid, client = drafted(), signed_in("olga")
    for where in (f"{LIST}{uuid4()}/", f"{LIST}{uuid4()}/draft/", f"{LIST}{uid}/draft/stages/nothing/"):
        assert client.get(where).status_code == 404, where
    assert client.post(f"{LIST}{uid}/draft/stages/nothing/", STAGE).status_code == 404
    assert client.post(f"{LIST}{uid}/draft/", rules(do="remove:nothing")).status_code == 404


def test_wrong_verbs_are_refused():
    uid, client = drafted(), signed_in("olga")
    for where in (f"{LIST}new/", f"{LIST}names/", f"{LIST}{uid}/draft/new/", f"{LIST}{uid}/draft/discard/"):
        assert client.get(where).status_code == 405, where
    for where in (RULES, LIST, f"{LIST}{uid}/"):
        assert client.post(where).status_code == 405, where
    assert client.put(f"{LIST}{uid}/draft/").status_code == 405


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"buyer": ""}, "does not say what the buyer has done"),
        ({"evidence": [""], "proof": [""]}, "has no evidence"),
        ({"proof": [""]}, "is shown by nothing"),
        ({"proof": ["feeling"]}, "is shown by nothing"),
        ({"name": ""}, "A stage has no name"),
        ({"weight": "most"}, "“most” is no percentage"),
        ({"weight": "120"}, "counts 120 %"),
        ({"days": "a month"}, "“a month” is no number of days"),
        ({"days": "0"}, "may last 0 days"),
        ({"words": "need AGREED"}, "is “Need agreed” already"),
        ({"name": "<script>alert(1)</script>", "buyer": ""}, "does not say what the buyer has done"),
    ],
)
def test_a_stage_that_cannot_be_kept_comes_back_as_it_was_typed(typed: dict[str, Any], said: str):
    uid, client = drafted(), signed_in("olga")
    before = kept(uid)
    answer = client.post(f"{LIST}{uid}/draft/stages/offer-in-hand/", {**STAGE, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in words(answer)
    assert "It is not saved yet; all you wrote is below" in page
    assert "<script>alert" not in page
    for name in ("name", "weight", "days"):
        if "<" not in str(typed.get(name, "")):
            assert f'value="{typed.get(name, STAGE[name])}"' in page
    assert kept(uid) == before


def test_a_stage_is_written_anew_row_by_row():
    uid, client = drafted(), signed_in("olga")
    where = f"{LIST}{uid}/draft/stages/offer-in-hand/"
    first, *_ = next(each for each in kept(uid) if each.key == "offer-in-hand").criteria
    sent = {
        **STAGE, "evidence": [first.text, "", "Who signs"], "proof": [first.proof, "date", "person"],
        "criterion": [first.key, "offer-in-hand-2", ""], "weight": "", "days": "", "policy": "", "more": ["Open"],
        "do": "more",
    }  # fmt: skip
    assert client.post(where, sent)["Location"] == f"{where}#evidence"
    stage = next(each for each in kept(uid) if each.key == "offer-in-hand")
    assert [each.text for each in stage.criteria] == [first.text, "Who signs"]
    assert stage.criteria[0] == first
    assert stage.words == ("Quote", "Proposal", "Open")
    assert (stage.weight, stage.days, stage.policy, stage.proposes) == (None, None, None, False)


def test_what_no_database_keeps_is_left_out():
    uid, client = drafted(), signed_in("olga")
    typed = {**STAGE, "name": "Off\0er", "criterion": ["\0", ""], "words": "Qu\0ote", "more": ["\0"]}
    assert client.post(f"{LIST}{uid}/draft/stages/offer-in-hand/", typed).status_code == 302
    stage = kept(uid)[2]
    assert (stage.name, stage.words) == ("Offer", ("Quote",))
    assert "\0" not in stage.criteria[0].key
    home = {"text": ["O\0pen", "\0"], "home": [f"{uid}:need-agreed", f"{uid}:need-agreed"]}
    assert client.post(f"{LIST}names/", home).status_code == 302
    assert issued()[uid][-1].pipeline.stages[0].words == ("Open",)
    assert (
        client.post(f"{LIST}{uid}/draft/", rules(text=["\0Quiet"], home=["need-agreed"])).status_code == 302
    )
    assert kept(uid)[0].words == ("Open", "Quiet")


def test_stages_are_moved_and_taken_off_by_buttons():
    uid, client = drafted(), signed_in("olga")
    where = f"{LIST}{uid}/draft/"
    assert client.post(where, rules(do="up:solution-seen"))["Location"] == f"{where}#stages"
    assert [each.key for each in kept(uid)][:2] == ["solution-seen", "need-agreed"]
    client.post(where, rules(do="down:solution-seen", name="Our deals", early="refuse", grace="3"))
    assert [each.key for each in kept(uid)][:2] == ["need-agreed", "solution-seen"]
    client.post(where, rules(do="remove:terms-settled", name="Our deals", early="", grace="3"))
    found = draft(olga(), uid).pipeline
    assert (len(found.stages), found.name, found.early, found.grace) == (3, "Our deals", None, 3)


def test_a_stage_with_open_deals_is_refused_with_the_way_out():
    uid, client = drafted(), signed_in("olga")
    stages.name_again(olga(), uid, "solution-seen", "Open")
    where = f"{LIST}{uid}/draft/"
    answer = client.post(where, rules(do="remove:solution-seen"))
    assert answer.status_code == 422
    assert "3 open deals stand in “Solution seen”. Choose the stage that they belong to" in words(answer)
    assert 'value="need-agreed"' in answer.content.decode()
    assert client.post(where, rules(do="remove:solution-seen", heir="need-agreed")).status_code == 302
    assert kept(uid)[0].words == ("Solution seen", "Open")


def test_names_of_open_deals_are_kept_in_the_draft():
    uid, client = drafted(), signed_in("olga")
    where = f"{LIST}{uid}/draft/"
    assert "Names that no stage of the draft knows" in body(client, where)
    client.post(where, rules(do="names", text=["Open", "Other"], home=["need-agreed", ""]))
    assert kept(uid)[0].words == ("Open",)
    assert "Names that no stage of the draft knows" not in body(client, where)


def test_names_that_no_stage_knows_are_given_one_on_the_list():
    uid, client = published(), signed_in("olga")
    page = body(client, LIST)
    assert "One stage of open deals is unknown here." in page
    assert "3 open deals, €40K" in page
    refused = client.post(f"{LIST}names/", {"text": ["Open"], "home": [""]})
    assert refused.status_code == 422
    assert "No stage was chosen." in words(refused)
    assert (
        client.post(f"{LIST}names/", {"text": ["Open"], "home": [f"{uid}:need-agreed"]})["Location"] == LIST
    )
    assert "Every open deal is in a stage that is known here." in body(client, LIST)
    assert "“Need agreed” is also called “Open”." in body(client, f"{LIST}{uid}/")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"grace": "soon"}, "“soon” is no number of working days"),
        ({"grace": "61"}, "A grace of 61 working days: write 0 to 60"),
        ({"grace": ""}, "is no number of working days"),
        ({"name": ""}, "Give the pipeline a name"),
        ({"do": "publish", "effective": "soon"}, "No day reads “soon”"),
        ({"do": "publish", "effective": "2020-01-01"}, "is over, and what counted then stays"),
        ({"do": "publish", "note": ""}, "Nothing has changed since version 1"),
    ],
)
def test_what_cannot_be_published_is_said_in_sentences(typed: dict[str, str], said: str):
    uid, client = drafted(), signed_in("olga")
    answer = client.post(f"{LIST}{uid}/draft/", rules(**typed))
    assert answer.status_code == 422
    assert said in words(answer)
    assert len(issued()[uid]) == 1


def test_a_pipeline_without_a_name_is_not_begun():
    client = signed_in("olga")
    answer = client.post(f"{LIST}new/", {"name": " "})
    assert answer.status_code == 422
    assert "Give the pipeline a name of 1 to 100 characters" in words(answer)
    assert client.post(f"{LIST}new/", {"start": "seen"}).status_code == 302
    assert client.post(f"{LIST}new/", {"start": "starter"}).status_code == 302
    assert [pipeline_of(row.data).stages[0].name for row in PipelineVersion.objects.order_by("id")][
        1
    ] == "Need agreed"


def test_a_draft_is_thrown_away():
    uid, client = drafted(), signed_in("olga")
    assert "Go on with the draft" in body(client, f"{LIST}{uid}/")
    assert client.post(f"{LIST}{uid}/draft/discard/")["Location"] == LIST
    assert "Write the next version" in body(client, f"{LIST}{uid}/")
    assert client.post(f"{LIST}{uid}/draft/new/")["Location"] == f"{LIST}{uid}/draft/"


def test_the_way_to_the_rules_is_on_the_page_of_the_standards_and_in_the_setup():
    assert f'href="{RULES}"' in body(signed_in("tess"), "/standards/")
    assert f'href="{RULES}"' in body(signed_in("tess"), "/setup/cards/")
    assert f'href="{LIST}"' in body(signed_in("olga"), "/setup/cards/")
    assert LIST not in body(signed_in("mona"), "/setup/cards/")


def test_reading_costs_few_questions_however_many_pipelines_there_are(django_assert_max_num_queries: Any):
    uid = drafted()
    for number in range(5):
        other = actions.begin(olga(), f"Pipeline {number}", world.NOW)
        stages.save_stage(
            olga(), other,
            Stage("", f"Step {number}", "The buyer has moved.", (Criterion("", "The day", Proof.DATE),)),
        )  # fmt: skip
        actions.publish(olga(), other, today(), "", world.NOW)
    client = signed_in("olga")
    for where, most in ((RULES, 14), (LIST, 18), (f"{LIST}{uid}/", 18), (f"{LIST}{uid}/draft/", 18)):
        with django_assert_max_num_queries(most):
            client.get(where)


class Kept(Client):
    """Answers with a page fetched beforehand: inside the browser's loop there is another connection to the database."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.answer = signed_in("olga").get(where)

    def get(self, *_: Any, **__: Any) -> Any:
        return self.answer


@pytest.mark.parametrize("name", ["rules", "list", "pipeline", "draft", "stage", "empty"])
@pytest.mark.skipif(not walk.AXE.is_file(), reason="run `make assets` first")
def test_the_pages_are_reachable_by_everybody_and_fit(browser: Browser, name: str):
    uid = uuid4() if name == "empty" else drafted()
    where = {
        "rules": RULES, "list": LIST, "empty": LIST, "pipeline": f"{LIST}{uid}/", "draft": f"{LIST}{uid}/draft/",
        "stage": f"{LIST}{uid}/draft/stages/{'a' * 60}/",
    }[name]  # fmt: skip
    if name != "empty":
        need = kept(uid)[0]
        long = Stage("", "A" * 90, need.buyer, need.criteria, Fraction(1, 8), 3_000, Policy.DROP)
        stages.save_stage(olga(), uid, long)
        actions.publish(olga(), uid, today(), "One more.", world.NOW)
        actions.begin_again(olga(), uid, world.NOW)
    for theme in ("light", "dark"):
        with walk.page(browser, Kept(where), 320, 800, color_scheme=theme) as page:
            walk.opened(page, where)
            assert page.evaluate("violations") == []
            assert walk.axe(page) == []
            for width in (320, 390, 721, 901, 1024, 1440):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, width
