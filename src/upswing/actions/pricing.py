"""Price lists, and the letterhead that quotes stand on: entered by whoever runs the product for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from babel.numbers import list_currencies
from django.db import transaction

from upswing.actions.permission import Incomplete
from upswing.actions.written import one_line, signed_by
from upswing.book.offered import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT, Letterhead, Price, PriceList
from upswing.core.wording import worded
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries.offers import MOST_PRICES, Heading
from upswing.queries.organisation import organisation

LARGEST_MINOR = 10**15
LONGEST_VALID = 730
"""Days a quote may stand: two years."""


@dataclass(frozen=True, slots=True)
class Written:
    """A price list as somebody wrote it: product, description, and what one costs in minor units."""

    name: str
    currency: str
    starts: date | None
    ends: date | None
    prices: tuple[tuple[str, str, int], ...]


@transaction.atomic
def save_prices(viewer: Viewer, uid: UUID | None, written: Written, now: datetime) -> UUID:
    """Keep a price list, a new one without `uid`; quotes that were made of it stay as they are.

    Raises NotVisible, and Incomplete with everything to mend.
    """
    operators_only(viewer)
    row = _row(uid, viewer, now)
    clean = replace(written, name=one_line(written.name), currency=written.currency.strip().upper())
    if sentences := (*_wrong(clean, row.pk), *_wrong_prices(clean.prices)):
        raise Incomplete(sentences)
    row.name, row.currency, row.starts, row.ends = clean.name, clean.currency, clean.starts, clean.ends
    row.by, row.at = signed_by(viewer), now
    row.save()
    row.prices.all().delete()
    Price.objects.bulk_create(
        Price(
            price_list=row, number=place, product=one_line(name), description=one_line(told), unit_minor=minor
        )
        for place, (name, told, minor) in enumerate(clean.prices, 1)
    )
    return row.uid


def _row(uid: UUID | None, viewer: Viewer, now: datetime) -> PriceList:
    row = PriceList.objects.filter(uid=uid).first() if uid else PriceList()
    if row is None:
        raise NotVisible("There is no such price list.")
    return row


def _wrong(written: Written, pk: int | None) -> Iterator[str]:
    if not 0 < len(written.name) <= LONGEST_NAME:
        yield worded("Give the price list a name of 1 to {most} characters.", most=LONGEST_NAME)
    elif PriceList.objects.filter(name=written.name).exclude(pk=pk or 0).exists():
        yield worded("There is a price list “{name}” already. Choose another name.", name=written.name)
    if written.currency not in list_currencies():
        yield worded(
            "“{text}” is no currency. Write its three letters, such as EUR.", text=written.currency[:10]
        )
    if written.starts and written.ends and written.ends < written.starts:
        yield worded("The list would end before it starts. Choose a later last day.")
    if len(written.prices) > MOST_PRICES:
        yield worded("A price list has at most {most} products. Make a second list.", most=MOST_PRICES)


def _wrong_prices(prices: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    seen: set[str] = set()
    for place, (product, told, minor) in enumerate(prices, 1):
        name = one_line(product)
        if not 0 < len(name) <= LONGEST_NAME or len(told) > LONGEST_LINE:
            yield worded("Line {place} needs the name of a product, of at most {most} characters.", place=place,
                         most=LONGEST_NAME)  # fmt: skip
        elif name.casefold() in seen:
            yield worded("“{product}” stands in the list twice. Keep one of its prices.", product=name)
        if abs(minor) > LARGEST_MINOR:
            yield worded("Line {place}: the price is too large. Look for a zero too many.", place=place)
        seen.add(name.casefold())


@transaction.atomic
def delete_prices(viewer: Viewer, uid: UUID) -> None:
    """Take a price list away; quotes keep what they say. Raises NotVisible."""
    operators_only(viewer)
    if not PriceList.objects.filter(uid=uid).delete()[0]:
        raise NotVisible("There is no such price list.")


@transaction.atomic
def save_letterhead(viewer: Viewer, written: Heading, now: datetime) -> None:
    """What stands on quotes from now on; those that were sent keep the paper they were sent on.

    Raises NotVisible, and Incomplete with everything to mend.
    """
    operators_only(viewer)
    if sentences := tuple(_unfit(written)):
        raise Incomplete(sentences)
    lines = {
        name: one_line(getattr(written, name))
        for name in ("name", "registration", "email", "phone", "tax_name")
    }
    texts = {name: _lines(getattr(written, name)) for name in ("address", "footer", "terms")}
    Letterhead.objects.update_or_create(
        pk=1,
        defaults={
            **lines, **texts, "prefix": one_line(written.prefix), "days": written.days, "tax": written.tax,
            "by": signed_by(viewer), "at": now,
        },
    )  # fmt: skip


def _unfit(written: Heading) -> Iterator[str]:
    for name in ("name", "registration", "email", "phone"):
        if len(getattr(written, name)) > LONGEST_NAME:
            yield worded(
                "A line of the letterhead has at most {most} characters. Shorten it.", most=LONGEST_NAME
            )
    for name in ("address", "footer", "terms"):
        if len(getattr(written, name)) > LONGEST_TEXT:
            yield worded(
                "A text of the letterhead has at most {most} characters. Shorten it.", most=LONGEST_TEXT
            )
    if not written.name.strip():
        yield worded(
            "Write the name that stands on top of a quote, such as {name}.", name=organisation().name
        )
    if written.email.strip() and "@" not in written.email:
        yield worded(
            "“{text}” is no e-mail address. Write it like sales@example.com.", text=written.email[:60]
        )
    if len(written.prefix) > 12 or len(written.tax_name) > 40:
        yield worded("The beginning of numbers has at most 12 characters, the name of the tax at most 40.")
    if not 0 < written.days <= LONGEST_VALID:
        yield worded("A quote is valid for 1 to {most} days.", most=LONGEST_VALID)
    if not 0 <= written.tax <= 100:
        yield worded("The tax lies between 0 and 100 %. Write its rate in percent, such as 25.")


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\0", "").splitlines()).strip()
