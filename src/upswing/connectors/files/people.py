"""Rows of people, their memberships and days off to records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from upswing.connectors.connector import NAME_LENGTH, folded
from upswing.connectors.files.build import Build
from upswing.connectors.files.nearest import nearest
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import DayOffRecord, MembershipRecord, PersonRecord


def people(sheet: Sheet) -> Build:
    """A person who sells, with manager, team and region as the file names them."""
    known = sheet.known

    def build(cells: Sequence[Any]) -> PersonRecord:
        name, key, email, manager, team, region, role, level, territory, zone, start, end = cells
        sheet.claim(folded(name), "name", f"“{name}” stands")
        _short_enough("name", name, folded(name))
        _short_enough("manager", manager, folded(manager), manager if team else f"Team {manager}")
        ordered(start, end, "left", f"{name} joined")
        known.reps[folded(name)] = name
        if key:
            known.rep_ids[key] = name
        zone = zone_of(sheet, name, zone)
        return PersonRecord(
            name, sheet.origin, email, manager, team, region, start, end, role, level, territory, zone
        )

    return build


def memberships(sheet: Sheet) -> Build:
    """Where a rep belongs, from a day until another."""

    def build(cells: Sequence[Any]) -> MembershipRecord:
        rep, team, role, level, territory, start, end = cells
        since = f" from {start}" if start else ""
        sheet.claim((rep, start), "rep", f"A membership of {rep}{since} stands")
        if end and end == start:
            raise Refused(
                "end_before_start", "end", str(end), f"it starts and ends on {end}: no day is left."
            )
        ordered(start, end, "ended", "it began")
        return MembershipRecord(rep, team, sheet.origin, role, level, territory, start, end)

    return build


def days_off(sheet: Sheet) -> Build:
    """A day on which a rep, or with no rep everybody, is away."""

    def build(cells: Sequence[Any]) -> DayOffRecord:
        day, rep, kind = cells
        sheet.claim((rep, day), "day", f"{day} off for {rep or 'everybody'} stands")
        return DayOffRecord(rep, day, sheet.origin, kind)

    return build


def ordered(start: date | None, end: date | None, ended: str, began: str) -> None:
    """Refuses an end before the start."""
    if start and end and end < start:
        sentence = f"{began} on {start} and {ended} on {end}, which is earlier. Correct one of the two days."
        raise Refused("end_before_start", "end", end.isoformat(), sentence)


def zone_of(sheet: Sheet, record: str, zone: str) -> str:
    """The time zone, if there is one of that name; else nothing, and a notice."""
    if not zone or zone in _zones():
        return zone
    sentence = f"no time zone is called “{zone}”. {nearest(zone, _zones())} {record} was taken without one."
    sheet.tell("unknown_zone", record, "zone", zone, sentence)
    return ""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _short_enough(field: str, name: str, *forms: str) -> None:
    """Names are also kept folded and, for managers, as a team's name; each form must fit."""
    if max(map(len, forms)) > NAME_LENGTH:
        sentence = (
            f"the {field} “{name[:60]}…” is too long to be kept. Shorten it to {NAME_LENGTH // 2} characters."
        )
        raise Refused(f"bad_{field}", field, name, sentence)
