"""What a quote is worth in the organisation's currency, at its own rate."""

from __future__ import annotations

from fractions import Fraction

from upswing.book.models import Quote
from upswing.book.offered import Offer
from upswing.core.money import Money, digits, rounded
from upswing.queries.organisation import organisation


def amount_of(quote: Quote, net: int) -> None:
    """Write what a version comes to: in the organisation's currency, and as stated where that is another."""
    offer, own = quote.offer, organisation().currency
    quote.amount_minor, quote.currency, quote.stated = in_own(offer, net), "", None
    if offer.currency != own:
        quote.currency, quote.stated = offer.currency, Money(net, offer.currency).decimal
    quote.save(update_fields=["amount_minor", "currency", "stated"])


def in_own(offer: Offer, minor: int) -> int:
    """Minor units of the quote's currency in those of the organisation's; in its own currency they are the same."""
    own = organisation().currency
    if offer.currency == own:
        return minor
    return rounded(minor * Fraction(offer.rate) * Fraction(10) ** (digits(own) - digits(offer.currency)))
