"""The people around a rep, whose figures are shown for groups only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from upswing.core.benchmarks import MINIMUM_PEOPLE
from upswing.core.measures import Measure
from upswing.core.metrics.metric import Metric
from upswing.core.targets import NoTarget, Spreading, Target, target_of
from upswing.ledger.counting import Counts, Slot, pool
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.shaping import Asked, asked_of
from upswing.queries.teams import Teams


@dataclass(slots=True)
class Peers:
    """Counts of other people and what is asked of them, fetched when first needed, for group figures only.

    `anybody` works on the organisation's days, by its season.
    """

    viewer: Viewer
    slot: Slot
    teams: Teams
    measures: Collection[Measure]
    told: Asked
    anybody: Spreading
    counts: dict[int, Counts] = field(default_factory=dict)
    _targets: dict[tuple[str, int], Target | NoTarget] = field(default_factory=dict)
    _groups: dict[frozenset[int], dict[int, None]] = field(default_factory=dict)
    _around: dict[tuple[int, int], tuple[str, frozenset[int]]] = field(default_factory=dict)
    _sums: dict[frozenset[int], dict[str, int]] = field(default_factory=dict)

    def counting(self, measures: Collection[Measure]) -> Peers:
        """The same people, of whom only these are counted."""
        return Peers(self.viewer, self.slot, self.teams, measures, self.told, self.anybody)

    def around(self, rep: int, minimum: int) -> tuple[str, list[int]]:
        """The smallest group around a rep with enough other people who have any record: its name, those people.

        Team, then the teams above it, then the organisation (named "").
        """
        name, group = self._nearest(rep, minimum)
        return name, self._others(rep, group)

    def pooled(self, rep: int, minimum: int, measures: Sequence[Measure]) -> dict[str, int]:
        """What these people have of some measures, added up; the same measures whenever it is asked."""
        _, group = self._nearest(rep, minimum)
        members = self._members(group)
        if group not in self._sums:
            self._sums[group] = {
                each.key: sum(self.counts[member][each.key] for member in members) for each in measures
            }
        mine = self.counts[rep] if rep in members else {}
        return {key: total - mine.get(key, 0) for key, total in self._sums[group].items()}

    def _nearest(self, rep: int, minimum: int) -> tuple[str, frozenset[int]]:
        """The group, with the rep in it or not."""
        if (rep, minimum) not in self._around:
            groups = ((self.teams.name(team), self.teams.members(team)) for team in self.teams.above(rep))
            enough = (each for each in groups if self._count_of_others(rep, each[1]) >= minimum)
            self._around[rep, minimum] = next(enough, ("", self.teams.sellers))
        return self._around[rep, minimum]

    def gather(self, reps: Collection[int]) -> None:
        """Fetch at once what the groups around many reps are made of."""
        self._with_records(near(reps, self.teams))

    def everybody(self, rep: int) -> list[int]:
        """All other sellers who have any record."""
        return self._others(rep, self.teams.sellers)

    def of_role(self, rep: int) -> tuple[str, list[int]]:
        """The role of a rep, and the others in it who have any record; nobody where the rep has none."""
        role, others = self.teams.role_peers(rep)
        return role, self._with_records(others)

    def asked(self, reps: Collection[int], metric: Metric) -> list[Fraction | None]:
        """What quotas ask of each in the period, None where nothing is; on the days and by the season of everybody.

        By their own targets a group's share of quota would tell who is away, or was asked for less.
        """
        self.learn(reps)
        found = (
            target_of(metric, self.told.quotas.get((rep, metric.key), ()), self.slot.period, self.anybody)
            for rep in reps
        )
        return [one.value if isinstance(one, Target) else None for one in found]

    def target(self, metric: Metric, rep: int) -> Target | NoTarget:
        """The target of one of the people that were learnt of, as on their own card; never shown."""
        if (metric.key, rep) not in self._targets:
            self._targets[metric.key, rep] = self.told.target(metric, rep, self.slot.period)
        return self._targets[metric.key, rep]

    def learn(self, reps: Collection[int]) -> None:
        """Fetch what is asked of those of whom it is not known."""
        if missing := [rep for rep in reps if rep not in self.told.calendars]:
            self.told = self.told.beside(asked_of(people_of(missing), self.slot.period))

    def _count_of_others(self, rep: int, group: frozenset[int]) -> int:
        members = self._members(group)
        return len(members) - (rep in members)

    def _others(self, rep: int, group: frozenset[int]) -> list[int]:
        return [member for member in self._members(group) if member != rep]

    def _members(self, group: frozenset[int]) -> dict[int, None]:
        """Those of a group who have any record, in order; looked for once."""
        if group not in self._groups:
            self._groups[group] = dict.fromkeys(self._with_records(group))
        return self._groups[group]

    def _with_records(self, reps: Collection[int]) -> list[int]:
        seen = [rep for rep in sorted(reps) if self.viewer.sight.may_pool(rep)]
        if missing := [rep for rep in seen if rep not in self.counts]:
            self.counts |= pool(self.viewer.sight, missing, self.slot, self.measures)
        return [rep for rep in seen if any(self.counts[rep].values())]


def near(reps: Collection[int], teams: Teams) -> set[int]:
    """These reps, and everybody in the smallest group around each that may be large enough to be shown."""
    found = set(reps)
    for rep in reps:
        groups = (teams.members(team) for team in teams.above(rep))
        found |= next((group for group in groups if len(group) > MINIMUM_PEOPLE), teams.sellers)
    return found


def people_of(reps: Collection[int]) -> list[Person]:
    """Others of a group, in order."""
    people = Person.objects.unscoped("pooled, never shown one by one").filter(id__in=reps)
    return list(people.order_by("id"))
