"""A figure of an industry as somebody wrote it, cell by cell: its exact value, or what is wrong with each cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import TypeVar

from upswing.actions.packs import Written
from upswing.actions.written import one_line, said
from upswing.core.expressions import is_own
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, Unit, is_rate
from upswing.core.metrics.value import Value, worded
from upswing.core.money import digits
from upswing.core.period import FIRST_YEAR
from upswing.goals.industry import LONGEST_DEFINITION, LONGEST_SEGMENT, LONGEST_SOURCE
from upswing.queries.industry import COMPARABLE

NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
GROUPED = re.compile(r"([0-9]{1,12}|[1-9][0-9]{0,2}(,[0-9]{3}){1,3})(\.[0-9]{1,6})?")
"""A comma may stand before three digits of money alone: 1,200 days would be 1.2 of them to half of all readers."""
WORDS = {Unit.DAYS: r"d|days?", Unit.HOURS: r"h|hrs?|hours?"}
"""What may stand behind a length of time."""
EXAMPLES = {
    Unit.SHARE: "23 % or 0.23", Unit.RATIO: "1.4", Unit.DAYS: "34", Unit.HOURS: "12.5", Unit.MONEY: "12500",
    Unit.COUNT: "12",
}  # fmt: skip
MOST_CASES = 2_000_000_000
Read = TypeVar("Read")


class Unclear(ValueError):
    """What was written in a field is not what it asks for; the message says why, and what to write."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that can be taken: its value exact, money in minor units of `currency` ("" for no money)."""

    metric: Metric
    value: Fraction
    currency: str
    source: str
    published: date
    n: int
    definition: str
    segment: str

    @property
    def shown(self) -> Value:
        """The value as cards show it."""
        return worded(self.metric, self.value, self.currency)


def read(row: Written, currency: str, today: date) -> tuple[Figure | None, list[str]]:
    """The figure of a row, and a sentence for each cell that cannot be read."""
    wrong: list[str] = []

    def told(column: str, reader: Callable[[str], Read]) -> Read | None:
        try:
            return reader(one_line(getattr(row, column)))
        except Unclear as error:
            wrong.append(
                f"{row.where}, {column}: {error}" if row.where else f"{column.capitalize()}: {error}"
            )
            return None

    metric = told("metric", _metric)
    value = told("value", lambda text: _value(text, metric, currency)) if metric else None
    source = told("source", lambda text: _words(text, LONGEST_SOURCE, "who published it, and where"))
    published = told("published", lambda text: _day(text, today))
    n = told("n", _cases)
    definition = told("definition", lambda text: _words(text, LONGEST_DEFINITION, "what it counts, of whom"))
    segment = told("segment", lambda text: _words(text or "-", LONGEST_SEGMENT, "").removeprefix("-"))
    if wrong or not (metric and value is not None and source and published and n and definition):
        return None, wrong
    money = currency if metric.unit is Unit.MONEY else ""
    return Figure(metric, value, money, source, published, n, definition, segment or ""), wrong


def _metric(text: str) -> Metric:
    named = {each.label.casefold(): key for key, each in CATALOGUE.items()}
    metric = CATALOGUE.get(named.get(text.casefold(), text.casefold()))
    if metric is None:
        raise Unclear(_unknown(text))
    if metric.key in COMPARABLE:
        return metric
    if metric.judged:
        raise Unclear(
            f"{metric.key} adds up what a period holds, so that one figure cannot stand beside a week and a year. "
            f"Enter a rate, a mean or a duration: {', '.join(COMPARABLE)}."
        )
    raise Unclear(f"{metric.key} never stands on a card, so there is nothing to compare. Leave it out.")


def _unknown(text: str) -> str:
    if not text:
        return "the metric is missing. Write its key, such as win_rate."
    if is_own(text):
        return f"“{text[:64]}” is a metric of your own, of which nobody outside publishes a figure. Leave it out."
    keys = {key: key for key in COMPARABLE} | {each.label.casefold(): key for key, each in COMPARABLE.items()}
    close = dict.fromkeys(keys[each] for each in get_close_matches(text.casefold(), keys, 4))
    hint = f"Did you mean {' or '.join(close)}?" if close else f"There are: {', '.join(COMPARABLE)}."
    return f"no metric is called “{text[:64]}”. {hint}"


def _value(text: str, metric: Metric, currency: str) -> Fraction:
    """Exact, in the metric's unit, money in minor units. Raises Unclear."""
    unit = metric.unit
    plain, per_cent = _bare(text, unit, currency)
    if not (GROUPED if unit is Unit.MONEY else NUMBER).fullmatch(plain):
        said_so = f"“{text[:40]}” is no number that can be read" if text else "the value is missing"
        raise Unclear(f"{said_so}. Write it like {EXAMPLES[unit]}, with a point before decimals.")
    number = Fraction(plain.replace(",", "")) / (100 if per_cent else 1)
    if unit is Unit.SHARE and number >= 1 and not per_cent:
        raise Unclear(
            f"“{text}” can be {plain} % or {float(number * 100):,.0f} %. Write the % sign, or a share like 0.23."
        )
    if is_rate(metric) and number > 1:
        raise Unclear(f"“{text}” is more than all of them. Write a share up to 100 %, like {EXAMPLES[unit]}.")
    if unit is Unit.MONEY:
        number *= 10 ** digits(currency)
        if number.denominator != 1:
            raise Unclear(f"“{text}” has more decimals than {currency} has. Write it like {EXAMPLES[unit]}.")
    return number


def _bare(text: str, unit: Unit, currency: str) -> tuple[str, bool]:
    """The number without its unit, and whether it is per cent. Raises Unclear for money of elsewhere."""
    if unit is Unit.MONEY:
        code = re.search(r"[A-Z]{3}|[^\W\d_]|[$€£¥]", text, re.IGNORECASE)
        if code and code[0].upper() != currency:
            raise Unclear(
                f"“{text[:40]}” is not in {currency}, in which cards count. Convert it, write the number alone, "
                f"and say so in its definition."
            )
        return re.sub(rf"\s|{currency}", "", text, flags=re.IGNORECASE), False
    if unit in WORDS:
        return re.sub(rf"\s*({WORDS[unit]})$", "", text, flags=re.IGNORECASE), False
    return text.removesuffix("%").rstrip(), text.endswith("%")


def _words(text: str, most: int, what: str) -> str:
    if not text:
        raise Unclear(f"a figure stands only with {what}. Write it, or leave the figure out.")
    if len(text) > most:
        raise Unclear(f"this has {len(text):,} characters; write at most {most}.")
    return text


def _day(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        told = f"no day reads “{text[:40]}”" if text else "the day it was published is missing"
        raise Unclear(
            f"{told}. Write it like 2026-03-01; where only the month is known, its first day."
        ) from None
    if found.year < FIRST_YEAR or found > today:
        raise Unclear(f"{said(found)} is no day on which it can have been published. Correct the day.")
    return found


def _cases(text: str) -> int:
    """Over how many companies, deals or people the figure was found."""
    plain = text.replace(",", "")
    if not (plain.isascii() and plain.isdecimal() and 0 < int(plain[:12]) <= MOST_CASES):
        told = (
            f"“{text[:40]}” is no number of cases" if text else "over how many cases it was found is missing"
        )
        raise Unclear(f"{told}. Write a whole number from 1 up, like 412, or leave the figure out.")
    return int(plain)
