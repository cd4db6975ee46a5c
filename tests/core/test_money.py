"""Money: exact, in one currency, split without loss."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import amounts, weights
from upswing.core.money import MixedCurrencies, Money, allocate, digits, minor_units, rounded

CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD"])


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def test_a_hundred_million_in_seven_equal_parts():
    assert allocate(100_000_000, [1] * 7) == (14_285_715,) * 2 + (14_285_714,) * 5


def test_a_hundred_and_one_by_one_two_three():
    assert allocate(101, (1, 2, 3)) == (17, 34, 50)


def test_ties_go_to_the_lower_index():
    assert allocate(1, (1, 1)) == (1, 0)
    assert allocate(-1, (1, 1)) == (-1, 0)


@given(amounts, weights)
def test_parts_add_up_exactly_and_lie_within_a_unit_of_their_share(total: int, weights: list[int]):
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(amounts, weights)
def test_a_credit_note_is_split_as_its_invoice_was(total: int, weights: list[int]):
    assert allocate(-total, weights) == tuple(-part for part in allocate(total, weights))


@given(amounts, weights)
def test_who_has_no_weight_gets_nothing(total: int, weights: list[int]):
    assert all(
        part == 0 for part, weight in zip(allocate(total, weights), weights, strict=True) if not weight
    )


@given(amounts, weights, st.data())
def test_parts_do_not_depend_on_the_order_up_to_ties(total: int, weights: list[int], data: st.DataObject):
    order = data.draw(st.permutations(range(len(weights))))
    moved = allocate(total, [weights[place] for place in order])
    straight = allocate(total, weights)
    remainders = [abs(total) * weight % sum(weights) for weight in weights]
    for place, part in zip(order, moved, strict=True):
        tied = remainders.count(remainders[place]) > 1
        assert abs(straight[place] - part) <= tied


@pytest.mark.parametrize("weights", [(), (0, 0), (2, -1)])
def test_weights_that_split_nothing_are_refused_with_a_sentence(weights: tuple[int, ...]):
    with pytest.raises(ValueError, match="Nothing splits by"):
        allocate(100, weights)


def test_sums_differences_and_comparisons_stay_in_one_currency():
    assert euro(150) + euro(50) - euro(25) == euro(175)
    assert -euro(5) == euro(-5)
    assert euro(1) < euro(2) <= euro(2)
    assert max(euro(1), euro(3)) == euro(3)


@pytest.mark.parametrize("mix", [
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b, lambda a, b: a.ratio(b),
])  # fmt: skip
def test_two_currencies_are_never_mixed(mix):
    with pytest.raises(MixedCurrencies, match=r"1\.00 EUR and 100 JPY are in different currencies"):
        mix(euro(100), Money(100, "JPY"))


def test_a_ratio_is_exact():
    assert euro(100).ratio(euro(300)) == Fraction(1, 3)
    with pytest.raises(ZeroDivisionError):
        euro(100).ratio(euro(0))


@pytest.mark.parametrize(("half", "away"), [("0.5", 1), ("-0.5", -1), ("2.5", 3), ("2.49", 2), ("-2.5", -3)])
def test_halves_are_rounded_away_from_zero(half: str, away: int):
    assert rounded(Fraction(half)) == away


def test_an_amount_is_scaled_and_rounded_once():
    assert euro(101).scaled(Fraction(1, 2)) == euro(51)
    assert euro(-101).scaled(Fraction(1, 2)) == euro(-51)


def test_currencies_have_the_digits_the_standard_gives_them():
    assert {code: digits(code) for code in ("EUR", "JPY", "KRW", "ISK", "BHD", "TND", "XYZ")} == {
        "EUR": 2, "JPY": 0, "KRW": 0, "ISK": 0, "BHD": 3, "TND": 3, "XYZ": 2,
    }  # fmt: skip


def test_amounts_are_written_with_all_their_digits():
    assert [str(money.decimal) for money in (euro(-5), Money(150, "JPY"), Money(5, "BHD"))] == [
        "-0.05",
        "150",
        "0.005",
    ]
    assert str(euro(123_456)) == "1234.56 EUR"


@given(amounts, CURRENCIES)
def test_main_units_and_minor_units_are_each_others_inverse(minor: int, currency: str):
    assert minor_units(Money(minor, currency).decimal, currency) == minor


def test_finer_digits_than_the_currency_has_are_rounded():
    assert minor_units(Decimal("1.005"), "EUR") == 101
    assert minor_units(Decimal("-1.005"), "EUR") == -101
    assert minor_units(Decimal("1.5"), "JPY") == 2


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "sNaN", "1E+31", "66E66666666660"])
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(ValueError, match="is not an amount of money"):
        minor_units(Decimal(text), "EUR")
