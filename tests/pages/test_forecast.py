"""The forecast's pages: one sentence, tiles that lead to their records, one's own word, and how forecasts came out."""

from __future__ import annotations

import re

import pytest

from tests.pages.reading import signed_in, words
from tests.world import bring, deal, person
from upswing.goals.commits import Commit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
AT = "?at=2026-10-15"
OCTOBER, QUARTER = f"/forecast/2026-10/{AT}", f"/forecast/2026-Q4/{AT}"


def own(name: str, slug: str = "2026-10", more: str = "") -> str:
    return f"/reps/{person(name).uid}/forecast/{slug}/{more}"


def test_a_manager_reads_what_will_come_in_one_sentence() -> None:
    said = words(signed_in("mona").get(OCTOBER))
    assert re.search(
        r"October 2026 will likely bring €[\d,]+: €20,000 is won, €[\d,]+ is still to come\.", said
    )
    assert re.search(r"In 8 of 10 such cases it ends between €[\d,]+ and €[\d,]+\.", said)
    assert "Range not yet verified" in said
    assert "of the quota of €20,000" in said


def test_every_tile_leads_to_a_page_that_opens() -> None:
    client = signed_in("olga")
    shown = client.get(QUARTER).content.decode()
    tiles = re.findall(r'<li class="card tile"><a href="([^"]+)"', shown)
    assert len(tiles) == 5
    assert [url.endswith("state=due") for url in tiles] == [False, True, True, False, True]
    for url in tiles:
        if not url.startswith("#"):
            assert client.get(url.replace("&amp;", "&")).status_code == 200, url
    assert 'id="ways"' in shown


def test_people_stand_by_name_and_never_by_shortfall() -> None:
    shown = signed_in("olga").get(QUARTER).content.decode()
    table = shown.split('class="people-forecast"')[1]
    names = re.findall(r'class="name-link"[^>]*>(\w+)<', table)
    assert names == sorted(names)
    assert set(names) == {"Nina", "Rami", "Stan", "Tess"}


def test_rep_and_manager_read_the_same_page() -> None:
    def main(who: str) -> str:
        shown = signed_in(who).get(own("Tess", more=AT)).content.decode()
        body = shown.split("<main")[1].split('<form method="post"')[0]
        return re.sub(r"\s+", " ", body)

    assert main("tess") == main("mona")


def test_what_one_may_not_see_is_not_there() -> None:
    for who, path in (("tess", OCTOBER), ("tess", own("Stan")), ("otto", own("Tess")), ("ada", own("Tess"))):
        assert signed_in(who).get(path).status_code == 404, (who, path)


def test_a_rep_lands_on_their_own_forecast() -> None:
    assert signed_in("tess").get("/forecast/").headers["Location"].startswith(f"/reps/{person('Tess').uid}/")
    assert signed_in("mona").get("/forecast/").headers["Location"].startswith("/forecast/2")


def test_a_commit_is_kept_and_shown_to_both() -> None:
    slug = "2099-Q1"
    url = own("Tess", slug, "commit/")
    answer = signed_in("tess").post(url, {"amount": "25,000", "reason": "T4 and two more"})
    assert (answer.status_code, answer.headers["Location"]) == (302, own("Tess", slug) + "#said")
    assert "€25,000" in words(signed_in("mona").get(own("Tess", slug)))
    assert signed_in("mona").post(url, {"amount": "20000", "reason": "T4 has no date"}).status_code == 302
    said = words(signed_in("tess").get(own("Tess", slug)))
    assert "€20,000" in said
    assert "T4 has no date" in said


@pytest.mark.parametrize(
    ("who", "sent", "sentence"),
    [
        ("tess", {"amount": "a lot"}, "“a lot” is no number."),
        ("tess", {"amount": ""}, "The number is missing."),
        (
            "mona",
            {"amount": "20000"},
            "Say in a sentence why you see it so: Tess reads it beside your figure.",
        ),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_form(who: str, sent: dict[str, str], sentence: str) -> None:
    answer = signed_in(who).post(own("Tess", "2099-Q1", "commit/"), sent)
    assert sentence in words(answer, 422)
    assert not Commit.objects.unscoped("test").exists()


def test_a_period_that_is_over_says_what_was_won() -> None:
    said = words(signed_in("olga").get(f"/forecast/2026-09/{AT}"))
    assert "September 2026 is over: €4,000 was won." in said
    assert "What each way of forecasting says" not in said


def test_what_changed_since_a_day_balances_on_the_page() -> None:
    bring(deal("M1", "Tess", "2026-10-05", "2026-10-12", "won", 1_000))
    shown = signed_in("olga").get(f"{OCTOBER}&since=2026-10-08").content.decode()
    table = shown.split('class="waterfall-table"')[1].split("</table>")[0]
    amounts = [
        int(sign + digits.replace(",", "")) if sign != "\u2212" else -int(digits.replace(",", ""))
        for sign, digits in re.findall(r">([+\u2212]?)€([\d,]+)</td>", table)
    ]
    assert amounts[0] + sum(amounts[1:-1]) == amounts[-1]
    assert "Won" in table
    assert signed_in("olga").get(f"{OCTOBER}&since=nonsense").status_code == 200


def test_how_forecasts_came_out_is_told_even_without_a_past() -> None:
    client = signed_in("olga")
    assert "Our last forecast was off by" in words(client.get("/forecast/accuracy/month/?at=2026-11-05"))
    assert "There is no past to learn from yet." in words(
        client.get("/forecast/accuracy/quarter/?at=2026-09-11")
    )
    assert client.get("/forecast/accuracy/century/").status_code == 404
    assert signed_in("mona").get("/forecast/accuracy/month/").status_code == 404
