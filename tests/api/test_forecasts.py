"""Forecasts by API: the numbers of the pages, changes that balance to the cent, commits that are kept once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests import world
from tests.actions.told import rep
from tests.api.calling import Program, token, told
from tests.api.given import next_month, now
from tests.queries.test_commit_history import say
from upswing.actions.snapshots import take_of_night
from upswing.core.forecast.movement import Step
from upswing.core.period import PeriodKind, month_of, quarter_of
from upswing.core.records import Outcome, StageMove
from upswing.goals.commits import Commit
from upswing.people.models import Look
from upswing.people.tokens import Scope
from upswing.queries.backtesting import plain_backtest, recent_accuracy
from upswing.queries.forecast import Figures, forecast
from upswing.queries.movement import moved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "fresh")]
AT, OCTOBER, QUARTER = world.TODAY, month_of(world.TODAY), quarter_of(world.TODAY)
ASKED = {"period": "2026-10", "at": "2026-10-15"}
MONEY = {"amount": "15000.50", "currency": "EUR"}


@pytest.fixture
def fresh() -> None:
    cache.clear()


@pytest.fixture
def shared(cast: None) -> None:
    """Beside the cast's book a deal that Tess and Stan share, put off from October; one won, one lost of late."""
    world.bring(
        world.deal(
            "X1", "Tess", "2026-09-01", amount=1_001, credit=(("Tess", 1), ("Stan", 2)), stage="Offer",
            moves=(StageMove("Need", date(2026, 9, 1)), StageMove("Offer", date(2026, 10, 2))),
            expected_close=date(2026, 11, 20), closes=((date(2026, 9, 1), date(2026, 10, 20)),),
            amounts=((date(2026, 10, 12), 150_100),), outcome=Outcome.OPEN,
        ),
        world.deal("M1", "Tess", "2026-10-05", "2026-10-12", "won", 1_000, expected_minor=90_000),
        world.deal("M2", "Stan", "2026-10-05", "2026-10-13", "lost", 700),
    )  # fmt: skip


def euros(minor: int | None) -> dict[str, str] | None:
    return None if minor is None else {"amount": f"{Decimal(minor) / 100:.2f}", "currency": "EUR"}


def cents(money: Mapping[str, str]) -> int:
    return int(Decimal(money["amount"]) * 100)


def plain(figures: Figures) -> dict[str, Any]:
    """As a program reads them."""
    sums = {name: euros(minor) for name, minor in asdict(figures).items()}
    cover = None if figures.cover is None else pytest.approx(figures.cover, abs=1e-6)
    return sums | {"missing": euros(figures.missing), "cover": cover}


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("period", ["2026-10", "2026-Q4", "2026-09"])
@pytest.mark.parametrize("who", ["mona", "otto", "olga"])
def test_a_forecast_has_the_numbers_of_its_page(who: str, period: str):
    span = {each.slug: each for each in (OCTOBER, QUARTER, month_of(date(2026, 9, 1)))}[period]
    found = forecast(world.viewer(who), span, AT)
    answer = told(who, "forecast", period=period, at=AT)
    assert answer["whole"] == plain(found.total)
    assert [(row["name"], row["figures"]) for row in answer["people"]] == [
        (row.name, plain(row.figures)) for row in found.rows
    ]
    assert {name: answer[name] for name in ("period", "over", "chosen", "verified", "windows")} == {
        "period": period, "over": found.over, "chosen": found.chosen, "verified": found.verified,
        "windows": found.windows,
    }  # fmt: skip
    assert answer["said"] == {way: euros(minor) for way, minor in found.said.items()}
    for name in ("staged_now", "staged_less", "fresh"):
        assert answer[name] == euros(getattr(found, name)), name


@pytest.mark.usefixtures("shared")
def test_a_rep_asks_for_themselves_and_for_nobody_else():
    tess, stan = (world.person(name).uid for name in ("Tess", "Stan"))
    answer = told("tess", "forecast", rep=tess, **ASKED)
    assert (answer["name"], [row["name"] for row in answer["people"]]) == ("Tess", ["Tess"])
    assert answer["whole"]["asked"] == {"amount": "20000.00", "currency": "EUR"}
    program = Program(token("tess", [Scope.READ]))
    for address in ("forecast", "forecast/changes"):
        assert program.get(f"{address}?rep={stan}&period=2026-10").status_code == 404


def test_people_come_a_page_at_a_time_and_the_whole_is_of_all():
    world.bring(*(rep(f"Rep {number:03}") for number in range(130)))
    first, second = (told("mona", "forecast", page=page, **ASKED) for page in (1, 2))
    names = [row["name"] for row in (*first["people"], *second["people"])]
    assert (first["next"], len(first["people"]), second["page"], second["next"]) == (2, 100, 2, None)
    assert names == [row.name for row in forecast(world.viewer("mona"), OCTOBER, AT).rows]
    assert first["whole"] == second["whole"]


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("since", ["2026-10-08", "2026-09-01", "2026-10-15"])
@pytest.mark.parametrize("who", ["mona", "olga"])
def test_what_changed_balances_to_the_cent(who: str, since: str):
    answer = told(who, "forecast/changes", since=since, **ASKED)
    found = moved(world.viewer(who), OCTOBER, AT, date.fromisoformat(since))
    assert [(one["step"], one["deals"], cents(one["amount"])) for one in answer["steps"]] == [
        (step.value, found.count(step), found.total(step)) for step in Step
    ]
    assert (cents(answer["start"]), cents(answer["end"])) == (found.start, found.end)
    assert cents(answer["start"]) + sum(cents(one["amount"]) for one in answer["steps"]) == cents(
        answer["end"]
    )
    assert (answer["since"], answer["at"], answer["period"]) == (since, "2026-10-15", "2026-10")


@pytest.mark.usefixtures("shared")
def test_parts_of_a_shared_deal_make_up_what_changed():
    of = [told("mona", "forecast/changes", rep=world.person(name).uid, **ASKED) for name in ("Tess", "Stan")]
    put_off = [cents(one["amount"]) for each in of for one in each["steps"] if one["step"] == "pushed_out"]
    assert sum(put_off) == -100_100
    assert all(put_off)


def test_without_a_day_a_week_before_is_meant_and_a_later_day_is_the_same_day():
    assert told("mona", "forecast/changes", **ASKED)["since"] == "2026-10-08"
    later = told("mona", "forecast/changes", since="2026-11-01", **ASKED)
    assert (later["since"], later["start"]) == ("2026-10-15", later["end"])
    assert {one["deals"] for one in later["steps"]} == {0}


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31", "2101-01-01", "yesterday"])
def test_a_day_out_of_reach_is_refused_with_a_sentence(since: str):
    answer = Program(token("olga", [Scope.READ])).get(f"forecast/changes?since={since}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["detail"]


def test_accuracy_is_that_of_the_page_with_what_was_written_down():
    say("Tess", 15_000, date(2026, 9, 30))
    take_of_night(world.operator(), date(2026, 9, 30), now() - timedelta(days=54))
    answer = told("olga", "forecast/accuracy", kind="month", at="2026-11-05")
    found = recent_accuracy(world.viewer("olga"), PeriodKind.MONTH, date(2026, 11, 5))
    assert found is not None
    same, accuracy = plain_backtest(found), answer["accuracy"]
    assert (accuracy["methods"], accuracy["deals"]) == (same["methods"], same["deals"])
    assert "rep_commit" in {one["method"] for one in accuracy["methods"]}
    (window,) = accuracy["windows"]
    (expected,) = same["windows"]
    assert (window["actual"], window["low"], window["high"]) == tuple(
        euros(expected[name]) for name in ("actual", "low", "high")
    )
    assert window["forecasts"] == {way: euros(minor) for way, minor in expected["forecasts"].items()}
    written = found.written["2026-10"]
    assert window["written"] == {
        "day": "2026-09-30", "nightly": True, "likely": euros(written.likely), "low": euros(written.low),
        "high": euros(written.high),
    }  # fmt: skip
    assert accuracy["since"] == "2026-09-30"


def test_where_the_past_is_too_short_nothing_is_told_of_accuracy():
    answer = told("olga", "forecast/accuracy", kind="quarter", at="2026-09-15")
    assert answer == {"kind": "quarter", "at": "2026-09-15", "accuracy": None}


def test_other_kinds_of_accuracy_do_not_exist():
    answer = Program(token("olga", [Scope.READ])).get("forecast/accuracy?kind=week")
    assert (answer.status_code, "quarter" in answer.json()["detail"]) == (422, True)


def sent(who: str = "tess", key: str = "", **more: Any) -> Any:
    body = {"period": next_month(), "value": MONEY} | more
    return Program(token(who, [Scope.DEALS])).post(f"forecast/{world.person('Tess').uid}/commit", body, key)


def test_a_commit_and_the_view_of_it_are_kept_with_their_names():
    own = sent()
    assert own.status_code == 200, own.content
    assert (own.json()["commit"]["value"], own.json()["commit"]["by"], own.json()["view"]) == (
        MONEY, "Tess", None,
    )  # fmt: skip
    view = sent("mona", reason="One will slip.", value=MONEY | {"amount": "12000"}).json()
    assert view["commit"] == own.json()["commit"]
    assert (view["view"]["value"]["amount"], view["view"]["reason"]) == ("12000.00", "One will slip.")
    (row,) = told("tess", "forecast", rep=world.person("Tess").uid, period=next_month())["people"]
    assert (row["commit"], row["view"]) == (view["commit"], view["view"])


@pytest.mark.parametrize(
    ("who", "wrong", "said"),
    [
        ("mona", {}, "Say in a sentence why you see it so"),
        ("tess", {"period": "2026-10"}, "2026-10 is over"),
        ("tess", {"period": "2026-Q5"}, "2026-Q5"),
        ("tess", {"value": 15_000}, "value"),
        ("tess", {"value": MONEY | {"currency": "USD"}}, "amounts are in EUR"),
        ("tess", {"value": MONEY | {"amount": "1.005"}}, "more digits than EUR has"),
        ("tess", {"value": MONEY | {"amount": "-0.01"}}, "0 or more"),
        ("tess", {"value": MONEY | {"amount": "1e30"}}, "value"),
        ("tess", {"value": MONEY | {"amount": "NaN"}}, "value"),
        ("tess", {"value": MONEY | {"amount": "10000000000000.01"}}, "0 or more"),
        ("tess", {"reason": "x" * 501}, "at most 500"),
        ("tess", {"by": "Otto"}, "by"),
    ],
)
def test_what_is_no_commit_is_refused_and_nothing_is_kept(who: str, wrong: dict[str, Any], said: str):
    answer = sent(who, **wrong)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json"), answer.content
    assert said in answer.json()["detail"]
    assert not Commit.objects.unscoped("test").exists()


@pytest.mark.parametrize("who", ["stan", "otto", "ada"])
def test_nobody_commits_for_whom_they_do_not_see(who: str):
    assert sent(who, reason="A guess.").status_code == 404
    assert not Commit.objects.unscoped("test").exists()


def test_the_same_request_commits_once():
    first, second = sent(key="c1"), sent(key="c1")
    assert (first.content, second["Idempotency-Replayed"]) == (second.content, "true")
    assert Commit.objects.unscoped("test").count() == 1
    assert sent(key="c1", reason="Another.").status_code == 422


@pytest.mark.parametrize("address", ["forecast", "forecast/changes"])
def test_whoever_is_in_a_forecast_can_read_who_looked(address: str):
    told("mona", address, **ASKED)
    looks = Look.objects.unscoped("test").values_list("person__name", "by", "what", "via")
    assert sorted(looks) == [(name, "Mona", "forecast", "api") for name in ("Rami", "Stan", "Tess")]


def test_nobody_reads_without_a_token():
    assert Client().get("/api/v1/forecast").status_code == 401
