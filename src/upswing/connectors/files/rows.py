"""Rows of people, accounts, products and quotas to records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from upswing.connectors.connector import NAME_LENGTH, Known, Row, Thing, folded
from upswing.connectors.files import values
from upswing.connectors.files.mapping import Mapping, Table, nearest
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Unit
from upswing.core.money import minor_units
from upswing.core.period import Period, UnknownPeriod, parse_period
from upswing.core.records import (
    AccountRecord,
    Origin,
    PersonRecord,
    Problem,
    ProductRecord,
    QuotaRecord,
    Record,
    Severity,
)

T = TypeVar("T")


MOST = 10**12
"""The largest amount in main units: millions of them still add up within 64 bits."""


class Refused(ValueError):
    """This row cannot be used."""

    def __init__(self, code: str, field: str, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.field, self.value = code, field, value


@dataclass(frozen=True, slots=True)
class Cells:
    """One row, read field by field through the mapping."""

    row: Row
    table: Table
    mapping: Mapping
    origin: Origin
    currency: str

    def raw(self, field: str) -> str:
        """The cell as written; empty when the mapping has no column for the field."""
        column = self.table.columns.get(field)
        return self.row[column] if column else ""

    def text(self, field: str) -> str:
        """A name; an alias the mapping declares is put in its place."""
        clean = self._cell(field, values.text)
        return self.table.aliases.get(field, {}).get(clean, clean)

    def read_as(self, field: str) -> str:
        """The name, or where it cannot be read the cell as written."""
        try:
            return self.text(field)
        except Refused:
            return self.raw(field)

    def needed(self, field: str) -> str:
        """A name that may not be missing."""
        if found := self.text(field):
            return found
        raise Refused(f"no_{field}", field, "", f"the column “{self.table.columns[field]}” is empty.")

    def day(self, field: str) -> date | None:
        """A date, or None."""
        return self._cell(field, lambda cell: values.day(cell, self.mapping.format))

    def number(self, field: str) -> Decimal | None:
        """A number, or None."""
        return self._cell(field, lambda cell: values.number(cell, self.mapping.format))

    def minor(self, field: str) -> int | None:
        """Money in minor units, or None; refused below 0 and beyond what sums of it can hold."""
        found = self.number(field)
        return None if found is None else minor_units(self.bounded(field, found), self.currency)

    def bounded(self, field: str, amount: Decimal) -> Decimal:
        """The amount, if it lies between 0 and MOST."""
        what = {"amount": "a deal's amount", "list_price": "a list price", "value": "a quota"}[field]
        if amount < 0:
            raise Refused(f"bad_{field}", field, self.raw(field), f"{what} is 0 or more.")
        if amount > MOST:
            sentence = f"{what} is at most {MOST:,}, and this one is {amount.normalize():,f}. Look for a slipped mark."
            raise Refused(f"bad_{field}", field, self.raw(field), sentence)
        return amount

    def _cell(self, field: str, parse: Callable[[str], T]) -> T:
        cell = self.raw(field)
        try:
            return parse(cell)
        except values.BadCell as expected:
            column = self.table.columns[field]
            raise Refused(
                f"bad_{field}",
                field,
                cell[:200],
                f"“{column}” reads “{cell[:60]}”, which should be {expected}.",
            ) from None

    def notice(self, code: str, record: str, field: str, value: str, sentence: str) -> Problem:
        """The row was taken; this is what we made of it."""
        return Problem(
            Severity.NOTICE, code, self.origin, record, field, value, f"Row {self.origin.row}: {sentence}"
        )


Builder = Callable[[Cells, Known], Iterator[Record | Problem]]


def people(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """A person who sells, with manager, team and region as the file names them."""
    name = cells.needed("name")
    manager, team = cells.text("manager"), cells.text("team")
    _short_enough("name", name, folded(name))
    _short_enough("manager", manager, folded(manager), manager if team else f"Team {manager}")
    record = PersonRecord(
        name, cells.origin, cells.text("email"), manager, team, cells.text("region"),
        cells.day("start"), cells.day("end"),
    )  # fmt: skip
    known.reps[folded(name)] = name
    yield record


def _short_enough(field: str, name: str, *forms: str) -> None:
    """Names are also kept folded and, for managers, as a team's name; each form must fit."""
    if max(map(len, forms)) > NAME_LENGTH:
        sentence = (
            f"the {field} “{name[:60]}…” is too long to be kept. Shorten it to {NAME_LENGTH // 2} characters."
        )
        raise Refused(f"bad_{field}", field, name, sentence)


def accounts(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """A company that buys."""
    name = cells.needed("name")
    key = cells.text("id") or name
    record = AccountRecord(key, name, cells.origin, cells.text("industry"), cells.text("country"))
    known.accounts.add(Thing(key, name))
    yield record


def products(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """What is sold, with its list price."""
    name = cells.needed("name")
    key, price = cells.text("id") or name, cells.minor("list_price")
    record = ProductRecord(key, name, cells.origin, cells.text("family"), price)
    known.products.add(Thing(key, name, price))
    yield record


def quotas(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """What a rep is asked for in a period."""
    rep = rep_of(cells, known, cells.needed("rep"))
    key = cells.text("metric") or cells.table.metric
    if key not in CATALOGUE:
        raise Refused(
            "unknown_metric", "metric", key, f"no metric is called “{key}”. {nearest(key, CATALOGUE)}"
        )
    period, value = _period(cells, known), cells.number("value")
    if value is None or value < 0:
        raise Refused("bad_value", "value", cells.raw("value"), "a quota is a number from 0 up.")
    value = cells.bounded("value", value)
    first = known.quotas.setdefault((folded(rep), period.start, period.end, key), cells.origin.row)
    if first != cells.origin.row:
        sentence = f"{rep} has a quota of {key} for {period.slug} in row {first} already; that one was kept."
        raise Refused("repeated_id", "period", cells.raw("period"), sentence)
    money = CATALOGUE[key].unit is Unit.MONEY
    exact = Fraction(minor_units(value, cells.currency)) if money else Fraction(value)
    yield QuotaRecord(rep, period.slug, key, exact, cells.origin)


def _period(cells: Cells, known: Known) -> Period:
    """The period a file names, by its days: a word such as this-month would mean another one tomorrow."""
    slug = cells.needed("period")
    why = f"No period reads “{slug}” in a file, which stays while days pass."
    try:
        if any(character.isdigit() for character in slug):
            return parse_period(slug, known.today, known.fiscal_start)
    except UnknownPeriod as error:
        why = str(error).rpartition(" Write ")[0]
    year = known.today.year
    sentence = f"{why} Write {year}-Q3, {year}-07, {year}-W30 or {year}."
    raise Refused("bad_period", "period", slug, sentence)


def rep_of(cells: Cells, known: Known, name: str) -> str:
    """The known rep of that name; refuses with the nearest name."""
    if rep := known.reps.get(folded(name)):
        return rep
    hint = nearest(name, known.reps.values()) if known.reps else "Map the people first."
    raise Refused("unknown_rep", "rep", name, f"no rep is called “{name}”. {hint}")
