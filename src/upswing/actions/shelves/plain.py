"""Accounts, contacts and products: records that make no facts of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from upswing.actions.desk import Desk, everybodys
from upswing.actions.posting import Posting
from upswing.actions.settling import facts_of_activities
from upswing.actions.shelf import Shelf
from upswing.book.models import Account, Activity, Contact, Product
from upswing.core.records import AccountRecord, ContactRecord, ProductRecord
from upswing.ledger.counting import lock
from upswing.ledger.kinds import ACTIVITY


class Accounts(Shelf[AccountRecord]):
    """Companies."""

    model = Account
    referred = True
    columns = ("name", "industry", "country")

    def values(self, desk: Desk, record: AccountRecord) -> tuple[Any, ...]:
        """As the source says."""
        return record.name, record.industry, record.country


class Contacts(Shelf[ContactRecord]):
    """People at companies."""

    model = Contact
    referred = True
    columns = ("name", "account", "role", "zone")
    links = ("account",)

    def __init__(self) -> None:
        self.former: dict[int, str] = {}

    def credited(self, known: Collection[int]) -> set[int]:
        """Nobody; only their clocks until now are noted."""
        self.former = dict(Contact.objects.filter(id__in=known).values_list("id", "zone"))
        return set()

    def values(self, desk: Desk, record: ContactRecord) -> tuple[Any, ...]:
        """The company is looked up."""
        return record.name, desk.find(Account, record.account), record.role, record.zone

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, ContactRecord], fresh: Collection[int]
    ) -> None:
        """By another clock, they were called at another hour."""
        moved = [
            number
            for number in written
            if self.former.get(number, written[number].zone) != written[number].zone
        ]
        if moved:
            calls = everybodys(Activity).filter(contact__in=moved)
            lock(set(calls.values_list("person_id", flat=True)))
            posting.put(ACTIVITY, dict(facts_of_activities(calls.values_list("id", flat=True))))


class Products(Shelf[ProductRecord]):
    """What is sold."""

    model = Product
    referred = True
    columns = ("name", "family", "list_price_minor")

    def values(self, desk: Desk, record: ProductRecord) -> tuple[Any, ...]:
        """As the source says."""
        return record.name, record.family, record.list_price_minor
