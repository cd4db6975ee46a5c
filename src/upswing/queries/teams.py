"""The reporting line on a day: teams, who belongs where, who leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from upswing.people.models import Membership, Person, Team
from upswing.queries.once import once


class OneTeam(NamedTuple):
    """A team by its ids and name; `parent_id` is the one above it."""

    id: int
    uid: UUID
    name: str
    parent_id: int | None


@dataclass(slots=True)
class Teams:
    """Teams and memberships as they hold on a day, each read once, when first asked for."""

    day: date
    teams: Mapping[int, OneTeam]
    belongs: Mapping[int, int]
    leaders: Mapping[int, str]
    _whole: bool = False
    _sellers: frozenset[int] | None = None
    _members: dict[int, frozenset[int]] = field(default_factory=dict)
    _role_peers: dict[int, tuple[str, frozenset[int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, reps: Iterable[int], day: date) -> Teams:
        """The teams around these reps."""
        belongs = Membership.objects.filter(on(day), leads=False, person__in=list(reps)).order_by("id")
        return cls(
            day,
            every_team(),
            dict(belongs.values_list("person_id", "team_id")),
            {team: name for team, _, name in leading(day)},
        )

    def load_members(self) -> None:
        """Read every membership at once: a board asks for many teams."""
        if self._whole:
            return
        found: dict[int, set[int]] = defaultdict(set)
        held = Membership.objects.filter(on(self.day), leads=False).order_by("id")
        belongs = list(held.values_list("person_id", "team_id"))
        self.belongs, self._whole = dict(belongs), True
        for person, team in belongs:
            for above in chain(team, self.teams):
                found[above].add(person)
        self._members = {team: frozenset(found[team]) & self.sellers for team in self.teams}

    def above(self, rep: int) -> tuple[int, ...]:
        """The rep's team, the one above it, and so on; empty without a team."""
        return chain(self.belongs[rep], self.teams) if rep in self.belongs else ()

    def name(self, team: int) -> str:
        """A team's name."""
        return self.teams[team].name

    def team_of(self, rep: int) -> str | None:
        """The name of the rep's team."""
        return self.name(self.belongs[rep]) if rep in self.belongs else None

    def manager_of(self, rep: int) -> str | None:
        """Who leads the rep's team, or the nearest one above it that is led."""
        return next((self.leaders[team] for team in self.above(rep) if team in self.leaders), None)

    def members(self, team: int) -> frozenset[int]:
        """The sellers of a team and of the teams below it."""
        if team not in self._members:
            below = [other for other in self.teams if team in chain(other, self.teams)]
            belongs = Membership.objects.filter(on(self.day), team__in=below, leads=False, person__sells=True)
            self._members[team] = frozenset(belongs.values_list("person_id", flat=True))
        return self._members[team]

    def role_peers(self, rep: int) -> tuple[str, frozenset[int]]:
        """The role of a rep, and the other sellers in it on that day; “” and nobody without a role."""
        if rep not in self._role_peers:
            holding = Membership.objects.filter(on(self.day), leads=False).exclude(role="")
            role = holding.filter(person=rep).order_by("id").values_list("role", flat=True).first() or ""
            same = (
                holding.filter(role=role, person__sells=True).exclude(person=rep) if role else holding.none()
            )
            self._role_peers[rep] = role, frozenset(same.values_list("person_id", flat=True))
        return self._role_peers[rep]

    @property
    def sellers(self) -> frozenset[int]:
        """Everybody who sells."""
        if self._sellers is None:
            self._sellers = sellers()
        return self._sellers


@once
def every_team() -> Mapping[int, OneTeam]:
    """All teams by their internal ids."""
    rows = Team.objects.values_list("id", "uid", "name", "parent_id")
    return {row[0]: OneTeam(*row) for row in rows}


@once
def sellers() -> frozenset[int]:
    """Everybody who sells, by internal ids."""
    people = Person.objects.unscoped("pooled, never shown one by one").filter(sells=True)
    return frozenset(people.values_list("id", flat=True))


@once
def leading(day: date) -> Sequence[tuple[int, int, str]]:
    """Team, person and name of whoever leads on a day; of one team's, the first by name comes last."""
    leads = Membership.objects.filter(on(day), leads=True).order_by("-person__name")
    return list(leads.values_list("team_id", "person_id", "person__name"))


def chain(team: int | None, teams: Mapping[int, OneTeam]) -> tuple[int, ...]:
    """A team, the one above it, and so on, each once; empty without a team."""
    found: list[int] = []
    while team is not None and team not in found:
        found.append(team)
        team = teams[team].parent_id
    return tuple(found)


def with_parts(teams: Iterable[int]) -> set[int]:
    """These teams and all teams below them."""
    wanted, known = set(teams), every_team()
    return wanted | {team for team in known if not wanted.isdisjoint(chain(team, known))}


def members(teams: Iterable[int], day: date) -> set[int]:
    """Who belongs to the teams on a day."""
    belong = Membership.objects.filter(on(day), team__in=list(teams), leads=False)
    return set(belong.values_list("person_id", flat=True))


def on(day: date) -> Q:
    """Memberships that hold on a day."""
    return (Q(starts=None) | Q(starts__lte=day)) & (Q(ends=None) | Q(ends__gt=day))
