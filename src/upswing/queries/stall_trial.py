"""What a rule for stalled deals would have done in the last quarter, as it is or as somebody tries it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import fsum
from uuid import UUID

import numpy as np

from upswing.book.models import Credit, Deal
from upswing.core.forecast.references import Ahead
from upswing.core.forecast.replay import UNTOLD, Ints
from upswing.core.forecast.stages import weight_under
from upswing.core.forecast.stalling import Moved, would_have
from upswing.core.money import Money
from upswing.core.people import AccessRole
from upswing.core.period import Period, quarter_of
from upswing.core.pipelines import Policy
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.organisation import organisation
from upswing.queries.outlooks import Past, past
from upswing.queries.stall_rules import A_QUARTER, Graces, StageRule, StallRules, stall_rules

NAMED = 12
"""So many of the deals that were won all the same are named."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What is tried for one stage instead of its rule; None leaves it as it is."""

    stage: str
    days: int | None = None
    policy: Policy | None = None
    grace: int | None = None


@dataclass(frozen=True, slots=True)
class Won:
    """A deal that would have been set aside, and was won after that."""

    id: UUID
    name: str
    reps: tuple[str, ...]
    stage: str
    day: date
    won: Money


@dataclass(frozen=True, slots=True)
class Trial:
    """The deals that the rule would have set aside in a period, once or more, and what of them was won after that.

    `first` are those it found on the first day. `before` is what they counted for together on the day they would have
    been set aside, `after` what the rule would have left of it.
    """

    period: Period
    moved: int
    first: int
    value: Money
    before: Money
    after: Money
    won: int
    won_value: Money
    names: tuple[Won, ...]


def trial(viewer: Viewer, at: date, tried: Tried | None = None) -> Trial:
    """The rule on the last quarter, of the deals whose people the viewer may see. Raises NotVisible for reps."""
    if not (viewer.operates or viewer.role is AccessRole.MANAGER):
        raise NotVisible("There is no such page for you.")
    known, period = past(at), quarter_of(at, organisation().fiscal_start).previous()
    rules = _tried(stall_rules(known, at), tried)
    found = [each for each in _once(_moved(known, rules, period, at, tried)) if _mine(viewer, known, each)]
    before, after = _counted(known, rules, period, found)
    won = [each for each in found if each.won is not None]
    currency = organisation().currency
    return Trial(
        period, len(found), sum(each.first for each in found), Money(sum(each.amount for each in found), currency),
        Money(before, currency), Money(after, currency), len(won),
        Money(sum(each.won or 0 for each in won), currency), _named(won[:NAMED], rules, currency),
    )  # fmt: skip


def _tried(rules: StallRules, tried: Tried | None) -> StallRules:
    """The rules with what is tried of one stage in its place."""
    if tried is None:
        return rules
    return StallRules(
        tuple(_other(each, tried) if each.key == tried.stage else each for each in rules.stages)
    )


def _other(rule: StageRule, tried: Tried) -> StageRule:
    return replace(
        rule,
        policy=tried.policy or rule.policy,
        grace=rule.grace if tried.grace is None else tried.grace,
    )


def _moved(
    known: Past, rules: StallRules, period: Period, at: date, tried: Tried | None
) -> tuple[Moved, ...]:  # fmt: skip
    learner, graces = known.forecaster.learner, Graces(period.start, period.last)
    own = {
        code: tried.days
        for code, each in enumerate(rules.stages)
        if tried and tried.days and each.key == tried.stage
    }

    def limits(day: int) -> Ints:
        found = learner.limits(day)
        return np.array([own.get(code) or found[key].days for code, key in enumerate(learner.keys)], np.int64)

    def due(day: int, stages: Ints) -> Ints:
        began = date.fromordinal(day)
        ends = [graces.end(began, each.grace).toordinal() for each in rules.stages]
        return np.array(ends, np.int64)[stages]

    days = range(period.start.toordinal(), period.last.toordinal() + 1)
    return would_have(learner.book, days, limits, due, rules.spared, at.toordinal())


def _once(moved: tuple[Moved, ...]) -> list[Moved]:
    """Each deal once, however often it would have been set aside: the first time."""
    found: dict[int, Moved] = {}
    for each in moved:
        found.setdefault(each.deal, each)
    return list(found.values())


def _mine(viewer: Viewer, known: Past, moved: Moved) -> bool:
    place = int(np.searchsorted(known.forecaster.learner.book.ids, moved.deal))
    credit = known.order[place].credit
    return viewer.sight.everyone or any(viewer.sight.may_see(person) for person, _ in credit)


def _counted(known: Past, rules: StallRules, period: Period, found: list[Moved]) -> tuple[int, int]:
    """What they counted for by the weight of their stage, and what the rule would have left, in minor units.

    How stalled deals turn out is measured before the period began.
    """
    learner = known.forecaster.learner
    measured = learner.rates(period.start.toordinal() - 1, Ahead(0, A_QUARTER)).measured
    before, after = [], []
    for each in found:
        told = learner.weights(each.day)
        weights = [(key, told[key]) for key in learner.keys]
        rule = rules.stages[each.stage if each.stage != UNTOLD else -1]
        before.append(float(each.amount * told[rule.key]))
        after.append(float(each.amount * weight_under(rule.policy, weights, rule.key, True, measured)))
    return round(fsum(before)), round(fsum(after))


def _named(won: list[Moved], rules: StallRules, currency: str) -> tuple[Won, ...]:
    ids = [each.deal for each in won]
    rows = Deal.objects.unscoped("of those the viewer may see").filter(pk__in=ids)
    named = {pk: (uid, name) for pk, uid, name in rows.values_list("pk", "uid", "name")}
    reps: dict[int, list[str]] = {deal: [] for deal in ids}
    for deal, name in (
        Credit.objects.filter(deal__in=ids).order_by("person__name").values_list("deal", "person__name")
    ):
        reps[deal].append(name)
    return tuple(
        Won(
            *named[each.deal], tuple(reps[each.deal]), rules.stages[each.stage].name,
            date.fromordinal(each.day), Money(each.won or 0, currency),
        )
        for each in won
    )  # fmt: skip
