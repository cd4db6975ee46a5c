"""What leaves as a file: scorecards with their history, the targets behind them, and where the figures come from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from upswing.core.metrics.metric import Metric, OfQuota
from upswing.core.period import Period, PeriodKind
from upswing.core.scorecard import Scorecard
from upswing.goals.models import Quota
from upswing.people.viewer import Viewer
from upswing.queries.formulas import known
from upswing.queries.freshness import Freshness, freshness
from upswing.queries.organisation import OrganisationFacts, organisation
from upswing.queries.scorecard import scorecard
from upswing.queries.team import team


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rep is asked for in a period, in the metric's unit (money in minor units); None where nothing is."""

    rep: UUID
    name: str
    metric: Metric
    period: Period
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Exported:
    """The scorecards of a team, or of one rep (`whole` is False), by name; `quiet` are reps without any record."""

    title: str
    whole: bool
    period: Period
    at: date
    cards: tuple[Scorecard, ...]
    quiet: tuple[str, ...]
    asked: tuple[Asked, ...]
    organisation: OrganisationFacts
    sources: tuple[Freshness, ...]
    by: str

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The lines of all cards, in the order of the first that has them."""
        return tuple({line.metric.key: line.metric for card in self.cards for line in card.lines}.values())

    @property
    def over(self) -> bool:
        """Whether the whole period is looked at, not only its days so far."""
        return self.at >= self.period.last


def exported_team(viewer: Viewer, period: Period, at: date, chosen: UUID | None = None) -> Exported:
    """Everybody on the board of a team, or whom the viewer may see; raises NotVisible as the board does."""
    board = team(viewer, period, at, chosen, history=True)
    shown = [card for card in board.cards if card.rep not in board.quiet]
    return _exported(viewer, board.name, True, period, at, shown, board.quiet)


def exported_rep(viewer: Viewer, rep: UUID, period: Period, at: date) -> Exported:
    """One rep; raises NotVisible as the scorecard does."""
    card = scorecard(viewer, rep, period, at)
    return _exported(viewer, card.rep, False, period, at, [card], ())


def period_of_quota(quota: Quota, fiscal_start: int) -> Period:
    """A quota's period by its name; by its days where the fiscal year has moved since."""
    kind = PeriodKind(quota.period_kind)
    try:
        return Period(kind, quota.starts, quota.ends, fiscal_start)
    except ValueError:
        return Period(PeriodKind.CUSTOM, quota.starts, quota.ends)


def _exported(
    viewer: Viewer,
    title: str,
    whole: bool,
    period: Period,
    at: date,
    found: Sequence[Scorecard],
    quiet: tuple[str, ...],
) -> Exported:
    facts = organisation()
    made = Exported(
        title, whole, period, at, tuple(found), quiet, (), facts, freshness(viewer), viewer.person_name
    )
    standing = list(_standing(viewer, {card.rep_id for card in found}, period, facts.fiscal_start))
    asked = [*standing, *_open(made, {(one.rep, one.metric.key) for one in standing})]
    order = {card.rep_id: place for place, card in enumerate(found)}
    lines = {metric.key: place for place, metric in enumerate(made.metrics)}
    asked.sort(key=lambda one: (order[one.rep], lines.get(one.metric.key, len(lines)), one.period))
    return replace(made, asked=tuple(asked))


def _standing(viewer: Viewer, reps: Collection[UUID], period: Period, fiscal_start: int) -> Iterator[Asked]:
    """Quotas that touch the period; of several for the same days the first, which is the one that counts."""
    rows = Quota.objects.seen_by(viewer).filter(
        person__uid__in=reps, starts__lt=period.end, ends__gt=period.start
    )
    found = list(rows.select_related("person").order_by("starts", "id"))
    metrics, stood = known({row.metric for row in found}, viewer.at), set()
    for row in found:
        key = (row.person_id, row.metric, row.starts, row.ends)
        if row.metric in metrics and key not in stood:
            stood.add(key)
            span = period_of_quota(row, fiscal_start)
            yield Asked(row.person.uid, row.person.name, metrics[row.metric], span, Fraction(row.value))


def _open(found: Exported, standing: Collection[tuple[UUID, str]]) -> Iterator[Asked]:
    """The lines for which nothing is asked; a share of quota is asked for through the quota itself."""
    for card in found.cards:
        for line in card.lines:
            asked = (card.rep_id, line.metric.key) in standing
            if not asked and not isinstance(line.metric.value, OfQuota):
                yield Asked(card.rep_id, card.rep, line.metric, found.period, None)
