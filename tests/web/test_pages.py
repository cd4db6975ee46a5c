"""The pages in front of invented answers: what they show, link and refuse; how heavy they are."""

import gzip
import re
from datetime import date

import pytest

from tests.web import fixtures
from tests.web.stage import Guest, staged
from upswing.core.people import AccessRole
from upswing.web.shared.headers import POLICY, refused

CARD = f"/reps/{fixtures.TESS}/scorecard/2026-11/"
NUMBER = f"/reps/{fixtures.TESS}/metrics/won_value/2026-11/"
TEAM = "/teams/all/2026-11/"
MANAGER = Guest(fixtures.MONA, "Mona Berg", AccessRole.MANAGER)
OPERATIONS = Guest(None, "Otto Lindqvist", AccessRole.REVENUE_OPERATIONS)
NOBODY = "00000000-0000-0000-0000-000000000194"


def body(address: str, viewer: Guest | None = None, **given: object) -> str:
    with staged(viewer, **given) as client:  # type: ignore[arg-type]
        return client.get(address).content.decode()


def main_of(page: str) -> str:
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    return found.group()


@pytest.mark.parametrize("address", [CARD, NUMBER, TEAM, "/reps/me/scorecard/2026-11/", "/"])
def test_pages_open_and_refuse_to_be_written_to(address: str) -> None:
    with staged() as client:
        assert client.get(address).status_code in {200, 302}
        assert client.post(address).status_code == 405


def test_main_begins_with_the_headline() -> None:
    for address in (CARD, TEAM, NUMBER):
        assert re.match(r"<main[^>]*>\s*<section[^>]*data-headline", main_of(body(address)))


def test_rep_and_manager_see_the_same_page() -> None:
    rep, manager = body(CARD), body(CARD, MANAGER)
    assert main_of(rep) == main_of(manager)
    assert 'you and <span translate="no">Mona Berg</span> see the same page' in rep
    assert 'you and <span translate="no">Tess Lund</span> see the same page' in manager


def test_every_number_links_to_its_records() -> None:
    page = main_of(body(CARD))
    for line in fixtures.card().lines:
        assert page.count(f'href="/reps/{fixtures.TESS}/metrics/{line.metric.key}/2026-11/"') >= 3


def test_the_moment_asked_for_is_kept_in_every_link() -> None:
    page = body(CARD + "?at=2026-11-14")
    links = re.findall(r'(?:href|hx-get)="(/(?:reps|teams)/[^"]*)"', page)
    links = [link for link in links if not link.endswith("/views/")]  # who looked stands at no moment
    assert links
    assert all(link.endswith("?at=2026-11-14") for link in links)


def test_too_few_records_take_no_band() -> None:
    page = body(CARD)
    assert "Too early" in page
    assert "4 deals: may still be chance" in page


def test_a_line_without_a_target_says_so() -> None:
    assert "No target set" in body(CARD)


def test_leaning_is_outlined_and_said() -> None:
    assert re.search(r'chip out outline">.*?Leaning: outstanding', body(CARD.replace("2026-11", "2026-Q3")))


def test_people_stand_by_name() -> None:
    names = re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]+)', body(TEAM, MANAGER))
    assert names == sorted(names)
    assert len(names) == 12


def test_people_without_records_are_named_apart_with_the_reason() -> None:
    page = body(TEAM, MANAGER)
    assert "Otto Lindqvist" in page
    assert "they may be new or away" in page


def test_the_records_listed_are_the_records_counted() -> None:
    page = body(NUMBER, records=4)
    assert len(re.findall(r'<th scope="row"', page)) == 4
    assert "data-count>4<" in page


def test_a_long_list_is_paged_and_its_total_always_shown() -> None:
    with staged(records=240) as client:
        first, last = (client.get(f"{NUMBER}?page={place}").content.decode() for place in (1, 3))
    assert len(re.findall(r'<th scope="row"', first)) == 100
    assert len(re.findall(r'<th scope="row"', last)) == 40
    assert "1 to 100 of 240" in first
    assert "201 to 240 of 240" in last


def test_a_page_number_nobody_has_shows_the_nearest_page() -> None:
    assert "1 to 4 of 4" in body(f"{NUMBER}?page=99")
    assert "1 to 4 of 4" in body(f"{NUMBER}?page=x")


def test_what_may_not_be_seen_looks_like_what_does_not_exist() -> None:
    with staged() as client:
        hidden, missing = client.get(f"/reps/{NOBODY}/scorecard/2026-11/"), client.get("/nothing/here/")
    assert hidden.status_code == missing.status_code == 404
    seen = [re.sub(r'value="\w{64}"', "", main_of(answer.content.decode())) for answer in (hidden, missing)]
    assert seen[0] == seen[1]


def test_a_period_nobody_can_read_is_answered_with_how_to_write_it() -> None:
    with staged() as client:
        answer = client.get(f"/reps/{fixtures.TESS}/scorecard/2026-13/")
    assert answer.status_code == 404
    assert "No period reads “2026-13”" in answer.content.decode()


def test_a_day_nobody_can_read_is_answered_with_how_to_write_it() -> None:
    with staged() as client:
        answer = client.get(CARD + "?at=yesterday")
    assert answer.status_code == 404
    assert "Write it like 2017-09-30" in answer.content.decode()


def test_everybody_arrives_at_the_home_of_their_role() -> None:
    for viewer, home in ((Guest(), CARD), (MANAGER, TEAM), (OPERATIONS, TEAM)):
        with staged(viewer) as client:
            assert client.get("/").headers["Location"] == home


def test_data_that_end_long_ago_open_where_they_end() -> None:
    with staged(MANAGER, latest=date(2017, 12, 31)) as client:
        assert client.get("/").headers["Location"] == "/teams/all/2017-Q4/?at=2017-12-31"
        assert "Data end on 31 Dec 2017" in client.get("/teams/all/2017-Q4/?at=2017-12-31").content.decode()


def test_without_data_the_start_page_says_what_to_do() -> None:
    assert "Drop your CRM export" in body("/data/", OPERATIONS, latest=None)
    assert "Nothing to do for you" in body("/", latest=None)


def test_a_rep_has_no_team_page_in_the_navigation() -> None:
    assert "/teams/all/" not in body(CARD)
    assert "/teams/all/" in body(CARD, MANAGER)


@pytest.mark.parametrize("address", [CARD, NUMBER, TEAM, "/reps/me/scorecard/2026-11/", "/"])
def test_nobody_is_sent_to_the_sign_in(address: str) -> None:
    with staged() as client:
        answer = client.get(address, headers={"X-Nobody": "1"})
    assert answer.headers["Location"] == f"/accounts/login/?next={address}"


def test_htmx_gets_the_content_alone() -> None:
    with staged() as client:
        part = client.get(CARD, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "data-headline" in part


def test_nobody_signs_up() -> None:
    assert "Accounts are made for you" in body("/accounts/signup/")


@pytest.mark.parametrize(("theme", "attribute"), [("dark", ' data-theme="dark"'), ("auto", ""), ("pink", "")])
def test_the_server_renders_the_chosen_theme(theme: str, attribute: str) -> None:
    with staged() as client:
        client.cookies["upswing_theme"] = theme
        assert f'<html lang="en"{attribute}>' in client.get(CARD).content.decode()


def test_choosing_a_theme_works_as_a_plain_form_and_goes_back() -> None:
    with staged() as client:
        answer = client.post("/theme/", {"theme": "dark"}, headers={"Referer": "http://upswing.test" + CARD})
        elsewhere = client.post("/theme/", {"theme": "dark"}, headers={"Referer": "http://evil.test/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://upswing.test" + CARD)
    assert answer.cookies["upswing_theme"].value == "dark"
    assert elsewhere.headers["Location"] == "/"


def test_every_answer_carries_the_policy_and_pages_are_kept_nowhere() -> None:
    with staged() as client:
        for address in (CARD, "/nothing/", "/accounts/login/"):
            headers = client.get(address).headers
            assert headers["Content-Security-Policy"] == POLICY
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "HX-Request" in headers["Vary"]
        assert client.get(CARD).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("report", "counted"),
    [
        ('{"csp-report": {"effective-directive": "style-src-attr"}}', "style-src-attr"),
        ('{"csp-report": {"effective-directive": "made-up"}}', "other"),
        ('{"csp-report": {"effective-directive": []}}', "other"),
        ("[]", "unreadable"),
        ("\ud83d", "unreadable"),
        ('{"csp-report": "' + "x" * 20_000 + '"}', "unreadable"),
    ],
)
def test_reports_are_counted_whatever_arrives(report: str, counted: str) -> None:
    before = refused[counted]
    with staged() as client:
        answer = client.post(
            "/csp-report", report.encode("utf-8", "replace"), content_type="application/csp-report"
        )
    assert answer.status_code == 204
    assert refused[counted] == before + 1


@pytest.mark.parametrize(("people", "limit"), [(12, 10_000), (35, 15_000), (200, 40_000)])
def test_a_board_stays_light(people: int, limit: int) -> None:
    assert len(gzip.compress(body(TEAM, MANAGER, people=people).encode(), 6)) <= limit


def test_a_scorecard_and_a_full_list_stay_light() -> None:
    assert len(gzip.compress(body(CARD).encode(), 6)) <= 10_000
    assert len(gzip.compress(body(NUMBER, records=500).encode(), 6)) <= 12_000


@pytest.mark.parametrize("asked", ["team", "peers", "organisation", "top", "industry", "own", "none"])
def test_the_card_compares_with_whom_the_address_asks_for(asked: str) -> None:
    with staged() as client:
        body = client.get(f"/reps/{fixtures.TESS}/scorecard/2026-11/?vs={asked}").content.decode()
    assert ('class="versus"' in body) == (asked != "none")
    assert body.count('aria-current="true">') == 1


def test_what_cannot_be_compared_with_is_told() -> None:
    with staged() as client:
        answer = client.get(f"/reps/{fixtures.TESS}/scorecard/2026-11/?vs=everyone")
    assert answer.status_code == 404
    assert "Nothing called “everyone” is compared with. Write one of: team, peers" in answer.content.decode()


def test_the_page_of_a_number_tells_its_past_its_comparisons_and_what_is_left_out() -> None:
    with staged() as client:
        body = client.get(NUMBER).content.decode()
    assert "The last months" in body
    assert "mean of 11 people" in body
    assert "12 lost" in body
    assert "2 refused rows of deals.csv, whoever they belong to" in body
    assert f'href="{NUMBER}?at=2026-11-20"' in body


def test_the_card_shows_how_the_month_runs_and_the_funnel_beside_the_usual() -> None:
    with staged() as client:
        body = client.get(CARD).content.decode()
    assert "Likely month end" in body
    assert "34% chance of the target" in body
    assert "<strong>29%</strong>" in body
    assert "usually 42%" in body
