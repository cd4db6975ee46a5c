"""One cell: text, date, money, number. The text is bounded before it is converted."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from upswing.connectors.files.mapping import Format

NUMBER = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,4})?")
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
NAME_LENGTH = 200
EXAMPLE = date(2026, 11, 30)


class BadCell(ValueError):
    """A cell that cannot be read; the message says what was expected."""


def text(cell: str) -> str:
    """A name: NFC, one line, at most 200 characters, without control characters."""
    clean = " ".join(unicodedata.normalize("NFC", cell).split())
    if len(clean) > NAME_LENGTH:
        raise BadCell(f"at most {NAME_LENGTH} characters, not {len(clean)}")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in clean):
        raise BadCell("text without control characters")
    return clean


def day(cell: str, how: Format) -> date | None:
    """A date as the mapping says it is written; None when the cell is empty."""
    written = cell.strip()
    if not written:
        return None
    try:
        found = datetime.strptime(written, how.date).date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise BadCell(f"a date like {EXAMPLE.strftime(how.date)}") from None
    if not FIRST <= found <= LAST:
        raise BadCell("a date between 1990 and 2100")
    return found


def number(cell: str, how: Format) -> Decimal | None:
    """A number with the mapping's decimal mark; None when the cell is empty."""
    written = unicodedata.normalize("NFKC", cell).strip().replace("\u2212", "-")
    if not written:
        return None
    if how.thousands:
        written = written.replace(how.thousands, "")
    if how.decimal != ".":
        written = written.replace(".", "?").replace(how.decimal, ".")
    if not NUMBER.fullmatch(written):
        raise BadCell(f"a number like 1234{how.decimal}50")
    return Decimal(written)
