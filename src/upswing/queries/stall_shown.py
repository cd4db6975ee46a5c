"""Cases of stalled deals as they are shown: how the deal stands now, who may do what, what was said so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

import numpy as np

from upswing.book.models import Credit
from upswing.core.forecast.cases import Ended, Kind
from upswing.core.forecast.stall import Rule
from upswing.core.money import Money
from upswing.goals.stalls import StallCase, StallStep
from upswing.people.viewer import Viewer
from upswing.queries.hands import Hands, hands
from upswing.queries.organisation import local, organisation
from upswing.queries.outlooks import Past, past
from upswing.queries.stall_rules import Graces, StageRule, stall_rules
from upswing.queries.stall_waits import re_entries


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of a case; `by` is empty where nobody did it."""

    kind: Kind
    at: datetime
    by: str
    day: date | None
    words: str


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case. `age`, `limit` and `rule` are those of the proposal, `now` the stage's rule today, `days` the age now.

    `stands` says whether the deal is still in that stay; `left` are the working days of grace from today on.
    `amount` is the whole deal's. `re_entries` counts how often the deal came back.
    """

    id: UUID
    deal_id: UUID
    deal: str
    account: str
    reps: tuple[str, ...]
    stage: str
    since: date
    days: int
    age: int
    limit: int
    rule: Rule
    now: StageRule | None
    amount: Money
    proposed: datetime
    due: date
    left: int
    outcome: Ended | None
    rests: date | None
    stands: bool
    steps: tuple[StepShown, ...]
    hands: Hands
    re_entries: int


@dataclass(frozen=True, slots=True, eq=False)
class Now:
    """How deals stand on a day: their stay, age in it, and amount; nothing of those that are not open."""

    known: Past
    at: date

    def of(self, deals: Iterable[int]) -> dict[int, tuple[str, date, int, int]]:
        """Deal → stage, day it entered it, days since, amount in minor units."""
        learner = self.known.forecaster.learner
        standing = learner.standing(self.at.toordinal())
        ids = learner.book.ids[standing.deal]
        wanted = np.unique(np.fromiter(deals, np.int64))
        places = np.searchsorted(ids, wanted)
        there = np.isin(wanted, ids)
        return {
            int(ids[place]): (
                learner.keys[int(standing.stage[place])],
                date.fromordinal(self.at.toordinal() - int(standing.stage_age[place])),
                int(standing.stage_age[place]), int(standing.amount[place]),
            )
            for place in places[there].tolist()
        }  # fmt: skip


class Looking:
    """What the cases of one page are shown with."""

    def __init__(self, viewer: Viewer, at: date) -> None:
        self.viewer, self.at, self.known = viewer, at, past(at)
        self.now = Now(self.known, at)
        self.currency = organisation().currency

    @cached_property
    def rules(self) -> Mapping[str, StageRule]:
        """By stage."""
        return {each.key: each for each in stall_rules(self.known, self.at).stages}

    def shown(self, rows: Sequence[StallCase]) -> tuple[CaseShown, ...]:
        """The cases, in that order."""
        deals = [row.deal_id for row in rows]
        standing, having, back = self.now.of(deals), _credits(deals), re_entries()
        first = min([self.at, *(row.due for row in rows)])
        graces = Graces(first, max([self.at, *(row.due for row in rows)]))
        return tuple(
            self._one(row, standing.get(row.deal_id), having[row.deal_id], back, graces) for row in rows
        )

    def _one(
        self,
        row: StallCase,
        now: tuple[str, date, int, int] | None,
        having: Sequence[Credit],
        back: Mapping[int, int],
        graces: Graces,
    ) -> CaseShown:
        rule = self.rules.get(row.stage)
        stands = now is not None and now[1] == row.since
        return CaseShown(
            row.uid, row.deal.uid, row.deal.name, row.deal.account.name if row.deal.account else "",
            tuple(each.person.name for each in having), rule.name if rule else row.stage, row.since,
            (self.at - row.since).days, row.age, row.limit, Rule(row.rule), rule,
            Money(now[3] if now else 0, self.currency), local(row.proposed), row.due, graces.left(self.at, row.due),
            Ended(row.outcome) if row.outcome else None, row.rests, stands, tuple(map(step_shown, row.steps.all())),
            hands(self.viewer, having), back.get(row.deal_id, 0),
        )  # fmt: skip


def _credits(deals: Sequence[int]) -> Mapping[int, list[Credit]]:
    found: dict[int, list[Credit]] = {deal: [] for deal in deals}
    for row in Credit.objects.filter(deal__in=deals).select_related("person").order_by("person__name"):
        found[row.deal_id].append(row)
    return found


def step_shown(row: StallStep) -> StepShown:
    """A step as it is shown."""
    return StepShown(Kind(row.kind), local(row.at), row.by, row.day, row.words)
