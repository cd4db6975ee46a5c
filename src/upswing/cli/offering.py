"""What the demo sells and what is offered by now: a letterhead, a price list, and three quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from upswing.cli import asked
from upswing.core.quoting import Choice, Line, Reaction, Reason
from upswing.people.viewer import Viewer
from upswing.simulation.cast import DOMAIN

if TYPE_CHECKING:
    from upswing.queries.offers import Heading

CURRENCY = "EUR"
PRICES = (
    ("Brightwater Go", "Pump for up to 4 m³ an hour", 3_500_00),
    ("Brightwater Core", "Pump for up to 12 m³ an hour", 6_500_00),
    ("Brightwater Plus", "Filter unit with two stages", 11_000_00),
    ("Brightwater Pro", "Filter unit with four stages that cleans itself", 19_000_00),
    ("Brightwater Site", "Treatment plant for a whole site", 34_000_00),
    ("Installation", "A day on site by two fitters, travel included", 1_450_00),
    ("Spare filters", "A set that lasts about a year", 420_00),
    ("Service agreement", "Two visits and help within a day, for a year", 1_800_00),
)
"""Product, description, and what one costs in cents."""


def line(product: str, many: int, *, extra: bool = False) -> Line:
    """So many of a product as the price list has it; an `extra` may be taken besides."""
    told, minor = next((told, minor) for name, told, minor in PRICES if name == product)
    choice = Choice.EXTRA if extra else Choice.FIXED
    return Line(product, Decimal(many), minor, told, choice=choice, chosen=not extra)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quote to make: a draft where nothing is said of it, else sent and seen, or declined, in the buyer's words."""

    lines: tuple[Line, ...]
    said: Reaction | Reason | None = None
    words: str = ""


QUOTES = {
    "Tess Lund": (
        Wanted((line("Brightwater Plus", 1), line("Spare filters", 2))),
        Wanted(
            (line("Brightwater Pro", 2), line("Installation", 3), line("Service agreement", 1, extra=True)),
            Reaction.QUESTIONS, "How long does a set of filters last?",
        ),
    ),
    "Stan Weber": (
        Wanted((line("Brightwater Site", 1), line("Installation", 4)), Reason.PRICE, "A tenth less elsewhere."),
    ),
}  # fmt: skip
ASKED = "They asked for a price to plan with."
"""Why a quote goes out before its deal is qualified."""


def offer(operator: Viewer, addresses: Mapping[str, str]) -> None:
    """Enter the letterhead and the prices, once, and make the quotes; `addresses` are sign-ins by name."""
    from upswing.actions.pricing import Written, save_letterhead, save_prices
    from upswing.queries.offers import letterhead_shown
    from upswing.queries.viewers import viewer_named

    now = asked.now()
    if letterhead_shown(operator)[2] is not None:
        return
    save_letterhead(operator, _letterhead(), now)
    prices = save_prices(operator, None, Written("Europe", CURRENCY, None, None, PRICES), now)
    for name, quotes in QUOTES.items():
        _quotes(viewer_named(addresses[name], asked.today(), "demo"), prices, quotes)


def _letterhead() -> Heading:
    from upswing.queries.offers import Heading

    return Heading(
        "Brightwater", "Waterworks Lane 12\n1000 Portside", "VAT 00 00 00 00", f"sales@{DOMAIN}", "+00 00 00 00 00",
        "An invented company. Nothing here is for sale.", "BW-", 30, Decimal(25), "VAT",
        "Delivery within six weeks of your order.\nPayment within 30 days of the invoice.",
    )  # fmt: skip


def _quotes(rep: Viewer, prices: UUID, wanted: Sequence[Wanted]) -> None:
    """One quote for each of the deals that close soonest and have none, and what became of it."""
    from upswing.actions.quote_answers import decline, mark_seen
    from upswing.actions.quoting import send
    from upswing.queries.quote_deals import deals_to_quote

    now = asked.now()
    for deal, quote in zip(deals_to_quote(rep), wanted, strict=False):
        uid = _begun(rep, deal.id, prices, quote.lines)
        if quote.said:
            send(rep, uid, now, ASKED)
        if isinstance(quote.said, Reason):
            decline(rep, uid, quote.said, quote.words, now)
        elif quote.said:
            mark_seen(rep, uid, quote.said, quote.words, now)


def _begun(viewer: Viewer, deal: UUID, prices: UUID, lines: tuple[Line, ...]) -> UUID:
    from upswing.actions.quote_sheets import Sheet
    from upswing.actions.quoting import begin, save
    from upswing.queries.quote_pages import quote_shown

    quote = begin(viewer, deal, prices, asked.now())
    found = quote_shown(viewer, quote)
    offered = replace(found.quotation, lines=lines)
    save(viewer, quote, Sheet(offered, found.company, tax_name=found.tax_name), asked.now())
    return quote
