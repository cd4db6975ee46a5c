"""Rows of accounts, contacts and products to records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from upswing.connectors.connector import Thing, folded
from upswing.connectors.files.build import Build
from upswing.connectors.files.money import own_minor
from upswing.connectors.files.people import zone_of
from upswing.connectors.files.references import account_of
from upswing.connectors.files.sheet import Sheet
from upswing.core.money import digits
from upswing.core.records import AccountRecord, ContactRecord, ProductRecord


def accounts(sheet: Sheet) -> Build:
    """A company that buys."""
    known = sheet.known.accounts

    def build(cells: Sequence[Any]) -> AccountRecord:
        name, key, industry, country = cells
        sheet.claim(key or folded(name), "id" if key else "name", f"“{key or name}” stands")
        known.add(Thing(key or name, name))
        return AccountRecord(key or name, name, sheet.origin, industry, country)

    return build


def contacts(sheet: Sheet) -> Build:
    """A person at a company."""
    known = sheet.known.contacts

    def build(cells: Sequence[Any]) -> ContactRecord:
        key, name, account, role, zone = cells
        sheet.claim_id(key)
        at = account_of(sheet, account, key, "The contact")
        known[key] = name
        return ContactRecord(key, name, sheet.origin, at, role, zone_of(sheet, name, zone))

    return build


def products(sheet: Sheet) -> Build:
    """What is sold, with its list price."""
    known, places = sheet.known.products, digits(sheet.currency)

    def build(cells: Sequence[Any]) -> ProductRecord:
        name, key, family, price = cells
        sheet.claim(key or folded(name), "id" if key else "name", f"“{key or name}” stands")
        minor = None if price is None else own_minor(price, places)
        known.add(Thing(key or name, name, minor))
        return ProductRecord(key or name, name, sheet.origin, family, minor)

    return build
