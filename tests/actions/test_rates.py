"""Exchange rates that last: kept with what was stated, filling the gaps when they come late, never changing the past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from tests.actions.standing import everything, facts, sums, tiers
from tests.examples import examples
from upswing.actions import pricing, quote_answers, quoting
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.losing import lose
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.quote_sheets import Sheet
from upswing.actions.rates import Written, enter_rate
from upswing.actions.taking import Taking
from upswing.actions.trial import try_out
from upswing.actions.undoing import undo
from upswing.book.models import Deal, Invoice, Quote
from upswing.book.rates import RATES_HERE, DealRate, ExchangeRate, InvoiceRate, QuoteRate
from upswing.connectors.connector import Connector, Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.connectors.files.rows import rows
from upswing.core.period import month_of
from upswing.core.quoting import Line, Quotation
from upswing.core.records import Came, Problem, Record
from upswing.intake.models import Batch
from upswing.people.viewer import NotVisible
from upswing.queries import rate_gaps
from upswing.queries.batch_rates import Kept, rates_of
from upswing.queries.deal import deal as deal_shown
from upswing.queries.freshness import freshness
from upswing.queries.intake import batches, sources, standing_problems
from upswing.queries.pipeline import pipeline
from upswing.queries.rate_gaps import Why, gaps
from upswing.queries.rates import rates
from upswing.simulation import simulate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_agrees")]

STAGES = {"Talking": "open", "Won": "won", "Lost": "lost"}
PEOPLE = [{"name": "Tess"}, {"name": "Stan"}]
OPEN = {"id": "D1", "name": "Big one", "rep": "Tess", "stage": "Talking", "created": "2026-09-01", "amount": "1000",
        "currency": "USD"}  # fmt: skip
WON = {**OPEN, "id": "D2", "stage": "Won", "closed": "2026-10-05", "amount": "2000.50"}
CHANGES = [
    {"deal": "D1", "day": "2026-09-01", "amount": "800"}, {"deal": "D1", "day": "2026-09-20", "amount": "1000"},
]  # fmt: skip
EARLY, LATE = (
    {"currency": "USD", "day": "2026-08-01", "rate": "0.9"},
    {"currency": "USD", "day": "2026-10-01", "rate": "0.875"},
)


def bring(source: str = "crm", **kinds: list[dict[str, str]]) -> Imported:
    """An import of these rows."""
    told = STAGES if "deals" in kinds else {}
    connector = rows(source, {"people": PEOPLE, **kinds}, told, world.TODAY)
    about = About(source, source.upper(), "EUR", "Testers", world.TODAY, "test")
    return import_batch(world.operator(), connector, about, world.NOW)


def enter(rate: str, day: str = "2026-08-01", currency: str = "USD", who: str = "") -> int:
    """Enter a rate by hand; how many records it converted."""
    viewer = world.viewer(who) if who else world.operator()
    batch = enter_rate(viewer, Written(currency, date.fromisoformat(day), Decimal(rate)), world.NOW)
    done = rate_gaps.entered(world.operator(), batch)
    assert done is not None
    return done.converted


def entered() -> UUID:
    """The batch of the rate entered last."""
    return Batch.objects.filter(source__key=RATES_HERE).latest("pk").uid


def amounts() -> dict[str, int | None]:
    return dict(Deal.objects.unscoped("test").values_list("external_id", "amount_minor"))


def kept(key: str = "D1") -> tuple[str, str, date | None, str]:
    """At which rate a deal was converted."""
    row = DealRate.objects.get(deal__external_id=key)
    return row.deal.currency, row.rate, row.since, row.came


def test_the_rates_of_an_import_are_kept_and_serve_later_ones_of_any_source():
    bring(rates=[EARLY, LATE])
    assert [(found.currency, found.rate, found.came) for found in rates(world.operator())] == [
        ("USD", Decimal("0.875"), Came.FILE),
        ("USD", Decimal("0.9"), Came.FILE),
    ]
    bring(source="other", deals=[OPEN, WON])
    assert amounts() == {"D1": 90_000, "D2": 175_044}
    assert kept("D1") == ("USD", "0.9", date(2026, 8, 1), "file")
    assert kept("D2") == ("USD", "0.875", date(2026, 10, 1), "file")


def test_importing_rates_twice_keeps_them_once():
    first = bring(rates=[EARLY], deals=[OPEN])
    second = bring(rates=[EARLY], deals=[OPEN])
    assert (first.created, second.created, second.updated) == (4, 0, 0)
    assert (first.rates, second.rates, second.unchanged) == (1, 0, 4)
    assert ExchangeRate.objects.count() == 1


def test_an_import_of_rates_alone_counts_them_and_what_they_convert():
    bring("other", deals=[OPEN, WON])
    done = bring(rates=[EARLY, LATE])
    assert (done.rates, done.created, done.updated, done.unchanged) == (2, 2, 2, 2)  # two people stay
    batch = Batch.objects.get(uid=done.batch)
    assert (batch.created, batch.updated, batch.done, batch.expected) == (2, 2, 6, 6)
    assert undo(world.operator(), batch.uid, world.NOW) == {"put back": 2, "removed": 2}


def test_a_trial_counts_the_rates_it_would_keep_and_those_it_has():
    bring(rates=[EARLY])
    connector = rows("crm", {"rates": [EARLY, LATE]}, {}, world.TODAY)
    about = About("crm", "CRM", "EUR", "Testers", world.TODAY, "test")
    found = try_out(world.operator(), connector, about, world.NOW)
    assert found.kinds == {"rates": (1, 0, 1)}
    assert ExchangeRate.objects.count() == 1


def test_a_batch_names_its_rates_by_currency_and_the_latest_first():
    told = [{"currency": "DKK", "day": f"2026-08-{day:02}", "rate": "0.134"} for day in range(1, 13)]
    done = bring(rates=[EARLY, LATE, *told])
    found = rates_of(world.operator(), UUID(done.batch))
    assert (found.count, len(found.first)) == (14, 12)
    assert found.first[0] == Kept("DKK", "EUR", date(2026, 8, 12), Decimal("0.134"))
    enter("0.8", "2026-07-01")
    assert rates_of(world.operator(), entered()).first == (
        Kept("USD", "EUR", date(2026, 7, 1), Decimal("0.8")),
    )


def test_money_of_our_own_is_stated_nowhere_else():
    bring(rates=[EARLY], deals=[{**OPEN, "currency": "EUR"}, {**WON, "currency": ""}])
    assert not DealRate.objects.exists()


def test_a_deal_says_what_was_stated_and_at_which_rate_it_was_converted():
    bring(rates=[EARLY], deals=[OPEN, {**WON, "currency": "JPY"}])
    uids = dict(Deal.objects.unscoped("test").values_list("external_id", "uid"))
    found = deal_shown(world.operator(), uids["D1"]).stated
    assert found is not None
    assert (found.amount, found.currency, found.rate, found.since) == (
        Decimal(1000), "USD", Decimal("0.9"), date(2026, 8, 1),
    )  # fmt: skip
    waits = deal_shown(world.operator(), uids["D2"]).stated
    assert waits is not None
    assert (waits.currency, waits.rate, waits.on) == ("JPY", None, date(2026, 10, 5))


def test_a_rate_that_comes_late_makes_what_an_early_one_would_have_made():
    with world.undone():
        bring(rates=[EARLY], deals=[OPEN, WON], amount_changes=CHANGES)
        wanted = everything()
        assert sums("Tess")["won_value"] == 180_045
    bring(deals=[OPEN, WON], amount_changes=CHANGES)
    assert everything() != wanted
    assert enter("0.9") == 2
    assert everything() == wanted
    again = bring(deals=[OPEN, WON], amount_changes=CHANGES)
    assert (again.created, again.updated) == (0, 0)
    assert everything() == wanted


DAYS = st.dates(date(2026, 7, 1), date(2026, 9, 30))


@given(
    created=DAYS, told=st.lists(st.tuples(DAYS, st.integers(0, 9_999)), max_size=4, unique_by=lambda each: each[0]),
    amount=st.integers(0, 10**6).map(lambda cents: f"{Decimal(cents) / 100}"), stage=st.sampled_from(sorted(STAGES)),
    priced=st.booleans(), rate=st.decimals("0.0001", 200, places=6, allow_nan=False),
)  # fmt: skip
@settings(
    max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_late_is_as_early_whatever_the_deal_says(
    created: date, told: list[tuple[date, int]], amount: str, stage: str, priced: bool, rate: Decimal
):
    deal = {**OPEN, "stage": stage, "created": f"{created}", "closed": "2026-10-02", "amount": amount}
    changes = [{"deal": "D1", "day": f"{day}", "amount": f"{value}"} for day, value in told]
    kinds = {
        "deals": [deal | ({"product": "P1"} if priced else {})],
        **({"amount_changes": changes} if changes else {}),
    }
    kinds |= {"products": [{"id": "P1", "name": "Chair", "list_price": "99"}]} if priced else {}
    with world.undone():
        bring(rates=[{"currency": "USD", "day": "2026-07-01", "rate": f"{rate}"}], **kinds)
        wanted = everything()
    with world.undone():
        bring(**kinds)
        enter(f"{rate}", "2026-07-01")
        assert everything() == wanted


def test_a_rate_entered_by_hand_is_taken_back_with_what_it_converted():
    bring(deals=[OPEN, WON], amount_changes=CHANGES)
    before = everything()
    enter("0.9")
    assert undo(world.operator(), entered(), world.NOW) == {"put back": 2, "removed": 1}
    assert everything() == before
    assert not ExchangeRate.objects.exists()
    assert enter("0.8") == 2
    assert amounts() == {"D1": 80_000, "D2": 160_040}


def test_an_import_whose_deals_were_converted_since_waits_for_the_rate_to_go():
    first = bring(deals=[OPEN]).batch
    enter("0.9")
    with pytest.raises(NotAllowed, match="exchange rates entered in Upswing.*changed 1 of its records"):
        undo(world.operator(), UUID(first), world.NOW)
    undo(world.operator(), entered(), world.NOW)
    undo(world.operator(), UUID(first), world.NOW)
    assert amounts() == {}


def test_a_later_import_fills_the_gaps_of_earlier_ones_and_empties_them_when_it_is_taken_back():
    bring(deals=[OPEN, WON])
    before = everything()
    later = bring(source="bank", rates=[EARLY])
    assert amounts() == {"D1": 90_000, "D2": 180_045}
    undo(world.operator(), UUID(later.batch), world.NOW)
    assert everything() == before
    assert not ExchangeRate.objects.exists()


def test_when_a_rate_goes_an_older_one_takes_its_place():
    bring(deals=[OPEN])
    enter("0.9", "2026-08-20")
    enter("0.7", "2026-08-01")
    assert amounts() == {"D1": 90_000}
    undo(world.operator(), Batch.objects.filter(source__key=RATES_HERE).earliest("pk").uid, world.NOW)
    assert amounts() == {"D1": 70_000}
    undo(world.operator(), entered(), world.NOW)
    assert amounts() == {"D1": None}


def test_a_rate_entered_later_changes_nothing_that_was_converted_not_even_when_the_files_come_again():
    bring(rates=[EARLY], deals=[OPEN])
    assert enter("0.5", "2026-08-15") == 0
    again = bring(rates=[EARLY], deals=[OPEN, {**OPEN, "id": "D3"}])
    assert (again.created, again.updated) == (1, 0)
    assert amounts() == {"D1": 90_000, "D3": 50_000}


def test_a_deal_that_moves_to_another_day_or_currency_takes_the_rate_of_that():
    bring(rates=[EARLY, LATE, {"currency": "DKK", "day": "2026-08-01", "rate": "0.134"}], deals=[OPEN, WON])
    bring(deals=[{**WON, "id": "D1"}, {**WON, "currency": "DKK"}])
    assert amounts() == {"D1": 175_044, "D2": 26_807}


def test_mended_rates_of_the_same_files_mend_what_was_converted_by_them():
    bring(rates=[EARLY], deals=[OPEN])
    again = bring(rates=[{**EARLY, "rate": "0.8"}], deals=[OPEN])
    assert (again.updated, amounts()) == (1, {"D1": 80_000})
    assert ExchangeRate.objects.count() == 2


def test_mended_rates_of_an_import_that_was_cut_off_are_taken_when_it_comes_again():
    bring(rates=[EARLY], deals=[OPEN])
    cut_off = bring(rates=[{**EARLY, "rate": "0.8"}])
    Batch.objects.filter(uid=cut_off.batch).update(finished=None, alive=None)
    again = bring(rates=[{**EARLY, "rate": "0.8"}], deals=[OPEN])
    assert (again.updated, amounts()) == (1, {"D1": 80_000})
    assert [row.batch.uid for row in ExchangeRate.objects.order_by("pk")][1:] == [UUID(again.batch)]


def test_a_file_that_repeats_itself_does_not_undo_what_somebody_mended_by_hand():
    bring(rates=[EARLY], deals=[OPEN])
    enter("0.7")
    bring(rates=[EARLY], deals=[OPEN, {**OPEN, "id": "D3"}])
    assert amounts() == {"D1": 90_000, "D3": 70_000}
    assert [(found.rate, found.counts) for found in rates(world.operator())] == [
        (Decimal("0.7"), True),
        (Decimal("0.9"), False),
    ]


def test_what_was_observed_of_a_deal_before_it_waited_stays():
    bring(deals=[{**OPEN, "currency": "EUR"}])
    bring(deals=[{**OPEN, "currency": "EUR", "amount": "1200"}])
    bring(deals=[{**OPEN, "amount": "1300"}])
    deal = Deal.objects.unscoped("test").get()
    observed = list(deal.amounts.values_list("day", "amount_minor"))
    assert observed == [(world.TODAY, 120_000)]
    enter("0.9")
    deal.refresh_from_db()
    assert (deal.amount_minor, deal.expected_minor) == (117_000, 100_000)
    assert list(deal.amounts.values_list("day", "amount_minor")) == observed


def test_when_a_deal_was_expected_to_close_is_known_since_its_source_said_so():
    bring(deals=[{**OPEN, "expected_close": "2026-12-01"}])
    Batch.objects.update(read_on=date(2026, 9, 9))
    enter("0.9")
    deal = Deal.objects.unscoped("test").get()
    assert list(deal.closes.values_list("day", "expected_close")) == [(date(2026, 9, 9), date(2026, 12, 1))]
    undo(world.operator(), entered(), world.NOW)
    assert not deal.closes.exists()


def test_quotes_and_invoices_wait_and_are_converted_as_deals_are():
    offered = {
        "quotes": [{"id": "Q1", "deal": "D1", "sent": "2026-09-10", "amount": "900", "currency": "USD"}]
    }
    billed = {
        "invoices": [
            {"id": "I1", "day": "2026-10-06", "rep": "Tess", "net": "500", "tax": "125", "currency": "USD"}
        ]
    }
    bring(deals=[OPEN], **offered, **billed)
    (gap,) = gaps(world.operator())
    assert (gap.currency, gap.first, gap.deals, gap.quotes, gap.invoices) == (
        "USD",
        date(2026, 9, 1),
        1,
        1,
        1,
    )
    before = everything()
    assert enter("0.9") == 3
    assert Quote.objects.unscoped("test").get().amount_minor == 81_000
    booked = Invoice.objects.unscoped("test").get()
    assert (booked.net_minor, booked.tax_minor) == (45_000, 11_250)
    assert (sums("Tess")["booked_revenue"], sums("Tess")["proposed_value"]) == (45_000, 81_000)
    assert {QuoteRate.objects.get().rate, InvoiceRate.objects.get().rate} == {"0.9"}
    assert gaps(world.operator()) == ()
    undo(world.operator(), entered(), world.NOW)
    assert everything() == before


def test_converted_quotes_and_invoices_keep_their_rate_when_the_files_come_again():
    told = {
        "quotes": [{"id": "Q1", "deal": "D1", "sent": "2026-09-10", "amount": "900", "currency": "USD"}],
        "invoices": [{"id": "I1", "day": "2026-10-06", "rep": "Tess", "net": "500", "currency": "USD"}],
    }
    bring(rates=[EARLY], deals=[OPEN], **told)
    enter("0.5", "2026-09-05")
    again = bring(deals=[OPEN], **told)
    assert (again.created, again.updated) == (0, 0)


def test_that_a_rate_was_missing_is_no_problem_any_more_once_it_came():
    bring(deals=[OPEN, {**WON, "currency": "JPY"}])
    viewer = world.operator()
    assert [(found.code, found.count) for found in standing_problems(viewer) if found.code == "no_rate"] == [
        ("no_rate", 2)
    ]
    enter("0.9")
    (left,) = [found for found in standing_problems(viewer) if found.code == "no_rate"]
    assert (left.count, left.values) == (1, (("JPY 2026-10-05", 1),))
    undo(viewer, entered(), world.NOW)
    assert [found.count for found in standing_problems(viewer) if found.code == "no_rate"] == [2]


@pytest.mark.parametrize(
    ("rate", "day", "currency", "says"),
    [
        ("0.9", "2026-08-01", "EUR", "EUR is the organisation’s own currency"),
        ("0.9", "2026-08-01", "XQQ", "“XQQ” is no currency"),
        ("0.9", "2026-08-01", "", "“” is no currency"),
        ("0", "2026-08-01", "USD", "lies above 0"),
        ("-1", "2026-08-01", "USD", "lies above 0"),
        ("1000000000", "2026-08-01", "USD", "below 1,000,000,000"),
        ("0.1234567890123", "2026-08-01", "USD", "at most 12 digits"),
        ("0.9", "2026-10-16", "USD", "until today, and not of 16 October 2026"),
        ("0.9", "1989-12-31", "USD", "from 1 January 1990"),
    ],
)
def test_a_rate_that_cannot_be_is_refused_in_a_sentence(rate: str, day: str, currency: str, says: str):
    bring()
    with pytest.raises(Incomplete) as told:
        enter(rate, day, currency)
    assert len(told.value.sentences) == 1
    assert says in told.value.sentences[0]
    assert not ExchangeRate.objects.exists()
    assert not Batch.objects.filter(source__key=RATES_HERE).exists()


def test_the_same_rate_again_is_nothing_to_do_and_another_of_that_day_counts_from_then_on():
    bring()
    enter("0.9")
    with pytest.raises(Incomplete, match="stands already"):
        enter("0.90")
    enter("0.8")
    assert [found.counts for found in rates(world.operator())] == [True, False]


def test_what_a_rate_makes_impossible_goes_on_waiting_and_holds_nothing_else_up():
    huge = {"id": "Q1", "deal": "D1", "sent": "2026-09-10", "amount": "99999999999", "currency": "USD"}
    bring(deals=[OPEN, {**WON, "amount": "99999999999"}], quotes=[huge])
    viewer = world.operator()
    assert enter("11") == 1
    assert amounts() == {"D1": 1_100_000, "D2": None}
    done = rate_gaps.entered(viewer, entered())
    assert done is not None
    assert (done.rate, done.converted, done.left, done.too_large) == (Decimal(11), 1, 2, ("D2", "Q1"))
    (gap,) = gaps(viewer)
    assert (gap.why, gap.currency, gap.deals, gap.quotes) == (Why.TOO_LARGE, "USD", 1, 1)
    assert [name for _, name in gap.named] == ["Big one"]
    assert enter("0.9", "2026-10-02") == 1
    assert amounts() == {"D1": 1_100_000, "D2": 8_999_999_999_910}


def test_only_what_is_older_than_every_rate_lacks_one():
    bring(deals=[OPEN, {**WON, "amount": "99999999999"}])
    enter("11", "2026-09-15")
    assert [(gap.why, gap.deals) for gap in gaps(world.operator())] == [(Why.NO_RATE, 1), (Why.TOO_LARGE, 1)]


def test_a_mistyped_rate_does_not_outlive_its_being_taken_back():
    told = {"deals": [OPEN, {**OPEN, "id": "D3"}]}
    bring(deals=[OPEN])
    enter("92")
    bring(**told)
    undo(world.operator(), entered(), world.NOW)
    assert amounts() == {"D1": None, "D3": 9_200_000}
    assert [(gap.why, gap.currency, gap.deals) for gap in gaps(world.operator())] == [
        (Why.NO_RATE, "USD", 1),
        (Why.TAKEN_BACK, "USD", 1),
    ]
    assert enter("0.92") == 1
    again = bring(**told)
    assert (again.updated, amounts()) == (1, {"D1": 92_000, "D3": 92_000})
    assert gaps(world.operator()) == ()


def test_what_stood_at_a_rate_that_is_gone_waits_once_it_is_imported_again_without_another():
    enter_first = {"deals": [OPEN]}
    bring()
    enter("92")
    bring(**enter_first)
    undo(world.operator(), entered(), world.NOW)
    bring(**enter_first)
    assert amounts() == {"D1": None}
    assert [gap.why for gap in gaps(world.operator())] == [Why.NO_RATE]


def test_quotes_and_invoices_too_stand_at_a_rate_that_is_gone():
    bring()
    enter("92")
    bring(
        deals=[OPEN],
        quotes=[{"id": "Q1", "deal": "D1", "sent": "2026-09-10", "amount": "900", "currency": "USD"}],
        invoices=[{"id": "I1", "day": "2026-10-06", "rep": "Tess", "net": "500", "currency": "USD"}],
    )
    assert gaps(world.operator()) == ()
    undo(world.operator(), entered(), world.NOW)
    (gap,) = gaps(world.operator())
    assert (gap.why, gap.first, gap.deals, gap.quotes, gap.invoices) == (
        Why.TAKEN_BACK, date(2026, 9, 1), 1, 1, 1,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A source while which is read something else happens."""

    inner: Connector
    happens: Callable[[], object]

    def read(self, known: Known) -> Iterator[Record | Problem]:
        stream = self.inner.read(known)
        yield next(stream)
        self.happens()
        yield from stream


def test_a_rate_entered_while_an_import_runs_converts_what_that_brings_and_takes_it_back_with_it():
    bring()
    inner = rows("crm", {"people": PEOPLE, "deals": [OPEN]}, STAGES, world.TODAY)
    about = About("crm", "CRM", "EUR", "Testers", world.TODAY, "test")
    import_batch(world.operator(), Meanwhile(inner, lambda: enter("0.9")), about, world.NOW)
    assert (amounts(), kept()) == ({"D1": 90_000}, ("USD", "0.9", date(2026, 8, 1), "hand"))
    assert gaps(world.operator()) == ()
    undo(world.operator(), entered(), world.NOW)
    assert amounts() == {"D1": None}


def test_taking_an_import_back_leaves_nothing_waiting_for_a_rate_that_is_known_by_then():
    bring(deals=[OPEN])
    moved = bring(deals=[{**OPEN, "currency": "DKK"}]).batch
    assert enter("0.9") == 0
    undo(world.operator(), UUID(moved), world.NOW)
    assert (amounts(), gaps(world.operator())) == ({"D1": 90_000}, ())


def test_that_a_deal_waited_while_it_was_open_is_said_of_days_before_it_was_decided():
    def waiting(at: date) -> int:
        return pipeline(world.operator(), month_of(world.TODAY), at).waiting

    bring(deals=[OPEN])
    lose(world.operator(), Deal.objects.unscoped("test").get().uid, "Price", world.NOW)
    assert (waiting(date(2026, 10, 10)), waiting(world.TODAY)) == (1, 0)


@pytest.mark.parametrize(
    ("rate", "offered"), [("0.9", "0.9"), ("0.000023712345", "0.0000237123"), ("0.00000000004", "1")]
)
def test_a_quote_is_offered_the_kept_rate_unless_its_ten_digits_would_make_nothing_of_it(
    rate: str, offered: str
):
    bring(deals=[OPEN], rates=[{**EARLY, "currency": "IRR", "rate": rate}])
    deal, viewer = Deal.objects.unscoped("test").get(), world.operator()
    prices = pricing.save_prices(viewer, None, pricing.Written("Rials", "IRR", None, None, ()), world.NOW)
    begun = quoting.begin(viewer, deal.uid, prices, world.NOW)
    assert Quote.objects.unscoped("test").get(uid=begun).offer.rate == Decimal(offered)


def test_only_revenue_operations_enter_rates():
    world.settle_in()
    world.give_sign_ins()
    for who in ("tess", "mona", "ada"):
        with pytest.raises(NotVisible):
            enter("0.9", who=who)
    assert enter("0.9", who="olga") == 0
    assert rates(world.viewer("olga"))[0].by == "olga@example.com"


def test_rates_entered_by_hand_are_no_import_and_no_source():
    bring(deals=[OPEN])
    enter("0.9")
    viewer = world.operator()
    assert len(batches(viewer)) == 1
    assert [found.key for found in sources(viewer)] == ["crm"]
    assert [found.source for found in freshness(viewer)] == ["CRM"]


def simulated(folder: Path) -> Imported:
    """An organisation in three currencies, as its files tell it."""
    mapping = read_mapping(folder / "mapping.toml")
    about = About(mapping.source, mapping.name, "EUR", "Testers", mapping.read_on, "test")
    return import_batch(world.operator(), Files(folder, mapping), about, world.NOW)


def test_the_gap_of_half_a_year_is_filled_as_if_it_had_never_been(tmp_path: Path):
    simulate(3, "multi-currency", months=8, reps=3, start=date(2026, 1, 1)).write(tmp_path)
    told = (tmp_path / "rates.csv").read_text(encoding="utf-8")
    first = min(line.split(",")[1] for line in told.splitlines()[1:])
    with world.undone():
        (tmp_path / "rates.csv").write_text(f"{told}USD,{first},0.92\n", encoding="utf-8")
        simulated(tmp_path)
        wanted = (facts(), tiers())
    (tmp_path / "rates.csv").write_text(told, encoding="utf-8")
    simulated(tmp_path)
    (gap,) = gaps(world.operator())
    assert gap.currency == "USD"
    assert gap.deals > 5
    assert gap.invoices > 0
    before = (facts(), tiers())
    assert before != wanted
    assert enter("0.92", first) == gap.deals + gap.quotes + gap.invoices
    assert (facts(), tiers()) == wanted
    again = simulated(tmp_path)
    assert (again.created, again.updated) == (0, gap.quotes)  # of these the lines come as well
    assert (facts(), tiers()) == wanted
    undo(world.operator(), UUID(again.batch), world.NOW)
    undo(world.operator(), entered(), world.NOW)
    assert (facts(), tiers()) == before


def test_a_deal_won_by_a_quote_has_the_quote_s_rate_until_the_win_is_taken_back():
    bring(rates=[EARLY], deals=[OPEN])
    deal, viewer = Deal.objects.unscoped("test").get(), world.operator()
    prices = pricing.save_prices(viewer, None, pricing.Written("Dollars", "USD", None, None, ()), world.NOW)
    offered = quoting.begin(viewer, deal.uid, prices, world.NOW)
    assert Quote.objects.unscoped("test").get(uid=offered).offer.rate == Decimal("0.9")
    sheet = Sheet(
        Quotation("USD", (Line("Licence", Decimal(1), 100_000),), valid_until=world.TODAY),
        rate=Fraction(4, 5),
    )
    quoting.save(viewer, offered, sheet, world.NOW)
    quoting.send(viewer, offered, world.NOW)
    assert quote_answers.accept(viewer, offered, "", world.NOW)
    assert (amounts(), kept()) == ({"D1": 80_000}, ("USD", "0.8", world.TODAY, "quote"))
    quote_answers.take_back_answer(viewer, offered, world.NOW)
    assert (amounts(), kept()) == ({"D1": 90_000}, ("USD", "0.9", date(2026, 8, 1), "file"))


def test_what_an_older_rate_converts_once_a_newer_goes_counts_with_the_older():
    bring(deals=[OPEN])
    enter("0.9", "2026-08-20")
    enter("0.7", "2026-08-01")
    older, newer = entered(), Batch.objects.filter(source__key=RATES_HERE).earliest("pk").uid
    assert rate_gaps.entered(world.operator(), older).converted == 0
    undo(world.operator(), newer, world.NOW)
    assert rate_gaps.entered(world.operator(), older).converted == 1
    counted = Batch.objects.get(uid=older)
    assert (counted.created, counted.updated, counted.done, counted.expected) == (1, 1, 2, 2)


def test_rates_of_an_import_that_was_cut_off_count_with_the_one_that_completes_it(
    monkeypatch: pytest.MonkeyPatch,
):
    whole = Taking.take

    def cut_off(self: Taking, window: Sequence[Record]) -> Iterator[Counter[str]]:
        yield from whole(self, window)
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(Taking, "take", cut_off)
        with pytest.raises(KeyboardInterrupt):
            bring(rates=[EARLY], deals=[OPEN])
    first = Batch.objects.get()
    before = first.created
    done = bring(rates=[EARLY], deals=[OPEN])
    first.refresh_from_db()
    assert (done.rates, before - first.created) == (1, 1)
    assert rates_of(world.operator(), first.uid).count == 0
    assert undo(world.operator(), UUID(done.batch), world.NOW)["removed"] == done.created
