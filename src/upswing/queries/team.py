"""The team board: every rep the viewer may see, one small card each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from uuid import UUID

from upswing.connectors.files.nearest import nearest
from upswing.core.money import Money
from upswing.core.people import AccessRole
from upswing.core.period import Period
from upswing.core.scorecard import Line, Scorecard
from upswing.people.models import Person, Team
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.cards import made
from upswing.queries.judging import standing
from upswing.queries.loading import Loaded, load
from upswing.queries.teams import Teams
from upswing.queries.workdays import working_calendar


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team the viewer may look at."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Board:
    """Cards by name, never by shortfall: all, or a page of them. `quiet` names those without a single record.

    `people` belong to it in all, the cards begin with the one at place `first`. `standing` are the lines of quota
    attainment of everybody who has a target; `attained` of `judged` are at or above quota (share of pace inside a
    running period).
    """

    name: str
    team: UUID | None
    teams: tuple[TeamName, ...]
    period: Period
    at: date
    working_days: int
    working_days_gone: int
    cards: tuple[Scorecard, ...]
    quiet: tuple[str, ...]
    people: int
    first: int
    standing: tuple[Line, ...]

    @property
    def judged(self) -> int:
        """How many have a target."""
        return len(self.standing)

    @property
    def attained(self) -> int:
        """How many of them are at or above it."""
        return sum(1 for line in self.standing if line.attainment is not None and line.attainment >= 1)


PAGE = 60
"""People a page of a board; a board of as many or fewer has one."""


def team(
    viewer: Viewer,
    period: Period,
    at: date,
    team: UUID | None = None,
    *,
    history: bool = False,
    page: int | None = None,
) -> Board:
    """The board of a team (with the teams below it), or of everybody the viewer may see; cards with `history` or not.

    With a `page` (from 1; beyond the last the last) only PAGE of the cards. Raises NotVisible when there is no such
    team for this viewer, or nobody on it whom they may see.
    """
    if viewer.role is AccessRole.REP:
        raise NotVisible("There is no such team.")  # a rep's own page is the scorecard
    chosen = _chosen(team)
    close = min(period.last, at)
    everybody = Person.objects.seen_by(viewer).filter(sells=True)
    teams = Teams.of([], close)
    teams.load_members()
    inside = teams.members(chosen.id) if chosen else teams.sellers
    people = sorted((person for person in everybody if person.id in inside), key=lambda p: p.name.casefold())
    if not people and chosen:
        raise NotVisible("There is no such team.")
    first = 0 if page is None else PAGE * max(0, min(page, ceil(len(people) / PAGE)) - 1)
    shown = people if page is None else people[first : first + PAGE]
    loaded = load(viewer, shown, period, at, history=history) if shown else None
    found = made(loaded) if loaded else []
    calendar = working_calendar(period)
    return Board(
        name=chosen.name if chosen else "All teams",
        team=chosen.uid if chosen else None,
        teams=team_names(teams, {person.id for person in everybody}),
        period=period,
        at=at,
        working_days=int(calendar.working_days(period)),
        working_days_gone=int(calendar.working_days(period.until(at))),
        cards=tuple(found),
        quiet=tuple(card.rep for card in found if not any(line.n or _amount(line) for line in card.lines)),
        people=len(people),
        first=first,
        standing=tuple(_standing(people, found, loaded)) if loaded else (),
    )


def _standing(people: Sequence[Person], found: Sequence[Scorecard], loaded: Loaded) -> Iterator[Line]:
    """Quota attainment of everybody: from their cards, and of those whose card does not tell it that line alone."""
    of_cards = {card.rep_id: line for card in found if (line := card.of_quota)}
    told = {person.id: of_cards[person.uid] for person in people if person.uid in of_cards}
    if rest := [person.id for person in people if person.id not in told]:
        told |= standing(rest, loaded)
    return (told[person.id] for person in people if person.id in told)


def team_called(viewer: Viewer, name: str) -> UUID:
    """The team of that name; raises NotVisible with the nearest one."""
    names = dict(Team.objects.values_list("name", "uid"))
    known = {one.casefold(): uid for one, uid in names.items()}
    if name.casefold() in known:
        return known[name.casefold()]
    raise NotVisible(f"No team is called “{name}”. {nearest(name, names)}".strip())


def _chosen(team: UUID | None) -> Team | None:
    if team is None:
        return None
    found = Team.objects.filter(uid=team).first()
    if found is None:
        raise NotVisible("There is no such team.")
    return found


def team_names(teams: Teams, seen: set[int]) -> tuple[TeamName, ...]:
    """The teams with at least one member the viewer may see, by name."""
    named = sorted((team.name, team.uid) for key, team in teams.teams.items() if teams.members(key) & seen)
    return tuple(TeamName(uid, name) for name, uid in named)


def _amount(line: Line) -> bool:
    value = line.actual
    return bool(value.minor if isinstance(value, Money) else value)
