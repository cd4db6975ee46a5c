"""Rows of account owners to records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from upswing.connectors.files.build import Build
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import AccountOwnerRecord


def account_owners(sheet: Sheet) -> Build:
    """A rep owns an account; one owner from each day on."""

    def build(cells: Sequence[Any]) -> AccountOwnerRecord:
        named, rep, start, end = cells
        if named.thing is None:
            sentence = f"no account is called “{named.name}”. {named.hint or 'Map the accounts first.'}"
            raise Refused("unknown_account", "account", named.written, sentence)
        since = f"from {start}" if start else "from the first day on"
        sheet.claim((named.reference, start), "account", f"An owner of “{named.thing.name}” {since} stands")
        if start and end and end <= start:
            sentence = f"it starts on {start} and ends on {end}: no day is left. Correct one of the two days."
            raise Refused("end_before_start", "end", str(end), sentence)
        return AccountOwnerRecord(named.reference, rep, sheet.origin, start, end)

    return build
