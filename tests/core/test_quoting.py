"""Quotes: exact totals, what cannot be sent, where one stands, how two versions differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.money import rounded
from upswing.core.quoting import (
    Choice,
    Line,
    Quotation,
    Standing,
    changed,
    refusals,
    standing,
    totals,
    with_options,
)
from upswing.core.records import QuoteStatus

TODAY = date(2026, 10, 15)
LICENCE = Line("Licence", Decimal(12), 4_900, discount=Fraction(10))
SETUP = Line("Setup", Decimal("1.5"), 80_000)
TRAINING = Line("Training", Decimal(1), 60_000, choice=Choice.EXTRA, chosen=False)
CLOUD = Line("Cloud", Decimal(1), 30_000, choice=Choice.ONE_OF, group="Hosting")
OWN = Line("Own server", Decimal(1), 90_000, choice=Choice.ONE_OF, group="Hosting", chosen=False)
QUOTE = Quotation(
    "EUR", (LICENCE, SETUP, TRAINING, CLOUD, OWN), Fraction(5), Fraction(25), date(2026, 11, 14), "30 days"
)

percents = st.fractions(0, 100, max_denominator=400)
lines = st.builds(
    Line,
    product=st.sampled_from(["Licence", "Setup", "Training"]),
    quantity=st.decimals("0.0001", 10_000, places=4),
    unit_minor=st.integers(-(10**7), 10**9),
    description=st.sampled_from(["", "a year"]),
    discount=percents,
    choice=st.sampled_from([Choice.FIXED, Choice.EXTRA]),
    chosen=st.booleans(),
)
quotations = st.builds(
    Quotation,
    currency=st.sampled_from(["EUR", "JPY"]),
    lines=st.lists(lines, max_size=6).map(tuple),
    discount=percents,
    tax=percents,
    valid_until=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    terms=st.sampled_from(["", "30 days"]),
)


def test_a_worked_quote_to_the_cent():
    """Licence 12 x 49.00 less 10 % is 529.20, setup 1,200.00, cloud 300.00; what is not chosen counts nothing."""
    assert [line.minor for line in QUOTE.lines] == [52_920, 120_000, 60_000, 30_000, 90_000]
    found = totals(QUOTE)
    assert (found.sum, found.off, found.net, found.tax, found.gross) == (
        202_920,
        10_146,
        192_774,
        48_194,
        240_968,
    )


def test_halves_are_rounded_away_from_zero_on_each_line():
    assert Line("A", Decimal("0.5"), 1).minor == 1
    assert Line("A", Decimal("0.5"), -1).minor == -1
    assert Line("A", Decimal(1), 101, discount=Fraction(50)).minor == 51


@given(quotations)
def test_what_a_reader_adds_up_is_what_is_written(quotation: Quotation):
    found = totals(quotation)
    assert found.sum == sum(line.minor for line in quotation.lines if line.counts)
    assert found.net + found.off == found.sum
    assert found.gross == found.net + found.tax
    assert found.tax == rounded(found.net * quotation.tax / 100)


@given(lines, st.integers(1, 500))
def test_a_line_without_discount_scales_with_its_quantity(line: Line, times: int):
    plain = replace(line, discount=Fraction(0), quantity=Decimal(1))
    assert replace(plain, quantity=Decimal(times)).minor == times * plain.minor


@given(lines)
def test_a_full_discount_leaves_nothing_and_none_mirrors_the_rebate(line: Line):
    assert replace(line, discount=Fraction(100)).minor == 0
    assert replace(line, unit_minor=-line.unit_minor).minor == -line.minor


@given(quotations, lines)
def test_an_option_that_is_not_chosen_changes_no_total(quotation: Quotation, line: Line):
    left_out = replace(line, choice=Choice.EXTRA, chosen=False)
    assert totals(replace(quotation, lines=(*quotation.lines, left_out))) == totals(quotation)


def test_other_options_are_taken_and_fixed_lines_stay():
    """Licence 529.20, setup 1,200.00, training 600.00 and the own server 900.00, less 5 %."""
    taken = with_options(QUOTE, {3, 5})
    assert totals(taken).net == 306_774
    assert refusals(taken, TODAY) == ()
    assert with_options(QUOTE, {1, 4}) == QUOTE


def test_the_worked_quote_can_be_sent():
    assert refusals(QUOTE, TODAY) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(QUOTE, lines=()), "The quote has no lines. Add at least one product"),
        (replace(QUOTE, lines=(TRAINING,)), "Every line is an option, and none is chosen"),
        (replace(QUOTE, lines=(replace(SETUP, product=" "),)), "Line 1 does not say what is offered"),
        (replace(QUOTE, lines=(replace(SETUP, quantity=Decimal(0)),)), "Line 1, Setup: a quantity of 0"),
        (replace(QUOTE, lines=(replace(SETUP, quantity=Decimal(-2)),)), "a quantity of -2"),
        (replace(QUOTE, lines=(replace(SETUP, discount=Fraction(101)),)), "a discount lies between 0 and 100 %"),
        (replace(QUOTE, lines=(replace(SETUP, unit_minor=10**16),)), "the price is too large"),
        (replace(QUOTE, lines=(replace(SETUP, unit_minor=-1),)), "The total is -0.02 EUR: a quote cannot be below nothing"),
        (replace(QUOTE, discount=Fraction(-1)), "The discount on the whole quote"),
        (replace(QUOTE, tax=Fraction(250)), "The tax lies between 0 and 100 %"),
        (replace(QUOTE, lines=(CLOUD, replace(OWN, chosen=True))), "Of the options of “Hosting” 2 are chosen"),
        (replace(QUOTE, lines=(SETUP, replace(CLOUD, chosen=False), OWN)), "Of the options of “Hosting” 0 are chosen"),
        (replace(QUOTE, lines=(CLOUD,)), "“Hosting” offers one option only"),
        (replace(QUOTE, lines=(replace(CLOUD, group=""),)), "need the name of their group"),
        (replace(QUOTE, valid_until=TODAY - timedelta(1)), "valid until 14 October 2026, which has passed"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_said_in_a_sentence(wrong: Quotation, said: str):
    (sentence,) = refusals(wrong, TODAY)
    assert said in sentence


def test_everything_to_mend_is_said_at_once():
    wrong = Quotation(
        "EUR",
        (replace(SETUP, quantity=Decimal(0)), replace(LICENCE, discount=Fraction(300))),
        tax=Fraction(101),
    )
    assert len(refusals(wrong, TODAY)) == 3


@pytest.mark.parametrize(
    ("status", "on", "seen", "withdrawn", "stands"),
    [
        ("draft", "2030-01-01", False, False, Standing.DRAFT),
        ("sent", "2026-11-14", False, False, Standing.SENT),
        ("sent", "2026-11-14", True, False, Standing.SEEN),
        ("sent", "2026-11-15", True, False, Standing.EXPIRED),
        ("accepted", "2026-11-15", True, False, Standing.ACCEPTED),
        ("replaced", "2026-10-15", True, False, Standing.REPLACED),
        ("sent", "2026-10-15", True, True, Standing.WITHDRAWN),
    ],
)
def test_where_a_quote_stands(status: str, on: str, seen: bool, withdrawn: bool, stands: Standing):
    day = date.fromisoformat(on)
    assert standing(QuoteStatus(status), day, QUOTE.valid_until, seen=seen, withdrawn=withdrawn) is stands


def test_a_quote_without_a_last_day_never_expires():
    assert standing(QuoteStatus.SENT, date(2099, 1, 1)) is Standing.SENT


def test_a_second_version_says_what_it_changed():
    new = replace(
        QUOTE,
        lines=(replace(LICENCE, quantity=Decimal(20), discount=Fraction(25, 2)), TRAINING, CLOUD, OWN),
        valid_until=None,
    )
    assert changed(QUOTE, new) == (
        "Licence: the quantity of 12 becomes 20.",
        "Licence: the discount of 10 % becomes 12.5 %.",
        "Setup is gone: 1200.00 EUR.",
        "It has no last day now.",
        "The total without tax: 1927.74 EUR becomes 1099.62 EUR.",
    )


def test_the_same_lines_in_another_order_are_said_to_be_so():
    assert changed(QUOTE, replace(QUOTE, lines=QUOTE.lines[::-1])) == ("The lines stand in another order.",)


@given(quotations)
def test_a_version_does_not_differ_from_itself(quotation: Quotation):
    assert changed(quotation, quotation) == ()


@given(quotations, quotations)
def test_versions_that_differ_always_say_so_and_the_total_exactly_when_it_moved(
    old: Quotation, new: Quotation
):
    found = changed(old, new)
    assert bool(found) == (old != new)
    moved = (totals(old).net, old.currency) != (totals(new).net, new.currency)
    assert any(sentence.startswith("The total without tax") for sentence in found) == moved
