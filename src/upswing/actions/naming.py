"""Whom a source means: names that stand for somebody else, from a day on, put right before anything is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from upswing.connectors.connector import Connector, Known, folded
from upswing.core import records as r
from upswing.core.period import parse_period
from upswing.intake.models import Alias
from upswing.queries.organisation import organisation

Item = Any


@dataclass(frozen=True, slots=True)
class Naming:
    """Folded name → (from which day, the person's name), the latest first; `zone` says which day an instant is on.

    `lent` are names that nobody bears, and that the source may use all the same.
    """

    told: dict[str, tuple[tuple[date, str], ...]]
    zone: ZoneInfo
    fiscal_start: int
    lent: set[str] = field(default_factory=set)

    @classmethod
    def load(cls) -> Naming:
        """The aliases as they stand."""
        found: dict[str, list[tuple[date, str]]] = {}
        for key, since, name in Alias.objects.values_list("key", "since", "person__name"):
            found.setdefault(key, []).append((since or date.min, name))
        facts = organisation()
        told = {key: tuple(sorted(names, reverse=True)) for key, names in found.items()}
        return cls(told, ZoneInfo(facts.time_zone), facts.fiscal_start)

    def read(self, connector: Connector, known: Known) -> Iterator[Item]:
        """The records with the people they mean; a name that means nobody on the day is a problem in its place."""
        self.lent.update(key for key in self.told if key not in known.reps)
        known.reps |= {key: key for key in self.lent}
        if not self.told:
            yield from connector.read(known)
            return
        for item in connector.read(known):
            try:
                yield self._right(item)
            except _Nobody as why:
                yield why.problem(item)

    def _right(self, item: Item) -> Item:
        if isinstance(item, r.PersonRecord):
            self.lent.discard(folded(item.name))
            return replace(item, name=self._meant(item.name, date.max)) if self._told(item.name) else item
        if isinstance(item, r.DealRecord):
            if not any(self._told(rep) for rep, _ in item.credit):
                return item
            day = item.closed or item.created or item.observed or date.max
            return replace(item, credit=tuple((self._meant(rep, day), weight) for rep, weight in item.credit))
        if type(item) in DAYS and self._told(item.rep):
            return replace(item, rep=self._meant(item.rep, DAYS[type(item)](self, item)))
        return item

    def _told(self, written: str) -> bool:
        return folded(written) in self.told

    def _meant(self, written: str, day: date) -> str:
        key = folded(written)
        for since, name in self.told.get(key, ()):
            if since <= day:
                return name
        if key in self.lent:
            raise _Nobody(written, day, self.told[key][-1])
        return written

    def _day(self, at: Any) -> date:
        found: date = at.astimezone(self.zone).date()
        return found

    def _starts(self, slug: str) -> date:
        return parse_period(slug, date.min, self.fiscal_start).start


class _Nobody(LookupError):
    """On that day the name means nobody yet."""

    def __init__(self, written: str, day: date, first: tuple[date, str]) -> None:
        super().__init__(f"“{written}” means {first[1]} from {first[0]} on, and nobody on {day}.")
        self.written = written

    def problem(self, item: Item) -> r.Problem:
        """The refusal of the record."""
        key, sentence = getattr(item, "id", self.written), f"Row {item.origin.row}: {self}"
        return r.Problem(
            r.Severity.REFUSED, "unknown_rep", item.origin, key[:200], "rep", self.written[:200], sentence
        )


DAYS: dict[type, Callable[[Naming, Any], date]] = {
    r.LeadRecord: lambda naming, lead: naming._day(lead.created),
    r.ActivityRecord: lambda naming, done: naming._day(done.at),
    r.LoginRecord: lambda naming, login: naming._day(login.at),
    r.InvoiceRecord: lambda naming, invoice: invoice.day,
    r.TimeEntryRecord: lambda naming, entry: entry.day,
    r.TallyRecord: lambda naming, tally: tally.day,
    r.CourseRecord: lambda naming, course: course.day,
    r.AssessmentRecord: lambda naming, seen: seen.day,
    r.DayOffRecord: lambda naming, off: off.day,
    r.QuotaRecord: lambda naming, quota: naming._starts(quota.period),
    r.MembershipRecord: lambda naming, member: date.max,
    r.AccountOwnerRecord: lambda naming, owner: owner.start or date.max,
}
"""The day on which a record's rep is meant."""
