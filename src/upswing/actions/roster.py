"""Put people, their teams and who leads them in place, dated."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from upswing.actions.upsert import CREATED, UNCHANGED, UPDATED
from upswing.connectors.connector import folded
from upswing.core.records import PersonRecord
from upswing.people.models import Membership, Person, Team

Change = str


@dataclass(slots=True)
class Roster:
    """The people and teams as they stand, loaded once an import. `day` dates what changes."""

    day: date
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    @classmethod
    def load(cls, day: date) -> Roster:
        """Everybody known so far."""
        people = {
            person.key: person for person in Person.objects.unscoped("imports match names with anybody")
        }
        return cls(day, people, {team.name: team for team in Team.objects.select_related("parent")})

    def ids(self) -> dict[str, int]:
        """Key → internal id."""
        return {key: person.id for key, person in self.people.items()}

    def take(self, record: PersonRecord) -> Change:
        """Put one person in place: created, updated or unchanged."""
        person, change = self._person(record.name, sells=True)
        wanted = {
            "email": record.email or person.email,
            "starts": record.start or person.starts,
            "ends": record.end or person.ends,
        }
        if change is UNCHANGED and any(getattr(person, name) != value for name, value in wanted.items()):
            change = UPDATED
        if change is not UNCHANGED:
            for name, value in wanted.items():
                setattr(person, name, value)
            person.save()
        return self._place(person, record, change)

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
        return known, UNCHANGED

    def _place(self, person: Person, record: PersonRecord, change: Change) -> Change:
        name = record.team or (f"Team {record.manager}" if record.manager else record.region)
        if not name:
            return change
        team = self._team(name, record.region if name != record.region else "")
        moved = self._belongs(person, team, leads=False)
        if record.manager:
            leader, _ = self._person(record.manager, sells=False)
            moved = self._belongs(leader, team, leads=True) or moved
        return UPDATED if moved and change is UNCHANGED else change

    def _team(self, name: str, region: str) -> Team:
        if name not in self.teams:
            self.teams[name] = Team.objects.create(name=name)
        team = self.teams[name]
        if region and (team.parent is None or team.parent.name != region):
            team.parent = self._team(region, "")
            team.save()
        return team

    def _belongs(self, person: Person, team: Team, *, leads: bool) -> bool:
        """Make the person belong to (or lead) the team from now on; true when that is new."""
        mine = Membership.objects.filter(person=person, leads=leads, ends=None)
        if mine.filter(team=team).exists():
            return False
        earlier = False
        if not leads:  # a person sells in one team at a time
            earlier = mine.exists()
            mine.filter(starts=self.day).delete()
            mine.update(ends=self.day)
        Membership.objects.create(person=person, team=team, leads=leads, starts=self.day if earlier else None)
        return True
