"""One cell: text, day, instant, number. The text is bounded before it is converted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from upswing.connectors.connector import NAME_LENGTH
from upswing.connectors.files.format import EXAMPLE, EXAMPLE_INSTANT, Format
from upswing.connectors.files.refused import BadCell

DIGITS = 14
"""Digits before the decimal mark that are read at most."""
PLACES = 4
"""Digits after it; rates may have more."""
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PLAIN = re.compile(r"-?[0-9]{1,14}(?:\.[0-9]{1,20})?")
"""A workbook's number as `workbook_child` writes it."""
SECONDS = {"ms": Decimal("0.001"), "s": Decimal(1), "min": Decimal(60), "h": Decimal(3600)}


def text(cell: str) -> str:
    """A name: NFC, one line, at most 200 characters, without control characters."""
    if cell.isascii() and cell.isprintable() and len(cell) <= NAME_LENGTH:
        return " ".join(cell.split())
    clean = " ".join(unicodedata.normalize("NFC", cell).split())
    if len(clean) > NAME_LENGTH:
        raise BadCell(f"at most {NAME_LENGTH} characters, not {len(clean)}")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in clean):
        raise BadCell("text without control characters")
    return clean


class Moment(NamedTuple):
    """A day, and the time of it where a cell says more: later moments compare greater."""

    day: date
    clock: time = time.min


def day(cell: str, how: Format) -> date | None:
    """A day as the mapping says it is written, or in ISO form, or the day of an instant; None when it is empty."""
    found = moment(cell, how)
    return found.day if found else None


def moment(cell: str, how: Format) -> Moment | None:
    """A day, with the time where an instant stands there (in the mapping's zone); None when the cell is empty."""
    written = cell.strip()
    if not written:
        return None
    found = _moment(written[: NAME_LENGTH + 1], how)
    if found is None:
        raise BadCell(f"a date like {EXAMPLE.strftime(how.date)}")
    if not FIRST <= found.day <= LAST:
        raise BadCell("a date between 1990 and 2100")
    return found


def _moment(written: str, how: Format) -> Moment | None:
    try:
        return Moment(datetime.strptime(written, how.date).date())  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        if ":" not in written:
            return _iso_day(written, how)
    try:
        at = instants(how)(written)
    except BadCell:
        return None
    local = at.astimezone(ZoneInfo(how.time_zone)) if at else None
    return Moment(local.date(), local.time()) if local else None


def _iso_day(written: str, how: Format) -> Moment | None:
    """A day like 2026-11-30 reads one way whatever the style, unless that has the day before the month there."""
    if not ISO_DAY.fullmatch(written) or how.date.startswith("%Y-%d"):
        return None
    with suppress(ValueError):
        return Moment(date.fromisoformat(written))
    return None


@cache
def instants(how: Format) -> Callable[[str], datetime | None]:
    """What reads instants: in UTC; without an offset in the mapping's zone; None for an empty cell.

    A local time that a change of clocks repeats is the first of the two; one that it leaves out is read by the clock
    before the change, so 02:30 in a gap of an hour from 02:00 is 03:30.
    """
    zone, style = ZoneInfo(how.time_zone), how.time
    from_iso, to_utc = datetime.fromisoformat, UTC

    def instant(cell: str) -> datetime | None:
        if not cell:
            return None
        try:
            at = from_iso(cell) if not style else datetime.strptime(cell[: NAME_LENGTH + 1], style)  # noqa: DTZ007
        except ValueError:
            if not cell.strip():
                return None
            at = _odd_instant(cell.strip()[: NAME_LENGTH + 1], style, how.date)
        if at.tzinfo is not to_utc:
            at = _in_utc(at, zone)
        if not 1990 <= at.year <= 2100:
            raise BadCell("an instant between 1990 and 2100")
        return at

    return instant


def _odd_instant(written: str, style: str, date_style: str) -> datetime:
    """An instant with spaces around it, or with an hour of one figure; a day alone is its first moment."""
    for known in (style or "%Y-%m-%d %H:%M:%S", date_style):
        with suppress(ValueError):
            return datetime.strptime(written, known)  # noqa: DTZ007
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        example = EXAMPLE_INSTANT.strftime(style) if style else EXAMPLE_INSTANT.isoformat()
        raise BadCell(f"an instant like {example}") from None


def _in_utc(at: datetime, zone: ZoneInfo) -> datetime:
    try:
        return (at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)
    except OverflowError:
        raise BadCell("an instant between 1990 and 2100") from None


def number(cell: str, how: Format, places: int = PLACES) -> Decimal | None:
    """A number with the mapping's decimal mark, or as a workbook holds it; None when the cell is empty."""
    if not cell.strip():
        return None
    written = unicodedata.normalize("NFKC", cell[: NAME_LENGTH + 1]).strip().replace("\u2212", "-")
    pattern = _pattern(how.decimal, how.thousands, places)
    found = pattern.fullmatch(written) if len(cell) <= NAME_LENGTH else None
    if not found and how.plain and len(cell) <= NAME_LENGTH and PLAIN.fullmatch(written):
        whole, _, part = written.partition(".")
        return round(Decimal(written), places) if len(part) > places else Decimal(f"{whole}.{part or '0'}")
    if not found or len(re.sub(r"\D", "", found["whole"])) > DIGITS:
        raise BadCell(f"a number like 1{how.thousands}234{how.decimal}50")
    whole = re.sub(r"\D", "", found["whole"])
    return Decimal(f"{found['sign']}{whole}.{found['part'] or '0'}")


@cache
def _pattern(decimal: str, thousands: str, places: int) -> re.Pattern[str]:
    """A thousands mark stands before exactly three digits, so that 8000.00 never reads as 800,000."""
    mark = re.escape(unicodedata.normalize("NFKC", thousands))
    grouped = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|" if thousands else ""
    part = rf"(?:{re.escape(decimal)}(?P<part>[0-9]{{1,{places}}}))?"
    return re.compile(rf"(?P<sign>-?)(?P<whole>{grouped}[0-9]{{1,20}}){part}")
