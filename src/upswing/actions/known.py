"""What earlier imports brought, for a source being read to refer to."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Min, QuerySet

from upswing.book.models import Account, Contact, Deal, Lead, Product
from upswing.connectors.connector import Known, KnownLead, Thing
from upswing.people.models import Organisation, Person

DEFAULT_CURRENCY = "EUR"
Provenanced = TypeVar("Provenanced", Account, Product)


def known(source: str, currency: str, today: date) -> Known:
    """Everything records may refer to; what the source itself brought goes before what others did."""
    people = Person.objects.unscoped("imports match names with anybody").filter(sells=True)
    organisation = Organisation.objects.first()
    found = Known(
        reps={person.key: person.name for person in people},
        currency=organisation.currency if organisation else currency or DEFAULT_CURRENCY,
        fiscal_start=organisation.fiscal_start if organisation else 1,
        today=today,
        contacts=dict(Contact.objects.values_list("external_id", "name")),
        leads=_leads(),
        deals=_deals(),
    )
    for account in _own_last(Account.objects.all(), source):
        found.accounts.add(Thing(account.external_id, account.name, None, _other(account, source)))
    for product in _own_last(Product.objects.all(), source):
        price = product.list_price_minor
        found.products.add(Thing(product.external_id, product.name, price, _other(product, source)))
    return found


def _leads() -> dict[str, KnownLead]:
    rows = Lead.objects.unscoped("imports refer to anybody's leads")
    columns = ("external_id", "person__name", "lead_source")
    return {key: KnownLead(rep, source) for key, rep, source in rows.values_list(*columns)}


def _deals() -> dict[str, str]:
    """Id → the name of one of those credited."""
    rows = Deal.objects.unscoped("imports refer to anybody's deals").values_list("external_id")
    return dict(rows.annotate(Min("credits__person__name")))


def _own_last(rows: QuerySet[Provenanced], source: str) -> list[Provenanced]:
    loaded = rows.select_related("source").order_by("source_id", "id")
    return sorted(loaded, key=lambda row: row.source.key == source)


def _other(row: Account | Product, source: str) -> str:
    return "" if row.source.key == source else row.source.key
