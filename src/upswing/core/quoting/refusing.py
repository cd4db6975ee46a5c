"""What keeps a quote from being sent: one sentence for each thing to mend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from upswing.core.money import Money
from upswing.core.quoting.quotation import Choice, Line, Quotation, totals
from upswing.core.wording import worded

LARGEST_MINOR = 10**15
"""Beyond ten trillion it is a slip of the finger."""
LARGEST_QUANTITY = 10**9
FEWEST_OPTIONS = 2


def refusals(quotation: Quotation, on: date) -> tuple[str, ...]:
    """Why the quote cannot be sent on a day; empty when it can."""
    lines = tuple(_of_lines(quotation))
    rates = tuple(_of_rates(quotation))
    whole = () if lines or rates else _of_totals(quotation)
    return (*lines, *_of_groups(quotation), *rates, *whole, *_of_days(quotation, on))


def _of_lines(quotation: Quotation) -> Iterator[str]:
    if not quotation.lines:
        yield worded("The quote has no lines. Add at least one product with its quantity and price.")
    elif not any(line.counts for line in quotation.lines):
        yield worded("Every line is an option, and none is chosen. Choose one, or make a line a fixed part.")
    for place, line in enumerate(quotation.lines, 1):
        yield from _of_line(place, line)


def _of_line(place: int, line: Line) -> Iterator[str]:
    if not line.product.strip():
        yield worded(
            "Line {place} does not say what is offered. Write the product, or take the line out.", place=place
        )
    if not 0 < line.quantity <= LARGEST_QUANTITY:
        yield worded(
            "Line {place}, {product}: a quantity of {quantity} cannot be offered. Write a number above 0.",
            place=place,
            product=line.product,
            quantity=f"{line.quantity.normalize():f}",
        )
    if abs(line.unit_minor) > LARGEST_MINOR:
        yield worded("Line {place}, {product}: the price is too large. Look for a zero too many.", place=place,
                     product=line.product)  # fmt: skip
    if not 0 <= line.discount <= 100:
        yield worded(
            "Line {place}, {product}: a discount lies between 0 and 100 %. Write a smaller one.",
            place=place,
            product=line.product,
        )


def _of_groups(quotation: Quotation) -> Iterator[str]:
    groups: dict[str, list[Line]] = {}
    for line in quotation.lines:
        if line.choice is Choice.ONE_OF:
            groups.setdefault(line.group, []).append(line)
    for name, lines in groups.items():
        chosen = sum(line.chosen for line in lines)
        if not name:
            yield worded("Lines of which one is chosen need the name of their group, such as “Hosting”.")
        elif len(lines) < FEWEST_OPTIONS:
            yield worded(
                "“{group}” offers one option only. Add another, or make it a fixed part.", group=name
            )
        elif chosen != 1:
            yield worded(
                "Of the options of “{group}” {chosen} are chosen. Choose exactly one: it is what the total counts.",
                group=name,
                chosen=chosen,
            )


def _of_rates(quotation: Quotation) -> Iterator[str]:
    if not 0 <= quotation.discount <= 100:
        yield worded("The discount on the whole quote lies between 0 and 100 %. Write a smaller one.")
    if not 0 <= quotation.tax <= 100:
        yield worded("The tax lies between 0 and 100 %. Write its rate in percent, such as 25.")


def _of_totals(quotation: Quotation) -> Iterator[str]:
    net = totals(quotation).net
    if net < 0:
        yield worded(
            "The total is {total}: a quote cannot be below nothing. Lower a rebate, or take its line out.",
            total=str(Money(net, quotation.currency)),
        )
    if net > LARGEST_MINOR:
        yield worded(
            "The total is {total}, which is too large. Look for a zero too many.",
            total=str(Money(net, quotation.currency)),
        )


def _of_days(quotation: Quotation, on: date) -> Iterator[str]:
    if quotation.valid_until and quotation.valid_until < on:
        yield worded(
            "The quote would be valid until {until}, which has passed. Choose a day from {today} on.",
            until=quotation.valid_until,
            today=on,
        )
