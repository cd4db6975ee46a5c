"""What can be mapped: every kind of record with its fields, and how the cells of each are read."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from enum import StrEnum

from upswing.core.records import (
    ActivityKind,
    Capture,
    Disposition,
    Happened,
    InvoiceKind,
    QuoteStatus,
    Tallied,
)
from upswing.core.rubrics import Level


@dataclass(frozen=True, slots=True)
class Cell:
    """How a cell is read: the parser's name, what sentences call the number, the words allowed."""

    reads: str
    what: str = ""
    words: type[StrEnum] | None = None


TEXT, ZONE, WAY = Cell("text"), Cell("text"), Cell("way")
DAY, MOMENT, INSTANT = Cell("day"), Cell("moment"), Cell("instant")
REP, ACCOUNT, PRODUCT = Cell("rep"), Cell("account"), Cell("product")
STAGE, CURRENCY, METRIC, PERIOD = Cell("stage"), Cell("currency"), Cell("metric"), Cell("period")
SECONDS, MINUTES, COURSE_MINUTES = Cell("span", "s"), Cell("span", "min"), Cell("weeks", "min")
UNREAD = Cell("unread")


def money(what: str) -> Cell:
    """An amount from 0 up, in main units; `what` names it in a sentence."""
    return Cell("money", what)


def word(words: type[StrEnum]) -> Cell:
    """One of our words."""
    return Cell("word", words=words)


@dataclass(frozen=True, slots=True)
class Kind:
    """The fields of a kind in the order its builder takes them: those every row needs, then the others."""

    needed: Map[str, Cell]
    optional: Map[str, Cell] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Cell]:
        """All fields, needed ones first."""
        return {**self.needed, **self.optional}


KINDS: dict[str, Kind] = {
    "people": Kind(
        {"name": TEXT},
        {
            "id": TEXT, "email": TEXT, "manager": TEXT, "team": TEXT, "region": TEXT, "role": TEXT, "level": TEXT,
            "territory": TEXT, "zone": ZONE, "start": DAY, "end": DAY,
        },
    ),
    "memberships": Kind(
        {"rep": REP, "team": TEXT}, {"role": TEXT, "level": TEXT, "territory": TEXT, "start": DAY, "end": DAY}
    ),
    "days_off": Kind({"day": DAY}, {"rep": REP, "kind": TEXT}),
    "accounts": Kind({"name": TEXT}, {"id": TEXT, "industry": TEXT, "country": TEXT}),
    "account_owners": Kind({"account": ACCOUNT, "rep": REP}, {"start": DAY, "end": DAY}),
    "contacts": Kind({"id": TEXT, "name": TEXT}, {"account": ACCOUNT, "role": TEXT, "zone": ZONE}),
    "products": Kind({"name": TEXT}, {"id": TEXT, "family": TEXT, "list_price": money("a list price")}),
    "rates": Kind({"currency": CURRENCY, "day": DAY, "rate": Cell("rate")}),
    "leads": Kind(
        {"id": TEXT, "rep": REP, "created": INSTANT},
        {
            "source": TEXT, "account": ACCOUNT, "contact": TEXT, "disposition": word(Disposition),
            "reason": TEXT, "decided": DAY,
        },
    ),
    "stage_moves": Kind({"deal": TEXT, "stage": STAGE, "day": MOMENT}),
    "amount_changes": Kind({"deal": TEXT, "day": MOMENT, "amount": money("a deal's amount")}),
    "close_changes": Kind({"deal": TEXT, "day": MOMENT, "expected_close": DAY}),
    "deals": Kind(
        {"id": TEXT, "stage": STAGE, "rep": REP},
        {
            "created": DAY, "closed": DAY, "product": PRODUCT, "account": ACCOUNT,
            "amount": money("a deal's amount"), "name": TEXT, "lead": TEXT, "source": TEXT,
            "expected_close": DAY, "currency": CURRENCY, "commit": UNREAD, "pipeline": TEXT, "reason": TEXT,
        },
    ),
    "activities": Kind(
        {"id": TEXT, "rep": REP, "kind": word(ActivityKind), "at": INSTANT},
        {
            "seconds": SECONDS, "outcome": word(Happened), "lead": TEXT, "deal": TEXT, "contact": TEXT,
            "channel": WAY, "booked": INSTANT, "entered": INSTANT, "capture": word(Capture),
        },
    ),
    "quote_lines": Kind(
        {"quote": TEXT, "product": PRODUCT, "price": money("a price")}, {"quantity": Cell("quantity")}
    ),
    "quotes": Kind(
        {"id": TEXT, "deal": TEXT},
        {
            "revision": Cell("revision"), "sent": DAY, "amount": money("a quote's amount"),
            "currency": CURRENCY, "status": word(QuoteStatus), "reason": TEXT,
        },
    ),
    "invoices": Kind(
        {"id": TEXT, "day": DAY, "net": Cell("number")},
        {
            "kind": word(InvoiceKind), "account": TEXT, "deal": TEXT, "rep": REP, "tax": Cell("number"),
            "currency": CURRENCY, "corrects": TEXT, "due": DAY, "paid": DAY, "quote": TEXT,
        },
    ),
    "time_entries": Kind({"rep": REP, "day": DAY, "minutes": MINUTES}, {"activity": WAY, "source": TEXT, "id": TEXT}),
    "tallies": Kind({"rep": REP, "day": DAY}, {counted.value: Cell("tally") for counted in Tallied}),
    "logins": Kind({"rep": REP, "at": INSTANT}, {"id": TEXT}),
    "courses": Kind({"rep": REP, "day": DAY, "course": TEXT}, {"minutes": COURSE_MINUTES, "id": TEXT}),
    "assessments": Kind(
        {"rep": REP, "day": DAY, "standard": TEXT, "level": Cell("level", words=Level)}, {"by": TEXT, "id": TEXT}
    ),
    "quotas": Kind({"rep": REP, "period": PERIOD, "value": Cell("quota")}, {"metric": METRIC}),
}  # fmt: skip
"""In the order they are read; what belongs to deals and quotes comes just before them."""

PARTS = {"stage_moves": "deals", "amount_changes": "deals", "close_changes": "deals", "quote_lines": "quotes"}
"""Kinds whose rows are parts of another kind's records."""
VALUED = {"seconds", "minutes", "period"}
"""Fields that may be written in another unit; of a period it says which one a day stands for."""
LASTING: dict[str, tuple[str, ...]] = {
    "leads": ("created", "contact", "account", "source"),
    "deals": ("name", "account", "product", "created"),
    "activities": (),
    "invoices": (),
}
"""Kinds whose rows may come without an id: the fields by which a row is known again, all its cells where none is."""


def required(kind: str) -> set[str]:
    """The fields a file of the kind must have."""
    return KINDS[kind].needed.keys() - ({"id"} if kind in LASTING else set())
