"""The rule for stalled deals, stage by stage: the limit on a day, the grace, and what a stalled deal counts for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from upswing.core.calendar import Calendar
from upswing.core.forecast.references import Ahead
from upswing.core.forecast.replay import UNTOLD, Flags, Ints
from upswing.core.forecast.stages import usual_policy
from upswing.core.forecast.stall import Limit
from upswing.core.forecast.stalling import LONGEST_GRACE, end_of_grace
from upswing.core.period import Period, PeriodKind
from upswing.core.pipelines import Policy
from upswing.people.viewer import Viewer
from upswing.queries.outlooks import Naming, Past, past
from upswing.queries.workdays import working_calendar

A_QUARTER = 91
"""Days within which it is looked how stalled deals turn out."""


@dataclass(frozen=True, slots=True)
class StageRule:
    """One stage: its limit, what its stalled deals count for, whether somebody chose that, grace in working days."""

    key: str
    name: str
    pipeline: str
    limit: Limit
    policy: Policy
    chosen: bool
    grace: int


@dataclass(frozen=True, slots=True)
class LimitShown:
    """A stage's rule, and of the deals whose people the viewer may see, how many stand there and how many over it."""

    rule: StageRule
    deals: int
    over: int


@dataclass(frozen=True, slots=True, eq=False)
class StallRules:
    """The rules of every stage in the order of the book's stages, the untold one last."""

    stages: tuple[StageRule, ...]

    @property
    def limits(self) -> Ints:
        """Days, by stage."""
        return np.array([each.limit.days for each in self.stages], np.int64)

    @property
    def spared(self) -> tuple[int, ...]:
        """Stages whose stalled deals count as before: nothing is proposed there."""
        last = len(self.stages) - 1
        return tuple(
            UNTOLD if code == last else code
            for code, each in enumerate(self.stages)
            if each.policy is Policy.NONE
        )


class Graces:
    """Last days of graces that begin in a span."""

    def __init__(self, first: date, last: date) -> None:
        span = Period(PeriodKind.CUSTOM, first, last + timedelta(days=LONGEST_GRACE + 1))
        self.calendar: Calendar = working_calendar(span)
        self._known: dict[tuple[date, int], date] = {}

    def end(self, day: date, grace: int) -> date:
        """The last day of a grace of so many working days after a day."""
        if (day, grace) not in self._known:
            self._known[day, grace] = end_of_grace(day, grace, self.calendar)
        return self._known[day, grace]

    def left(self, day: date, due: date) -> int:
        """Working days from a day to the last one, both counted."""
        days = (day + timedelta(days=number) for number in range((due - day).days + 1))
        return sum(self.calendar.length(each) > 0 for each in days)


def stall_rules(known: Past, at: date) -> StallRules:
    """The rules as they hold on a day."""
    learner, naming = known.forecaster.learner, known.naming
    limits = learner.limits(at.toordinal())
    usual = usual_policy(learner.rates(at.toordinal(), Ahead(0, A_QUARTER)).stalled_seen)
    graces, homes = _graces(naming), _homes(naming)
    return StallRules(
        tuple(
            StageRule(
                key, naming.names.get(key, key), homes.get(key, ""), limits[key],
                learner.rules.policies.get(key, usual), key in learner.rules.policies,
                graces.get(key, naming.pipelines[0].grace),
            )
            for key in learner.keys
        )
    )  # fmt: skip


def limits_shown(viewer: Viewer, at: date) -> tuple[LimitShown, ...]:
    """The rules of stages that hold open deals of anybody, or that a pipeline has, in order."""
    known = past(at)
    rules, standing = stall_rules(known, at), known.forecaster.learner.standing(at.toordinal())
    seen = _seen(viewer, known, standing.deal)
    over = known.forecaster.learner.stalled(at.toordinal())
    last, named = len(rules.stages) - 1, set(known.naming.keys)
    found = []
    for code, rule in enumerate(rules.stages):
        here = standing.stage == (UNTOLD if code == last else code)
        if here.any() or rule.key in named:
            found.append(LimitShown(rule, int((here & seen).sum()), int((here & seen & over).sum())))
    return tuple(found)


def _seen(viewer: Viewer, known: Past, places: Ints) -> Flags:
    """Which of these deals somebody has a part in whom the viewer may see."""
    having: Sequence[tuple[tuple[int, int], ...]] = [known.order[place].credit for place in places.tolist()]
    return np.array(
        [viewer.sight.everyone or any(viewer.sight.may_see(person) for person, _ in credit) for credit in having],
        bool,
    )  # fmt: skip


def _graces(naming: Naming) -> dict[str, int]:
    return {
        naming.key(place, stage.key): each.grace
        for place, each in enumerate(naming.pipelines)
        for stage in each.stages
    }


def _homes(naming: Naming) -> dict[str, str]:
    """Key → name of the pipeline, where there is more than one."""
    several = len(naming.pipelines) > 1
    return {
        naming.key(place, stage.key): each.name if several else ""
        for place, each in enumerate(naming.pipelines)
        for stage in each.stages
    }
