"""What earlier imports brought, for a source being read to refer to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Min, QuerySet

from upswing.book.models import Account, Contact, Deal, Lead, Product
from upswing.connectors.connector import Known, KnownLead, Thing
from upswing.connectors.files.nearest import FEW
from upswing.core.metrics import CATALOGUE
from upswing.people.models import Organisation, Person
from upswing.queries.formulas import metrics_on
from upswing.queries.rates import converted, kept_rates

DEFAULT_CURRENCY = "EUR"
Rows = TypeVar("Rows", bound=QuerySet[Any])
Provenanced = TypeVar("Provenanced", Account, Product)


@dataclass(frozen=True, slots=True)
class Among:
    """All that a few records could refer to: the texts in them, and whether any names an account or product."""

    texts: frozenset[str]
    things: bool

    @property
    def codes(self) -> frozenset[str]:
        """What of them can be a currency."""
        return frozenset(text.upper() for text in self.texts if len(text) == 3)

    def of(self, rows: Rows) -> Rows:
        """The rows that can be meant; all of them where they are so few that what is near is looked for."""
        if rows.model in (Account, Product) or not rows[FEW : FEW + 1].exists():
            return rows
        return rows.filter(external_id__in=self.texts)


def known(source: str, currency: str, today: date, among: Among | None = None) -> Known:
    """Everything records may refer to; what the source itself brought goes before what others did.

    With `among` not more is read than these can refer to.
    """
    people = Person.objects.unscoped("imports match names with anybody").filter(sells=True)
    organisation = Organisation.objects.first()
    found = Known(
        reps={person.key: person.name for person in people},
        currency=currency or (organisation.currency if organisation else DEFAULT_CURRENCY),
        fiscal_start=organisation.fiscal_start if organisation else 1,
        today=today,
        contacts=dict(_meant(Contact.objects.all(), among).values_list("external_id", "name")),
        leads=_leads(among),
        deals=_deals(among),
        metrics={**CATALOGUE, **metrics_on(today)},
        rates=kept_rates(source, among.codes if among else None),
        converted=converted(source, among.texts if among else None),
    )
    if among and not among.things:
        return found
    for account in _own_last(Account.objects.all(), source):
        found.accounts.add(Thing(account.external_id, account.name, None, _other(account, source)))
    for product in _own_last(Product.objects.all(), source):
        price = product.list_price_minor
        found.products.add(Thing(product.external_id, product.name, price, _other(product, source)))
    return found


def _meant(rows: Rows, among: Among | None) -> Rows:
    return among.of(rows) if among else rows


def _leads(among: Among | None) -> dict[str, KnownLead]:
    rows = _meant(Lead.objects.unscoped("imports refer to anybody's leads"), among)
    columns = ("external_id", "person__name", "lead_source")
    return {key: KnownLead(rep, source) for key, rep, source in rows.values_list(*columns)}


def _deals(among: Among | None) -> dict[str, str]:
    """Id → the name of one of those credited."""
    rows = _meant(Deal.objects.unscoped("imports refer to anybody's deals"), among)
    return dict(rows.values_list("external_id").annotate(Min("credits__person__name")))


def _own_last(rows: QuerySet[Provenanced], source: str) -> list[Provenanced]:
    loaded = rows.select_related("source").order_by("source_id", "id")
    return sorted(loaded, key=lambda row: row.source.key == source)


def _other(row: Account | Product, source: str) -> str:
    return "" if row.source.key == source else row.source.key
