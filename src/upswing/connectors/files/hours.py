"""Rows of hours spent prospecting, of tallies and of sign-ins; rows without an id get one from what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from upswing.connectors.connector import NAME_LENGTH, folded
from upswing.connectors.files.build import Build
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import LoginRecord, TallyRecord, TimeEntryRecord


def time_entries(sheet: Sheet) -> Build:
    """Minutes of a day; several rows of one rep, day, activity and source are numbered in their order."""
    rows = sheet.parts.hours

    def build(cells: Sequence[Any]) -> TimeEntryRecord:
        rep, day, minutes, activity, source, key = cells
        if not key:
            key = natural(folded(rep), day.isoformat(), activity, source)
            rows[key] += 1
            key = key if rows[key] == 1 else natural(key, str(rows[key]))
        sheet.claim_id(key)
        return TimeEntryRecord(rep, day, minutes, sheet.origin, activity, source, key)

    return build


def tallies(sheet: Sheet) -> Build:
    """What a rep counted of a day; one row a rep and day."""

    def build(cells: Sequence[Any]) -> TallyRecord:
        rep, day, *counts = cells
        sheet.claim((folded(rep), day), "day", f"A tally of {rep} for {day} stands")
        return TallyRecord(rep, day, tuple(count or 0 for count in counts), sheet.origin)

    return build


def logins(sheet: Sheet) -> Build:
    """A sign-in; one a rep and instant."""

    def build(cells: Sequence[Any]) -> LoginRecord:
        rep, at, key = cells
        if key:
            sheet.claim_id(key)
        else:
            key = natural(folded(rep), at.isoformat())
            sheet.claim(key, "at", f"A sign-in of {rep} at {at.isoformat()} stands")
        return LoginRecord(rep, at, sheet.origin, key)

    return build


def natural(*parts: str) -> str:
    """A key of what a row says; where that is longer than an id may be, its SHA-256."""
    key = "|".join(parts)
    return key if len(key) <= NAME_LENGTH else hashlib.sha256(key.encode()).hexdigest()
