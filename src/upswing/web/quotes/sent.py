"""What the form of a draft sent: its rows, as they were typed and as they read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from upswing.actions.quote_sheets import MOST_LINES, Sheet
from upswing.core.money import Money
from upswing.core.quoting import Choice, Line, Quotation
from upswing.queries.offers import PriceListShown
from upswing.queries.quote_pages import QuoteShown
from upswing.web.quotes.typed import Untyped, amount, day, minor, number, percent, quantity, shown
from upswing.web.quotes.words import OPTIONS, option_of

CELLS = ("product", "description", "quantity", "price", "discount", "option", "group")
BLANK = {"quantity": "", "option": "fixed"}
HEAD = ("company", "recipient", "introduction", "until", "discount", "tax", "tax_name", "terms", "rate")
MOST_TYPED = 8_000
"""Characters of a field that are read at all."""
Row = dict[str, str]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Sent:
    """The form as typed; `sheet` is what it reads as, None where something in it cannot be read, which `wrong` says."""

    head: Row
    rows: tuple[Row, ...]
    sheet: Sheet | None
    wrong: tuple[str, ...]


def rows_of(sent: QueryDict) -> list[Row]:
    """The rows that hold anything, in order."""
    count = sent.get("rows", "0")
    number_of = (
        min(int(count), MOST_LINES + 1) if count.isascii() and count.isdecimal() and len(count) < 5 else 0
    )
    rows = [
        {cell: sent.get(f"{cell}-{place}", "")[:MOST_TYPED] for cell in CELLS}
        for place in range(1, number_of + 1)
    ]
    return [row for row in rows if any(row[cell].strip() for cell in ("product", "description", "price"))]


def changed_by(rows: list[Row], deed: str, prices: PriceListShown | None) -> list[Row]:
    """The rows after a button of the form: one taken out, moved up, or put in from the price list."""
    name, _colon, text = deed.partition(":")
    place = int(text) - 1 if text.isascii() and text.isdecimal() and len(text) < 5 else -1
    if name == "remove" and 0 <= place < len(rows):
        return rows[:place] + rows[place + 1 :]
    if name == "up" and 0 < place < len(rows):
        return [*rows[: place - 1], rows[place], rows[place - 1], *rows[place + 1 :]]
    if name == "pick" and prices and 0 <= place < len(prices.prices):
        price = prices.prices[place]
        row = dict.fromkeys(CELLS, "") | {
            "product": price.product, "description": price.description, "quantity": "1", "option": "fixed",
            "price": amount(price.unit),
        }  # fmt: skip
        return [*rows, row]
    return rows


def read(head: Row, rows: list[Row], quote: QuoteShown) -> Sent:
    """The form as it reads; every cell that cannot be read is said at once."""
    wrong: list[str] = []

    def tried(reading: Callable[..., Found], fallback: Found, *told: Any) -> Found:
        try:
            return reading(*told)
        except Untyped as error:
            wrong.append(str(error))
            return fallback

    currency = quote.quotation.currency
    lines = tuple(_line(row, place, currency, quote.prices, tried) for place, row in enumerate(rows, 1))
    offered = Quotation(
        currency, lines, tried(percent, quote.quotation.discount, head["discount"], _("Discount on everything")),
        tried(percent, quote.quotation.tax, head["tax"], _("Tax")),
        tried(day, quote.quotation.valid_until, head["until"], _("Valid until")), head["terms"],
    )  # fmt: skip
    rate = tried(number, None, head["rate"], _("Exchange rate")) if head["rate"].strip() else None
    sheet = Sheet(
        offered, head["company"], head["recipient"], head["introduction"], head["tax_name"],
        rate if rate is not None else number(shown(quote.rate), ""),
    )  # fmt: skip
    return Sent(head, tuple(rows), None if wrong else sheet, tuple(wrong))


def _line(
    row: Row, place: int, currency: str, prices: PriceListShown | None, tried: Callable[..., Any]
) -> Line:
    of_line = _("line {place}").format(place=place)
    choice, chosen, _words = OPTIONS.get(row["option"], OPTIONS["fixed"])
    known = _priced(row, prices)
    if known and not row["price"].strip():
        row["price"], row["description"] = amount(known[0]), row["description"] or known[1]
    return Line(
        row["product"],
        tried(quantity, 1, row["quantity"], _("Quantity, {where}").format(where=of_line)),
        tried(minor, 0, row["price"], currency, _("Price, {where}").format(where=of_line)),
        row["description"],
        tried(percent, 0, row["discount"], _("Discount, {where}").format(where=of_line)),
        choice,
        row["group"].strip() if choice is Choice.ONE_OF else "",
        chosen,
    )


def _priced(row: Row, prices: PriceListShown | None) -> tuple[Money, str] | None:
    """What the price list asks for the product of a row, and how it describes it."""
    wanted = " ".join(row["product"].split()).casefold()
    found: Iterator[tuple[Money, str]] = (
        (price.unit, price.description)
        for price in (prices.prices if prices else ())
        if price.product.casefold() == wanted
    )
    return next(found, None)


def head_sent(sent: QueryDict) -> Row:
    """What was typed outside the rows."""
    return {name: sent.get(name, "")[:MOST_TYPED] for name in HEAD}


def as_kept(quote: QuoteShown) -> Sent:
    """The form of a draft as it is kept."""
    offered = quote.quotation
    head = {
        "company": quote.company, "recipient": quote.recipient, "introduction": quote.introduction,
        "until": offered.valid_until.isoformat() if offered.valid_until else "",
        "discount": _or_empty(offered.discount), "tax": _or_empty(offered.tax), "tax_name": quote.tax_name,
        "terms": offered.terms, "rate": shown(quote.rate),
    }  # fmt: skip
    return Sent(head, tuple(_row(line, offered.currency) for line in offered.lines), None, ())


def _row(line: Line, currency: str) -> Row:
    return {
        "product": line.product, "description": line.description, "quantity": shown(line.quantity),
        "price": amount(Money(line.unit_minor, currency)), "discount": _or_empty(line.discount),
        "option": option_of(line.choice, line.chosen), "group": line.group,
    }  # fmt: skip


def _or_empty(value: Any) -> str:
    return shown(value) if value else ""


def typed(sent: Mapping[str, str], name: str) -> str:
    """One field of any other form."""
    return sent.get(name, "")[:MOST_TYPED]
