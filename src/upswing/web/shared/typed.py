"""Numbers, days and ids as people type them: 60,000 or 60.000 or 60000, 12.5 %, half a month's weight as 0.5 or 0,5."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from upswing.core.metrics.metric import Unit
from upswing.core.money import digits
from upswing.web.shared import format as fmt

NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
ONE_MARK = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")
"""What reads as thousands in one language, and as three decimals in another."""
GROUPED = re.compile(
    r"[0-9]{1,3}(([.,])[0-9]{3}(\2[0-9]{3}){0,3})?((?!\2)[.,][0-9]{1,6})?|[0-9]{1,15}[.,][0-9]{1,6}"
)
"""A number with marks between its thousands, and another before its decimals."""


class Untyped(ValueError):
    """What was typed is no number; the message says what to write."""


class NoDay(ValueError):
    """What was written is no day."""

    def __init__(self, text: str) -> None:
        super().__init__(_("No day reads “{text}”. Write the day like 2026-12-01.").format(text=text[:40]))


def day_sent(sent: QueryDict, name: str) -> date:
    """A day of a form; raises NoDay."""
    text = sent.get(name, "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoDay(text) from None


def amount(text: str, unit: Unit, currency: str) -> Fraction:
    """A value in the metric's unit, money in minor units; a share is typed as a percentage. Raises Untyped."""
    example = "60000" if unit is Unit.MONEY else "25" if unit is Unit.SHARE else "12"
    found = number(text, example, thousands=unit is not Unit.SHARE)
    if unit is Unit.MONEY:
        minor = found * Fraction(10) ** digits(currency)
        if minor.denominator != 1:
            words = _("“{text}” has more digits than {currency} has. Write for example 60000.")
            raise Untyped(words.format(text=text.strip()[:40], currency=currency))
        return minor
    return found / 100 if unit is Unit.SHARE else found


def number(text: str, example: str, *, thousands: bool = False) -> Fraction:
    """A number not below 0, with the marks of the reader's language or of English. Raises Untyped.

    Where there may be `thousands`, one mark before exactly three digits reads as thousands where the language writes
    them so, and else two ways: it is asked again, for a target a thousand times too small is nobody's wish.
    """
    plain = re.sub(r"[\s %€$£¥₩]|[A-Z]{2,3}|kr\.?", "", text)
    mark = ONE_MARK.fullmatch(plain) if thousands else None
    if mark and mark[1] == fmt.group_mark():
        return Fraction(plain.replace(mark[1], ""))
    if NUMBER.fullmatch(plain) and not mark:
        return Fraction(Decimal(plain))
    if GROUPED.fullmatch(plain) and not mark:
        return Fraction(Decimal(without_groups(plain)))
    typed = text.strip()[:40]
    if not typed:
        raise Untyped(_("The number is missing. Write for example {example}.").format(example=example))
    if mark:
        words = _(
            "“{text}” can be read in two ways. Write it without a mark between thousands, for example {example}."
        )
        raise Untyped(words.format(text=typed, example=example))
    raise Untyped(
        _("“{text}” is no number. Write for example {example}.").format(text=typed, example=example)
    )


def without_groups(plain: str) -> str:
    """1,250.50 and 1.250,50 as 1250.50; 12,5 as 12.5; 1.250.000 as 1250000."""
    last = max(plain.rfind("."), plain.rfind(","))
    whole, decimals = plain[:last], plain[last + 1 :]
    if plain[last] in whole:
        return re.sub(r"[.,]", "", plain)
    return f"{re.sub(r'[.,]', '', whole)}.{decimals}"


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


def uid(text: str) -> UUID | None:
    """The id that an address or a form names; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
