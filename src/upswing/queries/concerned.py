"""Whom a standard concerns on a day: its audience, by their memberships, and whoever leads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property

from django.db.models import Q

from upswing.core.rubrics import Audience
from upswing.people.models import Membership, Person
from upswing.people.viewer import Viewer
from upswing.queries.once import once
from upswing.queries.teams import OneTeam, chain, every_team, leading, on


@once
def own_id(viewer: Viewer) -> int | None:
    """The viewer's own internal id; None for whoever is nobody's person."""
    if viewer.person_id is None:
        return None
    people = Person.objects.unscoped("one's own person").filter(uid=viewer.person_id)
    return people.values_list("id", flat=True).first()


class Concerned:
    """The memberships of a day, each read once, when first asked for. People are internal ids.

    With `only`, whom else it concerns may be left out: a card asks for one person, not for a thousand.
    """

    def __init__(self, day: date, only: Collection[int] = ()) -> None:
        self.day, self._only = day, frozenset(only)
        self._found: dict[Audience, frozenset[int]] = {}

    def by(self, audience: Audience) -> frozenset[int]:
        """Whom it concerns. Everybody is also whoever sells without a team."""
        if audience not in self._found:
            meant = {
                (person, team)
                for person, team, role, level in self._places
                if audience.concerns(role, level, self._uids_above(team))
            }
            leaders = {leader for _, team in meant for leader in self._leaders_of(team)}
            people = {person for person, _ in meant} | leaders
            if audience.everybody:
                people |= self._sellers
            self._found[audience] = frozenset(people & self._people.keys())
        return self._found[audience]

    def managers(self, person: int | None) -> frozenset[int]:
        """Whoever leads the person's team, or one above it."""
        teams = {team for member, team, _, _ in self._places if member == person}
        return frozenset(leader for team in teams for leader in self._leaders_of(team)) - {person}

    def name(self, person: int) -> str:
        """A person's name; empty for whoever is not there on the day."""
        return self._people.get(person, "")

    def teams(self) -> dict[str, str]:
        """Id → name of every team, by name."""
        return {str(team.uid): team.name for team in sorted(self._teams.values(), key=lambda team: team.name)}

    def words(self, field: str) -> tuple[str, ...]:
        """The roles, or the levels, that memberships of the day hold, each once."""
        place = {"roles": 2, "levels": 3}[field]
        return tuple(sorted({str(each[place]) for each in self._places} - {""}, key=str.casefold))

    def _leaders_of(self, team: int) -> Iterator[int]:
        return (leader for above in chain(team, self._teams) for leader in self._leads.get(above, ()))

    def _uids_above(self, team: int) -> list[str]:
        return [str(self._teams[above].uid) for above in chain(team, self._teams)]

    @cached_property
    def _places(self) -> list[tuple[int, int, str, str]]:
        """Person, team, role, level of every membership of the day."""
        held = Membership.objects.filter(on(self.day))
        leaders = frozenset().union(*self._leads.values())
        if self._only and not self._only & leaders:  # who leads is concerned by what concerns their people
            held = held.filter(person__in=self._only)
        return list(held.values_list("person_id", "team_id", "role", "level"))

    @cached_property
    def _leads(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for team, person, _ in leading(self.day):
            found[team].add(person)
        return found

    @cached_property
    def _teams(self) -> Mapping[int, OneTeam]:
        return every_team()

    @cached_property
    def _people(self) -> dict[int, str]:
        """Who is there on the day, with their names."""
        return {person: name for person, name, _ in self._here}

    @cached_property
    def _sellers(self) -> set[int]:
        return {person for person, _, sells in self._here if sells}

    @cached_property
    def _here(self) -> list[tuple[int, str, bool]]:
        here = (Q(starts=None) | Q(starts__lte=self.day)) & (Q(ends=None) | Q(ends__gt=self.day))
        people = Person.objects.unscoped("whom a standard concerns; names are shown by sight").filter(here)
        if self._only:
            people = people.filter(id__in=self._only)
        return list(people.values_list("id", "name", "sells"))
