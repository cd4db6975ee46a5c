"""Every page works, refuses the wrong verb, hides from strangers, and asks for a sign-in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests import world
from upswing.people.models import Organisation
from upswing.web.shared import format as fmt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

AT = "?at=2026-10-15"
SEES_TESS = {"tess", "mona", "olga"}
EVERYBODY = ("tess", "stan", "mona", "otto", "olga", "ada")


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(world.user(who))
    return client


def about(rep: object) -> dict[str, str]:
    return {
        "scorecard": f"/reps/{rep}/scorecard/2026-10/{AT}",
        "metric": f"/reps/{rep}/metrics/won_value/2026-10/{AT}",
    }


def tess() -> dict[str, str]:
    return about(world.person("Tess").uid)


@pytest.mark.parametrize("page", ["scorecard", "metric"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_page_about_tess_opens_for_whoever_may_see_her_and_is_missing_for_others(page: str, who: str):
    answer = signed_in(who).get(tess()[page])
    assert answer.status_code == (200 if who in SEES_TESS else 404)
    assert ("Tess" in answer.content.decode()) == (who in SEES_TESS)


@pytest.mark.parametrize("page", ["scorecard", "metric"])
def test_hidden_and_missing_pages_look_alike(page: str):
    def body(address: str) -> str:
        text = signed_in("otto").get(address).content.decode()
        return re.sub(r'content="[A-Za-z0-9]{64}"|value="[A-Za-z0-9]{64}"|[0-9a-f-]{36}', "", text)

    assert body(tess()[page]) == body(about(uuid4())[page])


@pytest.mark.parametrize("page", ["scorecard", "metric"])
def test_a_page_only_reads(page: str):
    for verb in ("post", "put", "delete"):
        assert getattr(signed_in("tess"), verb)(tess()[page]).status_code == 405


@pytest.mark.parametrize("page", ["scorecard", "metric"])
def test_without_a_sign_in_a_page_asks_for_it_and_comes_back(page: str):
    answer = Client().get(tess()[page])
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/reps/")


def test_the_card_says_the_numbers_of_the_book():
    text = signed_in("tess").get(tess()["scorecard"]).content.decode()
    assert "€20,000" in text
    assert "data-headline" in text
    assert "Outstanding" not in re.findall(r'class="chip[^"]*"[^>]*>.*?</', text) or "Too early" in text


def test_the_manager_s_page_of_a_rep_is_the_rep_s_own_page():
    def main(who: str) -> str:
        text = signed_in(who).get(tess()["scorecard"]).content.decode()
        return re.sub(r"\s+", " ", re.search(r"<table.*</table>", text, re.DOTALL).group())  # type: ignore[union-attr]

    assert main("tess") == main("mona")


def test_the_board_lists_by_name_whom_the_viewer_may_see():
    text = signed_in("mona").get(f"/teams/all/2026-10/{AT}").content.decode()
    main = text[text.index("<main") :]
    assert main.index("Rami") < main.index("Stan") < main.index("Tess")
    assert "Nina" not in text


def test_a_team_the_viewer_may_not_see_is_missing():
    from upswing.people.models import Team

    uid = Team.objects.get(name="Team Mona").uid
    assert signed_in("mona").get(f"/teams/{uid}/2026-10/{AT}").status_code == 200
    assert signed_in("otto").get(f"/teams/{uid}/2026-10/{AT}").status_code == 404


def test_home_leads_reps_to_their_card_and_managers_to_the_team():
    assert f"/reps/{world.person('Tess').uid}/scorecard/" in signed_in("tess").get("/")["Location"]
    assert "/teams/" in signed_in("mona").get("/")["Location"]
    assert "/teams/" in signed_in("olga").get("/")["Location"]


def test_my_own_address_leads_to_the_real_one():
    answer = signed_in("tess").get(f"/reps/me/scorecard/2026-10/{AT}")
    assert answer["Location"] == tess()["scorecard"]


@pytest.mark.parametrize(
    "address",
    [
        "/reps/{}/scorecard/2026-Q5/",
        "/reps/{}/scorecard/2026-10/?at=yesterday",
        "/reps/{}/metrics/won_valu/2026-10/",
    ],
)
def test_a_slip_in_the_address_is_answered_with_how_to_write_it(address: str):
    answer = signed_in("tess").get(address.format(world.person("Tess").uid))
    assert answer.status_code == 404
    text = answer.content.decode()
    assert any(hint in text for hint in ("Q1 to Q4", "2017-09-30", "won_value"))


@pytest.mark.parametrize(
    "address",
    ["/reps/{}/scorecard/2026-10/", "/reps/{}/metrics/won_value/2026-10/", "/teams/all/2026-10/", "/forecast/2026-10/",
     "/pipeline/2026-10/", "/overview/2026-10/", "/targets/2026-10/", "/stages/"],
)  # fmt: skip
def test_a_page_as_of_a_day_to_come_says_that_nothing_is_known_of_it_yet(address: str):
    today = datetime.now(ZoneInfo(Organisation.objects.get().time_zone)).date()
    tomorrow, page = today + timedelta(days=1), address.format(world.person("Tess").uid)
    olga = signed_in("olga")
    assert olga.get(page, {"at": today.isoformat()}).status_code == 200

    answer = olga.get(page, {"at": tomorrow.isoformat()})
    assert answer.status_code == 404
    sentence = f"Nothing is known of {fmt.day_long(tomorrow)} yet: today is {fmt.day_long(today)}."
    assert sentence in answer.content.decode()


def test_the_day_to_come_is_one_on_the_organisations_clock():
    """Kiritimati is a day ahead of Pago Pago at every hour."""
    Organisation.objects.update(time_zone="Pacific/Kiritimati")
    there = datetime.now(ZoneInfo("Pacific/Kiritimati")).date().isoformat()
    page, tess = f"/reps/{world.person('Tess').uid}/scorecard/2026-10/?at={there}", signed_in("tess")
    assert tess.get(page).status_code == 200
    Organisation.objects.update(time_zone="Pacific/Pago_Pago")
    assert tess.get(page).status_code == 404


def test_the_records_page_lists_as_many_rows_as_it_counts():
    text = signed_in("tess").get(tess()["metric"]).content.decode()
    body = text[text.index("<tbody") : text.index("</tbody")]
    assert body.count("<tr") == 2


def test_every_answer_carries_the_policy_and_personal_pages_are_not_stored():
    for answer in (
        Client().get("/accounts/login/"),
        signed_in("tess").get(tess()["scorecard"]),
        signed_in("tess").get("/nowhere/"),
    ):
        assert answer["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self'; style-src 'self'"
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in signed_in("tess").get(tess()["scorecard"])["Cache-Control"]


def test_names_from_a_source_are_escaped():
    from upswing.core.records import Origin, PersonRecord

    name = "<script>alert(1)</script>"
    world.bring(PersonRecord(name, Origin("p.csv", 2), manager="Mona"))
    assert name not in signed_in("mona").get(f"/teams/all/2026-10/{AT}").content.decode()


def test_statements_of_a_board_do_not_grow_with_the_people():
    from upswing.core.records import Origin, PersonRecord

    def statements() -> int:
        client = signed_in("olga")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/teams/all/2026-10/{AT}")
        return len(captured)

    few = statements()
    many = [f"Rep {number}" for number in range(30)]
    world.bring(*(PersonRecord(name, Origin("p.csv", 2), manager="Mona") for name in many))
    world.bring(*(world.deal(f"M{name}", name, "2026-10-01", "2026-10-02", "won", 10) for name in many))
    assert statements() <= few + 2


def test_a_fresh_installation_says_what_to_do_next():
    from upswing.people.models import User

    User.objects.create_user("new@example.com", "a long enough password", role="revenue_operations")
    from upswing.ledger.models import Fact, RepDay, RepMonth

    for model in (Fact, RepDay, RepMonth):
        model.objects.all().delete()
    client = Client()
    client.force_login(User.objects.get(email="new@example.com"))
    assert "Drop an export here" in client.get("/", follow=True).content.decode()


def test_sign_in_is_limited_and_answers_known_and_unknown_addresses_alike():
    cache.clear()

    def attempt(email: str) -> str:
        answer = Client().post("/accounts/login/", {"login": email, "password": "wrong"})
        return re.sub(r'value="[^"]*"', "", answer.content.decode()).replace(email, "")

    known, unknown = attempt("tess@example.com"), attempt("nobody@example.com")
    assert re.sub(r'content="[^"]*"', "", known) == re.sub(r'content="[^"]*"', "", unknown)
    answers = [
        Client().post("/accounts/login/", {"login": "tess@example.com", "password": "wrong"})
        for _ in range(6)
    ]
    said = answers[-1].content.decode().lower()
    assert answers[-1].status_code == 429 or "many tries within a short time" in said
    cache.clear()


def test_nobody_can_sign_themselves_up():
    answer = Client().post(
        "/accounts/signup/", {"email": "new@example.com", "password1": "a long enough password"}
    )
    assert not world.User.objects.filter(email="new@example.com").exists()
    assert answer.status_code in {200, 302, 403, 404}


PUBLIC = re.compile(r"^(accounts/|api/v1/openapi|csp-report|healthz|theme|static)")


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        found += addresses(pattern.url_patterns, path) if isinstance(pattern, URLResolver) else [path]
    return found


def test_no_address_answers_strangers_but_the_public_ones():
    """A new address is refused to strangers, or stands on the list above."""
    open_to_all = []
    for path in addresses(get_resolver().url_patterns):
        if PUBLIC.match(path):
            continue
        filled = re.sub(r"<uuid:\w+>", str(uuid4()), path)
        filled = re.sub(r"<(str|slug|path)?:?\w+>", "2026-10", filled)
        status = Client().get("/" + filled).status_code
        if status not in {302, 401, 404, 405}:
            open_to_all.append((path, status))
    assert open_to_all == []


@pytest.mark.parametrize("at", ["9999-12-31", "0001-01-01", "1989-12-31", "2101-01-01"])
@pytest.mark.parametrize("address", ["/reps/{}/scorecard/2026-10/", "/reps/{}/metrics/won_value/2026-10/"])
def test_a_day_nobody_means_is_missing_and_breaks_nothing(address: str, at: str):
    answer = signed_in("tess").get(address.format(world.person("Tess").uid), {"at": at})
    assert answer.status_code == 404
    assert at in answer.content.decode()


@pytest.mark.parametrize("at", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize("period", ["last-month", "this-month", "2026-10"])
def test_the_api_refuses_a_day_nobody_means(period: str, at: str):
    answer = signed_in("tess").get(
        f"/api/v1/scorecards/{world.person('Tess').uid}", {"period": period, "at": at}
    )
    assert answer.status_code == 422


def test_a_report_of_any_shape_is_counted_and_answered():
    for body in ("[" * 16_000, "", "{}", '{"csp-report": {"effective-directive": "img-src"}}', "\x00"):
        answer = Client().post("/csp-report", body, content_type="application/csp-report")
        assert answer.status_code == 204


def test_nobody_changes_their_own_sign_in_address():
    stan = signed_in("stan")
    assert stan.get("/accounts/email/").status_code == 404
    stan.post("/accounts/email/", {"action_add": "", "email": "stan.private@example.org"})
    assert world.User.objects.filter(email="stan@example.com").exists()


def test_an_answer_without_a_database_still_carries_the_policy(monkeypatch: pytest.MonkeyPatch):
    from django.db import OperationalError
    from django.db.backends.utils import CursorWrapper

    def down(*args: object, **kwargs: object) -> None:
        raise OperationalError("the database is gone")

    client = signed_in("tess")
    client.raise_request_exception = False
    monkeypatch.setattr(CursorWrapper, "execute", down)
    answer = client.get("/reps/me/scorecard/2026-10/")
    assert answer.status_code == 500
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
