"""Rows of activities to records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from upswing.connectors.files.build import Build
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import ActivityKind, ActivityRecord

LATER = 366
"""Days after the files were made by which nobody plans a meeting."""


def activities(sheet: Sheet) -> Build:
    """Something a rep did, or will do at a time that is arranged."""
    known, latest, claim = sheet.known, _latest(sheet), sheet.claim_id
    leads, deals, contacts = known.leads, known.deals, known.contacts

    def build(cells: Sequence[Any]) -> ActivityRecord:
        key, rep, kind, at, seconds, outcome, lead, deal, contact, channel, booked, entered, capture = cells
        claim(key)
        if at > latest:
            _refuse_later(sheet, at)
        if lead and lead not in leads:
            lead = sheet.linked("lead", lead, leads, key, "The activity")
        if deal and deal not in deals:
            deal = sheet.linked("deal", deal, deals, key, "The activity")
        if contact and contact not in contacts:
            contact = sheet.linked("contact", contact, contacts, key, "The activity")
        if booked and at < booked and kind is ActivityKind.MEETING:
            _tell_booked(sheet, key, booked, at)
        return ActivityRecord(
            key, rep, kind, at, sheet.origin, outcome, seconds, lead, deal, contact, channel, booked, entered, capture
        )  # fmt: skip

    return build


def _latest(sheet: Sheet) -> datetime:
    """The instant after which an activity's date is a slip."""
    made = sheet.mapping.read_on
    if made is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(made.fromordinal(made.toordinal() + LATER), time.max, UTC)


def _refuse_later(sheet: Sheet, at: datetime) -> None:
    sentence = (
        f"it is dated {at.date()}, more than a year after the files were made on {sheet.mapping.read_on}."
    )
    raise Refused("dated_later", "at", sheet.raw("at"), f"{sentence} Correct the date.")


def _tell_booked(sheet: Sheet, key: str, booked: datetime, at: datetime) -> None:
    sentence = f"the meeting {key} of {at.date()} was booked on {booked.date()}, after it; both are kept as they stand."
    sheet.tell("booked_later", key, "booked", sheet.raw("booked"), sentence)
