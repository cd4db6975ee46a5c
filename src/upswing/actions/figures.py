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
from upswing.actions.written import one_line
from upswing.core.expressions import is_own
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, Unit, is_rate
from upswing.core.metrics.value import Value, in_its_unit
from upswing.core.money import digits
from upswing.core.period import FIRST_YEAR
from upswing.core.wording import Either, worded
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
        return in_its_unit(self.metric, self.value, self.currency)


COLUMNS = {
    "metric": worded("Metric"),
    "value": worded("Value"),
    "source": worded("Source"),
    "published": worded("Published"),
    "n": worded("N"),
    "definition": worded("Definition"),
    "segment": worded("Segment"),
}
"""What the columns are called in a sentence."""


def _placed(where: str, column: str, why: str) -> str:
    if where:
        return worded("{where}, {column}: {why}", where=where, column=column, why=why)
    return worded("{column}: {why}", column=COLUMNS[column], why=why)


def read(row: Written, currency: str, today: date) -> tuple[Figure | None, list[str]]:
    """The figure of a row, and a sentence for each cell that cannot be read."""
    wrong: list[str] = []

    def told(column: str, reader: Callable[[str], Read]) -> Read | None:
        try:
            return reader(one_line(getattr(row, column)))
        except Unclear as error:
            wrong.append(_placed(row.where, column, str(error)))
            return None

    metric = told("metric", _metric)
    value = told("value", lambda text: _value(text, metric, currency)) if metric else None
    source = told("source", lambda text: _words(text, LONGEST_SOURCE, worded("who published it, and where")))
    published = told("published", lambda text: _day(text, today))
    n = told("n", _cases)
    definition = told(
        "definition", lambda text: _words(text, LONGEST_DEFINITION, worded("what it counts, of whom"))
    )
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
            worded(
                "{key} adds up what a period holds, so that one figure cannot stand beside a "
                "week and a year. Enter a rate, a mean or a duration: {comparable}.",
                key=metric.key,
                comparable=", ".join(COMPARABLE),
            )
        )
    raise Unclear(
        worded("{key} never stands on a card, so there is nothing to compare. Leave it out.", key=metric.key)
    )


def _unknown(text: str) -> str:
    if not text:
        return worded("the metric is missing. Write its key, such as win_rate.")
    if is_own(text):
        return worded(
            "“{text}” is a metric of your own, of which nobody outside publishes a figure. Leave it out.",
            text=text[:64],
        )
    keys = {key: key for key in COMPARABLE} | {each.label.casefold(): key for key, each in COMPARABLE.items()}
    close = dict.fromkeys(keys[each] for each in get_close_matches(text.casefold(), keys, 4))
    hint = (
        worded("Did you mean {near}?", near=Either(close))
        if close
        else worded("There are: {there}.", there=", ".join(COMPARABLE))
    )
    return worded("no metric is called “{text}”. {hint}", text=text[:64], hint=hint)


def _value(text: str, metric: Metric, currency: str) -> Fraction:
    """Exact, in the metric's unit, money in minor units. Raises Unclear."""
    unit = metric.unit
    plain, per_cent = _bare(text, unit, currency)
    if not (GROUPED if unit is Unit.MONEY else NUMBER).fullmatch(plain):
        said_so = (
            worded("“{text}” is no number that can be read", text=text[:40])
            if text
            else worded("the value is missing")
        )
        raise Unclear(
            worded(
                "{said_so}. Write it like {examples}, with a point before decimals.",
                said_so=said_so,
                examples=EXAMPLES[unit],
            )
        )
    number = Fraction(plain.replace(",", "")) / (100 if per_cent else 1)
    if unit is Unit.SHARE and number >= 1 and not per_cent:
        raise Unclear(
            worded(
                "“{text}” can be {plain} % or {number} %. Write the % sign, or a share like 0.23.",
                text=text,
                plain=plain,
                number=f"{float(number * 100):,.0f}",
            )
        )
    if is_rate(metric) and number > 1:
        raise Unclear(
            worded(
                "“{text}” is more than all of them. Write a share up to 100 %, like {examples}.",
                text=text,
                examples=EXAMPLES[unit],
            )
        )
    if unit is Unit.MONEY:
        number *= 10 ** digits(currency)
        if number.denominator != 1:
            raise Unclear(
                worded(
                    "“{text}” has more decimals than {currency} has. Write it like {examples}.",
                    text=text,
                    currency=currency,
                    examples=EXAMPLES[unit],
                )
            )
    return number


def _bare(text: str, unit: Unit, currency: str) -> tuple[str, bool]:
    """The number without its unit, and whether it is per cent. Raises Unclear for money of elsewhere."""
    if unit is Unit.MONEY:
        code = re.search(r"[A-Z]{3}|[^\W\d_]|[$€£¥]", text, re.IGNORECASE)
        if code and code[0].upper() != currency:
            raise Unclear(
                worded(
                    "“{text}” is not in {currency}, in which cards count. Convert it, write the "
                    "number alone, and say so in its definition.",
                    text=text[:40],
                    currency=currency,
                )
            )
        return re.sub(rf"\s|{currency}", "", text, flags=re.IGNORECASE), False
    if unit in WORDS:
        return re.sub(rf"\s*({WORDS[unit]})$", "", text, flags=re.IGNORECASE), False
    return text.removesuffix("%").rstrip(), text.endswith("%")


def _words(text: str, most: int, what: str) -> str:
    if not text:
        raise Unclear(
            worded("a figure stands only with {what}. Write it, or leave the figure out.", what=what)
        )
    if len(text) > most:
        raise Unclear(
            worded("this has {length} characters; write at most {most}.", length=len(text), most=most)
        )
    return text


def _day(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        told = (
            worded("no day reads “{text}”", text=text[:40])
            if text
            else worded("the day it was published is missing")
        )
        raise Unclear(
            worded(
                "{told}. Write it like 2026-03-01; where only the month is known, its first day.", told=told
            )
        ) from None
    if found.year < FIRST_YEAR or found > today:
        raise Unclear(
            worded("{found} is no day on which it can have been published. Correct the day.", found=found)
        )
    return found


def _cases(text: str) -> int:
    """Over how many companies, deals or people the figure was found."""
    plain = text.replace(",", "")
    if not (plain.isascii() and plain.isdecimal() and 0 < int(plain[:12]) <= MOST_CASES):
        told = (
            worded("“{text}” is no number of cases", text=text[:40])
            if text
            else worded("over how many cases it was found is missing")
        )
        raise Unclear(
            worded("{told}. Write a whole number from 1 up, like 412, or leave the figure out.", told=told)
        )
    return int(plain)
