"""The invoices that are nobody's yet: what they come to, and whose each may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from rapidfuzz import fuzz, process

from upswing.book.models import Account, Deal, Invoice
from upswing.connectors.connector import folded
from upswing.core.attribution import Credit, Rule, Sold, owner_on
from upswing.core.money import Money, minor_units
from upswing.core.period import Period
from upswing.core.records import InvoiceKind
from upswing.people.models import Person
from upswing.people.viewer import Viewer, operators_only
from upswing.queries.clues import tenures_of, won_deals
from upswing.queries.organisation import organisation

PAGE = 25
WHY = "operators attribute everybody's invoices"
AROUND = timedelta(days=365)
"""Deals won so long before or after an invoice may be what it is for."""
DEALS, ACCOUNTS = 3, 3
"""At most so many deals of an account, and accounts of a near name, are offered."""
ALIKE = 85
"""From this likeness of 100 on, two names may be of one account."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may have earned an invoice, and why.

    `people` are (id, name, weight). `deal` is its name, empty for the account's owner; `amount_off` is how much the
    invoice is above it, as a share of what it was won for, and `days_off` how long after the win. `likeness` of the
    account's name to what accounting wrote is up to 100: the same.
    """

    people: tuple[tuple[UUID, str, int], ...]
    account: str
    account_id: UUID
    likeness: int
    deal: str = ""
    amount_off: Fraction | None = None
    days_off: int | None = None

    @property
    def why(self) -> str:
        """The reason, as a sentence."""
        named = "" if self.likeness == 100 else f" Accounting writes another name, {self.likeness} % alike."
        if self.days_off is None:
            return f"Owned {self.account} on that day.{named}"
        when = _apart(self.days_off)
        off = "at an unknown amount" if self.amount_off is None else _off(self.amount_off)
        return f"“{self.deal}” of {self.account}, won {when}, {off}.{named}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invoice that is nobody's yet; `net` as accounting wrote it, below nothing for a credit note."""

    id: UUID
    number: str
    day: date
    account: str
    net: Money | None
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits, from place `first` on, of `total`; `sums` are of all that waits, a currency each."""

    rows: tuple[Waiting, ...]
    first: int
    total: int
    sums: tuple[Money, ...]


def unattributed(viewer: Viewer, page: int = 1) -> Queue:
    """What waits, oldest and largest first, with those who may have earned it, likeliest first.

    Raises NotVisible for whoever may not decide. Beyond the last page the last is shown.
    """
    operators_only(viewer)
    waiting = _waiting()
    total = waiting.count()
    first = PAGE * max(0, min(page, ceil(total / PAGE)) - 1)
    shown = list(waiting.order_by("day", "-net_minor", "id")[first : first + PAGE])
    return Queue(tuple(_rows(shown)), first, total, _sums(waiting))


def unattributed_value(viewer: Viewer, period: Period, at: date) -> tuple[Money, ...]:
    """What waits of a period, up to the close of a day, a currency each: it stands beside attainment, naming nobody."""
    until = period.until(at)
    return _sums(_waiting().filter(day__gte=until.start, day__lt=until.end))


def _waiting() -> QuerySet[Invoice]:
    return Invoice.objects.unscoped(WHY).filter(rule=Rule.WAITING.value)


def _sums(waiting: QuerySet[Invoice]) -> tuple[Money, ...]:
    """As written: in the organisation's currency, and in others before they were converted."""
    found: dict[str, Money] = {}
    own = organisation().currency
    grouped = waiting.order_by().values_list("currency", "kind")
    for currency, kind, net, stated, _ in grouped.annotate(Sum("net_minor"), Sum("stated"), Count("id")):
        sum_ = Money(minor_units(stated, currency), currency) if currency else Money(net or 0, own)
        signed = -sum_ if kind == InvoiceKind.CREDIT_NOTE else sum_
        found[sum_.currency] = found.get(sum_.currency, Money(0, sum_.currency)) + signed
    return tuple(found[currency] for currency in sorted(found))


def _net(invoice: Invoice, own: str) -> Money | None:
    if invoice.stated is not None:
        net = Money(minor_units(invoice.stated, invoice.currency), invoice.currency)
    elif invoice.net_minor is not None:
        net = Money(invoice.net_minor, own)
    else:
        return None
    return -net if invoice.kind == InvoiceKind.CREDIT_NOTE else net


def _rows(shown: Sequence[Invoice]) -> Iterator[Waiting]:
    own, around = organisation().currency, _Around(shown)
    for invoice in shown:
        candidates = tuple(around.candidates(invoice))
        yield Waiting(
            invoice.uid,
            invoice.external_id,
            invoice.day,
            invoice.account_name,
            _net(invoice, own),
            candidates,
        )


class _Around:
    """What stands around the invoices of a page: accounts that may be theirs, with deals and owners."""

    def __init__(self, shown: Sequence[Invoice]) -> None:
        self.accounts = _alike(shown)
        ids = {account for near in self.accounts.values() for account, _ in near}
        self.called = {account.pk: account for account in Account.objects.filter(id__in=ids)}
        days = [invoice.day for invoice in shown] or [date.min + AROUND]
        self.deals = won_deals(ids, min(days) - AROUND, max(days) + AROUND)
        self.tenures = tenures_of(ids)
        sold = [sold.deal for deals in self.deals.values() for sold in deals]
        named = Deal.objects.unscoped(WHY).filter(id__in=sold).values_list("id", "name", "external_id")
        self.names = {deal: name or key for deal, name, key in named}
        self.people = _people(self._reps())

    def _reps(self) -> Iterator[str]:
        for deals in self.deals.values():
            for sold in deals:
                for credit in (sold.credit, *(former for _, former in sold.former)):
                    yield from (rep for rep, _ in credit)
        for tenures in self.tenures.values():
            yield from (tenure.rep for tenure in tenures)

    def candidates(self, invoice: Invoice) -> Iterator[Candidate]:
        """Account by account, the likest first: its nearest deals, then its owner."""
        for account, likeness in self.accounts[invoice.pk]:
            about = (self.called[account].name, self.called[account].uid, likeness)
            near = sorted(
                (sold for sold in self.deals.get(account, ()) if abs(_days(invoice, sold)) <= AROUND.days),
                key=lambda sold: _distance(invoice, sold),
            )
            for sold in near[:DEALS]:
                whose = self._credit(sold.credit_on(invoice.day))
                name = self.names[sold.deal]
                yield Candidate(whose, *about, name, _amount_off(invoice, sold), _days(invoice, sold))
            if owner := owner_on(self.tenures.get(account, ()), invoice.day):
                yield Candidate(self._credit(((owner, 1),)), *about)

    def _credit(self, credit: Credit) -> tuple[tuple[UUID, str, int], ...]:
        return tuple((*self.people[rep], weight) for rep, weight in credit)


def _alike(shown: Sequence[Invoice]) -> dict[int, list[tuple[int, int]]]:
    """Invoice → accounts it may be of, each with the likeness of its name, likest first."""
    lost = {invoice.account_key for invoice in shown if invoice.account_id is None and invoice.account_key}
    names: Mapping[int, str] = {}
    if lost:
        names = {number: folded(name) for number, name in Account.objects.values_list("id", "name")}
    near = {
        key: [
            (number, round(score))
            for _, score, number in process.extract(
                key, names, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=ACCOUNTS
            )
        ]
        for key in lost
    }
    return {
        invoice.pk: [(invoice.account_id, 100)] if invoice.account_id else near.get(invoice.account_key, [])
        for invoice in shown
    }


def _people(reps: Iterable[str]) -> dict[str, tuple[UUID, str]]:
    found = Person.objects.unscoped(WHY).filter(key__in=set(reps))
    return {key: (uid, name) for key, uid, name in found.values_list("key", "uid", "name")}


def _amount_off(invoice: Invoice, sold: Sold) -> Fraction | None:
    if invoice.net_minor is None or not sold.amount_minor:
        return None
    return Fraction(invoice.net_minor - sold.amount_minor, sold.amount_minor)


def _days(invoice: Invoice, sold: Sold) -> int:
    return (invoice.day - sold.won).days if sold.won else AROUND.days + 1


def _distance(invoice: Invoice, sold: Sold) -> tuple[bool, Fraction]:
    """How far a deal is off: a year counts as much as its whole amount."""
    off = _amount_off(invoice, sold)
    return off is None, abs(off or Fraction(0)) + Fraction(abs(_days(invoice, sold)), AROUND.days)


def _apart(days: int) -> str:
    if not days:
        return "on that very day"
    counted = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"{counted} {'before' if days > 0 else 'after'} it"


def _off(amount: Fraction) -> str:
    if not amount:
        return "for this very amount"
    return f"the invoice being {abs(float(amount)):.1%} {'above' if amount > 0 else 'below'} its amount"
