"""One cell: text, date, money, number. The text is bounded before it is converted."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from upswing.connectors.connector import NAME_LENGTH
from upswing.connectors.files.mapping import EXAMPLE, Format

DIGITS = 14
"""Digits before the decimal mark that are read at most."""
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


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
        found = datetime.strptime(written[: NAME_LENGTH + 1], how.date).date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise BadCell(f"a date like {EXAMPLE.strftime(how.date)}") from None
    if not FIRST <= found <= LAST:
        raise BadCell("a date between 1990 and 2100")
    return found


def number(cell: str, how: Format) -> Decimal | None:
    """A number with the mapping's decimal mark; None when the cell is empty."""
    if not cell.strip():
        return None
    written = unicodedata.normalize("NFKC", cell[: NAME_LENGTH + 1]).strip().replace("\u2212", "-")
    found = _pattern(how.decimal, how.thousands).fullmatch(written) if len(cell) <= NAME_LENGTH else None
    if not found or len(re.sub(r"\D", "", found["whole"])) > DIGITS:
        raise BadCell(f"a number like 1{how.thousands}234{how.decimal}50")
    whole = re.sub(r"\D", "", found["whole"])
    return Decimal(f"{found['sign']}{whole}.{found['part'] or '0'}")


@cache
def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    """A thousands mark stands before exactly three digits, so that 8000.00 never reads as 800,000."""
    mark = re.escape(unicodedata.normalize("NFKC", thousands))
    grouped = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|" if thousands else ""
    part = rf"(?:{re.escape(decimal)}(?P<part>[0-9]{{1,4}}))?"
    return re.compile(rf"(?P<sign>-?)(?P<whole>{grouped}[0-9]{{1,20}}){part}")
