"""Decide whose invoices are, keep what was decided, and post what it changes.

An attribution follows from what the book holds, in whatever order it came: whatever brings a clue has those invoices
decided anew that it may concern, in its own transaction. Hold ATTRIBUTION from before the first write on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Model, Q

from upswing.actions.bulk import insert, pieces, update
from upswing.actions.desk import everybodys
from upswing.actions.posting import Posting, reps_of
from upswing.actions.settling import facts_of_invoices, notes_on
from upswing.book.models import Account, AccountOwner, Deal, Invoice, InvoiceShare, Quote
from upswing.connectors.connector import folded
from upswing.core.attribution import WEAK, Attribution, attribute
from upswing.core.records import InvoiceKind
from upswing.ledger.counting import lock
from upswing.ledger.kinds import INVOICE
from upswing.people.models import Person
from upswing.queries.clues import Row, clues_of, rows_of, shares_of
from upswing.queries.new_accounts import beside

ATTRIBUTION = -1
"""Locked, like a rep, by whoever brings invoices or what they are attributed by: one after the other."""
KEY_LENGTH = 200


def account_key(name: str) -> str:
    """An account's name to find it by."""
    return folded(name)[:KEY_LENGTH]


def credit(invoices: Iterable[int]) -> set[int]:
    """Decide anew whose these invoices are, then the notes on them; returns those that changed hands."""
    given = sorted(invoices)
    changed: set[int] = set()
    for piece in pieces(given):
        changed |= _decide(rows_of(piece, InvoiceKind.INVOICE))
    for piece in pieces(sorted({*given, *notes_on(given)})):
        changed |= _decide(rows_of(piece, InvoiceKind.CREDIT_NOTE))
    return changed


def _decide(rows: Collection[Row]) -> set[int]:
    clues, standing = clues_of(rows), shares_of([row.id for row in rows])
    found = {row.id: attribute(clues[row.id]) for row in rows}
    was = {row.id: (row.rule, row.deal, dict(standing.get(row.id, ()))) for row in rows}
    becomes = {number: (a.rule.value, a.deal, dict(a.shares)) for number, a in found.items()}
    changed = {number for number in found if was[number] != becomes[number]}
    update(Invoice, ("rule", "deal"), [(*becomes[number][:2], number) for number in sorted(changed)])
    _share({number: found[number] for number in changed if was[number][2] != becomes[number][2]})
    return {number for number in changed if was[number][1:] != becomes[number][1:]}


def _share(found: dict[int, Attribution]) -> None:
    if not found:
        return
    InvoiceShare.objects.filter(invoice__in=found).delete()
    reps = {rep for attribution in found.values() for rep, _ in attribution.shares}
    ids = dict(everybodys(Person).filter(key__in=reps).values_list("key", "id"))
    rows = [(number, ids[rep], weight) for number, a in found.items() for rep, weight in a.shares]
    insert(InvoiceShare, ("invoice", "person", "weight"), rows)


def credit_and_post(posting: Posting, invoices: Collection[int], fresh: Collection[int] = ()) -> None:
    """Decide whose these invoices are and post what they say now; `fresh` ones have no facts so far.

    Everybody concerned is held before the first fact is touched.
    """
    decided = {*invoices, *credit(invoices)}
    shared = InvoiceShare.objects.filter(invoice__in=decided).values_list("person_id", flat=True)
    lock(reps_of(INVOICE, decided) | set(shared))
    for piece in pieces(sorted(decided)):
        posting.put(INVOICE, dict(facts_of_invoices(piece)), fresh)


def concerned(model: type[Model], records: Collection[int]) -> set[int]:
    """The invoices whose facts may depend on these rows as they stand; ask before and after they change."""
    if not records or not everybodys(Invoice).exists():
        return set()
    if model is Invoice:
        hanging = {*records, *beside(records)}
        return {*hanging, *notes_on(hanging)}
    if model is Deal:
        told = list(everybodys(Deal).filter(pk__in=records).values_list("external_id", "account_id"))
        quotes = everybodys(Quote).filter(deal__in=records).values_list("external_id", flat=True)
        named = Q(deal__in=records) | Q(deal_key__in=[key for key, _ in told]) | Q(quote_key__in=list(quotes))
        return _invoices(named) | of_accounts({account for _, account in told if account})
    if model is Quote:
        return _invoices(Q(quote_key__in=everybodys(Quote).filter(pk__in=records).values("external_id")))
    if model is AccountOwner:
        owned = everybodys(AccountOwner).filter(pk__in=records).values_list("account_id", flat=True)
        return of_accounts({account for account in owned if account})
    return set()


def of_accounts(accounts: Collection[int]) -> set[int]:
    """The invoices of these accounts that nothing stronger decides."""
    return _invoices(Q(account__in=accounts, rule__in=[rule.value for rule in WEAK]))


def _invoices(which: Q) -> set[int]:
    return set(everybodys(Invoice).filter(which).values_list("id", flat=True))


def link(accounts: Collection[int]) -> None:
    """Let invoices that came before these accounts know them by name or id."""
    lost = everybodys(Invoice).filter(account=None).exclude(account_key="")
    if not accounts or not lost.exists():
        return
    names: dict[str, int] = {}
    for piece in pieces(sorted(accounts)):
        for number, *called in Account.objects.filter(id__in=piece).values_list("id", "external_id", "name"):
            names |= {account_key(name): number for name in called}
    for keys in pieces(sorted(names)):
        told = lost.filter(account_key__in=keys).values_list("id", "account_key")
        update(Invoice, ("account",), [(names[key], number) for number, key in told])


def credit_everything() -> None:
    """Decide anew whose every invoice is; call inside a transaction, and make all facts anew after it."""
    lock([ATTRIBUTION])
    link(list(Account.objects.values_list("id", flat=True)))
    credit(_invoices(Q()))
