"""The one formatter: numbers, money and days become text here, by Babel, in the reader's language.

Halves are rounded away from zero, minus is U+2212. Every function takes a Babel locale name; left out, it
is the language Django has active for the request, as the organisation's country writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from threading import Lock

from babel import Locale, dates, lists, localedata, numbers, units
from django.utils import translation
from django.utils.translation import gettext, pgettext

from upswing.core.metrics.metric import Unit
from upswing.core.money import Money
from upswing.core.period import Period, PeriodKind

MINUS = "\u2212"
TERRITORIES = {"en": "en_GB", "da": "da_DK", "zh-hans": "zh_Hans_CN", "ko": "ko_KR"}
"""The locale behind each language of the interface, where the organisation's country does not speak it."""
_APART: set[str] = set()
_ONE_AT_A_TIME = Lock()
_COUNTRY: ContextVar[str] = ContextVar("country", default="")

_OfMoney = Callable[[Money, str | None], str]
_kept = lru_cache(1 << 14)
"""What was written is kept: writing a number takes Babel longer than counting it."""

WHOLE_MONEY_FROM = 100
"""Amounts from here on are shown without their minor units; the records page shows them all."""


@contextmanager
def in_country(country: str) -> Iterator[None]:
    """Write numbers, money and days as this country does in the active language: an ISO 3166 code, like US."""
    before = _COUNTRY.set(country)
    try:
        yield
    finally:
        _COUNTRY.reset(before)


def locale_name() -> str:
    """The Babel locale of the active language in the organisation's country: en_GB, en_US, en_DK, da_DK."""
    return _locale((translation.get_language() or "en").lower(), _COUNTRY.get())


def _named(locale: str | None) -> str:
    """The locale asked for, else the reader's."""
    name = locale or locale_name()
    _keep_apart(name)
    return name


def _keep_apart(name: str) -> None:
    """Give a locale data of its own before anything is read of it.

    Babel resolves what a locale shares with the root in place, for whichever locale is read first: after a Chinese
    page a Korean one would name its months in Chinese.
    """
    if name in _APART:
        return
    with _ONE_AT_A_TIME:
        if name not in _APART:
            shared = localedata.load(name)
            own = deepcopy(shared)
            shared.clear()
            shared.update(own)
            _APART.add(name)


@cache
def _locale(language: str, country: str) -> str:
    usual = TERRITORIES.get(language)
    if usual is None:
        return str(Locale.parse(language, sep="-"))
    spoken = f"{usual.rpartition('_')[0]}_{country}"
    return spoken if country and localedata.exists(spoken) else usual


def group_mark() -> str:
    """What the reader's language puts between thousands: a comma, a full stop."""
    return numbers.get_group_symbol(_named(None))


def number(amount: Fraction | Decimal | int, decimals: int = 1, locale: str | None = None) -> str:
    """A count or mean with at most `decimals` digits: 63, 8.6, 1,284; one more where 2.96 would read as 3."""
    return _number(Fraction(amount), decimals, _named(locale))


@_kept
def _number(amount: Fraction, decimals: int, locale: str) -> str:
    if decimals == 1 and amount.denominator != 1 and round(amount, 1).denominator == 1:
        decimals = 2
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    with _half_up():
        return _signed(numbers.format_decimal(_decimal(amount), pattern, locale))


def percent(share: Fraction | Decimal, decimals: int = 0, locale: str | None = None) -> str:
    """A share 0-1 as a percentage; not capped. With decimals in the locale's own pattern."""
    return _percent(Fraction(share), decimals, _named(locale))


@_kept
def _percent(share: Fraction, decimals: int, locale: str) -> str:
    found = Locale.parse(locale)
    pattern = found.percent_formats[None].pattern
    if decimals:
        pattern = pattern.replace("0%", f"0.{'0' * decimals}%").replace("0\xa0%", f"0.{'0' * decimals}\xa0%")
    with _half_up():
        return _signed(numbers.format_percent(_decimal(share), pattern, found))


def money(amount: Money, locale: str | None = None) -> str:
    """An amount with all digits its currency has: €54,300.50."""
    return _money(amount, _named(locale))


@_kept
def _money(amount: Money, locale: str) -> str:
    with _half_up():
        return _signed_money(numbers.format_currency(amount.decimal, amount.currency, locale=locale))


def money_whole(amount: Money, locale: str | None = None) -> str:
    """An amount in whole units, as cards show it: €54,301. Below 100 it keeps its minor units."""
    return _money_whole(amount, _named(locale))


@_kept
def _money_whole(amount: Money, locale: str) -> str:
    if 0 < abs(amount.decimal) < WHOLE_MONEY_FROM:
        return _money(amount, locale)
    found = Locale.parse(locale)
    pattern = _without_decimals(found.currency_formats["standard"].pattern)
    with _half_up():
        return _signed_money(
            numbers.format_currency(amount.decimal, amount.currency, pattern, found, currency_digits=False)
        )


def money_compact(amount: Money, locale: str | None = None) -> str:
    """An amount for narrow places, in the language's own thousands: €54.3K, ¥5.4万; whole below a thousand."""
    return _money_compact(amount, _named(locale))


@_kept
def _money_compact(amount: Money, locale: str) -> str:
    if abs(amount.decimal) < 1000:
        return _money_whole(amount, locale)
    with _half_up():
        return _signed_money(
            numbers.format_compact_currency(amount.decimal, amount.currency, fraction_digits=1, locale=locale)
        )


def value(amount: Fraction | Money | None, unit: Unit, locale: str | None = None) -> str:
    """A metric's value as its unit reads; an en dash where there is none."""
    return _worded(amount, unit, locale, money_whole)


def value_compact(amount: Fraction | Money | None, unit: Unit, locale: str | None = None) -> str:
    """The same for narrow places."""
    return _worded(amount, unit, locale, money_compact)


def day(moment: date, locale: str | None = None) -> str:
    """A date: 20 Nov 2026."""
    return _day(moment, "medium", _named(locale))


@_kept
def _day(moment: date, form: str, locale: str) -> str:
    return dates.format_date(moment, form, locale)


def day_long(moment: date, locale: str | None = None) -> str:
    """A date in a sentence: 20 November 2026."""
    return _day(moment, "long", _named(locale))


def day_short(moment: date, locale: str | None = None) -> str:
    """A date whose year is plain: 20 Nov."""
    return _skeleton("MMMd", moment, _named(locale))


@_kept
def _skeleton(skeleton: str, moment: date, locale: str) -> str:
    return dates.format_skeleton(skeleton, moment, locale=locale)


def day_range(first: date, last: date, locale: str | None = None) -> str:
    """First and last day in one expression, the year left to the context: 2–30 Nov."""
    skeleton = "MMMd" if first.year == last.year else "yMMMd"
    return dates.format_interval(first, last, skeleton, locale=_named(locale))


def ago(moment: datetime, now: datetime, locale: str | None = None) -> str:
    """How long ago, up to a day; then the date."""
    gone = now - moment
    if timedelta(0) <= gone < timedelta(days=1):
        shown = max(gone, timedelta(minutes=1))
        return dates.format_timedelta(-shown, add_direction=True, format="short", locale=_named(locale))
    return day(moment.date(), locale)


def listed(texts: Sequence[str], locale: str | None = None, either: bool = False) -> str:
    """Several in one expression: “a, b and c”, “a, b og c”, “a、b和c”; `either`: “a, b or c”."""
    return lists.format_list(list(texts), "or" if either else "standard", _named(locale))


def in_a_row(texts: Iterable[str]) -> str:
    """Several after one another without a last word between: “a, b, c”, “a、b、c”."""
    return pgettext("between things in a row", ", ").join(texts)


def period_name(period: Period, locale: str | None = None) -> str:
    """A period as people say it: November 2026, Q3 2017, Week 47, 2026."""
    year, _, part = period.slug.partition("-")
    match period.kind:
        case PeriodKind.MONTH:
            return _skeleton("yMMMM", period.start, _named(locale))
        case PeriodKind.QUARTER:
            return _skeleton("yQQQ", _in_quarter(year, part), _named(locale))
        case PeriodKind.WEEK:
            return gettext("Week {number}, {year}").format(number=int(part.lstrip("W")), year=year)
        case PeriodKind.YEAR:
            return _skeleton("y", date(int(year), 1, 1), _named(locale))
        case _:
            return day_of_or_range(period, locale)


def day_of_or_range(period: Period, locale: str | None = None) -> str:
    """A day, or a free range with its year."""
    if period.days == 1:
        return day(period.start, locale)
    return dates.format_interval(period.start, period.last, "yMMMd", locale=_named(locale))


def period_tick(period: Period, locale: str | None = None) -> tuple[str, str]:
    """An axis label in two lines, the second telling the year: (“Nov”, “2026”), (“Q3”, “2017”)."""
    year, _, part = period.slug.partition("-")
    match period.kind:
        case PeriodKind.MONTH:
            return dates.format_date(period.start, "LLL", _named(locale)), year
        case PeriodKind.QUARTER:
            return dates.format_date(_in_quarter(year, part), "QQQ", _named(locale)), year
        case PeriodKind.YEAR:
            return year, ""
        case PeriodKind.DAY | PeriodKind.CUSTOM:
            return day_short(period.start, locale), year
        case _:
            return part, year


def _in_quarter(year: str, part: str) -> date:
    """A day by which Babel names the quarter `part`, like Q3; of a fiscal year too, whose quarters begin elsewhere."""
    return date(int(year), 3 * int(part.lstrip("Q")) - 2, 1)


def _worded(amount: Fraction | Money | None, unit: Unit, locale: str | None, of_money: _OfMoney) -> str:
    if amount is None:
        return "–"
    if isinstance(amount, Money):
        return of_money(amount, locale)
    match unit:
        case Unit.SHARE:
            return percent(amount, locale=locale)
        case Unit.RATIO:
            return number(amount, 2, locale)
        case Unit.HOURS | Unit.DAYS:
            return _lasting(amount, unit, _named(locale))
        case _:
            return number(amount, locale=locale)


@_kept
def _lasting(amount: Fraction, unit: Unit, locale: str) -> str:
    """A length of time in its unit, as the language writes it short: 12.5 hr, 34 days."""
    name = "hour" if unit is Unit.HOURS else "day"
    with _half_up():
        return units.format_unit(_decimal(amount), f"duration-{name}", "short", "#,##0.#", locale=locale)


def _decimal(amount: Fraction | Decimal | int) -> Decimal:
    if isinstance(amount, Fraction):
        return Decimal(amount.numerator) / Decimal(amount.denominator)
    return Decimal(amount)


def _without_decimals(pattern: str) -> str:
    return pattern.replace("0.00", "0")


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def _signed_money(text: str) -> str:
    """A currency that stands as its code keeps away from the number: DKK 12,500."""
    return _signed(re.sub(r"([A-Z]{3})(?=\d)", "\\1\u00a0", text))


@contextmanager
def _half_up() -> Iterator[None]:
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        context.prec = 40
        yield
