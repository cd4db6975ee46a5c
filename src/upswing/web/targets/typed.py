"""Numbers as people type them: 60,000 or 60000, 12.5 %, half a month's weight as 0.5."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from upswing.core.metrics.metric import Unit
from upswing.core.money import digits

NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")


class Untyped(ValueError):
    """What was typed is no number; the message says what to write."""


def amount(text: str, unit: Unit, currency: str) -> Fraction:
    """A value in the metric's unit, money in minor units; a share is typed as a percentage. Raises Untyped."""
    found = number(text, "60000" if unit is Unit.MONEY else "25" if unit is Unit.SHARE else "12")
    if unit is Unit.MONEY:
        minor = found * Fraction(10) ** digits(currency)
        if minor.denominator != 1:
            words = _("“{text}” has more digits than {currency} has. Write for example 60000.")
            raise Untyped(words.format(text=text.strip()[:40], currency=currency))
        return minor
    return found / 100 if unit is Unit.SHARE else found


def number(text: str, example: str) -> Fraction:
    """A number not below 0; a comma before three digits separates thousands, before others decimals. Raises Untyped."""
    plain = re.sub(r"[\s %€$£]|EUR|USD|GBP|DKK", "", text)
    plain = re.sub(r",(?=\d{3}(\D|$))", "", plain).replace(",", ".")
    if not NUMBER.fullmatch(plain):
        raise Untyped(
            _("“{text}” is no number. Write for example {example}.").format(text=typed, example=example)
            if (typed := text.strip()[:40])
            else _("The number is missing. Write for example {example}.").format(example=example)
        )
    return Fraction(Decimal(plain))


def numbers(text: str, example: str) -> list[Fraction]:
    """Several numbers, separated by blanks, semicolons or commas with a blank. Raises Untyped."""
    return [number(each, example) for each in re.split(r"[;\s]+|,\s", text.strip()) if each]


def day(text: str) -> date:
    """A day as date fields send it. Raises Untyped."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Untyped(
            _("“{text}” is no day. Write for example 2027-01-01.").format(text=typed)
            if (typed := text.strip()[:40])
            else _("The day is missing. Write for example 2027-01-01.")
        ) from None
