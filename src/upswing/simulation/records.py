"""A world as typed records: what the file connector yields for our own format, in its order."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from upswing.core.records import (
    AccountRecord,
    ActivityKind,
    ActivityRecord,
    AssessmentRecord,
    Capture,
    ContactRecord,
    DayOffRecord,
    DealRecord,
    Disposition,
    Happened,
    InvoiceKind,
    InvoiceRecord,
    LeadRecord,
    LoginRecord,
    MembershipRecord,
    Origin,
    Outcome,
    PersonRecord,
    ProductRecord,
    QuotaRecord,
    QuoteLine,
    QuoteRecord,
    QuoteStatus,
    Record,
    StageMove,
    TimeEntryRecord,
)
from upswing.core.rubrics import Level

if TYPE_CHECKING:
    from upswing.simulation.world import World

OWN = "EUR"
MONEY = ("won_value", "average_deal")
OUTCOMES = {"Won": Outcome.WON, "Lost": Outcome.LOST}
Cells = dict[str, str]


def records(world: World) -> Iterator[Record]:
    """Every record; amounts in euro, at the rate of the record's day."""
    reading = _Reading(world)
    for name, build in reading.builders().items():
        for row, cells in enumerate(reading.rows(name), start=2):
            yield build(cells, Origin(f"{name}.csv", row))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _sure(cell: str) -> date:
    return date.fromisoformat(cell)


def _instant(cell: str) -> datetime | None:
    return datetime.fromisoformat(cell) if cell else None


class _Reading:
    """Rows of the tables, with what they name looked up."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.accounts = self._ids("accounts")
        self.products = self._ids("products")
        self.prices = {cells["name"]: _minor(cells["list_price"]) for cells in self.rows("products")}
        self.moves, self.amounts = (
            self._grouped("stage_moves", "deal"),
            self._grouped("amount_changes", "deal"),
        )
        self.closes, self.lines = (
            self._grouped("close_changes", "deal"),
            self._grouped("quote_lines", "quote"),
        )
        self.rates: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
        for cells in self.rows("rates"):
            self.rates[cells["currency"]].append((_sure(cells["day"]), Decimal(cells["rate"])))
        self.hours: Counter[str] = Counter()

    def rows(self, name: str) -> Iterator[Cells]:
        """The rows of a table as they are written, by column."""
        table = self.world.tables[name]
        return (dict(zip(table.header, row, strict=True)) for row in table.rows())

    def builders(self) -> dict[str, Callable[[Cells, Origin], Record]]:
        """What makes a record of a row, in the order in which kinds are read."""
        return {
            "people": _person, "memberships": _membership, "days_off": _day_off, "accounts": _account,
            "contacts": self._contact, "products": _product, "leads": self._lead, "deals": self._deal,
            "activities": _activity, "quotes": self._quote, "invoices": self._invoice,
            "time_entries": self._time, "logins": _login, "assessments": _assessment,
            "quotas": _quota,
        }  # fmt: skip

    def _ids(self, name: str) -> dict[str, str]:
        table = self.world.tables[name]
        return dict(zip(table.texts("name"), table.texts("id"), strict=True))

    def _grouped(self, name: str, key: str) -> dict[str, list[Cells]]:
        found: dict[str, list[Cells]] = defaultdict(list)
        for cells in self.rows(name):
            found[cells[key]].append(cells)
        return found

    def _converted(self, cell: str, currency: str, day: date) -> int | None:
        if currency == OWN:
            return _minor(cell)
        rates = self.rates[currency]
        place = bisect_right([since for since, _ in rates], day)
        if not place or not cell:
            return None
        exact = Decimal(cell) * rates[place - 1][1] * 100
        return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))

    def _contact(self, cells: Cells, origin: Origin) -> ContactRecord:
        account = self.accounts.get(cells["account"], "")
        return ContactRecord(cells["id"], cells["name"], origin, account, cells["role"], cells["zone"])

    def _lead(self, cells: Cells, origin: Origin) -> LeadRecord:
        return LeadRecord(
            cells["id"], cells["rep"], datetime.fromisoformat(cells["created"]), origin, cells["source"],
            self.accounts.get(cells["account"], ""), cells["contact"], Disposition(cells["disposition"]),
            cells["reason"], _day(cells["decided"]),
        )  # fmt: skip

    def _deal(self, cells: Cells, origin: Origin) -> DealRecord:
        key, outcome, currency = cells["id"], OUTCOMES.get(cells["stage"], Outcome.OPEN), cells["currency"]
        created, closed = _sure(cells["created"]), _day(cells["closed"])
        on = closed if closed and outcome is Outcome.WON else created
        amount = self._converted(cells["amount"], currency, on)
        told = [
            (_sure(row["day"]), self._converted(row["amount"], currency, on)) for row in self.amounts[key]
        ]
        known = [(day, minor) for day, minor in told if minor is not None]
        changes = [row for place, row in enumerate(known) if place == 0 or known[place - 1][1] != row[1]]
        before = [minor for day, minor in changes if day <= created]
        entered = amount if amount is not None else self.prices[cells["product"]]
        return DealRecord(
            id=key, origin=origin, credit=((cells["rep"], 1),), stage=cells["stage"], outcome=outcome,
            name=cells["name"], account=self.accounts.get(cells["account"], ""),
            product=self.products.get(cells["product"], ""), created=created, closed=closed, amount_minor=amount,
            expected_minor=before[-1] if before else entered, amounts=tuple(changes[len(before) :]),
            moves=tuple(map(_move, self.moves[key])),
            lead=cells["lead"], source=cells["source"], expected_close=_day(cells["expected_close"]),
            closes=tuple((_sure(row["day"]), _sure(row["expected_close"])) for row in self.closes[key]),
            currency=_other(currency), stated=_stated(currency, cells["amount"]), reason=cells["reason"],
        )  # fmt: skip

    def _quote(self, cells: Cells, origin: Origin) -> QuoteRecord:
        sent, currency = _day(cells["sent"]), cells["currency"]
        on = sent or self.world.as_of
        lines = tuple(
            QuoteLine(self.products[row["product"]], Decimal(row["quantity"]), price)
            for row in self.lines[cells["id"]]
            if (price := self._converted(row["price"], currency, on)) is not None
        )
        return QuoteRecord(
            cells["id"], cells["deal"], int(cells["revision"]), origin, sent,
            self._converted(cells["amount"], currency, on), QuoteStatus(cells["status"]), cells["reason"], lines,
            _other(currency), _stated(currency, cells["amount"]),
        )  # fmt: skip

    def _invoice(self, cells: Cells, origin: Origin) -> InvoiceRecord:
        day, currency = _sure(cells["day"]), cells["currency"]
        return InvoiceRecord(
            cells["id"], InvoiceKind(cells["kind"]), day, self._converted(cells["net"], currency, day), origin,
            self._converted(cells["tax"], currency, day), cells["account"], cells["deal"], cells["rep"],
            cells["corrects"], _day(cells["due"]), _day(cells["paid"]), _other(currency),
            _stated(currency, cells["net"]),
        )  # fmt: skip

    def _time(self, cells: Cells, origin: Origin) -> TimeEntryRecord:
        key = "|".join((cells["rep"].casefold(), cells["day"], cells["activity"], cells["source"]))
        self.hours[key] += 1
        key = key if self.hours[key] == 1 else f"{key}|{self.hours[key]}"
        return TimeEntryRecord(
            cells["rep"],
            _sure(cells["day"]),
            int(cells["minutes"]),
            origin,
            cells["activity"],
            cells["source"],
            key,
        )


def _minor(cell: str) -> int | None:
    return int((Decimal(cell) * 100).quantize(Decimal(1), ROUND_HALF_UP)) if cell else None


def _other(currency: str) -> str:
    """The currency, where it is not our own."""
    return "" if currency == OWN else currency


def _stated(currency: str, amount: str) -> Decimal | None:
    """What the source wrote, where it is another currency."""
    return None if currency == OWN else Decimal(amount)


def _move(cells: Cells) -> StageMove:
    return StageMove(cells["stage"], _sure(cells["day"]), OUTCOMES.get(cells["stage"], Outcome.OPEN))


def _person(cells: Cells, origin: Origin) -> PersonRecord:
    return PersonRecord(
        cells["name"], origin, cells["email"], cells["manager"], cells["team"], cells["region"], _day(cells["start"]),
        _day(cells["end"]), cells["role"], cells["level"], cells["territory"], cells["zone"],
    )  # fmt: skip


def _membership(cells: Cells, origin: Origin) -> MembershipRecord:
    return MembershipRecord(
        cells["rep"], cells["team"], origin, cells["role"], cells["level"], cells["territory"], _day(cells["start"]),
        _day(cells["end"]),
    )  # fmt: skip


def _day_off(cells: Cells, origin: Origin) -> DayOffRecord:
    return DayOffRecord(cells["rep"], _sure(cells["day"]), origin, cells["kind"])


def _account(cells: Cells, origin: Origin) -> AccountRecord:
    return AccountRecord(cells["id"], cells["name"], origin, cells["industry"], cells["country"])


def _product(cells: Cells, origin: Origin) -> ProductRecord:
    return ProductRecord(cells["id"], cells["name"], origin, cells["family"], _minor(cells["list_price"]))


def _activity(cells: Cells, origin: Origin) -> ActivityRecord:
    return ActivityRecord(
        cells["id"], cells["rep"], ActivityKind(cells["kind"]), datetime.fromisoformat(cells["at"]), origin,
        Happened(cells["outcome"]), int(cells["seconds"]) if cells["seconds"] else None, cells["lead"], cells["deal"],
        cells["contact"], cells["channel"], _instant(cells["booked"]), _instant(cells["entered"]),
        Capture(cells["capture"]),
    )  # fmt: skip


def _login(cells: Cells, origin: Origin) -> LoginRecord:
    at = datetime.fromisoformat(cells["at"])
    return LoginRecord(cells["rep"], at, origin, f"{cells['rep'].casefold()}|{at.isoformat()}")


def _assessment(cells: Cells, origin: Origin) -> AssessmentRecord:
    return AssessmentRecord(
        cells["rep"], _sure(cells["day"]), cells["standard"], Level(cells["level"]), origin, cells["by"], cells["id"]
    )  # fmt: skip


def _quota(cells: Cells, origin: Origin) -> QuotaRecord:
    value = Fraction(Decimal(cells["value"])) * (100 if cells["metric"] in MONEY else 1)
    return QuotaRecord(cells["rep"], cells["period"], cells["metric"], value, origin)
