"""Put people, their teams and who leads them in place, dated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from upswing.actions.shelf import CREATED, UNCHANGED, UPDATED
from upswing.connectors.connector import folded
from upswing.core.records import MembershipRecord, PersonRecord
from upswing.people.models import Membership, Person, Team

Change = str
PLACE = ("role", "level", "territory")


@dataclass(slots=True)
class Roster:
    """The people and teams as they stand, loaded once an import. `day` dates what changes.

    An `older` import (its files were made before those of an earlier one) adds people and places those who have no
    place; it moves nobody. With `ends_stated` an empty end day means that the person stays. `rezoned` are those whose
    time zone changed, so that what they did may fall on other days; `placed` those whom this import gave their first
    place.
    """

    day: date
    older: bool = False
    ends_stated: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    leading: set[tuple[int, int]] = field(default_factory=set)
    named: dict[int, set[int]] = field(default_factory=dict)
    rezoned: set[int] = field(default_factory=set)
    placed: set[int] = field(default_factory=set)
    named_first: set[int] = field(default_factory=set)
    """Who came in as somebody's manager before their own row."""

    @classmethod
    def load(cls, day: date, *, older: bool = False, ends_stated: bool = False) -> Roster:
        """Everybody known so far."""
        people = Person.objects.unscoped("imports match names with anybody")
        return cls(
            day,
            older,
            ends_stated,
            {person.key: person for person in people},
            {folded(team.name): team for team in Team.objects.select_related("parent")},
            set(Membership.objects.filter(leads=True, ends=None).values_list("team", "person")),
        )

    def look_again(self) -> None:
        """Know who and what another import has written meanwhile; ask once nobody else can write."""
        now = Roster.load(self.day)
        self.people, self.teams, self.leading = now.people, now.teams, now.leading

    def ids(self) -> dict[str, int]:
        """Key → internal id."""
        return {key: person.id for key, person in self.people.items()}

    def take(self, record: PersonRecord) -> Change:
        """Put one person in place: created, updated or unchanged. Who leads is settled by `close`."""
        person, change = self._person(record.name, sells=True)
        if person.id in self.named_first:
            self.named_first.remove(person.id)
            change = CREATED
        wanted = {
            "name": record.name,
            "email": record.email or person.email,
            "starts": record.start or person.starts,
            "ends": record.end if self.ends_stated else record.end or person.ends,
            "zone": record.zone or person.zone,
        }
        if self.older and change is UNCHANGED:
            wanted = {name: getattr(person, name) or value for name, value in wanted.items()}
        if change is UNCHANGED and any(getattr(person, name) != value for name, value in wanted.items()):
            change = UPDATED
        if change is not CREATED and wanted["zone"] != person.zone:
            self.rezoned.add(person.id)
        if change is not UNCHANGED:
            for name, value in wanted.items():
                setattr(person, name, value)
            person.save()
        return self._place(person, record, change)

    def place(self, records: Iterable[MembershipRecord]) -> Counter[Change]:
        """Make the memberships of each rep named here exactly these; an older import leaves those who have any."""
        told: dict[int, dict[tuple[Any, ...], tuple[str, str, str, date | None]]] = defaultdict(dict)
        for r in records:
            team = self._team(r.team, "").id
            told[self.people[folded(r.rep)].id][team, r.start] = (r.role, r.level, r.territory, r.end)
        counts: Counter[Change] = Counter()
        columns = ("team_id", "starts", "role", "level", "territory", "ends")
        for person, wanted in told.items():
            mine = Membership.objects.filter(person=person, leads=False)
            standing = {(team, start): tuple(rest) for team, start, *rest in mine.values_list(*columns)}
            if standing == wanted or (self.older and standing):
                counts[UNCHANGED] += len(wanted)
                continue
            mine.delete()
            Membership.objects.bulk_create(
                Membership(
                    person_id=person,
                    team_id=team,
                    starts=start,
                    role=role,
                    level=level,
                    territory=territory,
                    ends=end,
                )
                for (team, start), (role, level, territory, end) in wanted.items()
            )
            counts[CREATED if not standing or person in self.placed else UPDATED] += len(wanted)
        return counts

    def close(self) -> None:
        """Settle who leads: in a team for which this import names leaders, they lead it and nobody else does."""
        for team, named in self.named.items():
            led = Membership.objects.filter(team=team, leads=True)
            if self._kept(led):
                continue
            starts = self.day if led.exists() else None
            self._end(led.exclude(person__in=named))
            for person in sorted(named - set(led.filter(ends=None).values_list("person", flat=True))):
                self._begin(person, team, leads=True, starts=starts)

    def _person(self, name: str, *, sells: bool) -> tuple[Person, Change]:
        known = self.people.get(folded(name))
        if known is None:
            self.people[folded(name)] = person = Person.objects.create(
                key=folded(name), name=name, sells=sells
            )
            return person, CREATED
        if sells and not known.sells:
            known.sells = True
            return known, UPDATED
        if not known.sells and known.name != name:
            known.name = name
            known.save()
        return known, UNCHANGED

    def _place(self, person: Person, record: PersonRecord, change: Change) -> Change:
        name = record.team or (f"Team {record.manager}" if record.manager else record.region)
        if not name:
            return change
        team = self._team(name, record.region if name != record.region else "")
        moved = self._belongs(person, team, {name: getattr(record, name) for name in PLACE})
        if record.manager:
            leader, change_of_leader = self._person(record.manager, sells=False)
            if change_of_leader is CREATED:
                self.named_first.add(leader.id)
            moved = self._led_by(leader, team) or moved
        return UPDATED if moved and change is UNCHANGED else change

    def _team(self, name: str, region: str) -> Team:
        if folded(name) not in self.teams:
            self.teams[folded(name)] = Team.objects.create(name=name)
        team = self.teams[folded(name)]
        if team.name != name and not Team.objects.filter(name=name).exists():
            team.name = name
            team.save()
        if region and (team.parent is None or folded(team.parent.name) != folded(region)):
            team.parent = self._team(region, "")
            team.save()
        return team

    def _led_by(self, leader: Person, team: Team) -> bool:
        """Note that this import names the leader; true when that is new."""
        self.named.setdefault(team.id, set()).add(leader.id)
        new = (team.id, leader.id) not in self.leading and not self.older
        self.leading.add((team.id, leader.id))
        return new

    def _belongs(self, person: Person, team: Team, place: dict[str, str]) -> bool:
        """Make the person sell in this team and role, and no other, from now on; true when that is new.

        What the source does not tell stays as it is; what was not known of a membership is filled in.
        """
        told = {name: value for name, value in place.items() if value}
        mine = Membership.objects.filter(person=person, leads=False)
        current = mine.filter(team=team, ends=None).first()
        if current and all(getattr(current, name) in ("", value) for name, value in told.items()):
            return self._filled_in(current, told)
        if self._kept(mine):
            return False
        starts = self.day if mine.exists() else None
        if starts is None:
            self.placed.add(person.id)
        if current:
            told = {name: getattr(current, name) for name in PLACE} | told
        self._end(mine)
        self._begin(person.id, team.id, leads=False, starts=starts, **told)
        return True

    def _filled_in(self, current: Membership, told: dict[str, str]) -> bool:
        new = {name: value for name, value in told.items() if getattr(current, name) != value}
        if new and not self.older:
            Membership.objects.filter(id=current.id).update(**new)
        return bool(new) and not self.older

    def _kept(self, standing: QuerySet[Membership]) -> bool:
        """Whether a newer import said how it is: some of it began or ended after `day`."""
        later = Q(starts__gt=self.day) | Q(ends__gt=self.day)
        return standing.exists() if self.older else standing.filter(later).exists()

    def _end(self, standing: QuerySet[Membership]) -> None:
        standing.filter(ends=None, starts=self.day).delete()  # it would last no day
        standing.filter(ends=None).update(ends=self.day)

    def _begin(self, person: int, team: int, *, leads: bool, starts: date | None, **place: str) -> None:
        """From `starts` on; what ended on this very day goes on instead."""
        what = {"person_id": person, "team_id": team, "leads": leads}
        if not Membership.objects.filter(**what, **place, ends=self.day).update(ends=None):
            Membership.objects.create(**what, **place, starts=starts)
