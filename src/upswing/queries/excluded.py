"""What a number leaves out and why: its like with another outcome, and rows that imports refused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from upswing.core.facts import FactKind
from upswing.core.measures import Flow
from upswing.core.metrics.metric import Metric
from upswing.core.metrics.value import records_measure
from upswing.core.period import Period
from upswing.core.records import Outcome
from upswing.ledger.models import Fact
from upswing.people.viewer import Viewer
from upswing.queries.problems import REFUSED, standing
from upswing.queries.scorecard import seen

_LIKE = {FactKind.DEAL_WON: (FactKind.DEAL_CLOSED, frozenset({Outcome.WON.value}))}
"""Where what is left out is of another kind: of the deals closed, those that were not won."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of the period are like what was counted, and why they are not: by their outcome, most first.

    `refused` are rows of the same files that no import could use, whoever they belong to.
    """

    outcomes: tuple[tuple[str, int], ...] = ()
    refused: tuple[tuple[str, int], ...] = ()


def left_out(
    viewer: Viewer, rep: UUID, metric: Metric, period: Period, at: date, files: Collection[str]
) -> LeftOut:
    """What a rep's number leaves out, up to the close of `at`; `files` are those its records come from.

    Raises NotVisible when there is no such rep for this viewer.
    """
    person, counts = seen(viewer, rep), records_measure(metric)
    refused = (
        standing().filter(severity=REFUSED, file__in=list(files)).values("file").annotate(rows=Count("id"))
    )
    return LeftOut(
        _outcomes(person.id, counts, period.until(at)) if isinstance(counts, Flow) else (),
        tuple(refused.order_by("file").values_list("file", "rows")),
    )


def _outcomes(rep: int, counts: Flow, period: Period) -> tuple[tuple[str, int], ...]:
    """Facts of the same kind whose outcome does not count."""
    kind, counted = _LIKE.get(counts.kind, (counts.kind, frozenset(map(str, counts.outcomes))))
    if not counted or counts.where:
        return ()
    facts = Fact.objects.filter(
        rep=rep, kind=kind.value, day__gte=period.start, day__lt=period.end, share__gt=0
    )
    others = facts.exclude(outcome__in=counted).values("outcome").annotate(records=Count("id"))
    return tuple(others.order_by("-records", "outcome").values_list("outcome", "records"))
