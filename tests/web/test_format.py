"""The one formatter, held against the written-down oracles of four locales."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.utils import translation

from upswing.core.metrics.metric import Unit
from upswing.core.money import Money
from upswing.core.period import parse_period
from upswing.web.shared import format as fmt

GB, DK, CN, KR = "en_GB", "da_DK", "zh_Hans_CN", "ko_KR"
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("locale", "amount", "expected"),
    [
        (GB, Money(5_430_050, "EUR"), "€54,300.50"),
        (GB, Money(5_430_050, "DKK"), "DKK\u00a054,300.50"),
        (DK, Money(5_430_050, "DKK"), "54.300,50\u00a0kr."),
        (CN, Money(5_430_050, "CNY"), "¥54,300.50"),
        (KR, Money(54_301, "KRW"), "₩54,301"),
    ],
)
def test_money_shows_all_digits_its_currency_has(locale: str, amount: Money, expected: str) -> None:
    assert fmt.money(amount, locale) == expected


@pytest.mark.parametrize(
    ("locale", "currency", "minor", "expected"),
    [
        (GB, "EUR", 5_430_000, "€54.3K"),
        (DK, "DKK", 5_430_000, "54,3\u00a0t\u00a0kr."),
        (CN, "CNY", 5_430_000, "¥5.4万"),
        (KR, "KRW", 54_300, "₩5.4만"),
    ],
)
def test_compact_money_counts_in_the_languages_own_thousands(
    locale: str, currency: str, minor: int, expected: str
) -> None:
    assert fmt.money_compact(Money(minor, currency), locale) == expected


@pytest.mark.parametrize(("locale", "expected"), [(GB, "88%"), (DK, "88\u00a0%"), (CN, "88%"), (KR, "88%")])
def test_a_share_reads_as_a_percentage(locale: str, expected: str) -> None:
    assert fmt.percent(Fraction(884, 1000), locale=locale) == expected


def test_a_decimal_in_percent_keeps_the_danish_space() -> None:
    assert fmt.percent(Fraction(884, 1000), 1, DK) == "88,4\u00a0%"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [(GB, "20 Nov 2026"), (DK, "20. nov. 2026"), (CN, "2026年11月20日"), (KR, "2026. 11. 20.")],
)
def test_a_day_reads_as_people_write_it(locale: str, expected: str) -> None:
    assert fmt.day(date(2026, 11, 20), locale) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [(GB, "2–30 Nov"), (DK, "2.–30. nov."), (CN, "11月2日至30日"), (KR, "11월 2일~30일")],
)
def test_a_range_of_days_says_the_month_once(locale: str, expected: str) -> None:
    assert fmt.day_range(date(2026, 11, 2), date(2026, 11, 30), locale) == expected


def test_halves_are_rounded_away_from_zero() -> None:
    assert fmt.percent(Fraction(125, 1000), locale=GB) == "13%"
    assert fmt.number(Fraction(5, 2), 0, GB) == "3"
    assert fmt.money_whole(Money(100_050, "EUR"), GB) == "€1,001"


def test_minus_is_the_minus_sign() -> None:
    assert fmt.number(-3, locale=GB) == "\u22123"
    assert fmt.money_whole(Money(-710_000, "EUR"), GB) == "\u2212€7,100"
    assert fmt.percent(Fraction(-1, 10), locale=GB) == "\u221210%"


def test_attainment_is_never_capped() -> None:
    assert fmt.percent(Fraction(318, 100), locale=GB) == "318%"


def test_small_amounts_keep_their_minor_units_on_cards() -> None:
    assert fmt.money_whole(Money(1_250, "EUR"), GB) == "€12.50"
    assert fmt.money_whole(Money(0, "EUR"), GB) == "€0"


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("2026-11", "November 2026"),
        ("2017-Q3", "Q3 2017"),
        ("2026-W47", "Week 47, 2026"),
        ("2026", "2026"),
        ("2026-11-14", "14 Nov 2026"),
        ("2026-11-02..2026-11-20", "2–20 Nov 2026"),
    ],
)
def test_a_period_has_the_name_people_use(slug: str, name: str) -> None:
    assert fmt.period_name(parse_period(slug, TODAY), GB) == name


def test_a_value_reads_as_its_unit() -> None:
    assert fmt.value(Fraction(60, 7), Unit.COUNT, GB) == "8.6"
    assert fmt.value(Fraction(3, 8), Unit.SHARE, GB) == "38%"
    assert fmt.value(Money(5_430_000, "EUR"), Unit.MONEY, GB) == "€54,300"
    assert fmt.value(None, Unit.COUNT, GB) == "–"


def test_freshness_is_relative_for_a_day_and_then_a_date() -> None:
    now = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
    assert fmt.ago(now - timedelta(seconds=4), now, GB) == "1 min ago"
    assert fmt.ago(now - timedelta(hours=8), now, GB) == "8 hr ago"
    assert fmt.ago(now - timedelta(days=3), now, GB) == "17 Nov 2026"


@pytest.mark.parametrize(
    ("amount", "said"), [("2.96", "2.96"), ("0.98", "0.98"), ("7.33", "7.3"), ("3", "3"), ("12.04", "12.04")]
)
def test_a_number_near_a_whole_one_does_not_pass_for_it(amount: str, said: str) -> None:
    assert fmt.number(Fraction(amount), locale="en_GB") == said


@pytest.mark.parametrize(
    ("unit", "amount", "expected"),
    [
        (Unit.HOURS, Fraction(25, 2), "12.5 hrs"), (Unit.HOURS, Fraction(1), "1 hr"), (Unit.DAYS, Fraction(34), "34 days"),
        (Unit.DAYS, Fraction(1, 3), "0.3 days"), (Unit.RATIO, Fraction(7, 3), "2.33"), (Unit.SHARE, Fraction(1, 4), "25%"),
    ],
)  # fmt: skip
def test_each_unit_reads_as_what_it_is(unit: Unit, amount: Fraction, expected: str) -> None:
    assert fmt.value(amount, unit, GB) == expected


def test_days_are_days_in_every_language() -> None:
    assert [fmt.value(Fraction(34), Unit.DAYS, locale) for locale in (DK, CN, KR)] == [
        "34 dage",
        "34天",
        "34일",
    ]


@pytest.mark.parametrize(
    ("slug", "locale", "name", "tick"),
    [
        ("2026-11", DK, "november 2026", "nov."),
        ("2017-Q3", DK, "3. kvt. 2017", "3. kvt."),
        ("2017-Q3", CN, "2017年第3季度", "3季度"),
        ("2017-Q3", KR, "2017년 3분기", "3분기"),
        ("2026-11", KR, "2026년 11월", "11월"),
        ("2026", KR, "2026년", "2026"),
    ],
)
def test_a_period_is_named_as_the_language_names_it(slug: str, locale: str, name: str, tick: str) -> None:
    period = parse_period(slug, TODAY)
    assert (fmt.period_name(period, locale), fmt.period_tick(period, locale)[0]) == (name, tick)


@pytest.mark.parametrize(
    ("language", "country", "locale", "dollars"),
    [
        ("en", "GB", "en_GB", "US$54,301"),
        ("en", "US", "en_US", "$54,301"),
        ("en", "DK", "en_DK", "54.301\u00a0US$"),
        ("da", "US", "da_DK", "54.301\u00a0US$"),
        ("zh-hans", "DK", "zh_Hans_CN", "US$54,301"),
        ("ko", "", "ko_KR", "US$54,301"),
    ],
)
def test_numbers_are_written_as_the_organisation_s_country_does_in_the_language(
    language: str, country: str, locale: str, dollars: str
) -> None:
    with translation.override(language), fmt.in_country(country):
        assert fmt.locale_name() == locale
        assert fmt.money_whole(Money(5_430_050, "USD")) == dollars
    assert fmt.locale_name() == GB


def test_several_are_listed_in_one_expression() -> None:
    assert fmt.listed(["a", "b", "c"], GB) == "a, b and c"
    assert fmt.listed(["a", "b", "c"], CN) == "a、b和c"


MONTHS = """
import sys
from datetime import date
from upswing.core.period import parse_period
from upswing.web.shared import format as fmt

july = parse_period("2026-07", date(2026, 7, 1))
for name in sys.argv[1:]:
    print(name, fmt.period_tick(july, name)[0], fmt.day_short(july.start, name))
"""


@pytest.mark.parametrize("order", [(CN, DK, KR, GB), (GB, KR, DK, CN), (DK, CN, GB, KR)])
def test_no_language_reads_the_months_of_one_that_was_read_before(order: tuple[str, ...]) -> None:
    told = subprocess.run([sys.executable, "-c", MONTHS, *order], capture_output=True, text=True, check=True)
    said = dict(line.split(" ", 1) for line in told.stdout.splitlines())
    assert said == {GB: "Jul 1 Jul", DK: "jul. 1. jul.", CN: "7月 7月1日", KR: "7월 7월 1일"}
