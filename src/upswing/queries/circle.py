"""Whose deals a page is about: one rep, a team with the teams below it, or everybody the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upswing.core.benchmarks import MINIMUM_PEOPLE
from upswing.core.people import AccessRole
from upswing.people.models import Person, Team
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.once import once
from upswing.queries.scorecard import seen
from upswing.queries.team import TeamName, team_names
from upswing.queries.teams import Teams, sellers


@dataclass(frozen=True, slots=True)
class Circle:
    """The people, by name; `whole` where they are everybody of the organisation.

    `rep` or `team` say whose page it is; `teams` are those the viewer may choose from.
    """

    name: str
    rep: UUID | None
    team: UUID | None
    teams: tuple[TeamName, ...]
    people: tuple[Person, ...]
    whole: bool

    @property
    def ids(self) -> frozenset[int]:
        """Their internal ids."""
        return frozenset(person.id for person in self.people)


def may_read_of_all(viewer: Viewer) -> bool:
    """Whether figures of the whole organisation give nobody's away: enough sell, or the viewer sees everybody."""
    return viewer.sight.everyone or len(sellers()) >= MINIMUM_PEOPLE


@once
def circle(viewer: Viewer, at: date, rep: UUID | None = None, team: UUID | None = None) -> Circle:
    """Raises NotVisible where there is no such rep or team for this viewer."""
    if rep is not None:
        person = seen(viewer, rep)
        return Circle(person.name, rep, None, (), (person,), whole=False)
    if viewer.role is AccessRole.REP:
        raise NotVisible("There is no such team.")
    everybody = list(Person.objects.seen_by(viewer).filter(sells=True))
    teams = Teams.of([], at)
    teams.load_members()
    chosen = _team(team) if team else None
    inside = teams.members(chosen.id) if chosen else teams.sellers
    people = sorted((each for each in everybody if each.id in inside), key=lambda each: each.name.casefold())
    if chosen and not people:
        raise NotVisible("There is no such team.")
    return Circle(
        chosen.name if chosen else "", None, team, team_names(teams, {each.id for each in everybody}),
        tuple(people), whole=chosen is None and viewer.sight.everyone,
    )  # fmt: skip


def _team(team: UUID) -> Team:
    found = Team.objects.filter(uid=team).first()
    if found is None:
        raise NotVisible("There is no such team.")
    return found
