"""What a quote says to whoever reads it: in figures as the reader's language writes them, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from upswing.core.money import Money
from upswing.core.quoting import Choice, Line, Writing
from upswing.core.quoting.standing import Standing
from upswing.queries.offers import Paper
from upswing.queries.quote_pages import QuoteShown
from upswing.web.quotes.words import STANDINGS
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Chip:
    """Where a quote stands, as a word, a look and an icon."""

    word: str
    look: str
    icon: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line; `note` says how it belongs to the quote where it is an option, `counted` whether the total holds it."""

    product: str
    description: str
    quantity: str
    unit: str
    discount: str
    total: str
    note: str
    counted: bool


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The quote as its buyer reads it. `sums` are label, amount, and whether it is what is to be paid."""

    number: str
    draft: bool
    paper: Paper
    company: str
    recipient: str
    introduction: str
    day: str
    until: str
    by: str
    lines: tuple[LineShown, ...]
    discounts: bool
    sums: tuple[tuple[str, str, bool], ...]
    terms: str


def chip_of(standing: Standing) -> Chip:
    """Where it stands."""
    word, look, icon = STANDINGS[standing]
    return Chip(_(word), look, icon)


def paper_page(quote: QuoteShown) -> PaperPage:
    """The quote on paper."""
    offered = quote.quotation
    return PaperPage(
        quote.number, quote.standing is Standing.DRAFT, quote.paper, quote.company, quote.recipient,
        quote.introduction, fmt.day_long(quote.sent) if quote.sent else "",
        fmt.day_long(offered.valid_until) if offered.valid_until else "", quote.by,
        tuple(_line(line, offered.currency) for line in offered.lines), any(line.discount for line in offered.lines),
        tuple(_sums(quote)), offered.terms,
    )  # fmt: skip


def _line(line: Line, currency: str) -> LineShown:
    return LineShown(
        line.product, line.description, fmt.number(line.quantity, 4), fmt.money(Money(line.unit_minor, currency)),
        percent(line.discount) if line.discount else "", fmt.money(Money(line.minor, currency)), _note(line),
        line.counts,
    )  # fmt: skip


def _note(line: Line) -> str:
    if line.choice is Choice.EXTRA:
        return _("Extra, part of the total") if line.chosen else _("Extra, not part of the total")
    if line.choice is Choice.ONE_OF:
        words = (
            _("{group}: chosen, part of the total")
            if line.chosen
            else _("{group}: instead of the chosen one")
        )
        return words.format(group=line.group)
    return ""


def percent(value: Fraction) -> str:
    """A percentage with the digits it needs, at most two."""
    digits = next((digits for digits in (0, 1) if (value * 10**digits).denominator == 1), 2)
    return fmt.percent(value / 100, digits)


def _number(value: Decimal) -> str:
    return fmt.number(value, 4)


WRITING = Writing(fmt.money, _number, percent)
"""As the reader's language writes amounts, quantities and percentages."""


def _sums(quote: QuoteShown) -> Iterator[tuple[str, str, bool]]:
    offered, found = quote.quotation, quote.totals

    def money(minor: int) -> str:
        return fmt.money(Money(minor, offered.currency))

    if found.off:
        yield _("Sum"), money(found.sum), False
        yield _("Discount {percent}").format(percent=percent(offered.discount)), money(-found.off), False
    if offered.tax:
        yield _("Total without tax"), money(found.net), False
        name = quote.tax_name or _("Tax")
        yield _("{tax} {percent}").format(tax=name, percent=percent(offered.tax)), money(found.tax), False
    yield _("Total"), money(found.gross), True
