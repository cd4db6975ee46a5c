"""Rows of hours spent prospecting, of tallies and of sign-ins; rows without an id get one from what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from datetime import date
from itertools import pairwise
from typing import Any

from upswing.connectors.connector import NAME_LENGTH, folded
from upswing.connectors.files.build import Build
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import LoginRecord, Tallied, TallyRecord, TimeEntryRecord

WITHIN = (
    (Tallied.CALLS, Tallied.CONNECTS, Tallied.CONVERSATIONS),
    (Tallied.MEETINGS_HELD, Tallied.POSITIVE_MEETINGS),
)
"""What is counted within what stands before it."""


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
        for whole, part in _above(dict(zip(Tallied, counts, strict=True))):
            _tell_above(sheet, rep, day, whole, part)
        return TallyRecord(rep, day, tuple(count or 0 for count in counts), sheet.origin)

    return build


def _above(counts: Map[Tallied, int | None]) -> Iterator[tuple[Tallied, Tallied]]:
    """(whole, part) where more is counted of the part; what was not counted is passed over."""
    for chain in WITHIN:
        counted = [(one, count) for one in chain if (count := counts[one]) is not None]
        yield from ((whole, part) for (whole, most), (part, count) in pairwise(counted) if count > most)


def _tell_above(sheet: Sheet, rep: str, day: date, whole: Tallied, part: Tallied) -> None:
    more, fewer = sheet.raw(part).strip(), sheet.raw(whole).strip()
    parts, wholes = part.replace("_", " "), whole.replace("_", " ")
    sentence = (
        f"{rep} has {more} {parts} on {day}, and {fewer} {wholes}. {parts.capitalize()} are among {wholes}, "
        f"so {more} of these count too. Correct the row if that is wrong."
    )
    sheet.tell("part_above_whole", f"{rep} {day}", part, more, sentence)


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
