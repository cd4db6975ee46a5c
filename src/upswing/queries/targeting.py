"""Targets of a period: of everybody the viewer may see, or one in steps, with everything that was set by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from upswing.core.habits import NO_HABIT, Habit
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, OfQuota, Ratio
from upswing.core.metrics.value import Value, in_its_unit
from upswing.core.pace import expected_by
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Factor, Target
from upswing.goals.models import Quota
from upswing.goals.targets import TargetOverride, TargetTable
from upswing.people.models import Membership, Person
from upswing.people.viewer import Viewer
from upswing.queries.formulas import known, named
from upswing.queries.habits import habits
from upswing.queries.material import card_lines, quota_metric
from upswing.queries.organisation import organisation
from upswing.queries.scorecard import seen
from upswing.queries.shaping import Asked, asked_of, shares_of
from upswing.queries.tracing import Happened, changed_since


@dataclass(frozen=True, slots=True)
class Aimed:
    """One target: the quotas it rests on, each factor, and what is due by the day.

    `expected` only of what adds up over days, and `habit` of how many periods before it is made beside the days.
    Without a target `reason` says why in a key: "left", "no_target",
    "partly_set", "no_days".
    """

    metric: Metric
    base: Value | None = None
    factors: tuple[Factor, ...] = ()
    target: Value | None = None
    expected: Value | None = None
    reason: str = ""
    habit: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A rep's targets, in the order of the sheet's metrics; `left` is their last day, where it lies before the end."""

    rep: str
    rep_id: UUID
    left: date | None
    aims: tuple[Aimed, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everybody by name, with all that is asked of them in a period."""

    period: Period
    at: date
    metrics: tuple[Metric, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A target that was set by hand; and taken back, where `withdrawn` says when."""

    id: UUID
    value: Value
    reason: str
    by: str
    at: datetime
    withdrawn: datetime | None
    withdrawer: str
    withdrawal: str


@dataclass(frozen=True, slots=True)
class OneTarget:
    """One target of a rep in steps, what was set by hand, and what `happened` since the period began, newest first."""

    row: Row
    period: Period
    at: date
    changes: tuple[Change, ...]
    happened: tuple[Happened, ...] = ()

    @property
    def aimed(self) -> Aimed:
        """The target itself."""
        return self.row.aims[0]


@dataclass(frozen=True, slots=True)
class Table:
    """A dated table, as it was made; `current` when it is the one that holds on the viewer's day."""

    role: str
    starts: date
    shares: tuple[Fraction, ...]
    learned: bool
    note: str
    by: str
    at: datetime
    current: bool


def sheet(viewer: Viewer, period: Period, at: date) -> Sheet:
    """The targets of all the viewer may see: a rep their own, a manager their teams', operators everybody's."""
    people = sorted(Person.objects.seen_by(viewer).filter(sells=True), key=lambda one: one.name.casefold())
    asked = asked_of(people, period)
    told = {key for rows in (asked.quotas, asked.overrides) for _, key in rows}
    each = known((*CATALOGUE, *sorted(told - CATALOGUE.keys())), at)
    metrics = tuple(found for key, found in each.items() if key in told) or asked_metrics()
    currency, usual = organisation().currency, habits(period, at)
    return Sheet(
        period, at, metrics, tuple(_row(one, metrics, asked, period, at, currency, usual) for one in people)
    )


def one_target(viewer: Viewer, rep: UUID, key: str, period: Period, at: date) -> OneTarget:
    """One target; raises UnknownMetric, and NotVisible when there is no such rep for this viewer."""
    asked, person = named(key, at), seen(viewer, rep)
    currency = organisation().currency
    told = asked_of([person], period, key)
    row = _row(person, (asked,), told, period, at, currency, habits(period, at))
    found = TargetOverride.objects.seen_by(viewer).filter(
        person=person, metric=key, starts=period.start, ends=period.end
    )
    changes = (
        Change(
            each.uid, in_its_unit(asked, Fraction(each.value), currency), each.reason, each.by, each.at,
            each.withdrawn, each.withdrawer, each.withdrawal,
        )
        for each in found.order_by("-at", "-id")
    )  # fmt: skip
    return OneTarget(row, period, at, tuple(changes), changed_since(person, asked, period))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A quota that a file changed after its period had begun: what stands, and what the file says."""

    id: int
    rep: str
    metric: Metric
    period: Period
    stands: Value
    says: Value
    source: str
    at: datetime


def waiting(viewer: Viewer) -> tuple[Waiting, ...]:
    """The quotas that wait for somebody to accept them, by name; nothing for whoever may not."""
    if not viewer.operates:
        return ()
    rows = (
        Quota.objects.seen_by(viewer).filter(waiting__isnull=False).order_by("person__name", "starts", "id")
    )
    found = list(rows.select_related("person", "batch__source"))
    metrics, currency = known({row.metric for row in found}, viewer.at), organisation().currency
    return tuple(
        Waiting(
            row.pk, row.person.name, asked, Period(PeriodKind.CUSTOM, row.starts, row.ends),
            in_its_unit(asked, Fraction(row.value), currency), in_its_unit(asked, Fraction(row.waiting or 0), currency),
            row.batch.source.name, row.batch.started,
        )
        for row in found if (asked := metrics.get(row.metric))
    )  # fmt: skip


def asked_metrics() -> tuple[Metric, ...]:
    """The lines of the card that something may be asked of; a share of quota follows from its money."""
    return tuple(line for line in card_lines(quota_metric()) if not isinstance(line.value, OfQuota))


def tables(viewer: Viewer, kind: str) -> tuple[Table, ...]:
    """Every table of a kind ("season", "ramp", "role") ever made, those that begin last first; for all to read."""
    rows = list(TargetTable.objects.filter(kind=kind).order_by("-starts", "-at", "-id"))
    current: dict[str, int] = {}
    for row in rows:
        if row.starts <= viewer.at:
            current.setdefault(row.role, row.pk)
    return tuple(
        Table(
            row.role, row.starts, shares_of(row), row.learned, row.note, row.by, row.at,
            current.get(row.role) == row.pk,
        )
        for row in rows
    )  # fmt: skip


def roles() -> tuple[str, ...]:
    """The roles that people have, as memberships name them; they name nobody."""
    return tuple(
        Membership.objects.exclude(role="").order_by("role").values_list("role", flat=True).distinct()
    )


def _row(
    person: Person,
    metrics: Sequence[Metric],
    asked: Asked,
    period: Period,
    at: date,
    currency: str,
    usual: Mapping[str, Habit],
) -> Row:
    left = person.ends if person.ends and person.ends < period.last else None
    gone = left is not None and left < period.start
    aims = tuple(
        Aimed(each, reason="left") if gone else aimed(each, person.id, asked, period, at, currency, usual)
        for each in metrics
    )
    return Row(person.name, person.uid, left, aims)


def aimed(
    each: Metric, rep: int, asked: Asked, period: Period, at: date, currency: str, usual: Mapping[str, Habit]
) -> Aimed:
    """The target of a rep in steps, and the part of it due by the close of `at`, by the days and as `usual`."""
    found = asked.target(each, rep, period)
    if not isinstance(found, Target):
        return Aimed(each, reason=found.reason)
    habit = NO_HABIT if isinstance(each.value, Ratio) else usual.get(each.value.measure.key, NO_HABIT)
    due = expected_by(found, period, min(at, period.last), asked.calendars[rep], habit)
    return Aimed(
        each, in_its_unit(each, found.base, currency), found.factors, in_its_unit(each, found.value, currency),
        in_its_unit(each, due.value, currency) if found.course else None, habit=habit.periods,
    )  # fmt: skip
