"""The people around a rep, whose figures are shown for groups only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from upswing.core.benchmarks import MINIMUM_PEOPLE
from upswing.core.calendar import Calendar
from upswing.core.measures import Measure
from upswing.core.metrics.metric import Metric
from upswing.core.targets import Shape, Target, target_of
from upswing.ledger.counting import Counts, Slot, pool
from upswing.people.viewer import Viewer
from upswing.queries.material import quotas
from upswing.queries.shaping import Tables, around
from upswing.queries.teams import Teams


@dataclass(slots=True)
class Peers:
    """Counts of other people, fetched when first needed, for group figures only."""

    viewer: Viewer
    slot: Slot
    teams: Teams
    measures: Collection[Measure]
    tables: Tables
    counts: dict[int, Counts] = field(default_factory=dict)
    targets: dict[int, Fraction | None] = field(default_factory=dict)
    _groups: dict[frozenset[int], dict[int, None]] = field(default_factory=dict)
    _around: dict[tuple[int, int], tuple[str, frozenset[int]]] = field(default_factory=dict)
    _sums: dict[frozenset[int], dict[str, int]] = field(default_factory=dict)

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
            enough = (each for each in groups if len(self._others(rep, each[1])) >= minimum)
            self._around[rep, minimum] = next(enough, ("", self.teams.sellers))
        return self._around[rep, minimum]

    def gather(self, reps: Collection[int], metric: Metric | None, calendar: Calendar) -> None:
        """Fetch at once what the groups around many reps are made of, and what was asked there in a metric."""
        near = set(reps)
        for rep in reps:
            groups = [self.teams.members(team) for team in self.teams.above(rep)]
            near |= next((group for group in groups if len(group) > MINIMUM_PEOPLE), self.teams.sellers)
        self._with_records(near)
        if metric:
            self.asked(sorted(near), metric, calendar)

    def everybody(self, rep: int) -> list[int]:
        """All other sellers who have any record."""
        return self._others(rep, self.teams.sellers)

    def of_role(self, rep: int) -> tuple[str, list[int]]:
        """The role of a rep, and the others in it who have any record; nobody where the rep has none."""
        role, others = self.teams.role_peers(rep)
        return role, self._with_records(others)

    def asked(self, reps: Collection[int], metric: Metric, calendar: Calendar) -> list[Fraction | None]:
        """What was asked of each in the period, None where nothing was; by the team's calendar and season."""
        if missing := [rep for rep in reps if rep not in self.targets]:
            found = quotas(missing, self.slot.period, metric.key)
            shape = Shape(self.tables.season_in(around(self.slot.period, found.values())))
            for rep in missing:
                told = found.get((rep, metric.key), ())
                aimed = target_of(metric, told, self.slot.period, calendar, shape=shape)
                self.targets[rep] = aimed.value if isinstance(aimed, Target) else None
        return [self.targets[rep] for rep in reps]

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
