"""Feeds for spreadsheets: an address with a token, what its owner may see now, dead when it should be."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from tests import world
from tests.api.calling import Program, expired, token, told
from tests.api.given import now
from tests.web import browser as walk
from tests.world import person
from upswing.actions.tokens import revoke_token
from upswing.core.people import AccessRole
from upswing.core.period import month_of
from upswing.exports.rows import cards_csv
from upswing.people.models import Look, Person, Team, Token, User
from upswing.people.tokens import Scope
from upswing.queries.scorecard import scorecard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

NEW = "/access/feeds/new/"


def feed(who: str = "mona") -> str:
    return token(who, [Scope.FEED])


def read(written: str, file: str = "team.csv", **query: object) -> tuple[int, str]:
    answer = Client().get(f"/feed/{written}/{file}", {"period": "2026-10"} | query)
    return answer.status_code, answer.content.decode()


def rows(written: str, file: str = "team.csv", **query: object) -> list[dict[str, str]]:
    status, text = read(written, file, **query)
    assert status == 200, text
    return list(csv.DictReader(io.StringIO(text)))


def reps(written: str, **query: object) -> set[str]:
    return {row["rep"] for row in rows(written, **query)}


def test_a_spreadsheet_reads_the_figures_of_whom_its_owner_leads():
    found = rows(feed())
    assert {"Rami", "Stan", "Tess"} <= {row["rep"] for row in found}
    assert "Nina" not in {row["rep"] for row in found}
    (won,) = (row for row in found if (row["rep"], row["metric"]) == ("Tess", "won_value"))
    assert (won["actual"], won["currency"], won["target"], won["period"]) == (
        "20000.00",
        "EUR",
        "20000.00",
        "2026-10",
    )
    assert date.fromisoformat(won["at"]) == now().date()
    assert (won["rep_id"], won["reached"]) == (str(person("Tess").uid), "1")


def test_it_is_plain_text_that_no_cache_keeps():
    answer = Client().get(f"/feed/{feed()}/team.csv")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/csv; charset=utf-8", "no-store")
    header = answer.content.decode().splitlines()[0].split(",")
    assert (header[0], header[5], header[9], header[10]) == ("rep", "metric", "actual", "target")
    assert "Set-Cookie" not in answer
    assert Client().post(f"/feed/{feed()}/team.csv").status_code == 405


def test_one_team_is_asked_for_by_its_id_or_its_name():
    team = Team.objects.get(name__contains="Mona")
    everybody = reps(feed("olga"))
    assert reps(feed("olga"), team=team.uid) == reps(feed("olga"), team=team.name) == reps(feed())
    assert "Nina" in everybody
    other = Team.objects.get(name__contains="Otto")
    for missing in (other.uid, other.name, uuid4(), "Nobody’s", "x" * 500):
        assert read(feed(), team=missing) == (404, "Not found.\n")


def test_periods_move_with_the_day():
    this, last = month_of(now().date()), month_of(now().date()).previous()
    for words, slug in (("this-month", this.slug), ("last-month", last.slug)):
        assert {row["period"] for row in rows(feed(), period=words)} == {slug}
    status, text = read(feed(), period="2026-Q5")
    assert (status, "No period reads “2026-Q5”" in text) == (422, True)


def test_a_rep_reads_their_own_and_nobody_else_s():
    mine = feed("tess")
    assert {row["rep"] for row in rows(mine, "scorecard.csv")} == {"Tess"}
    assert read(mine)[0] == 404
    assert read(mine, "scorecard.csv", rep=person("Stan").uid)[0] == 404
    assert {row["rep"] for row in rows(feed(), "scorecard.csv", rep=person("Stan").uid)} == {"Stan"}
    for nobody in ("Stan", "", uuid4()):
        assert read(feed("olga"), "scorecard.csv", rep=nobody)[0] == 404


@pytest.mark.parametrize("wrong", ["nonsense", "upw_" + "a" * 10 + "_" + "b" * 40, "%00", "é", " "])
def test_a_token_that_is_none_is_answered_without_a_hint(wrong: str):
    mark = feed().rpartition("_")[0]
    known = read(f"{mark}_{'x' * 40}", period="nonsense")
    assert known == (404, "Not found.\n")
    assert read(wrong, period="nonsense") == known


def test_revoked_expired_or_without_its_owner_it_is_dead():
    written, user = feed(), world.user("mona")
    assert read(written)[0] == 200
    revoke_token(world.viewer("mona"), user.pk, Token.objects.get().uid, now())
    assert read(written) == (404, "Not found.\n")
    other = feed()
    user.is_active = False
    user.save()
    assert read(other) == (404, "Not found.\n")
    assert read(expired("olga")) == (404, "Not found.\n")


@pytest.mark.parametrize("scope", [Scope.READ, Scope.WRITE_RECORDS])
def test_other_tokens_are_no_feeds_and_a_feed_opens_no_api(scope: Scope):
    assert read(token("olga", [scope]))[0] == 404
    assert Program(feed("olga")).get("scorecards").status_code == 403
    with pytest.raises(PermissionError, match="for that feed alone"):
        token("olga", [Scope.FEED, scope])


def now_is(role: AccessRole) -> None:
    User.objects.filter(pk=world.user("mona").pk).update(role=role.value)


def test_it_shows_no_more_than_its_owner_may_see_at_the_moment():
    written = feed()
    assert "Tess" in reps(written)
    now_is(AccessRole.REP)
    assert read(written)[0] == 404
    now_is(AccessRole.REVENUE_OPERATIONS)
    assert "Nina" in reps(written)


def test_whoever_is_in_it_sees_that_its_owner_looked():
    written = feed()
    for _ in range(2):
        read(written)
    looks = told("tess", f"people/{person('Tess').uid}/looks")["looks"]
    assert [(look["by"], look["what"], look["via"]) for look in looks] == [("Mona", "team", "feed")]
    browser = Client()
    browser.force_login(world.user("tess"))
    assert "by a spreadsheet" in browser.get(f"/reps/{person('Tess').uid}/views/").content.decode()
    assert not Look.objects.unscoped("test").filter(person=person("Nina")).exists()


def test_its_use_is_noted():
    written = feed()
    read(written)
    used = Token.objects.get().used
    assert used
    assert now() - used < timedelta(minutes=1)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_name_is_a_formula(name: str):
    Person.objects.unscoped("test").filter(key="tess").update(name=name)
    assert f"'{name}" in reps(feed())


def test_no_label_of_an_own_metric_is_a_formula():
    card = scorecard(world.operator(), person("Tess").uid, month_of(world.TODAY), world.TODAY)
    line = replace(card.lines[0], metric=replace(card.lines[0].metric, label="=1+1"))
    (row,) = csv.DictReader(
        io.StringIO(cards_csv([replace(card, lines=(line,))], "EUR", mark=False).decode())
    )
    assert row["label"] == "'=1+1"


# The page that makes one


def signed_in(who: str) -> Client:
    cache.clear()
    client = Client()
    client.force_login(world.user(who))
    client.post(reverse("account_reauthenticate"), {"password": world.PASSWORD})
    return client


def made(who: str, **more: object) -> tuple[int, str]:
    client = signed_in(who)
    given = re.search(r'name="id" value="([^"]+)"', client.get(NEW).content.decode())
    assert given
    answer = client.post(NEW, {"id": given.group(1), "name": "Board sheet", "days": "30"} | more)
    return answer.status_code, html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("who", "files"),
    [("tess", ["scorecard.csv"]), ("mona", ["team.csv"]), ("olga", ["team.csv"]), ("ada", ["team.csv"])],
)
def test_a_feed_is_made_once_as_the_formula_that_reads_it(who: str, files: list[str]):
    status, page = made(who)
    formulas = re.findall(r'=IMPORTDATA\("([^"]+)"\)', page)
    assert (status, [urlsplit(each).path.rpartition("/")[2] for each in formulas]) == (200, files)
    for address in formulas:
        assert Client().get(address.removeprefix("http://testserver")).status_code == 200
    listed = signed_in(who).get("/access/").content.decode()
    secret = formulas[0].split("/feed/")[1].split("/")[0]
    assert ("Board sheet" in listed, "Spreadsheet feed" in listed, secret in listed) == (True, True, False)


def test_a_feed_is_for_nothing_else_and_the_form_comes_back_filled_in():
    made("olga", scopes=["read", "records:write"])
    assert Token.objects.get().scopes == "feed"
    status, page = made("olga", name="kept", days="999")
    assert (status, "1 to 365 days" in page, 'value="kept"' in page) == (422, True, True)
    assert 'value="feed"' not in signed_in("olga").get("/access/tokens/new/").content.decode()


def test_the_password_is_asked_for_once_more():
    client = Client()
    assert client.get(NEW)["Location"].startswith("/accounts/login/")
    client.force_login(world.user("tess"))
    for answer in (client.get(NEW), client.post(NEW, {"name": "x", "days": "1"})):
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not Token.objects.exists()


class Kept(Client):
    """Answers with a page fetched beforehand: inside the browser's loop there is another connection to the database."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer

    def get(self, *_: Any, **__: Any) -> Any:
        return self.answer


@pytest.mark.parametrize("name", ["access", "new", "made"])
@pytest.mark.skipif(not walk.AXE.is_file(), reason="run `make assets` first")
def test_the_pages_can_be_read_by_everybody_and_fit(browser: Browser, name: str):
    feed("mona")
    client = signed_in("mona")
    answer = {
        "access": lambda: client.get("/access/"),
        "new": lambda: client.get(NEW),
        "made": lambda: client.post(NEW, {"id": uuid4(), "name": "Board sheet", "days": "30"}),
    }[name]()
    for theme in ("light", "dark"):
        with walk.page(browser, Kept(answer), 320, 800, color_scheme=theme) as page:
            walk.opened(page, NEW)
            assert page.evaluate("violations") == []
            assert walk.axe(page) == []
            for width in (320, 721, 1440):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, width
