"""Take the records of one import, kind by kind: people to the roster, days to the calendar, the rest to its shelf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import transaction

from upswing.actions.days_off import add_days_off
from upswing.actions.desk import Desk
from upswing.actions.journal import DAYS_OFF, PEOPLE, placing
from upswing.actions.known import Among
from upswing.actions.resettling import resettle
from upswing.actions.roster import Roster
from upswing.actions.shelf import Shelf, take
from upswing.actions.shelves.activities import Activities, Logins, Tallies, TimeEntries
from upswing.actions.shelves.deals import Deals
from upswing.actions.shelves.development import Assessments, Courses
from upswing.actions.shelves.leads import Leads
from upswing.actions.shelves.offers import Invoices, Quotes
from upswing.actions.shelves.owners import AccountOwners
from upswing.actions.shelves.plain import Accounts, Contacts, Products
from upswing.actions.shelves.quotas import Quotas
from upswing.connectors.connector import Known
from upswing.core.records import (
    AccountOwnerRecord,
    AccountRecord,
    ActivityRecord,
    AssessmentRecord,
    ContactRecord,
    CourseRecord,
    DayOffRecord,
    DealRecord,
    InvoiceRecord,
    LeadRecord,
    LoginRecord,
    MembershipRecord,
    PersonRecord,
    ProductRecord,
    QuotaRecord,
    QuoteRecord,
    TallyRecord,
    TimeEntryRecord,
)
from upswing.intake.models import Batch
from upswing.ledger.counting import NOBODY, lock

SHELVES: dict[type, Callable[[], Shelf[Any]]] = {
    AccountRecord: Accounts,
    AccountOwnerRecord: AccountOwners,
    ContactRecord: Contacts,
    ProductRecord: Products,
    LeadRecord: Leads,
    DealRecord: Deals,
    ActivityRecord: Activities,
    QuoteRecord: Quotes,
    InvoiceRecord: Invoices,
    TimeEntryRecord: TimeEntries,
    TallyRecord: Tallies,
    LoginRecord: Logins,
    CourseRecord: Courses,
    AssessmentRecord: Assessments,
    QuotaRecord: Quotas,
}
KINDS = {
    PersonRecord: "people", MembershipRecord: "memberships", DayOffRecord: "days off", AccountRecord: "accounts",
    ContactRecord: "contacts", ProductRecord: "products", LeadRecord: "leads", DealRecord: "deals",
    ActivityRecord: "activities", QuoteRecord: "quotes", InvoiceRecord: "invoices", TimeEntryRecord: "hours",
    TallyRecord: "tallies", LoginRecord: "sign-ins", CourseRecord: "courses",
    AssessmentRecord: "assessments", QuotaRecord: "quotas",
}  # fmt: skip
"""What people call each kind of record."""


class Taking:
    """One import at work."""

    def __init__(self, batch: Batch, found: Known, today: date, among: Among | None = None) -> None:
        day, self.newer = batch.read_on or today, newer(batch, today)
        self.batch, self.among = batch, among
        self.roster = Roster.load(day, older=bool(self.newer), ends_stated=found.ends_stated)
        self._desk: Desk | None = None
        self._led = False

    def take(self, records: list[Any]) -> Iterator[Counter[str]]:
        """Put records of one kind in place; yields what each transaction did."""
        kind = type(records[0])
        if kind is PersonRecord:
            yield self._people(records)
        elif kind is MembershipRecord:
            yield self._memberships(records)
        elif kind is DayOffRecord:
            yield self._days_off(records)
        else:
            shelf = SHELVES[kind]()
            yield from take(self.desk(), shelf, sorted(records, key=shelf.order))

    def finish(self) -> None:
        """Settle what depends on all people: who leads."""
        if not self._led:
            self._led = True
            with transaction.atomic():
                lock([NOBODY])
                with placing(self.batch, PEOPLE):
                    self.roster.close()

    def desk(self) -> Desk:
        """The desk, opened once all people are known."""
        self.finish()
        if self._desk is None:
            self._desk = Desk(self.batch, self.roster.ids(), self.newer, self.among)
        return self._desk

    @transaction.atomic
    def _people(self, records: list[PersonRecord]) -> Counter[str]:
        lock([NOBODY])
        self.roster.look_again()
        with placing(self.batch, PEOPLE):
            counts = Counter(self.roster.take(record) for record in records)
        if self.roster.rezoned:
            resettle(self.roster.rezoned)
        return counts

    @transaction.atomic
    def _memberships(self, records: list[MembershipRecord]) -> Counter[str]:
        self.finish()
        lock([NOBODY])
        self.roster.look_again()
        with placing(self.batch, PEOPLE):
            return self.roster.place(records)

    @transaction.atomic
    def _days_off(self, records: list[DayOffRecord]) -> Counter[str]:
        desk = self.desk()
        lock([NOBODY])
        with placing(self.batch, DAYS_OFF):
            return add_days_off(desk.person, records)


def newer(batch: Batch, today: date) -> set[int]:
    """The batches of this source whose files were read as of a later day; a day to come is a slip, and no measure."""
    if batch.read_on is None:
        return set()
    later = Batch.objects.filter(
        source=batch.source_id, read_on__gt=batch.read_on, read_on__lte=today, undone=None
    )
    return set(later.values_list("pk", flat=True))
