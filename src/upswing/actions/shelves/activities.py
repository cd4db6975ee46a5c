"""What reps do: activities, hours, sign-ins. There are many of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from upswing.actions.bulk import find
from upswing.actions.desk import Desk, zone_called
from upswing.actions.posting import Posting
from upswing.actions.settling import facts_of_leads
from upswing.actions.shelf import Shelf, short
from upswing.book.models import Activity, Contact, Deal, Lead, Login, Tally, TimeEntry
from upswing.connectors.connector import folded
from upswing.core.facts import FactKind, settle_activity, settle_login, settle_tally, settle_time
from upswing.core.facts.leads import attempts, reaches
from upswing.core.records import ActivityRecord, LoginRecord, Tallied, TallyRecord, TimeEntryRecord
from upswing.ledger.kinds import ACTIVITY, LEAD, LOGIN, TALLY, TIME
from upswing.ledger.models import Fact


class Activities(Shelf[ActivityRecord]):
    """Calls, e-mails, visits, messages, meetings."""

    model = Activity
    columns = (
        "person", "kind", "at", "outcome", "seconds", "lead", "deal", "contact", "channel", "booked", "entered",
        "capture",
    )  # fmt: skip
    links = ("lead", "deal", "contact")
    fact_kind = ACTIVITY
    chunk = 2_000

    def __init__(self) -> None:
        self.former: dict[int, int] = {}
        self.carers: dict[int, int] = {}

    def order(self, record: ActivityRecord) -> Any:
        """A rep's together."""
        return record.rep, record.at, record.id

    def values(self, desk: Desk, record: ActivityRecord) -> tuple[Any, ...]:
        """References are looked up."""
        return (
            desk.person(record.rep), record.kind.value, record.at, record.outcome.value, record.seconds,
            desk.find(Lead, record.lead), desk.find(Deal, record.deal), desk.find(Contact, record.contact),
            str(record.channel), record.booked, record.entered, record.capture.value,
        )  # fmt: skip

    def holders(self, desk: Desk, records: Iterable[ActivityRecord]) -> set[int]:
        """Who did it, and whose lead it was about."""
        leads = {desk.find(Lead, record.lead) for record in records if record.lead} - {None}
        self.carers = dict(find(Lead, ("id", "person"), "id", list(leads)))
        return {*self.carers.values(), *(desk.person(record.rep) for record in records)}

    def credited(self, known: Collection[int]) -> set[int]:
        """Also whose lead it was about until now, for that lead may lose a milestone."""
        rows = Activity.objects.unscoped("an import writes").filter(id__in=known, lead__isnull=False)
        told = list(rows.values_list("id", "lead_id", "lead__person_id"))
        self.former = {activity: lead for activity, lead, _ in told}
        return super().credited(known) | {person for *_, person in told}

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, ActivityRecord], fresh: Collection[int]
    ) -> None:
        """The activities' own facts, then the milestones that they may have moved."""
        clocks, made = _clocks(desk, written.values()), {}
        for number, record in written.items():
            buyer = clocks.get(record.contact)
            made[number] = settle_activity(record, desk.zones[desk.person(record.rep)], buyer)
        posting.put(ACTIVITY, made, fresh)
        changed = written.keys() - set(fresh)
        leads = {desk.find(Lead, written[number].lead) for number in changed}
        leads |= {self.former.get(number) for number in changed} - {None}
        new = [record for number, record in written.items() if number in fresh and record.lead]
        leads |= _sooner(desk, new, self.carers)
        posting.put(LEAD, dict(facts_of_leads([lead for lead in leads if lead])))


def _clocks(desk: Desk, records: Iterable[ActivityRecord]) -> dict[str, tzinfo]:
    """The time zones of the contacts these records name, where they are known."""
    named = {record.contact: desk.find(Contact, record.contact) for record in records if record.contact}
    zones = dict(find(Contact, ("id", "zone"), "id", [contact for contact in set(named.values()) if contact]))
    return {
        name: zone_called(zones[contact]) for name, contact in named.items() if contact and zones[contact]
    }


def _sooner(desk: Desk, records: Iterable[ActivityRecord], carers: Mapping[int, int]) -> set[int]:
    """Leads that these bring to a milestone not reached by then; most activities only repeat. `carers`: their reps."""
    firsts: dict[tuple[int, FactKind], datetime] = {}
    for record in records:
        lead = desk.find(Lead, record.lead)
        kinds = (attempts(record) and FactKind.LEAD_ATTEMPTED, reaches(record) and FactKind.LEAD_CONTACTED)
        for kind in kinds:
            if kind and lead:
                firsts[lead, kind] = min(record.at, firsts.get((lead, kind), record.at))
    standing = _milestones({lead for lead, _ in firsts})
    return {
        lead
        for (lead, kind), at in firsts.items()
        if at.astimezone(desk.zones[carers[lead]]).date() < standing.get((lead, kind.value), date.max)
    }


def _milestones(leads: Collection[int]) -> dict[tuple[int, str], date]:
    """(lead, kind) → day, as posted so far."""
    found: dict[tuple[int, str], date] = {}
    kinds = (FactKind.LEAD_ATTEMPTED.value, FactKind.LEAD_CONTACTED.value)
    for lead, kind, day in find(Fact, ("record", "kind", "day"), "record", sorted(leads), record_kind=LEAD):
        if kind in kinds:
            found[lead, kind] = date.fromisoformat(day) if isinstance(day, str) else day
    return found


class TimeEntries(Shelf[TimeEntryRecord]):
    """Minutes spent prospecting."""

    model = TimeEntry
    columns = ("person", "day", "minutes", "activity", "lead_source")
    fact_kind = TIME

    def key(self, record: TimeEntryRecord) -> str:
        """The source's id; where it has none, what the entry is about."""
        return record.id or short(f"{folded(record.rep)}|{record.day}|{record.activity}|{record.source}")

    def order(self, record: TimeEntryRecord) -> Any:
        """A rep's together."""
        return record.rep, record.day

    def values(self, desk: Desk, record: TimeEntryRecord) -> tuple[Any, ...]:
        """As the source says."""
        return desk.person(record.rep), record.day, record.minutes, record.activity, record.source

    def holders(self, desk: Desk, records: Iterable[TimeEntryRecord]) -> set[int]:
        """Whose time it was."""
        return {desk.person(record.rep) for record in records}

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, TimeEntryRecord], fresh: Collection[int]
    ) -> None:
        """One fact an entry."""
        posting.put(TIME, {number: settle_time(record) for number, record in written.items()}, fresh)


class Tallies(Shelf[TallyRecord]):
    """What reps counted of their days."""

    model = Tally
    columns = ("person", "day", *(counted.value for counted in Tallied))
    fact_kind = TALLY

    def key(self, record: TallyRecord) -> str:
        """Whose day it was."""
        return short(f"{folded(record.rep)}|{record.day}")

    def order(self, record: TallyRecord) -> Any:
        """A rep's together."""
        return record.rep, record.day

    def values(self, desk: Desk, record: TallyRecord) -> tuple[Any, ...]:
        """As counted."""
        return desk.person(record.rep), record.day, *record.counts

    def holders(self, desk: Desk, records: Iterable[TallyRecord]) -> set[int]:
        """Who counted."""
        return {desk.person(record.rep) for record in records}

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, TallyRecord], fresh: Collection[int]
    ) -> None:
        """As many facts as were counted."""
        posting.put(TALLY, {number: settle_tally(record) for number, record in written.items()}, fresh)


class Logins(Shelf[LoginRecord]):
    """Sign-ins to the tools of the trade."""

    model = Login
    columns = ("person", "at")
    fact_kind = LOGIN

    def key(self, record: LoginRecord) -> str:
        """The source's id; where it has none, who and when."""
        return record.id or short(f"{folded(record.rep)}|{record.at.isoformat()}")

    def order(self, record: LoginRecord) -> Any:
        """A rep's together."""
        return record.rep, record.at

    def values(self, desk: Desk, record: LoginRecord) -> tuple[Any, ...]:
        """As the source says."""
        return desk.person(record.rep), record.at

    def holders(self, desk: Desk, records: Iterable[LoginRecord]) -> set[int]:
        """Who signed in."""
        return {desk.person(record.rep) for record in records}

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, LoginRecord], fresh: Collection[int]
    ) -> None:
        """One fact a sign-in."""
        made = {
            number: settle_login(record, desk.zones[desk.person(record.rep)])
            for number, record in written.items()
        }
        posting.put(LOGIN, made, fresh)
