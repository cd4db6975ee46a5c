"""Numbers as people type them into a quote, and as its fields show them so that they read back the same."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from upswing.core.money import Money, digits
from upswing.web.shared import format as fmt
from upswing.web.shared.typed import ONE_MARK, without_groups

PLAIN = re.compile(r"[0-9]{1,13}(\.[0-9]{1,10})?")
GROUPED = re.compile(
    r"[0-9]{1,3}(([.,])[0-9]{3}(\2[0-9]{3}){0,3})?((?!\2)[.,][0-9]{1,10})?|[0-9]{1,13}[.,][0-9]{1,10}"
)


class Untyped(ValueError):
    """What was typed is no number or no day; the message says what to write."""


def number(text: str, what: str) -> Fraction:
    """A number, also below 0, with the marks of the reader's language or of English. Raises Untyped.

    One mark before exactly three digits reads as thousands where the language writes them so; else it is asked again.
    """
    typed = text.strip()[:40]
    plain = re.sub(r"[\s %€$£¥₩]|[A-Z]{3}|kr\.?", "", text).replace(fmt.MINUS, "-")
    sign, size = (-1, plain[1:]) if plain.startswith("-") else (1, plain)
    if not size:
        raise Untyped(_("{what} is missing. Write a number.").format(what=what))
    mark = ONE_MARK.fullmatch(size)
    if mark and mark[1] == fmt.group_mark():
        return sign * Fraction(size.replace(mark[1], ""))
    if mark:
        words = _("{what}: “{text}” can be read in two ways. Write it without a mark between thousands.")
        raise Untyped(words.format(what=what, text=typed))
    if PLAIN.fullmatch(size):
        return sign * Fraction(size)
    if GROUPED.fullmatch(size):
        return sign * Fraction(without_groups(size))
    raise Untyped(_("{what}: “{text}” is no number. Write for example 12.5.").format(what=what, text=typed))


def quantity(text: str, what: str) -> Decimal:
    """How many; 1 where nothing is written. Raises Untyped."""
    found = number(text, what) if text.strip() else Fraction(1)
    return Decimal(found.numerator) / Decimal(found.denominator)


def minor(text: str, currency: str, what: str) -> int:
    """An amount in minor units of the currency; nothing where nothing is written. Raises Untyped."""
    found = number(text, what) * 10 ** digits(currency) if text.strip() else Fraction(0)
    if found.denominator != 1:
        words = _("{what}: “{text}” has more digits than {currency} has.")
        raise Untyped(words.format(what=what, text=text.strip()[:40], currency=currency))
    return int(found)


def percent(text: str, what: str) -> Fraction:
    """A percentage; 0 where nothing is written. Raises Untyped."""
    return number(text, what) if text.strip() else Fraction(0)


def day(text: str, what: str) -> date | None:
    """A day as date fields send it; None where nothing is written. Raises Untyped."""
    typed = text.strip()[:40]
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        words = _("{what}: “{text}” is no day. Write for example 2027-01-31.")
        raise Untyped(words.format(what=what, text=typed)) from None


def shown(value: Fraction | Decimal) -> str:
    """A number in a field: without marks between thousands, and never with three decimals, which read two ways."""
    places = (
        f"{Decimal(value.numerator) / value.denominator:f}" if isinstance(value, Fraction) else f"{value:f}"
    )
    whole, _dot, decimals = places.partition(".")
    decimals = decimals.rstrip("0")
    decimals += "0" if len(decimals) == len("000") else ""
    return f"{whole}{_point()}{decimals}" if decimals else whole


def amount(money: Money) -> str:
    """A price in a field: 49, 49.50."""
    whole, _dot, decimals = f"{money.decimal:f}".partition(".")
    if not decimals.strip("0"):
        return whole
    return f"{whole}{_point()}{decimals}{'0' if len(decimals) == len('000') else ''}"


def _point() -> str:
    """What the reader's language puts before decimals."""
    return "," if fmt.number(Decimal("0.5"))[1] == "," else "."
