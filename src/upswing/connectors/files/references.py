"""Accounts and products that rows name: what is not known is told, and the row is taken without it."""

from __future__ import annotations

from upswing.connectors.connector import folded
from upswing.connectors.files.parsers import Match
from upswing.connectors.files.sheet import Sheet


def account_of(sheet: Sheet, named: Match, record: str, taken: str) -> str:
    """The account's reference, or nothing and a notice; `taken` is what the row is, like “The deal”."""
    if named.name and named.thing is None:
        sentence = f"no account is called “{named.name}”. {named.hint or 'No account was read yet.'}"
        sheet.tell(
            "unknown_account",
            record,
            "account",
            named.name,
            f"{sentence} {taken} was taken without an account.",
        )
    return named.reference


def product_of(sheet: Sheet, named: Match, record: str, taken: str) -> str:
    """The product's reference, or nothing and a notice."""
    if named.name != named.written and folded(named.name) != folded(named.written):
        sentence = f"product “{named.written}” was read as “{named.name}”, as the mapping says."
        sheet.tell("product_by_alias", record, "product", named.written, sentence)
    if named.name and named.thing is None:
        hint = f"{named.hint} " if named.hint else ""
        sentence = f"no product is called “{named.name}”. {hint}{taken} was taken without a product."
        sheet.tell("unknown_product", record, "product", named.written, sentence)
    return named.reference
