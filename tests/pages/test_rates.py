"""The page of exchange rates: what waits, what is kept, and a rate entered by hand that fills the gap."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import world
from tests.actions.test_rates import EARLY, LATE, OPEN, WON, amounts, bring, enter, entered
from tests.pages.reading import signed_in, text
from upswing.actions.undoing import undo
from upswing.book.models import Deal
from upswing.book.rates import ExchangeRate
from upswing.web.rates.sent import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
PAGE = "/setup/rates/"
RATE = {"currency": "usd", "day": "2026-08-01", "rate": "0.92"}


def test_it_says_what_waits_and_a_rate_entered_there_fills_it():
    olga = signed_in("olga")
    assert "No rate is kept yet, and no amount waits for one." in text(olga.get(PAGE))
    bring(deals=[OPEN, WON])
    shown = text(olga.get(PAGE))
    assert "Amounts in USD wait for a rate." in shown
    assert "2 deals in USD from 1 September 2026 on have no amount" in shown
    uid = Deal.objects.unscoped("test").get(external_id="D1").uid
    assert f'<a class="link" href="/deals/{uid}/"' in shown
    assert "?currency=USD&amp;day=2026-09-01#enter" in shown
    begun = text(olga.get(f"{PAGE}?currency=USD&day=2026-09-01"))
    assert 'value="USD"' in begun
    assert 'value="2026-09-01"' in begun
    kept = olga.post(f"{PAGE}new/", RATE)["Location"]
    found = amounts()
    assert (found["D1"], found["D2"]) == (92_000, 184_046)
    assert "The rate of USD of 1 August 2026 is kept: 0.92 EUR. 2 records were converted." in text(
        olga.get(kept)
    )
    shown = text(olga.get(PAGE))
    assert "No amount waits for a rate." in shown
    assert "0.92 EUR" in shown
    assert "entered by" in shown
    batch = ExchangeRate.objects.get().batch.uid
    assert f'href="/data/batches/{batch}/undo/"' in shown
    assert "Take back" in shown
    assert text(olga.get(f"/data/batches/{batch}/undo/"))


def test_what_a_rate_makes_too_large_is_named_and_not_said_to_lack_one():
    bring(deals=[OPEN, {**WON, "amount": "99999999999"}])
    olga = signed_in("olga")
    shown = text(olga.get(olga.post(f"{PAGE}new/", RATE | {"rate": "92"})["Location"]))
    assert "1 record was converted." in shown
    assert "1 waits still, for it would be worth more than 1,000,000,000,000 at its rate: D2." in shown
    assert (
        "1 deal in USD of 5 October 2026 has no amount: at the rate known it would be worth more than"
        in shown
    )
    assert "no rate on or before" not in shown
    assert "Amounts in USD ask for a look." in shown


def test_of_many_that_are_too_large_some_are_named():
    bring(deals=[{**OPEN, "id": f"D{number}", "amount": "99999999999"} for number in range(7)])
    olga = signed_in("olga")
    shown = text(olga.get(olga.post(f"{PAGE}new/", RATE | {"rate": "92"})["Location"]))
    assert "0 records were converted." in shown
    assert "7 wait still" in shown
    assert "at its rate: D0, D1, D2, D3, D4 and 2 more." in shown


def test_what_stands_at_a_rate_that_was_taken_back_is_counted():
    bring()
    enter("92")
    bring(deals=[OPEN, WON])
    undo(world.operator(), ExchangeRate.objects.get().batch.uid, world.NOW)
    shown = text(signed_in("olga").get(PAGE))
    assert "At a rate that was taken back" in shown
    assert "2 deals in USD from 1 September 2026 on stand at rates that were taken back." in shown
    assert "Enter a rate of USD" not in shown


@pytest.mark.parametrize("asked", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_rate_that_nobody_entered_has_done_nothing(asked: str):
    batch = bring(rates=[EARLY]).batch
    for which in (asked, batch):
        assert "is kept:" not in text(signed_in("olga").get(f"{PAGE}?entered={which}"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"currency": ""}, "The currency is missing."),
        ({"currency": "<b>"}, "“&lt;B&gt;” is no currency."),
        ({"currency": "EUR"}, "EUR is the organisation’s own currency"),
        ({"rate": ""}, "The rate is missing."),
        ({"rate": "a lot"}, "“a lot” is no rate."),
        ({"rate": "1,085"}, "“1,085” can be read in two ways."),
        ({"rate": "0"}, "A rate lies above 0"),
        ({"rate": "99999999999999"}, "A rate lies above 0 and below 1,000,000,000."),
        ({"day": ""}, "The day is missing."),
        ({"day": "2026-02-30"}, "“2026-02-30” is no day."),
        ({"day": "2999-01-01"}, "A rate is of a day from 1 January 1990 until today"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(typed: dict[str, str], says: str):
    sent = RATE | typed
    answer = signed_in("olga").post(f"{PAGE}new/", sent)
    shown = text(answer, 422)
    assert says in shown
    kept = [value for value in sent.values() if value and "<" not in value]
    assert all(f'value="{value}"' in shown for value in kept)
    assert not ExchangeRate.objects.exists()


def test_everything_wrong_is_said_at_once():
    shown = text(signed_in("olga").post(f"{PAGE}new/", {"currency": "", "day": "x", "rate": "y"}), 422)
    for says in ("The currency is missing.", "“x” is no day.", "“y” is no rate."):
        assert says in shown


@pytest.mark.parametrize(
    ("typed", "language", "means"),
    [
        ("0.92", "en", "0.92"), ("0,92", "en", "0.92"), ("1.085", "en", "1.085"), ("1.085", "da", None),
        ("1,085", "da", "1.085"), ("1,085", "en", None), ("1.0850", "da", "1.0850"), ("17,345.12", "en", "17345.12"),
        ("17.345,12", "da", "17345.12"), ("0.134", "da", "0.134"), ("0,00003787", "da", "0.00003787"),
        ("-1", "en", "-1"), ("1e3", "en", None), ("１", "en", None), ("", "en", None),
    ],
)  # fmt: skip
def test_a_rate_is_read_by_the_reader_s_marks(typed: str, language: str, means: str | None):
    with translation.override(language):
        written, wrong = read("USD", "2026-08-01", typed)
    assert (written.rate if written else None) == (Decimal(means) if means else None)
    assert bool(wrong) == (means is None)


def test_the_page_that_takes_a_rate_back_names_it():
    bring(deals=[OPEN, WON])
    enter("0.9", "2026-08-20")
    shown = text(signed_in("olga").get(f"/data/batches/{entered()}/undo/"))
    assert "1 record goes, 2 stand again as before." in shown
    assert "1 USD is 0.9 EUR, from 20 Aug 2026 on" in shown


def test_a_rate_of_a_file_leads_to_its_import_and_one_that_gave_way_says_so():
    batch = bring(rates=[EARLY, LATE, {**EARLY, "currency": "DKK"}]).batch
    enter("0.8", LATE["day"])
    olga = signed_in("olga")
    shown = text(olga.get(PAGE))
    assert f'<a class="link" href="/data/batches/{batch}/" translate="no">CRM</a>' in shown
    assert shown.count("A later one of this day counts.") == 1
    only = text(olga.get(f"{PAGE}?of=DKK"))
    assert "0.9 EUR" in only
    assert "0.875 EUR" not in only


def test_it_takes_few_questions_however_many_rates_there_are():
    olga = signed_in("olga")
    bring(rates=[EARLY], deals=[{**OPEN, "currency": "JPY"}])
    olga.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        olga.get(PAGE)
    days = [
        {"currency": "USD", "day": f"2025-{month:02}-{day:02}", "rate": "0.9"}
        for month in range(1, 13)
        for day in range(1, 11)
    ]
    bring(rates=days)
    with CaptureQueriesContext(connection) as many:
        shown = text(olga.get(PAGE))
    assert len(many) <= len(few)
    assert "121 rates" in shown
    assert "?page=2" in shown
    assert "1 Jan 2025" in text(olga.get(f"{PAGE}?page=2"))


def test_for_everybody_else_there_is_no_such_page():
    for who in ("tess", "mona", "ada"):
        client = signed_in(who)
        assert client.get(PAGE).status_code == 404
        assert client.post(f"{PAGE}new/", RATE).status_code == 404
    assert not ExchangeRate.objects.exists()


def test_a_deal_s_page_shows_what_was_stated_and_at_which_rate():
    bring(rates=[EARLY], deals=[OPEN, {**WON, "currency": "JPY", "amount": "5000"}])
    uids = dict(Deal.objects.unscoped("test").values_list("external_id", "uid"))
    olga = signed_in("olga")
    assert "US$1,000.00 at 0.9 of 1 August 2026" in text(olga.get(f"/deals/{uids['D1']}/"))
    assert "5,000; it waits for a rate of 5 October 2026" in text(olga.get(f"/deals/{uids['D2']}/"))


def test_pipeline_and_forecast_say_how_many_open_deals_wait_with_a_link_for_those_who_can_help():
    bring(deals=[OPEN, WON])
    says, link = "1 open deal waits for an exchange rate", f'<a class="link" href="{PAGE}">'
    for page in ("/pipeline/2026-10/?at=2026-10-15", "/forecast/2026-10/?at=2026-10-15"):
        for who, leads in (("olga", True), ("mona", False)):
            shown = text(signed_in(who).get(page))
            assert says in shown
            assert (link in shown.split("<main")[1]) == leads
    enter("0.9")
    assert says not in text(signed_in("olga").get("/pipeline/2026-10/?at=2026-10-15"))


def test_the_forecast_says_how_many_won_deals_wait_also_once_the_period_is_over():
    bring(deals=[OPEN, WON])
    says = "1 deal that was won waits for an exchange rate, and is not in what is won yet."
    for at in ("2026-10-15", "2026-11-15"):
        assert says in text(signed_in("mona").get(f"/forecast/2026-10/?at={at}"))
    assert says not in text(signed_in("otto").get("/forecast/2026-10/?at=2026-10-15"))
    assert says not in text(signed_in("mona").get("/forecast/2026-11/?at=2026-11-15"))
    enter("0.9")
    assert says not in text(signed_in("mona").get("/forecast/2026-10/?at=2026-10-15"))
