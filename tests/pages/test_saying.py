"""What people say of deals, on the pages: said on the deal's, told by tiles, rows and the forecast."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import world
from tests.actions.paths import deal
from tests.pages.reading import signed_in, words
from upswing.goals.categories import DealCategory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
AT = "?at=2026-10-15"
FORECAST, PIPELINE = f"/forecast/2026-10/{AT}", f"/pipeline/2026-10/{AT}"
WHY = "Their budget was stopped on Monday."


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are said on the day of the cast."""
    monkeypatch.setattr("upswing.web.pipeline.deals.now", lambda _request: world.NOW)


def page(key: str = "T4") -> str:
    return f"/deals/{deal(key).uid}/"


def say(who: str, category: str, reason: str = "", key: str = "T4") -> Any:
    sent = {"category": category, "reason": reason}
    return signed_in(who).post(f"{page(key)}said/", sent)


def test_a_rep_says_that_a_deal_is_counted_on_and_reads_it_back() -> None:
    before = words(signed_in("tess").get(page()))
    assert "Pipeline , nothing said: it counts as such deals turned out." in before
    assert say("tess", "commit", "The order is promised for the 28th.").status_code == 302
    after = words(signed_in("tess").get(page()))
    assert "Commit , counted on in its period." in after
    assert "Tess" in after
    assert "“The order is promised for the 28th.”" in after


def test_a_rep_is_not_offered_to_leave_a_deal_out_and_a_manager_is() -> None:
    def offered(who: str) -> list[str]:
        shown = signed_in(who).get(page()).content.decode()
        return re.findall(r'<option value="([a-z_]+)"', shown)

    assert offered("tess") == ["commit", "best_case", "pipeline"]
    assert offered("mona") == offered("olga") == ["commit", "best_case", "pipeline", "omitted"]
    say("mona", "omitted", WHY)
    assert offered("tess") == []
    assert f"“{WHY}”" in words(signed_in("tess").get(page()))


def test_what_is_refused_says_why_and_keeps_what_was_typed() -> None:
    assert "Say in a sentence why" in words(say("mona", "omitted"), 422)
    answer = say("tess", "omitted", "I have a feeling.")
    assert "Whoever leads you leaves a deal out of the forecast" in words(answer, 422)
    shown = answer.content.decode()
    assert 'value="I have a feeling."' in shown
    assert "<details open>" not in shown
    assert "Nothing is said like “certain”" in words(say("tess", "certain"), 422)
    assert not DealCategory.objects.unscoped("test").exists()


def test_the_forecast_shows_both_sums_and_what_is_left_out() -> None:
    quiet = words(signed_in("mona").get(FORECAST))
    assert "Commit by deals" not in quiet
    assert "Left out" not in quiet
    assert "The other ways count" not in words(signed_in("olga").get(FORECAST))
    say("tess", "commit")
    say("mona", "omitted", WHY, "S1")
    told = words(signed_in("mona").get(FORECAST))
    assert "Commit by deals €27,000 €27,000 in the best case" in told
    assert "Left out €30,000 1 deal, with its reason" in told
    assert "The other ways count deals that were left out, too." in words(signed_in("olga").get(FORECAST))
    assert re.search(r"by deals €\d+,000, best case €\d+,000", told)


def test_the_pipeline_shows_it_at_the_deal_and_filters_by_it() -> None:
    assert "What is said of them" not in signed_in("mona").get(PIPELINE).content.decode()
    say("tess", "commit")
    say("mona", "omitted", WHY, "S1")
    client = signed_in("mona")
    told = client.get(PIPELINE).content.decode()
    assert 'aria-label="What is said of them"' in told
    sure, out = (words(client.get(f"{PIPELINE}&{asked}")) for asked in ("said=commit", "state=omitted"))
    assert "Open deals, Commit 1 deal" in sure
    assert "Left out 1 deal" in out
    assert "No deals" not in out
    board = words(client.get(f"{PIPELINE}&view=board&said=commit"))
    assert "Commit" in board


def test_an_address_with_an_unknown_word_says_so() -> None:
    assert "Nothing is said like “surely”" in words(signed_in("mona").get(f"{PIPELINE}&said=surely"), 404)


def test_nobody_says_anything_of_a_deal_they_do_not_see() -> None:
    assert say("stan", "commit").status_code == 404
    assert say("otto", "omitted", WHY).status_code == 404
