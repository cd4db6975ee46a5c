"""A rate as somebody typed it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from upswing.actions.rates import Written
from upswing.web.shared import format as fmt
from upswing.web.shared.typed import ONE_MARK, Untyped, day, without_groups

PLAIN = re.compile(r"-?[0-9]{1,14}([.,][0-9]{1,20})?")
GROUPED = re.compile(r"[0-9]{1,3}(([.,])[0-9]{3}){1,4}((?!\2)[.,][0-9]{1,20})?")
T = TypeVar("T")


def read(currency: str, on: str, rate: str) -> tuple[Written | None, tuple[str, ...]]:
    """What was meant, or everything to mend."""
    wrong: list[str] = []

    def tried(reading: Callable[[str], T], text: str) -> T | None:
        try:
            return reading(text)
        except Untyped as error:
            wrong.append(str(error))
            return None

    code, found, number = currency.strip().upper(), tried(day, on), tried(rate_typed, rate)
    if not code:
        wrong.insert(0, _("The currency is missing. Write its three letters, such as USD."))
    return (Written(code, found, number) if found and number is not None and not wrong else None), tuple(
        wrong
    )


def rate_typed(text: str) -> Decimal:
    """A number with the reader's decimal mark or the other one. Raises Untyped.

    One mark before exactly three digits is the decimal mark where the language writes it so; else it is asked again.
    """
    plain = re.sub(r"\s", "", text).replace(fmt.MINUS, "-")
    mark = ONE_MARK.fullmatch(plain)
    if not plain:
        raise Untyped(_("The rate is missing. Write for example 0.92."))
    if mark and mark[1] == fmt.group_mark():
        words = _(
            "“{text}” can be read in two ways. Write it without a mark between thousands, or with four decimals."
        )
        raise Untyped(words.format(text=text.strip()))
    if PLAIN.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    if GROUPED.fullmatch(plain):
        return Decimal(without_groups(plain))
    raise Untyped(_("“{text}” is no rate. Write for example 0.92.").format(text=text.strip()))
