"""Rows of leads to records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from upswing.connectors.connector import KnownLead
from upswing.connectors.files.build import Build
from upswing.connectors.files.references import account_of
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import LeadRecord

ELSEWHERE = timedelta(days=1)
"""A day's name may differ by one around the earth."""


def leads(sheet: Sheet) -> Build:
    """Someone who might buy."""
    known, contacts = sheet.known.leads, sheet.known.contacts

    def build(cells: Sequence[Any]) -> LeadRecord:
        key, rep, created, source, account, contact, disposition, reason, decided = cells
        sheet.claim_id(key)
        if decided and decided < created.date() - ELSEWHERE:
            sentence = f"it was decided on {decided}, before it was created on {created.date()}."
            raise Refused(
                "decided_before_created", "decided", str(decided), f"{sentence} Correct one of the two days."
            )
        at = account_of(sheet, account, key, "The lead")
        whom = sheet.linked("contact", contact, contacts, key, "The lead")
        known[key] = KnownLead(rep, source)
        return LeadRecord(
            key, rep, created, sheet.origin, source, at, whom, disposition, reason, decided
        )  # fmt: skip

    return build
