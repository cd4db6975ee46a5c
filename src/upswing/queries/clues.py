"""What the book knows of invoices: the clues that `core.attribution` decides by, loaded for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from upswing.book.models import (
    AccountOwner,
    Credit,
    Deal,
    DecisionShare,
    FormerCredit,
    Invoice,
    InvoiceDecision,
    InvoiceShare,
    Quote,
    RememberedOwner,
)
from upswing.core.attribution import DAYS_AFTER, DAYS_BEFORE, Attribution, Clues, Rule, Sold, Tenure
from upswing.core.attribution import Credit as Shares
from upswing.core.records import InvoiceKind, Outcome

WHY = "whose an invoice is follows from everybody's records"
Natural = tuple[int, str]
"""Source and the source's own id."""


class Row(NamedTuple):
    """An invoice as stored: what it says, then how it is attributed so far."""

    id: int
    source: int
    key: str
    kind: str
    day: date
    net: int | None
    rep: str | None
    deal_key: str
    quote_key: str
    account: int | None
    corrects: str
    rule: str
    deal: int | None


COLUMNS = (
    "id", "source_id", "external_id", "kind", "day", "net_minor", "person__key", "deal_key", "quote_key", "account_id",
    "corrects", "rule", "deal_id",
)  # fmt: skip


def rows_of(invoices: Collection[int], kind: InvoiceKind) -> list[Row]:
    """Those of these invoices that are of the kind."""
    found = Invoice.objects.unscoped(WHY).filter(id__in=invoices, kind=kind.value).order_by("id")
    return [Row(*row) for row in found.values_list(*COLUMNS)]


def clues_of(rows: Collection[Row]) -> dict[int, Clues]:
    """Invoice → what is known of it; what its account tells only where nothing stronger is known."""
    decided, corrected = _decided(rows), _corrected(rows)
    named = _found(Deal.objects.unscoped(WHY), "id", [(row.source, row.deal_key) for row in rows])
    quotes = Quote.objects.unscoped(WHY).exclude(deal=None)
    quoted = _found(quotes, "deal_id", [(row.source, row.quote_key) for row in rows])
    sold = sold_of({*named.values(), *quoted.values()})
    found = {
        row.id: Clues(
            row.day, row.net, decided.get((row.source, row.key)), corrected.get(row.id), row.rep or "",
            sold.get(named.get((row.source, row.deal_key), 0)), sold.get(quoted.get((row.source, row.quote_key), 0)),
        )
        for row in rows
    }  # fmt: skip
    return found | _by_account([row for row in rows if row.account and _is_silent(found[row.id])], found)


def _is_silent(clues: Clues) -> bool:
    return clues.decided is None and not (clues.corrected or clues.rep or clues.named or clues.quoted)


def _by_account(rows: Collection[Row], found: Mapping[int, Clues]) -> dict[int, Clues]:
    deals, tenures = _deals_of_accounts(rows), tenures_of({row.account for row in rows if row.account})
    return {
        row.id: replace(
            found[row.id],
            account_deals=deals.get(row.account or 0, ()),
            tenures=tenures.get(row.account or 0, ()),
        )
        for row in rows
    }


def _decided(rows: Iterable[Row]) -> dict[Natural, Shares]:
    standing = InvoiceDecision.objects.filter(external_id__in=[row.key for row in rows], taken_back_at=None)
    made = {
        number: (source, key)
        for number, source, key in standing.values_list("id", "source_id", "external_id")
    }
    shares = _shares(DecisionShare, "decision", made)
    return {natural: shares.get(number, ()) for number, natural in made.items()}


def _corrected(rows: Iterable[Row]) -> dict[int, Attribution]:
    """Credit note → how the invoice is attributed that it takes back, where there is one of its source."""
    notes = [row for row in rows if row.kind == InvoiceKind.CREDIT_NOTE and row.corrects]
    invoices = Invoice.objects.unscoped(WHY).filter(
        kind=InvoiceKind.INVOICE.value, external_id__in={note.corrects for note in notes}
    )
    told = {
        (source, key): (number, rule, deal)
        for source, key, number, rule, deal in invoices.values_list(
            "source_id", "external_id", "id", "rule", "deal_id"
        )
    }
    shares = shares_of([number for number, *_ in told.values()])
    followed = ((note.id, told.get((note.source, note.corrects))) for note in notes)
    return {
        note: Attribution(Rule(found[1]), shares.get(found[0], ()), found[2])
        for note, found in followed
        if found
    }


def _found(things: Any, column: str, named: Collection[Natural]) -> dict[Natural, int]:
    """What ids written by a source stand for: its own first, else whoever's has that id."""
    keys = {key for _, key in named if key}
    rows = things.filter(external_id__in=keys).order_by("-id") if keys else things.none()
    own: dict[Natural, int] = {}
    anybodys: dict[str, int] = {}
    for source, key, number in rows.values_list("source_id", "external_id", column):
        own[source, key] = anybodys[key] = number
    wanted = ((natural, own.get(natural) or anybodys.get(natural[1])) for natural in named)
    return {natural: number for natural, number in wanted if number}


def sold_of(deals: Collection[int]) -> dict[int, Sold]:
    """These deals as invoices see them."""
    if not deals:
        return {}
    credit, former = _shares(Credit, "deal", deals), _former(deals)
    columns = ("id", "outcome", "closed", "amount_minor")
    return {
        deal: Sold(
            deal,
            credit.get(deal, ()),
            tuple(former[deal]),
            closed if outcome == Outcome.WON else None,
            amount,
        )
        for deal, outcome, closed, amount in Deal.objects.unscoped(WHY)
        .filter(id__in=deals)
        .values_list(*columns)
    }


def _former(deals: Collection[int]) -> dict[int, list[tuple[date, Shares]]]:
    rows = FormerCredit.objects.filter(deal__in=deals).order_by("until", "person__key")
    parts: dict[tuple[int, date], Shares] = {}
    for deal, until, rep, weight in rows.values_list("deal_id", "until", "person__key", "weight"):
        parts[deal, until] = (*parts.get((deal, until), ()), (rep, weight))
    found: dict[int, list[tuple[date, Shares]]] = defaultdict(list)
    for (deal, until), credit in parts.items():
        found[deal].append((until, credit))
    return found


def _deals_of_accounts(rows: Collection[Row]) -> dict[int, list[Sold]]:
    """Account → its deals that were won about when these invoices are dated."""
    if not rows:
        return {}
    first = min(row.day for row in rows) - timedelta(days=DAYS_AFTER)
    last = max(row.day for row in rows) + timedelta(days=DAYS_BEFORE)
    return won_deals({row.account for row in rows if row.account}, first, last)


def won_deals(accounts: Collection[int], first: date, last: date) -> dict[int, list[Sold]]:
    """Account → its deals that were won from the first day to the last."""
    found: dict[int, list[Sold]] = defaultdict(list)
    won = Deal.objects.unscoped(WHY).filter(
        account__in=accounts, outcome=Outcome.WON.value, closed__range=(first, last)
    )
    owners = dict(won.values_list("id", "account_id"))
    for deal, sold in sold_of(owners.keys()).items():
        found[owners[deal]].append(sold)
    return found


def tenures_of(accounts: Collection[int]) -> dict[int, list[Tenure]]:
    """Account → who owned it when, as sources tell and as somebody said by hand."""
    found: dict[int, list[Tenure]] = defaultdict(list)
    if not accounts:
        return found
    told = AccountOwner.objects.unscoped(WHY).filter(account__in=accounts)
    for account, rep, starts, ends in told.values_list("account_id", "person__key", "starts", "ends"):
        if account:
            found[account].append(Tenure(rep, starts, ends))
    remembered = RememberedOwner.objects.filter(account__in=accounts)
    for account, rep, since in remembered.values_list("account_id", "person__key", "since"):
        found[account].append(Tenure(rep, since, by_hand=True))
    return found


def shares_of(invoices: Collection[int]) -> dict[int, Shares]:
    """Invoice → who has it, by name; invoices of nobody are absent."""
    return _shares(InvoiceShare, "invoice", invoices)


def _shares(part: Any, owner: str, of: Collection[int]) -> dict[int, Shares]:
    found: dict[int, Shares] = {}
    rows = part.objects.filter(**{f"{owner}__in": list(of)}).order_by("person__key")
    for number, rep, weight in rows.values_list(f"{owner}_id", "person__key", "weight"):
        found[number] = (*found.get(number, ()), (rep, weight))
    return found
