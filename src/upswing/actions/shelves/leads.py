"""Leads, and the milestones that activities bring them to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from upswing.actions.desk import Desk
from upswing.actions.posting import Posting
from upswing.actions.settling import facts_of_leads
from upswing.actions.shelf import Shelf
from upswing.book.models import Account, Contact, Lead
from upswing.core.facts import Touches, settle_lead
from upswing.core.records import LeadRecord
from upswing.ledger.kinds import LEAD

UNTOUCHED = Touches()


class Leads(Shelf[LeadRecord]):
    """Those who might buy."""

    model = Lead
    referred = True
    columns = ("person", "created", "lead_source", "account", "contact", "disposition", "reason", "decided")
    links = ("account", "contact")
    fact_kind = LEAD

    def order(self, record: LeadRecord) -> Any:
        """A rep's together."""
        return record.rep, record.id

    def values(self, desk: Desk, record: LeadRecord) -> tuple[Any, ...]:
        """References are looked up."""
        return (
            desk.person(record.rep), record.created, record.source, desk.find(Account, record.account),
            desk.find(Contact, record.contact), record.disposition.value, record.reason, record.decided,
        )  # fmt: skip

    def holders(self, desk: Desk, records: Iterable[LeadRecord]) -> set[int]:
        """Whose lead it is."""
        return {desk.person(record.rep) for record in records}

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, LeadRecord], fresh: Collection[int]
    ) -> None:
        """A new lead was never touched; of a changed one the activities are asked."""
        new = {
            number: settle_lead(record, UNTOUCHED, desk.zones[desk.person(record.rep)])
            for number, record in written.items()
            if number in fresh
        }
        posting.put(LEAD, new, fresh)
        changed = [number for number in written if number not in fresh]
        posting.put(LEAD, dict(facts_of_leads(changed)))
