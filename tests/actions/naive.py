"""The figures of a day counted straight from typed records, the slow way: what the tiers must equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from upswing.core.records import (
    ActivityRecord,
    AssessmentRecord,
    CourseRecord,
    DealRecord,
    InvoiceRecord,
    LeadRecord,
    LoginRecord,
    QuoteRecord,
    TimeEntryRecord,
)

ONE = 1_000_000
Figure = tuple[str, date, str, int]
"""Rep, day, flow, by how much."""
Credit = tuple[tuple[str, int], ...]
CALLS = {
    "call": ("calls",), "email": ("emails",), "visit": ("visits",), "social": ("messages",),
    "call/conversation": ("calls", "connects", "conversations"), "call/call_back": ("calls", "connects"),
    "call/wrong_person": ("calls", "connects"), "email/answered": ("emails", "emails_answered"),
}  # fmt: skip
MEETINGS = {"held": ("meetings_held",), "positive": ("meetings_held", "meetings_positive")}
LEVELS = {
    "below": ("assessments",), "meets": ("assessments", "assessments_met"),
    "exceeds": ("assessments", "assessments_met", "assessments_exceeded"),
}  # fmt: skip
REACHED = ("conversation", "call_back", "answered", "held", "positive")


def parts(total: int, credit: Credit) -> dict[str, int]:
    """Largest remainder: exact shares rounded down, then one more each for those who lost most, by name."""
    whole = sum(weight for _, weight in credit)
    exact = {rep: Fraction(total * weight, whole) for rep, weight in credit}
    down = {rep: int(share) for rep, share in exact.items()}
    losers = sorted(exact, key=lambda rep: (down[rep] - exact[rep], rep))
    return {rep: down[rep] + (rep in losers[: total - sum(down.values())]) for rep in exact}


class Naive:
    """The last word of every record, and who lives by which clock."""

    def __init__(self, records: Iterable[object], zones: Mapping[str, str]) -> None:
        last = {(type(record), record.id): record for record in records}  # type: ignore[attr-defined]
        self.kinds: dict[type, dict[str, object]] = defaultdict(dict)
        for (kind, key), record in last.items():
            self.kinds[kind][key] = record
        self.zones = zones

    def count(self) -> dict[tuple[str, date, str], int]:
        """(rep, day, flow) → what is not nothing."""
        found: Counter[tuple[str, date, str]] = Counter()
        for rep, day, key, value in self._figures():
            found[rep, day, key] += value
        return {place: value for place, value in found.items() if value}

    def _figures(self) -> Iterator[Figure]:
        for lead in self.kinds[LeadRecord].values():
            yield from self._lead(lead)  # type: ignore[arg-type]
        for deal in self.kinds[DealRecord].values():
            yield from _deal(deal)  # type: ignore[arg-type]
            yield from self._quoted(deal)  # type: ignore[arg-type]
        for activity in self.kinds[ActivityRecord].values():
            yield from self._activity(activity)  # type: ignore[arg-type]
        for invoice in self.kinds[InvoiceRecord].values():
            yield from self._invoice(invoice)  # type: ignore[arg-type]
        for entry in self.kinds[TimeEntryRecord].values():
            yield entry.rep, entry.day, "prospecting_time", entry.minutes * 60  # type: ignore[attr-defined]
        for login in self.kinds[LoginRecord].values():
            yield login.rep, self._day(login.rep, login.at), "logins", ONE  # type: ignore[attr-defined]
        for course in self.kinds[CourseRecord].values():
            yield course.rep, course.day, "courses", ONE  # type: ignore[attr-defined]
            yield course.rep, course.day, "learning_time", (course.minutes or 0) * 60  # type: ignore[attr-defined]
        for seen in self.kinds[AssessmentRecord].values():
            for key in LEVELS[seen.level]:  # type: ignore[attr-defined]
                yield seen.rep, seen.day, key, ONE  # type: ignore[attr-defined]

    def _day(self, rep: str, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zones[rep])).date()

    def _lead(self, lead: LeadRecord) -> Iterator[Figure]:
        created = self._day(lead.rep, lead.created)
        mine = [a for a in self.kinds[ActivityRecord].values() if a.lead == lead.id]  # type: ignore[attr-defined]
        tried = [self._day(lead.rep, a.at) for a in mine if a.kind != "meeting"]  # type: ignore[attr-defined]
        spoke = [self._day(lead.rep, a.at) for a in mine if a.outcome in REACHED]  # type: ignore[attr-defined]
        decided = max(lead.decided or created, created)
        good = [decided] if lead.disposition == "qualified" else []
        bad = [decided] if lead.disposition in ("disqualified", "bad_contact", "wrong_person") else []
        for word, days in (
            ("created", [created]), ("attempted", tried + spoke + good), ("contacted", spoke + good),
            ("qualified", good), ("disqualified", bad),
        ):  # fmt: skip
            if days:
                yield lead.rep, max(min(days), created), f"leads_{word}", ONE
            if days and word == "attempted":
                waited = max(min(days), created)
                yield lead.rep, waited, "response_time", (waited - created).days * 86_400

    def _activity(self, activity: ActivityRecord) -> Iterator[Figure]:
        rep, day = activity.rep, self._day(activity.rep, activity.at)
        if activity.kind != "meeting":
            for key in CALLS.get(f"{activity.kind}/{activity.outcome}") or CALLS[activity.kind]:
                yield rep, day, key, ONE
            yield rep, day, "talk_time", (activity.seconds or 0) * (activity.kind == "call")
            return
        yield rep, self._day(rep, activity.booked or activity.at), "meetings_booked", ONE
        if activity.outcome != "cancelled":
            for key in ("meetings_due", *MEETINGS.get(activity.outcome, ())):
                yield rep, day, key, ONE

    def _quoted(self, deal: DealRecord) -> Iterator[Figure]:
        """A proposal on the first day, and from day to day what its worth became."""
        told = [q for q in self.kinds[QuoteRecord].values() if q.deal == deal.id]  # type: ignore[attr-defined]
        sent = sorted(
            (q.revision, q.id, q.sent, q.amount_minor or 0) for q in told if q.sent and q.status != "draft"
        )  # type: ignore[attr-defined]
        if not sent:
            return
        first = sent[0][2]
        yield from ((rep, first, "proposals_sent", share) for rep, share in parts(ONE, deal.credit).items())
        was, day = dict.fromkeys(dict(deal.credit), 0), date.min
        for _, _, on, amount in sent:
            day, now = max(day, on), parts(amount, deal.credit)
            yield from ((rep, day, "proposed_value", now[rep] - was[rep]) for rep in now)
            was = now

    def _invoice(self, invoice: InvoiceRecord) -> Iterator[Figure]:
        deal = self.kinds[DealRecord].get(invoice.deal)
        credit = ((invoice.rep, 1),) if invoice.rep else deal.credit if deal else ()  # type: ignore[attr-defined]
        if invoice.net_minor is None or not credit:
            return
        taken_back = invoice.kind == "credit_note"
        for rep, share in parts(0 if taken_back else ONE, credit).items():
            yield rep, invoice.day, "invoices", share
        for rep, amount in parts(invoice.net_minor, credit).items():
            yield rep, invoice.day, "booked_revenue", -amount if taken_back else amount


def _deal(deal: DealRecord) -> Iterator[Figure]:
    """A deal whose creation is known: the open amount stands from day to day until it is decided."""
    assert deal.created
    words = [(deal.created, "deals_created", ONE)]
    values = [(deal.created, "created_value", 0, deal.expected_minor or 0)]
    for day, amount in sorted(deal.amounts, key=lambda change: change[0]):
        if day <= (deal.closed or date.max):
            values.append((max(day, deal.created), "amended_value", values[-1][3], amount))
    if deal.closed:
        words += [(deal.closed, "deals_closed", ONE), (deal.closed, f"deals_{deal.outcome}", ONE)]
        won = [(deal.closed, "won_value", 0, deal.amount_minor or 0)] if deal.outcome == "won" else []
        closed = values[-1][3]
        values += [(deal.closed, "closed_value", 0, closed), *won]
        if deal.outcome == "won":
            words.append((deal.closed, "cycles", ONE))
            values.append((deal.closed, "cycle_time", 0, (deal.closed - deal.created).days * 86_400))
        else:
            values.append((deal.closed, "lost_value", 0, closed))
    for since, until in _stays(deal):
        words.append((until, "deals_left", ONE))
        values.append((until, "stage_time", 0, (until - since).days * 86_400))
    for day, key, count in words:
        yield from ((rep, day, key, share) for rep, share in parts(count, deal.credit).items())
    for day, key, was, now in values:
        old, new = parts(was, deal.credit), parts(now, deal.credit)
        yield from ((rep, day, key, new[rep] - old[rep]) for rep in new)


def _stays(deal: DealRecord) -> Iterator[tuple[date, date]]:
    """First and last day of every stay in an open stage that has ended."""
    assert deal.created
    moves = [move for move in deal.moves if move.day <= (deal.closed or date.max)]
    while moves and moves[-1].outcome != "open":
        moves.pop()
    ends = [*(move.day for move in moves[1:]), deal.closed][: len(moves)]
    for move, end in zip(moves, ends, strict=True):
        if move.outcome == "open" and end:
            yield max(move.day, deal.created), max(end, deal.created)
