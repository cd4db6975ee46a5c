"""The pages of the organisation's own metrics: list, builder with its preview, versions; bad input is said in sentences."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests import world
from tests.actions.told import lead
from tests.pages.reading import signed_in
from tests.web import browser as walk
from upswing.actions import formulas
from upswing.core.expressions import Wording
from upswing.goals.formulas import Formula, FormulaVersion, wording_of
from upswing.people.viewer import Viewer
from upswing.queries.viewers import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
LIST = "/setup/metrics/"
WORDS = {
    "label": "Deals per call", "help": "Deals won, per call of the period.", "purpose": "Tells what calls bring.",
    "text": "deals_won / calls", "kind": "conversion", "timing": "lagging", "better": "higher", "minimum": "10",
}  # fmt: skip


def today() -> date:
    return datetime.now(tz=world.NOW.tzinfo).date()


def olga() -> Viewer:
    return viewer_of(world.user("olga"), today())


def body(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return " ".join(answer.content.decode().split())


def begun(label: str = "Deals per call") -> str:
    return formulas.begin(olga(), label, world.NOW)


def published(label: str = "Deals per call", text: str = "deals_won / calls") -> str:
    key = begun(label)
    formulas.save_draft(olga(), key, Wording(label, "What it counts.", "How it helps.", text))
    formulas.publish(olga(), key, today(), "", world.NOW)
    return key


def kept(key: str) -> Wording:
    return wording_of(FormulaVersion.objects.get(formula__key=key, number=None).data)


def form(**more: object) -> dict[str, object]:
    return WORDS | {"effective": today().isoformat(), "note": "", "do": "save"} | more


def test_a_metric_is_written_looked_at_and_published():
    client = signed_in("olga")
    made = client.post(f"{LIST}new/", {"name": "Deals per call"})
    key = Formula.objects.get().key
    assert made["Location"] == f"{LIST}{key}/draft/"
    assert client.post(made["Location"], form(do="look")).status_code == 302
    shown = body(client, made["Location"])
    assert "deals won ÷ calls" in shown.lower()
    assert "Tess Lund" in shown or "Tess" in shown
    answer = client.post(made["Location"], form(do="publish"))
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{key}/")
    page = body(client, f"{LIST}{key}/")
    assert "Version 1, in force" in page
    assert "deals_won / calls" in body(client, LIST)
    assert f'id="{key}"' in body(client, "/metrics/")


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_the_setup_exists_for_operators_alone(who: str):
    key = published()
    client = signed_in(who)
    for where in (LIST, f"{LIST}{key}/", f"{LIST}{key}/draft/"):
        assert client.get(where).status_code == 404, where
    for where in (f"{LIST}new/", f"{LIST}{key}/archive/", f"{LIST}{key}/draft/", f"{LIST}{key}/draft/new/"):
        assert client.post(where, form()).status_code == 404, where
    assert LIST not in body(client, "/metrics/") if who != "ada" else True


def test_wrong_verbs_are_refused():
    key = published()
    client = signed_in("olga")
    for where in (
        f"{LIST}new/",
        f"{LIST}{key}/archive/",
        f"{LIST}{key}/draft/new/",
        f"{LIST}{key}/draft/discard/",
    ):
        assert client.get(where).status_code == 405, where
    assert client.put(f"{LIST}{key}/draft/").status_code == 405


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("deals_won / 0", "it divides by 0"),
        ("deals_won / (calls - calls)", "always 0, and nothing is divided by 0"),
        ("our_deals_per_call * 2", "names itself"),
        ("cals", "Did you mean “calls”?"),
        ("calls + won_value", "one cannot be added to the other"),
        ("calls[stage=Demo]", "cannot be told apart by stage"),
        ("calls[chanel=x]", "Did you mean “channel”?"),
        ("calls +", "Something is missing at the end"),
        ("<script>alert(1)</script>", "cannot be read"),
        ("calls; DROP TABLE goals_formula", "cannot be read"),
        ("(" * 40 + "calls" + ")" * 40, "brackets stand within each other"),
        ("", "The expression is empty"),
    ],
)
def test_bad_expressions_are_kept_said_in_a_sentence_and_never_published(text: str, said: str):
    key = begun()
    client = signed_in("olga")
    answer = client.post(f"{LIST}{key}/draft/", form(text=text, do="publish"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "It is saved, but not published yet" in page
    assert kept(key).text == text
    assert "<script>alert" not in page


def test_what_cannot_be_read_of_the_form_comes_back_as_it_was_typed():
    key = begun()
    client = signed_in("olga")
    answer = client.post(f"{LIST}{key}/draft/", form(minimum="many", purpose="Kept words"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“many” is no whole number" in page
    assert 'value="many"' in page
    assert "Kept words" in page
    assert client.post(f"{LIST}{key}/draft/", form(minimum="", text='calls[source="\0"]')).status_code == 422
    late = client.post(f"{LIST}{key}/draft/", form(do="publish", effective="soon"))
    assert "No day reads “soon”" in late.content.decode()
    assert client.post(f"{LIST}new/", {"name": "  "}).status_code == 422


def test_buttons_put_pieces_at_the_end_without_any_script():
    key = begun()
    client, where = signed_in("olga"), f"{LIST}{key}/draft/"
    text = ""
    for piece in ("(", "calls", "visits", ")", "/", "deals_won", "[source=fair]", "[product=Basic]"):
        client.post(where, form(text=text, do=f"put:{piece}"))
        text = kept(key).text
    assert text == "(calls + visits) / deals_won[source=fair, product=Basic]"


def test_a_word_that_no_record_has_is_told_with_the_last_day_it_had():
    world.bring(lead("L1", "Tess", "2024-10-02 09:00", source="Fair"))
    key = published("From fairs", 'leads_created[source=Fair] + leads_created[source="Far"]')
    for where in (LIST, f"{LIST}{key}/"):
        page = body(signed_in("olga"), where)
        assert "“Fair” is no source any more" in page
        assert "One record was ever of it, the last on 2 Oct 2024" in page
        assert "No record was ever of the source “Far”" in page
        assert "Did you mean “Fair”?" in page


def test_versions_stand_beside_what_they_change():
    key = published()
    client = signed_in("olga")
    client.post(f"{LIST}{key}/draft/new/")
    client.post(
        f"{LIST}{key}/draft/",
        form(text="deals_won / (calls + visits)", do="publish", note="Visits count too."),
    )
    page = body(client, f"{LIST}{key}/")
    assert "<del>deals_won / calls</del>" in page
    assert "<ins>deals_won / (calls + visits)</ins>" in page
    assert "Visits count too." in page


def test_an_archived_metric_is_offered_no_more_and_can_come_back():
    key = published()
    client = signed_in("olga")
    client.post(f"{LIST}{key}/archive/")
    assert f'id="{key}"' not in body(client, "/metrics/")
    assert "archived" in body(client, LIST)
    client.post(f"{LIST}{key}/restore/")
    assert f'id="{key}"' in body(client, "/metrics/")


def test_its_number_opens_to_its_records_at_the_address_of_every_metric():
    key = published("Wins and losses", "deals_won + deals_lost")
    tess = world.person("tess").uid
    page = body(signed_in("tess"), f"/reps/{tess}/metrics/{key}/2026-10/")
    assert "Wins and losses" in page
    assert all(name in page for name in ("T1", "T2", "T3"))
    assert "T4" not in page
    gone = signed_in("tess").get(f"/reps/{tess}/metrics/our_{quote('wins')}/2026-10/")
    assert gone.status_code == 404


def test_the_builder_of_cards_offers_it_and_the_card_shows_it():
    from upswing.actions import cards
    from upswing.queries.card_drafts import draft

    key = published("Wins and losses", "deals_won + deals_lost")
    uid = cards.begin(olga(), "Few", world.NOW)
    client = signed_in("olga")
    page = body(client, f"/setup/cards/{uid}/draft/")
    assert f"add:{key}" in page
    lines = ["deals_created", "open_value", key]
    sent = {
        "name": "Few",
        "lines": lines,
        "support": "80",
        "outstanding": "120",
        "period": "month",
        "do": "save",
    }
    assert client.post(f"/setup/cards/{uid}/draft/", sent).status_code == 302
    read = [each.key for each in draft(olga(), uid).cautions]
    cards.publish(olga(), uid, today(), "", read, world.NOW)
    tess = world.person("tess").uid
    assert "Wins and losses" in body(signed_in("tess"), f"/reps/{tess}/scorecard/{today():%Y-%m}/")
    assert "Few" in body(client, f"{LIST}{key}/")


def test_reading_costs_few_questions_however_many_metrics_there_are(django_assert_max_num_queries: Any):
    keys = [published(f"Metric {number}", "deals_won / calls") for number in range(5)]
    formulas.begin_again(olga(), keys[0], world.NOW)
    client = signed_in("olga")
    for where, most in ((LIST, 18), (f"{LIST}{keys[0]}/", 24), (f"{LIST}{keys[0]}/draft/", 34)):
        with django_assert_max_num_queries(most):
            client.get(where)


class Kept(Client):
    """Answers with a page fetched beforehand: inside the browser's loop there is another connection to the database."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.answer = signed_in("olga").get(where)

    def get(self, *_: Any, **__: Any) -> Any:
        return self.answer


@pytest.mark.parametrize("name", ["list", "metric", "draft"])
@pytest.mark.skipif(not walk.AXE.is_file(), reason="run `make assets` first")
def test_the_pages_are_reachable_by_everybody_and_fit(browser: Browser, name: str):
    key = published("From fairs", "deals_won[source=Fair] / calls")
    formulas.begin_again(olga(), key, world.NOW)
    formulas.save_draft(olga(), key, Wording("From fairs", text="deals_won / (calls + visits)"))
    where = {"list": LIST, "metric": f"{LIST}{key}/", "draft": f"{LIST}{key}/draft/"}[name]
    for theme in ("light", "dark"):
        with walk.page(browser, Kept(where), 320, 800, color_scheme=theme) as page:
            walk.opened(page, where)
            assert page.evaluate("violations") == []
            assert walk.axe(page) == []
            for width in (320, 390, 721, 901, 1024, 1440):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, width
