"""Deals, with who is credited, how they moved and what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from upswing.actions.bulk import insert, update
from upswing.actions.crediting import ATTRIBUTION, concerned, credit_and_post, link
from upswing.actions.desk import Desk, everybodys
from upswing.actions.posting import Posting
from upswing.actions.settling import facts_of_quotes
from upswing.actions.shelf import Shelf
from upswing.actions.shelves.owners import accounts_of
from upswing.actions.shelves.stated import keep_conversions
from upswing.book.models import (
    Account,
    AmountChange,
    CloseChange,
    Credit,
    Deal,
    FormerCredit,
    Lead,
    Product,
    Quote,
    StageMove,
)
from upswing.book.rates import DealRate
from upswing.connectors.connector import folded
from upswing.core.attribution import handed_over
from upswing.core.facts import settle_deal
from upswing.core.observing import observed
from upswing.core.records import WHOLE_HISTORY, DealRecord
from upswing.ledger.kinds import DEAL, QUOTES
from upswing.queries.deal_records import deal_records


class Deals(Shelf[DealRecord]):
    """Chances to sell. One whose reps change in files of a later day was handed over on that day."""

    model = Deal
    referred = True
    columns = (
        "name", "account", "product", "stage", "outcome", "lead", "lead_source", "created", "closed", "observed",
        "amount_minor", "expected_minor", "expected_close", "currency", "stated", "pipeline", "reason",
    )  # fmt: skip
    links = ("account", "product", "lead")
    fact_kind = DEAL
    chunk = 300

    def __init__(self) -> None:
        self.invoices: set[int] = set()

    def order(self, record: DealRecord) -> Any:
        """A rep's together."""
        return record.credit, record.id

    def values(self, desk: Desk, record: DealRecord) -> tuple[Any, ...]:
        """References are looked up."""
        return (
            record.name, desk.find(Account, record.account), desk.find(Product, record.product), record.stage,
            record.outcome.value, desk.find(Lead, record.lead), record.source, record.created, record.closed,
            record.observed, record.amount_minor, record.expected_minor, record.expected_close, record.currency,
            record.stated, record.pipeline, record.reason,
        )  # fmt: skip

    def holders(self, desk: Desk, records: Iterable[DealRecord]) -> set[int]:
        """Who is credited."""
        return {ATTRIBUTION} | {desk.person(rep) for record in records for rep, _ in record.credit}

    def credited(self, known: Collection[int]) -> set[int]:
        """Who has it until now: also where the deal itself says nothing, its quotes and invoices are theirs."""
        self.invoices = concerned(Deal, known)
        return set(Credit.objects.filter(deal__in=known).values_list("person_id", flat=True))

    def amended(self, desk: Desk, changed: Mapping[int, DealRecord]) -> Mapping[int, DealRecord]:
        """Where the source tells no history, what was observed of it goes on."""
        untold = {
            number: record for number, record in changed.items() if len(record.told) < len(WHOLE_HISTORY)
        }
        before = dict(deal_records(untold))
        seen = {
            number: observed(before[number], record, desk.seen, desk.seen_before(record.origin.file))
            for number, record in untold.items()
        }
        return {**changed, **seen}

    def write_parts(self, desk: Desk, written: Mapping[int, DealRecord], changed: Collection[int]) -> None:
        """Credits, moves, amounts and expectations are replaced; who had a deal before a hand-over is kept."""
        since = hand_over(desk, {deal: written[deal].credit for deal in changed})
        for part in (Credit, StageMove, AmountChange, CloseChange):
            if changed:
                part._default_manager.filter(deal__in=changed).delete()
        deals = written.items()
        credited = ((d, since.get(d, desk.seen), rep, weight) for d, r in deals for rep, weight in r.credit)
        _insert(Credit, [(d, desk.person(rep), weight, day) for d, day, rep, weight in credited])
        _insert(
            StageMove,
            [
                (d, n, move.stage, move.day, move.outcome.value, move.after)
                for d, r in deals
                for n, move in enumerate(r.moves)
            ],
        )
        _insert(AmountChange, [(d, n, *change) for d, r in deals for n, change in enumerate(r.amounts)])
        _insert(CloseChange, [(d, n, *change) for d, r in deals for n, change in enumerate(r.closes)])
        keep_conversions(DealRate, written, changed)

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, DealRecord], fresh: Collection[int]
    ) -> None:
        """The deal's own facts; where it changed, also those of its quotes; and whose invoices may be by it."""
        made = {number: settle_deal(keyed(record)) for number, record in written.items()}
        posting.put(self.fact_kind, made, fresh)
        quoted = {number for number in written if number not in fresh} | found_by_quotes(written)
        posting.put(QUOTES, dict(facts_of_quotes(quoted)))
        link(accounts_of(desk, written.values()))
        credit_and_post(posting, self.invoices | concerned(Deal, written.keys()))


def found_by_quotes(written: Mapping[int, DealRecord]) -> set[int]:
    """The deals of these for which quotes have waited, which belong to them from now on."""
    deals = {record.id: number for number, record in written.items()}
    waiting = everybodys(Quote).filter(deal=None, deal_key__in=deals).values_list("id", "deal_key")
    found = [(deals[key], quote) for quote, key in waiting]
    update(Quote, ("deal",), found)
    return {deal for deal, _ in found}


def hand_over(desk: Desk, becomes: Mapping[int, tuple[tuple[str, int], ...]]) -> dict[int, date | None]:
    """Keep who had these deals until the day of the files, where others have them now; since when each credit holds."""
    today = desk.seen
    was: dict[int, list[tuple[int, int]]] = defaultdict(list)
    since: dict[int, date | None] = {}
    for deal, person, weight, day in Credit.objects.filter(deal__in=becomes).values_list(*PARTS[Credit]):
        was[deal].append((person, weight))
        since[deal] = day
    for deal, credit in becomes.items():
        now = tuple((desk.person(rep), weight) for rep, weight in credit)
        if handed_over(tuple(was[deal]), since.get(deal), now, today):
            since[deal] = today
            _insert(FormerCredit, [(deal, *part, today) for part in was[deal]])
    return since


PARTS = {
    Credit: ("deal", "person", "weight", "since"),
    FormerCredit: ("deal", "person", "weight", "until"),
    StageMove: ("deal", "number", "stage", "day", "outcome", "after"),
    AmountChange: ("deal", "number", "day", "amount_minor"),
    CloseChange: ("deal", "number", "day", "expected_close"),
}


def _insert(part: Any, rows: list[tuple[Any, ...]]) -> None:
    insert(part, PARTS[part], rows)


def keyed(deal: DealRecord) -> DealRecord:
    """The deal with its reps by key, as the book names them: how a cent is split depends on their order."""
    return replace(deal, credit=tuple((folded(rep), weight) for rep, weight in deal.credit))
