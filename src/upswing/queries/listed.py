"""Records of any kind as a list shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from upswing.book.models import (
    Activity,
    Assessment,
    Course,
    Deal,
    Invoice,
    InvoiceDecision,
    Lead,
    Login,
    Quote,
    Tally,
    TimeEntry,
)
from upswing.core.attribution import Rule
from upswing.core.records import Tallied
from upswing.intake.models import Provenance
from upswing.ledger.kinds import (
    ACTIVITY,
    ASSESSMENT,
    COURSE,
    DEAL,
    INVOICE,
    LEAD,
    LOGIN,
    QUOTES,
    TALLY,
    TIME,
)

BLOCK = 5_000


@dataclass(frozen=True, slots=True)
class Listed:
    """What tells a record from the others. `stages` are (day, stage) of a deal's moves, in order."""

    key: str
    source_id: int
    source: str
    file: str
    row: int
    name: str
    account: str = ""
    detail: str = ""
    stage: str = ""
    closed: date | None = None
    stages: tuple[tuple[date, str], ...] = ()

    def stage_on(self, close: date) -> str:
        """The stage a deal stood in at the close of the day; empty where the source does not tell."""
        if self.closed and self.closed <= close:
            return self.stage
        if not self.stages:
            return "" if self.closed else self.stage
        return next((stage for day, stage in reversed(self.stages) if day <= close), "")


def listed(wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Listed]:
    """(kind, record) → how it shows; the rep behind them is seen, shared ones belong to the list."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for kind, record in sorted(wanted):
        numbers[kind].append(record)
    return {
        (kind, record): shown
        for kind, ids in numbers.items()
        for start in range(0, len(ids), BLOCK)
        for record, shown in LISTS[kind](ids[start : start + BLOCK])
    }


Found = Iterator[tuple[int, Listed]]


def _rows(model: Any, ids: Iterable[int], *related: str) -> Any:
    rows = model.objects.unscoped("the rep is seen; shared records belong to the list").filter(
        id__in=list(ids)
    )
    return rows.select_related("source", *related)


def _from(record: Provenance, name: str, **more: Any) -> Listed:
    return Listed(
        record.external_id, record.source_id, record.source.name, record.file, record.row, name, **more
    )


def _deals(ids: Collection[int]) -> Found:
    for deal in _rows(Deal, ids, "account", "product").prefetch_related("moves"):
        moves = sorted((move.number, move.day, move.stage) for move in deal.moves.all())
        yield (
            deal.id,
            _from(
                deal,
                deal.name or deal.external_id,
                account=deal.account.name if deal.account else "",
                detail=deal.product.name if deal.product else "",
                stage=deal.stage,
                closed=deal.closed,
                stages=tuple((day, stage) for _, day, stage in moves),
            ),
        )


def _leads(ids: Collection[int]) -> Found:
    for lead in _rows(Lead, ids, "account", "contact"):
        account = lead.account.name if lead.account else ""
        name = lead.contact.name if lead.contact else account or lead.external_id
        yield lead.id, _from(lead, name, account=account, detail=lead.lead_source)


def _activities(ids: Collection[int]) -> Found:
    for done in _rows(Activity, ids, "contact", "lead__account", "deal__account"):
        about = done.lead or done.deal
        account = about.account.name if about and about.account else ""
        name = done.contact.name if done.contact else account or done.external_id
        lasted = f"{max(1, round(done.seconds / 60))} min" if done.seconds else ""
        yield done.id, _from(done, name, account=account, detail=lasted)


def _quotes(deals: Collection[int]) -> Found:
    """By deal, the last revision standing for all."""
    rows = Quote.objects.unscoped("the rep is seen").filter(deal__in=deals).order_by("deal_id", "revision")
    for quote in rows.select_related("source", "deal__account"):
        deal = quote.deal
        if deal is None:
            continue
        account = deal.account.name if deal.account else ""
        name = deal.name or deal.external_id
        detail = f"{quote.revision} revisions" if quote.revision > 1 else ""
        yield deal.id, _from(quote, name, account=account, detail=detail)


def _invoices(ids: Collection[int]) -> Found:
    """With the rule that decided whose it is, as a sentence."""
    rows = list(_rows(Invoice, ids, "deal"))
    by_hand = [row.external_id for row in rows if row.rule in {Rule.HAND, Rule.HOUSE}]
    standing = InvoiceDecision.objects.filter(external_id__in=by_hand, taken_back_at=None)
    decisions = {(made.source_id, made.external_id): made for made in standing}
    for invoice in rows:
        deal = f"“{invoice.deal.name or invoice.deal.external_id}”" if invoice.deal else ""
        decision = decisions.get((invoice.source_id, invoice.external_id))
        detail = DECIDED[invoice.rule].format(deal=deal, invoice=invoice, decision=decision)
        yield invoice.id, _from(invoice, invoice.external_id, account=invoice.account_name, detail=detail)


DECIDED: dict[str, str] = {
    Rule.WAITING: "Nobody's yet.",
    Rule.HAND: "Decided by {decision.by} on {decision.at.day} {decision.at:%B %Y}: {decision.reason}",
    Rule.HOUSE: "Made nobody's by {decision.by} on {decision.at.day} {decision.at:%B %Y}: {decision.reason}",
    Rule.CORRECTED: "Follows {invoice.corrects}, which it corrects.",
    Rule.REP: "Accounting names the rep.",
    Rule.DEAL: "Accounting names the deal {deal}.",
    Rule.QUOTE: "Accounting names the quote {invoice.quote_key} of {deal}.",
    Rule.MATCH: "The one deal of the account that fits by amount and day: {deal}.",
    Rule.OWNER: "Owned the account on that day.",
}
"""How it was decided whose an invoice is."""


def _hours(ids: Collection[int]) -> Found:
    for entry in _rows(TimeEntry, ids):
        name = entry.activity or "Prospecting"
        yield (
            entry.id,
            _from(entry, name, account=entry.lead_source, detail=f"{entry.minutes} min"),
        )


def _tallies(ids: Collection[int]) -> Found:
    for tally in _rows(Tally, ids):
        counts = ((counted.value.replace("_", " "), getattr(tally, counted.value)) for counted in Tallied)
        told = ", ".join(f"{count} {name}" for name, count in counts if count)
        yield tally.id, _from(tally, "Tally of the day", detail=told)


def _logins(ids: Collection[int]) -> Found:
    for login in _rows(Login, ids):
        yield login.id, _from(login, "Sign-in")


def _courses(ids: Collection[int]) -> Found:
    for done in _rows(Course, ids):
        detail = "" if done.minutes is None else f"{done.minutes} min"
        yield done.id, _from(done, done.course, detail=detail)


def _assessments(ids: Collection[int]) -> Found:
    for seen in _rows(Assessment, ids):
        yield seen.id, _from(seen, seen.standard, detail=f"seen by {seen.by}" if seen.by else "")


LISTS: dict[str, Callable[[Collection[int]], Found]] = {
    DEAL: _deals, LEAD: _leads, ACTIVITY: _activities, QUOTES: _quotes, INVOICE: _invoices, TIME: _hours,
    TALLY: _tallies, LOGIN: _logins, COURSE: _courses, ASSESSMENT: _assessments,
}  # fmt: skip
"""How each kind of record, as the ledger names them, is shown."""
