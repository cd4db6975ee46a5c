"""Numbers as people type them, in the marks of their language."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.utils import translation

from upswing.core.metrics.metric import Unit
from upswing.core.money import Money
from upswing.web.shared import format as fmt
from upswing.web.shared.typed import Untyped, amount, number


@pytest.mark.parametrize(
    ("language", "country", "typed", "read"),
    [
        ("en", "GB", "60,000", 60_000), ("en", "GB", "60000", 60_000), ("en", "GB", "1,250,000.50", Fraction("1250000.5")),
        ("en", "GB", "12.5", Fraction("12.5")), ("en", "GB", "12,5", Fraction("12.5")), ("en", "GB", "0.125", Fraction("0.125")),
        ("en", "GB", "1.250,50", Fraction("1250.5")), ("en", "GB", "€ 60,000", 60_000), ("en", "GB", "0", 0),
        ("en", "GB", "1.250.000", 1_250_000), ("en", "GB", "1250.125", Fraction("1250.125")),
        ("da", "DK", "60.000 kr.", 60_000), ("da", "DK", "60.000", 60_000), ("da", "DK", "1.250.000,50", Fraction("1250000.5")),
        ("da", "DK", "12,5", Fraction("12.5")), ("da", "DK", "12.5", Fraction("12.5")), ("da", "DK", "0,125", Fraction("0.125")),
        ("en", "DK", "60.000", 60_000), ("ko", "KR", "₩60,000", 60_000), ("zh-hans", "CN", "¥60,000", 60_000),
    ],
)  # fmt: skip
def test_a_number_reads_as_its_language_writes_it(
    language: str, country: str, typed: str, read: Fraction
) -> None:
    with translation.override(language), fmt.in_country(country):
        assert number(typed, "60000", thousands=True) == read


@pytest.mark.parametrize(("language", "country", "typed"), [("en", "GB", "60.000"), ("da", "DK", "60,000")])
def test_what_reads_two_ways_is_asked_again(language: str, country: str, typed: str) -> None:
    with translation.override(language), fmt.in_country(country), pytest.raises(Untyped, match=typed):
        number(typed, "60000", thousands=True)


@pytest.mark.parametrize("typed", ["", "x", "1,2,3", "1.2.3", "-5", "1,25,000", "12,345,67", "1.250,000.5"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Untyped):
        number(typed, "60000", thousands=True)


@pytest.mark.parametrize("country", ["GB", "US", "DK", "KR"])
@pytest.mark.parametrize("language", ["en", "da", "zh-hans", "ko"])
@pytest.mark.parametrize("minor", [1_250, 125_000, 6_000_000, 123_456_700, 99])
def test_what_a_page_shows_can_be_typed_back(language: str, country: str, minor: int) -> None:
    with translation.override(language), fmt.in_country(country):
        shown = fmt.money_whole(Money(minor, "DKK"))
        assert amount(shown, Unit.MONEY, "DKK") == minor


@pytest.mark.parametrize("typed", ["1.076", "1,076"])
def test_three_decimals_of_a_weight_are_decimals(typed: str) -> None:
    assert number(typed, "1.2") == Fraction("1.076")
