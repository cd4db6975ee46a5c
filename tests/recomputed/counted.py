"""From rows to dated numbers a rep, in plain Python: what happened on which day, and which deals stood open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.recomputed.organisations import Cells, Organisation

Counts = dict[str, Fraction]


def day(cell: str) -> date | None:
    """A day, where one is written."""
    return date.fromisoformat(cell) if cell else None


@dataclass(slots=True)
class Standing:
    """A deal, and what it was worth from which day on."""

    created: date
    closed: date | None
    worth: list[tuple[date, int]]

    def value(self, on: date) -> int | None:
        """What it is worth at the close of a day; None while it does not stand open."""
        if on < self.created or (self.closed and self.closed <= on):
            return None
        return [amount for since, amount in self.worth if since <= on][-1]


@dataclass(slots=True)
class Book:
    """Everything that counts: rep → day → what; rep → deals; rep → days on which anything is known of them."""

    dated: dict[str, dict[date, Counts]] = field(default_factory=lambda: defaultdict(dict))
    deals: dict[str, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    booked: set[date] = field(default_factory=set)
    _summed: dict[tuple[str, date, date], Counts] = field(default_factory=dict)

    def add(self, rep: str, on: date, what: str, number: int = 1) -> None:
        """So much of it happened on a day."""
        counts = self.dated[rep].setdefault(on, {})
        counts[what] = counts.get(what, Fraction(0)) + number
        self.known[rep].add(on)

    def between(self, rep: str, first: date, last: date) -> Counts:
        """What happened from a day to another, both included; what stands open at the close of the last."""
        if (rep, first, last) not in self._summed:
            self._summed[rep, first, last] = self._between(rep, first, last)
        return self._summed[rep, first, last]

    def _between(self, rep: str, first: date, last: date) -> Counts:
        found: Counts = defaultdict(Fraction)
        on = first
        while on <= last:
            for what, number in self.dated[rep].get(on, {}).items():
                found[what] += number
            on += timedelta(days=1)
        values = [value for deal in self.deals[rep] if (value := deal.value(last)) is not None]
        found["open_deals"], found["open_value"] = Fraction(len(values)), Fraction(sum(values))
        return found

    def first(self, rep: str, until: date) -> date | None:
        """The first day up to another of which anything is known."""
        return min((on for on in self.known[rep] if on <= until), default=None)


class _Money:
    """Amounts in minor units of the organisation's currency, at the latest rate on or before a day."""

    def __init__(self, organisation: Organisation) -> None:
        self.own, self.minor = organisation.currency, organisation.minor
        self.rates = sorted(
            (row["currency"], row["day"], Decimal(row["rate"])) for row in organisation.rows("rates")
        )

    def read(self, cell: str, currency: str, on: date) -> int | None:
        """None where no rate is known."""
        if currency == self.own:
            return int((Decimal(cell) * self.minor).quantize(Decimal(1), ROUND_HALF_UP))
        known = [rate for code, since, rate in self.rates if code == currency and since <= on.isoformat()]
        if not known:
            return None
        return int((Decimal(cell) * known[-1] * self.minor).quantize(Decimal(1), ROUND_HALF_EVEN))


def counted(organisation: Organisation) -> Book:
    """The book of an organisation."""
    book, money = Book(), _Money(organisation)
    zones = {row["name"]: ZoneInfo(row["zone"] or "UTC") for row in organisation.rows("people")}
    _deals(organisation, book, money)
    _activities(organisation, book, zones)
    _proposals(organisation, book)
    _invoices(organisation, book, money)
    for row in organisation.rows("leads"):
        book.known[row["rep"]].add(_local(row["created"], zones[row["rep"]]))
    for row in organisation.rows("logins"):
        book.known[row["rep"]].add(_local(row["at"], zones[row["rep"]]))
    return book


def _local(cell: str, zone: ZoneInfo) -> date:
    return datetime.fromisoformat(cell).astimezone(zone).date()


def _deals(organisation: Organisation, book: Book, money: _Money) -> None:
    prices = {
        row["name"]: money.read(row["list_price"], organisation.currency, organisation.last)
        for row in organisation.rows("products")
    }
    changes: dict[str, list[Cells]] = defaultdict(list)
    for row in organisation.rows("amount_changes"):
        changes[row["deal"]].append(row)
    for row in organisation.rows("deals"):
        created, closed = date.fromisoformat(row["created"]), day(row["closed"])
        won, lost = row["stage"] == "Won", row["stage"] == "Lost"
        on = closed if won and closed else created
        amount = money.read(row["amount"], row["currency"], on)
        worth = [(created, amount if amount is not None else prices[row["product"]] or 0)]
        for change in sorted(changes[row["id"]], key=lambda each: each["day"]):
            became = money.read(change["amount"], row["currency"], on)
            if became is not None:
                worth.append((max(date.fromisoformat(change["day"]), created), became))
        rep = row["rep"]
        book.deals[rep].append(Standing(created, closed if won or lost else None, worth))
        book.add(rep, created, "created")
        if closed and (won or lost):
            book.add(rep, closed, "decided")
        if closed and won:
            book.add(rep, closed, "won")
            book.add(
                rep, closed, "unknown" if amount is None else "won_value", 1 if amount is None else amount
            )


def _activities(organisation: Organisation, book: Book, zones: dict[str, ZoneInfo]) -> None:
    for row in organisation.rows("activities"):
        rep, on = row["rep"], _local(row["at"], zones[row["rep"]])
        if row["kind"] == "meeting":
            book.known[rep].add(_local(row["booked"] or row["at"], zones[rep]))
            if row["outcome"] == "cancelled":
                continue
            if row["outcome"] in ("held", "positive"):
                book.add(rep, on, "held")
        elif row["kind"] == "call" and row["outcome"] == "conversation":
            book.add(rep, on, "conversations")
        book.known[rep].add(on)


def _proposals(organisation: Organisation, book: Book) -> None:
    """A deal's first quote that was sent, on that day, for the deal's rep."""
    reps = {row["id"]: row["rep"] for row in organisation.rows("deals")}
    first: dict[str, tuple[int, str]] = {}
    for row in organisation.rows("quotes"):
        if row["sent"] and row["status"] != "draft":
            told = (int(row["revision"]), row["sent"])
            first[row["deal"]] = min(first.get(row["deal"], told), told)
    for deal, (_, sent) in first.items():
        book.add(reps[deal], date.fromisoformat(sent), "proposals")


def _invoices(organisation: Organisation, book: Book, money: _Money) -> None:
    deals = {row["id"]: row for row in organisation.rows("deals")}
    rows = {row["id"]: row for row in organisation.rows("invoices")}
    for row in rows.values():
        on = date.fromisoformat(row["day"])
        book.booked.add(on)
        net = money.read(row["net"], row["currency"], on)
        rep = _whose(row, rows, deals, money)
        if net is None or not rep:
            continue
        back = row["kind"] == "credit_note"
        book.add(rep, on, "booked", -net if back else net)
        book.add(rep, on, "invoices", 0 if back else 1)


def _whose(row: Cells, rows: dict[str, Cells], deals: dict[str, Cells], money: _Money) -> str:
    """The rules of the guide in order: the corrected invoice, the rep named, the deal named, the one deal that fits."""
    if row["corrects"]:
        return _whose(rows[row["corrects"]], rows, deals, money)
    if row["rep"] or row["deal"]:
        return row["rep"] or deals[row["deal"]]["rep"]
    on = date.fromisoformat(row["day"])
    net = money.read(row["net"], row["currency"], on)
    folded = " ".join(row["account"].casefold().split())
    fitting = []
    for deal in deals.values():
        closed = day(deal["closed"])
        if net is None or deal["stage"] != "Won" or not closed or deal["account"].casefold() != folded:
            continue
        amount = money.read(deal["amount"], deal["currency"], closed)
        if amount is not None and abs(net - amount) * 100 <= amount and -30 <= (on - closed).days <= 120:
            fitting.append(deal["rep"])
    return fitting[0] if len(fitting) == 1 else ""
