"""What quotes made here offer, as the values `core` reckons with; the paper they stand on; prices to make them of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from upswing.book.models import Product, Quote
from upswing.book.offered import Letterhead, Offer, OfferLine, PriceList
from upswing.core.money import Money
from upswing.core.quoting import Choice, Line, Quotation, with_options
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries.organisation import organisation

MOST_PRICES = 1_000
"""Products of one price list."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on top and at the foot of a quote. `address` and `footer` may have several lines."""

    name: str
    address: str
    registration: str
    email: str
    phone: str
    footer: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A letterhead. `days` is how long a new quote is valid, `tax` its tax in percent, `prefix` begins its number."""

    name: str
    address: str
    registration: str
    email: str
    phone: str
    footer: str
    prefix: str
    days: int
    tax: Decimal
    tax_name: str
    terms: str


@dataclass(frozen=True, slots=True)
class PriceShown:
    """What one of a product costs."""

    product: str
    description: str
    unit: Money


@dataclass(frozen=True, slots=True)
class PriceListShown:
    """A price list; it `holds` on the day it was asked for."""

    id: UUID
    name: str
    currency: str
    starts: date | None
    ends: date | None
    holds: bool
    prices: tuple[PriceShown, ...]


def letterhead() -> Letterhead:
    """The organisation's; without one, its name and what a new quote begins with."""
    return Letterhead.objects.filter(pk=1).first() or Letterhead(name=organisation().name)


def letterhead_shown(viewer: Viewer) -> tuple[Heading, str, datetime | None]:
    """The letterhead for whoever may change it, who entered it and when; raises NotVisible."""
    operators_only(viewer)
    found = letterhead()
    return Heading(**{name: getattr(found, name) for name in Heading.__slots__}), found.by, found.at


def catalogue_prices(viewer: Viewer) -> tuple[tuple[str, str, Money], ...]:
    """Products that were brought in with a list price, by name, to begin a price list with; raises NotVisible."""
    operators_only(viewer)
    rows = Product.objects.exclude(list_price_minor=None).order_by("name", "pk")
    found: dict[str, tuple[str, str, Money]] = {}
    for name, family, minor in rows.values_list("name", "family", "list_price_minor")[:MOST_PRICES]:
        found.setdefault(name.casefold(), (name, family, Money(minor or 0, organisation().currency)))
    return tuple(found.values())


def paper(found: Letterhead) -> dict[str, str]:
    """What of the letterhead a sent quote keeps."""
    names = ("name", "address", "registration", "email", "phone", "footer")
    return {name: getattr(found, name) or (organisation().name if name == "name" else "") for name in names}


def paper_of(offer: Offer) -> Paper:
    """The paper a quote was sent on; of a draft the one it would be sent on today."""
    kept: Mapping[str, str] = offer.letterhead or paper(letterhead())
    empty = asdict(Paper("", "", "", "", "", ""))
    return Paper(**{name: str(kept.get(name, "")) for name in empty})


def quotation_of(quote: Quote) -> Quotation:
    """What a version offers."""
    offer = quote.offer
    lines = OfferLine.objects.filter(quote=quote).order_by("number")
    return Quotation(
        offer.currency, tuple(map(_line, lines)), Fraction(offer.discount), Fraction(offer.tax), offer.valid_until,
        offer.terms,
    )  # fmt: skip


def accepted_of(quote: Quote) -> Quotation | None:
    """What of a version its buyer accepted; None while nobody did."""
    if quote.offer.accepted_minor is None:
        return None
    taken = OfferLine.objects.filter(quote=quote, taken=True).values_list("number", flat=True)
    return with_options(quotation_of(quote), set(taken))


def _line(row: OfferLine) -> Line:
    return Line(
        row.product, _short(row.quantity), row.unit_minor, row.description, Fraction(row.discount),
        Choice(row.choice), row.group, row.chosen,
    )  # fmt: skip


def _short(quantity: Decimal) -> Decimal:
    return Decimal(f"{quantity.normalize():f}")


def price_lists(viewer: Viewer) -> tuple[PriceListShown, ...]:
    """All of them, those first that hold today, by name. They name nobody, so all may read."""
    rows = PriceList.objects.prefetch_related("prices").order_by("name")
    return tuple(sorted((_list(row, viewer.at) for row in rows), key=lambda one: not one.holds))


def price_list(viewer: Viewer, uid: UUID) -> PriceListShown:
    """One of them; raises NotVisible."""
    row = PriceList.objects.prefetch_related("prices").filter(uid=uid).first()
    if row is None:
        raise NotVisible("There is no such price list.")
    return _list(row, viewer.at)


def _list(row: PriceList, on: date) -> PriceListShown:
    prices = sorted(row.prices.all(), key=lambda price: price.number)
    holds = (row.starts is None or row.starts <= on) and (row.ends is None or on <= row.ends)
    return PriceListShown(
        row.uid, row.name, row.currency, row.starts, row.ends, holds,
        tuple(PriceShown(p.product, p.description, Money(p.unit_minor, row.currency)) for p in prices),
    )  # fmt: skip
