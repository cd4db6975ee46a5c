"""Rankings that a team decided for: who is clearly ahead, and the reader's own row. Off until switched on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Kind, Metric, Plain, Timing, Unit, is_rate
from upswing.core.people import AccessRole
from upswing.core.period import Period
from upswing.core.ranks import Basis, Told, told
from upswing.goals.rankings import TeamRanking
from upswing.people.models import Person, Team
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.formulas import known, offered
from upswing.queries.placing import placed
from upswing.queries.teams import Teams

EFFORT = frozenset({Kind.ACTIVITY, Kind.VOLUME, Kind.CONVERSION})
"""What a rep does and steers. Sign-ins, and what tells of the quality of records, are never ranked."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A ranking somebody switched on: of what, since when, why; and who ended it when."""

    metric: Metric
    basis: Basis
    reason: str
    since: date
    by: str
    ender: str
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Rankings:
    """What a team decided; `on` first, then what has ended. Offered is what could be switched on, by whoever `may`."""

    team: UUID
    name: str
    may: bool
    on: tuple[Decided, ...]
    ended: tuple[Decided, ...]
    offered: tuple[tuple[Basis, tuple[Metric, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """One ranking as its reader may know it: names in alphabetical order; `in_team` for whom there is an own row.

    `early` is a period that was over when it was switched on: nobody could know, so nobody is ranked.
    """

    team: UUID
    name: str
    decided: Decided
    period: Period
    at: date
    told: Told
    ahead: tuple[str, ...]
    in_team: bool
    early: bool
    may: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A team, its sellers today, and what the viewer is to it."""

    team: Team
    members: frozenset[int]
    own: int | None
    may: bool


def rankings(viewer: Viewer, team: UUID) -> Rankings:
    """What the team decided. Raises NotVisible for those who are not of it, and for its reps while nothing is on."""
    seat = seat_of(viewer, team)
    found = list(_decided(TeamRanking.objects.filter(team=seat.team).order_by("-starts", "-id"), viewer.at))
    on = tuple(each for each in found if each.ended is None)
    if not (on or seat.may or viewer.role is AccessRole.MANAGER):
        raise NotVisible("There is no such ranking.")
    taken = {each.metric.key for each in on}
    choices = tuple(
        (basis, tuple(each for each in rankable(basis, viewer.at).values() if each.key not in taken))
        for basis in Basis
    )
    return Rankings(
        seat.team.uid, seat.team.name, seat.may, on, tuple(each for each in found if each.ended) if seat.may else (),
        choices if seat.may else (),
    )  # fmt: skip


def ranking(viewer: Viewer, team: UUID, key: str, period: Period, at: date) -> Ranking:
    """One ranking of a period. Raises NotVisible where it is off or hidden; periods before it are not ranked."""
    seat = seat_of(viewer, team)
    rows = TeamRanking.objects.filter(team=seat.team, metric=key, ended=None)
    decided = next(_decided(rows, viewer.at), None)
    if decided is None:
        raise NotVisible("There is no such ranking.")
    teams = Teams.of([], min(period.last, at))
    people = _people(viewer, teams.members(seat.team.id))
    early = min(period.last, at) < decided.since
    groups = (
        () if early else placed(viewer, people, decided.metric, decided.basis, period, at, f"{seat.team.uid}")
    )
    found = told(groups, str(seat.own or ""))
    names = {str(person.id): person.name for person in people}
    ahead = tuple(sorted((names[rep] for rep in found.ahead), key=str.casefold))
    in_team = seat.own is not None and str(seat.own) in names
    return Ranking(seat.team.uid, seat.team.name, decided, period, at, found, ahead, in_team, early, seat.may)


def open_to(viewer: Viewer) -> tuple[Rankings, ...]:
    """The rankings that are on of the teams the viewer belongs to; nothing is on by default."""
    own = _own(viewer) if TeamRanking.objects.filter(ended=None).exists() else None
    if own is None:
        return ()
    teams = Teams.of([own], viewer.at)
    rows = Team.objects.filter(id__in=teams.above(own), rankings__ended=None, rankings__isnull=False)
    return tuple(rankings(viewer, team.uid) for team in rows.distinct().order_by("name"))


def rankable(basis: Basis, on: date) -> Mapping[str, Metric]:
    """What may be ranked, by key: effort, or improvement on one's own past; never money, quota or sign-ins."""
    metrics = {metric.key: metric for metric in (*CATALOGUE.values(), *offered(on))}
    return {key: metric for key, metric in metrics.items() if _may_be_ranked(metric, basis)}


def seat_of(viewer: Viewer, team: UUID) -> Seat:
    """The team and the viewer's place in it. Raises NotVisible for everybody who is neither of it nor above it.

    Whoever leads all of it decides, and revenue operations.
    """
    found = Team.objects.filter(uid=team).first()
    if found is None:
        raise NotVisible("There is no such team.")
    members = Teams.of([], viewer.at).members(found.id)
    seen = members if viewer.sight.everyone else members & viewer.sight.individuals
    if not (viewer.operates or seen):
        raise NotVisible("There is no such team.")
    own = _own(viewer)
    leads = viewer.role is AccessRole.MANAGER and bool(members) and members - {own} <= seen - {own}
    return Seat(found, members, own, viewer.operates or leads)


def _own(viewer: Viewer) -> int | None:
    """The viewer's own person, where they sell."""
    if viewer.person_id is None or not viewer.sells:
        return None
    people = Person.objects.seen_by(viewer).filter(uid=viewer.person_id)
    return people.values_list("id", flat=True).first()


def _people(viewer: Viewer, members: frozenset[int]) -> list[Person]:
    """The sellers of the team who may count in a group figure, in a settled order."""
    everybody = Person.objects.unscoped("pooled; who is clearly ahead is named, because the team decided so")
    rows = everybody.filter(id__in=[rep for rep in members if viewer.sight.may_pool(rep)])
    return list(rows.order_by("id"))


def _decided(rows: Iterable[TeamRanking], on: date) -> Iterator[Decided]:
    """Those whose metric there still is."""
    rows = list(rows)
    metrics = known({row.metric for row in rows}, on)
    for row in rows:
        if row.metric in metrics:
            yield Decided(
                metrics[row.metric], Basis(row.basis), row.reason, row.starts, row.by, row.ender, row.ended
            )


def _may_be_ranked(metric: Metric, basis: Basis) -> bool:
    """Counts and rates of effort, of which it is known how much luck is in them."""
    counted = isinstance(metric.value, Plain) and metric.unit is Unit.COUNT and metric.evidence is not None
    steered = basis is Basis.IMPROVEMENT or metric.timing is Timing.LEADING
    return metric.judged and metric.kind in EFFORT and steered and (counted or is_rate(metric))
