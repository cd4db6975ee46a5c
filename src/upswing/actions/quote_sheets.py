"""What a draft of a quote holds, as somebody wrote it: refused where it cannot be kept, kept where it can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from upswing.actions.quoted import change
from upswing.actions.written import one_line
from upswing.book.models import Quote
from upswing.book.offered import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT, OfferLine
from upswing.core.money import digits
from upswing.core.quoting import Line, Quotation, totals
from upswing.core.wording import worded
from upswing.queries.organisation import organisation

MOST_LINES = 200
FINEST = 10_000
"""Quantities and percentages have at most four digits after the point."""
LARGEST_QUANTITY, LARGEST_PRICE, LARGEST_RATE = 10**15, 10**17, 10**9
LARGEST_WORTH = 10**17
"""Of a whole quote, in minor units of its currency and of the organisation's."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft as written. One of the quote's currency is `rate` of the organisation's."""

    quotation: Quotation
    company: str = ""
    recipient: str = ""
    introduction: str = ""
    tax_name: str = ""
    rate: Fraction = Fraction(1)


def unkeepable(sheet: Sheet) -> tuple[str, ...]:
    """Why the draft cannot even be kept: one sentence for each thing to mend."""
    return (*_texts(sheet), *_numbers(sheet))


def _texts(sheet: Sheet) -> Iterator[str]:
    texts = (
        (worded("The company"), sheet.company, LONGEST_NAME),
        (worded("The recipient"), sheet.recipient, LONGEST_NAME),
        (worded("The name of the tax"), sheet.tax_name, 40),
        (worded("The introduction"), sheet.introduction, LONGEST_TEXT),
        (worded("The terms"), sheet.quotation.terms, LONGEST_TEXT),
        *(
            (worded("The product of line {place}", place=place), line.product, LONGEST_NAME)
            for place, line in enumerate(sheet.quotation.lines, 1)
        ),
        *(
            (worded("The description of line {place}", place=place), line.description, LONGEST_LINE)
            for place, line in enumerate(sheet.quotation.lines, 1)
        ),
    )
    for what, text, most in texts:
        if len(text) > most:
            yield worded(
                "{what} has {length} characters; at most {most} fit. Shorten it.",
                what=what,
                length=len(text),
                most=most,
            )


def _numbers(sheet: Sheet) -> Iterator[str]:
    offered = sheet.quotation
    if len(offered.lines) > MOST_LINES:
        yield worded("A quote has at most {most} lines. Put some together.", most=MOST_LINES)
    if not 0 < sheet.rate < LARGEST_RATE:
        yield worded(
            "The exchange rate is a number above 0. Write what one of the quote’s currency is worth."
        )
    for rate in (offered.discount, offered.tax):
        if not _fits(rate, 999):
            yield worded("A percentage lies between 0 and 100, with at most four digits after the point.")
    for place, line in enumerate(offered.lines, 1):
        if not (_fits(Fraction(line.quantity), LARGEST_QUANTITY) and _fits(line.discount, 999)):
            yield worded(
                "Line {place}: quantity and discount have at most four digits after the point.", place=place
            )
        if abs(line.unit_minor) > LARGEST_PRICE:
            yield worded("Line {place}: the price is too large. Look for a zero too many.", place=place)
    scale = Fraction(10) ** (digits(organisation().currency) - digits(offered.currency))
    if abs(totals(offered).gross) * max(Fraction(1), sheet.rate * scale) > LARGEST_WORTH:
        yield worded("The quote comes to more than can be kept. Look for a zero too many, or a slipped mark.")


def _fits(value: Fraction, most: int) -> bool:
    return abs(value) <= most and (value * FINEST).denominator == 1


def keep_sheet(quote: Quote, sheet: Sheet) -> None:
    """Write the draft over what it was."""
    offered = sheet.quotation
    change(
        quote.offer,
        company=one_line(sheet.company), recipient=one_line(sheet.recipient), tax_name=one_line(sheet.tax_name),
        introduction=_plain(sheet.introduction), terms=_plain(offered.terms), rate=exact(sheet.rate, 10),
        discount=exact(offered.discount), tax=exact(offered.tax), valid_until=offered.valid_until,
    )  # fmt: skip
    OfferLine.objects.filter(quote=quote).delete()
    OfferLine.objects.bulk_create(_row(quote, place, line) for place, line in enumerate(offered.lines, 1))


def _row(quote: Quote, place: int, line: Line) -> OfferLine:
    return OfferLine(
        quote=quote, number=place, product=one_line(line.product), description=one_line(line.description),
        quantity=line.quantity, unit_minor=line.unit_minor, discount=exact(line.discount), choice=line.choice.value,
        group=one_line(line.group), chosen=line.chosen,
    )  # fmt: skip


def exact(value: Fraction, digits: int = 4) -> Decimal:
    """A fraction as a decimal number of so many digits."""
    return Decimal(round(value * 10**digits)).scaleb(-digits)


def _plain(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()
