"""What a card would show of one rep: the values of its lines, before anybody has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from upswing.core.metrics import metric
from upswing.core.metrics.metric import Metric, OfQuota
from upswing.core.metrics.value import Value, measures_of, n_of, value_of
from upswing.core.period import Period
from upswing.core.targets import Target
from upswing.core.templates import Template, in_money
from upswing.ledger.counting import Slot, count
from upswing.people.viewer import Viewer
from upswing.queries.material import quota_metric
from upswing.queries.organisation import organisation
from upswing.queries.scorecard import seen
from upswing.queries.shaping import asked_of


@dataclass(frozen=True, slots=True)
class Tried:
    """One line: its value in the period up to the day, of `n` records, and in the whole period before."""

    metric: Metric
    value: Value | None
    n: int
    before: Value | None


def preview(viewer: Viewer, card: Template, rep: UUID, period: Period, at: date) -> tuple[Tried, ...]:
    """The lines of a card for one rep, counted as of `at`; raises NotVisible."""
    person, money, currency = seen(viewer, rep), quota_metric(), organisation().currency
    lines = in_money(card.metrics, money)
    measures = {measure for each in lines for measure in measures_of(each)}
    slots = (Slot("now", period, at), Slot("before", period.previous(), at))
    counted = count(viewer.sight, [person.pk], slots, measures) if lines else {}
    quotas: dict[str, Fraction | None] = dict.fromkeys(("now", "before"))
    if any(isinstance(each.value, OfQuota) for each in lines):
        for slot in slots:
            target = asked_of([person], slot.period, money).target(metric(money), person.pk, slot.period)
            quotas[slot.name] = target.value if isinstance(target, Target) else None
    return tuple(
        Tried(
            each,
            value_of(each, counted["now", person.pk], currency, quotas["now"]),
            n_of(each, counted["now", person.pk]),
            value_of(each, counted["before", person.pk], currency, quotas["before"]),
        )
        for each in lines
    )
