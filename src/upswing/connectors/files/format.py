"""How the files of a mapping are written: encoding, delimiter, marks in numbers, days and instants."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from upswing.connectors.connector import Unreadable
from upswing.connectors.files import checks
from upswing.connectors.files.nearest import nearest

HEADER_ROWS = 1_000
EXAMPLE = date(2026, 11, 30)
EXAMPLE_INSTANT = datetime(2026, 11, 30, 14, 5, tzinfo=UTC)
OWN_KEYS = ("encoding", "delimiter", "decimal", "thousands", "date", "time", "header")
"""What each table may say for itself."""
FORMAT_KEYS = (*OWN_KEYS, "time_zone")
TEXTS = ("encoding", "decimal", "thousands", "date", "time", "time_zone")


@dataclass(frozen=True, slots=True)
class Format:
    """How cells are written. An empty `time` is ISO 8601.

    An empty encoding or delimiter and a `header` of 0 (the row that names the columns) are found from the file.
    `plain` is true of what a workbook holds: its numbers also read with a point and its days in ISO form.
    """

    encoding: str = ""
    delimiter: str = ""
    decimal: str = "."
    thousands: str = ""
    date: str = "%Y-%m-%d"
    time: str = ""
    time_zone: str = "UTC"
    header: int = 0
    plain: bool = False


def read_format(where: str, raw: Map[str, Any]) -> Format:
    """The format keys of a mapping; raises Unreadable."""
    written: dict[str, Any] = {key: checks.text(where, raw, key, "") for key in TEXTS}
    written |= {"delimiter": _delimiter(where, raw), "header": _header(where, raw)}
    how = Format(**{key: value for key, value in written.items() if value})
    _check_marks(where, how)
    if not _whole(EXAMPLE.strftime(how.date), how.date, "%Y-%m-%d"):
        raise Unreadable(
            f"{where}: date = “{how.date}” names no whole day. Write it like %Y-%m-%d or %d.%m.%Y."
        )
    if how.time and not _whole(EXAMPLE_INSTANT.strftime(how.time), how.time, "%Y-%m-%d %H:%M"):
        raise Unreadable(
            f"{where}: time = “{how.time}” names no whole instant. Write it like %d.%m.%Y %H:%M."
        )
    if how.time_zone not in _zones():
        hint = nearest(how.time_zone, _zones())
        raise Unreadable(f"{where}: no time zone is called “{how.time_zone}”. {hint}")
    return how


@cache
def _zones() -> frozenset[str]:
    """Every time zone; found among hundreds of files, once."""
    return frozenset(available_timezones())


def _check_marks(where: str, how: Format) -> None:
    for key, mark in (("decimal", how.decimal), ("thousands", how.thousands)):
        if len(mark) > 1 or mark.isdigit() or mark == "-":
            raise Unreadable(f"{where}: {key} = “{mark}” must be one mark, like “.” or “,”.")
    if how.decimal == how.thousands:
        raise Unreadable(f"{where}: decimal and thousands are both “{how.decimal}”. They must differ.")


def _whole(written: str, style: str, compared: str) -> bool:
    """Whether the example, written in the style, is read back as it was."""
    try:
        return datetime.strptime(written, style).strftime(compared) == EXAMPLE_INSTANT.strftime(compared)  # noqa: DTZ007
    except (ValueError, re.error):  # a directive that stands twice
        return False


def _delimiter(where: str, raw: Map[str, Any]) -> str:
    mark = raw.get("delimiter", "")
    if not isinstance(mark, str) or len(mark) > 1 or mark in {"\r", "\n", '"', "\0"}:
        raise Unreadable(f"{where}: delimiter = {mark!r} must be one character, like “;” or “,”.")
    return mark


def _header(where: str, raw: Map[str, Any]) -> int:
    row = raw.get("header", 0)
    if type(row) is not int or not 0 <= row <= HEADER_ROWS:
        raise Unreadable(
            f"{where}: header = {row!r} must be the row that names the columns, 1 to {HEADER_ROWS:,}."
        )
    return row
