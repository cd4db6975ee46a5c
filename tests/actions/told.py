"""Records as the cast's sources would tell them: days and instants as text, amounts in whole euros."""

from __future__ import annotations

from datetime import UTC, date, datetime

from upswing.core.records import (
    ActivityKind,
    ActivityRecord,
    AssessmentRecord,
    ContactRecord,
    CourseRecord,
    DayOffRecord,
    Disposition,
    Happened,
    InvoiceKind,
    InvoiceRecord,
    LeadRecord,
    LoginRecord,
    MembershipRecord,
    Origin,
    PersonRecord,
    QuoteRecord,
    QuoteStatus,
    TimeEntryRecord,
)
from upswing.core.rubrics import Level

HERE = Origin("told.csv", 2)


def instant(text: str) -> datetime:
    """“2026-10-05 09:30” in UTC; midnight where no time is told."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> date | None:
    """A day; None for no text."""
    return date.fromisoformat(text) if text else None


def rep(name: str, manager: str = "Mona", **more: str) -> PersonRecord:
    """Somebody who sells."""
    return PersonRecord(name, HERE, manager=manager, **more)


def contact(key: str, zone: str = "") -> ContactRecord:
    """A contact with a clock."""
    return ContactRecord(key, f"Contact {key}", HERE, zone=zone)


def lead(
    key: str, who: str, created: str, disposition: str = "", decided: str = "", source: str = "", **more: str
) -> LeadRecord:
    """A lead."""
    return LeadRecord(
        key, who, instant(created), HERE, source, disposition=Disposition(disposition), decided=day(decided), **more
    )  # fmt: skip


def activity(
    key: str, who: str, kind: str, at: str, outcome: str = "", booked: str = "", **more: object
) -> ActivityRecord:
    """Something a rep did."""
    return ActivityRecord(
        key, who, ActivityKind(kind), instant(at), HERE, Happened(outcome),
        booked=instant(booked) if booked else None, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def call(key: str, who: str, at: str, outcome: str = "no_answer", **more: object) -> ActivityRecord:
    """A call."""
    return activity(key, who, "call", at, outcome, **more)  # type: ignore[arg-type]


def meeting(key: str, who: str, at: str, outcome: str = "booked", **more: object) -> ActivityRecord:
    """A meeting."""
    return activity(key, who, "meeting", at, outcome, **more)  # type: ignore[arg-type]


def quote(
    key: str, deal: str, revision: int, sent: str, amount: int | None, status: str = "sent"
) -> QuoteRecord:
    """One revision of what was offered for a deal."""
    minor = None if amount is None else amount * 100
    return QuoteRecord(key, deal, revision, HERE, day(sent), minor, QuoteStatus(status))


def invoice(
    key: str, on: str, net: int | None, deal: str = "", who: str = "", kind: str = "invoice"
) -> InvoiceRecord:
    """An invoice or a credit note."""
    minor = None if net is None else net * 100
    return InvoiceRecord(key, InvoiceKind(kind), date.fromisoformat(on), minor, HERE, deal=deal, rep=who)


def hours(
    who: str, on: str, minutes: int, activity: str = "", source: str = "", key: str = ""
) -> TimeEntryRecord:
    """Minutes spent prospecting."""
    return TimeEntryRecord(who, date.fromisoformat(on), minutes, HERE, activity, source, key)


def login(who: str, at: str, key: str = "") -> LoginRecord:
    """A sign-in."""
    return LoginRecord(who, instant(at), HERE, key)


def course(who: str, on: str, name: str, minutes: int | None = None, key: str = "") -> CourseRecord:
    """A finished course."""
    return CourseRecord(who, date.fromisoformat(on), name, HERE, minutes, key)


def assessed(
    who: str, on: str, standard: str, level: str = "meets", by: str = "Mona", key: str = ""
) -> AssessmentRecord:
    """What somebody saw of a rep's work."""
    return AssessmentRecord(who, date.fromisoformat(on), standard, Level(level), HERE, by, key)


def off(on: str, who: str = "", kind: str = "") -> DayOffRecord:
    """A day off; without a rep of everybody."""
    return DayOffRecord(who, date.fromisoformat(on), HERE, kind)


def member(who: str, team: str, start: str = "", end: str = "", **more: str) -> MembershipRecord:
    """Where a rep belongs from one day until another."""
    return MembershipRecord(who, team, HERE, start=day(start), end=day(end), **more)
