"""How two versions of a quote differ, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest

from upswing.core.money import Money
from upswing.core.quoting.quotation import Line, Quotation, totals
from upswing.core.wording import worded

Pair = tuple[Line | None, Line | None]


def plain(value: Decimal) -> str:
    """1,250 or 0.5."""
    return f"{value.normalize():,f}"


def in_percent(value: Fraction) -> str:
    """12.5 %, with as many digits as it needs, at most four."""
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return f"{text} %"


@dataclass(frozen=True, slots=True)
class Writing:
    """How amounts, quantities and percentages are written for the reader; in English, where nothing else is said."""

    money: Callable[[Money], str] = str
    number: Callable[[Decimal], str] = plain
    percent: Callable[[Fraction], str] = in_percent


ENGLISH = Writing()


def changed(old: Quotation, new: Quotation, writing: Writing = ENGLISH) -> tuple[str, ...]:
    """What the new version says otherwise, line by line, then the terms, then the total; empty where nothing is."""
    if old == new:
        return ()
    found = [*_lines(old, new, writing), *_terms(old, new, writing)]
    was, becomes = totals(old).net, totals(new).net
    if (was, old.currency) != (becomes, new.currency):
        found.append(
            worded("The total without tax: {was} becomes {becomes}.", was=writing.money(Money(was, old.currency)),
                   becomes=writing.money(Money(becomes, new.currency)))
        )  # fmt: skip
    return tuple(found) or (worded("The lines stand in another order."),)


def _lines(old: Quotation, new: Quotation, writing: Writing) -> Iterator[str]:
    for was, becomes in _pairs(old.lines, new.lines):
        if was is None and becomes is not None:
            yield worded(
                "{product} is new: {amount}.",
                product=becomes.product,
                amount=writing.money(_whole(becomes, new)),
            )
        elif becomes is None and was is not None:
            yield worded(
                "{product} is gone: {amount}.", product=was.product, amount=writing.money(_whole(was, old))
            )
        elif was is not None and becomes is not None:
            yield from _of_line(was, becomes, (old.currency, new.currency), writing)


def _pairs(old: tuple[Line, ...], new: tuple[Line, ...]) -> Iterator[Pair]:
    """Lines of the same product, the first with the first; in the order of the new version, then what is gone."""
    waiting, coming = _by_product(old), _by_product(new)
    for product in dict.fromkeys([*coming, *waiting]):
        yield from zip_longest(waiting[product], coming[product])


def _by_product(lines: tuple[Line, ...]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.product].append(line)
    return found


def _of_line(was: Line, becomes: Line, currencies: tuple[str, str], writing: Writing) -> Iterator[str]:
    prices = [
        writing.money(Money(line.unit_minor, code))
        for line, code in zip((was, becomes), currencies, strict=True)
    ]
    counts = [writing.number(line.quantity) for line in (was, becomes)]
    cuts = [writing.percent(line.discount) for line in (was, becomes)]
    said = (
        (was.quantity != becomes.quantity,
         worded("{product}: the quantity of {was} becomes {becomes}.", product=was.product, was=counts[0],
                becomes=counts[1])),
        (was.unit_minor != becomes.unit_minor or currencies[0] != currencies[1],
         worded("{product}: the price of one, {was}, becomes {becomes}.", product=was.product, was=prices[0],
                becomes=prices[1])),
        (was.discount != becomes.discount, worded("{product}: the discount of {was} becomes {becomes}.",
                                                  product=was.product, was=cuts[0], becomes=cuts[1])),
        (was.description != becomes.description, worded("{product} is described anew.", product=was.product)),
        (_option(was) != _option(becomes), _optional(becomes)),
    )  # fmt: skip
    yield from (sentence for differs, sentence in said if differs)


def _option(line: Line) -> tuple[object, ...]:
    return line.choice, line.group, line.chosen


def _optional(line: Line) -> str:
    if line.counts:
        return worded("{product} is part of the total now, by another choice.", product=line.product)
    return worded("{product} is an option now that is not counted.", product=line.product)


def _terms(old: Quotation, new: Quotation, writing: Writing) -> Iterator[str]:
    if old.discount != new.discount:
        yield worded("The discount on the whole quote: {was} becomes {becomes}.", was=writing.percent(old.discount),
                     becomes=writing.percent(new.discount))  # fmt: skip
    if old.tax != new.tax:
        yield worded(
            "The tax: {was} becomes {becomes}.",
            was=writing.percent(old.tax),
            becomes=writing.percent(new.tax),
        )
    if old.valid_until != new.valid_until:
        until = new.valid_until
        yield (
            worded("It is valid until {until} now.", until=until)
            if until
            else worded("It has no last day now.")
        )
    if old.terms != new.terms:
        yield worded("The terms are worded anew.")


def _whole(line: Line, quotation: Quotation) -> Money:
    return Money(line.minor, quotation.currency)
