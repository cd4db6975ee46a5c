"""What is asked of reps: quotas, the days they are spread over, what shapes them, and what was set by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from upswing.core.calendar import Calendar, Weeks
from upswing.core.measures import stands
from upswing.core.metrics.metric import Metric, Ratio
from upswing.core.period import Period, PeriodKind
from upswing.core.ramp import Ramp
from upswing.core.season import Season, Source
from upswing.core.targets import (
    Dated,
    Factor,
    Level,
    NoTarget,
    Override,
    Quota,
    RoleShare,
    RoleSpell,
    Shape,
    Spreading,
    Target,
    overridden,
    part_time_levels,
    ramp_levels,
    role_levels,
    season_levels,
    target_of,
)
from upswing.goals.targets import Kind, TargetOverride, TargetTable
from upswing.people.models import Membership, Person
from upswing.queries.material import quotas
from upswing.queries.tracing import FOR_ALL, quota_changes
from upswing.queries.workdays import Worked, calendars, part_time_of, target_tables, weeks_of, worked_by


@dataclass(frozen=True, slots=True)
class Tables:
    """The dated tables of the organisation, earliest first."""

    season: tuple[Dated[Season], ...] = ()
    ramp: tuple[Dated[Ramp], ...] = ()
    role: tuple[Dated[RoleShare], ...] = ()
    week: Weeks = ()

    @classmethod
    def load(cls) -> Tables:
        """All that were ever made."""
        rows = target_tables()
        return cls(
            tuple(Dated(row.starts, season_of(row)) for row in rows if row.kind == Kind.SEASON),
            tuple(Dated(row.starts, Ramp(shares_of(row)), row.role) for row in rows if row.kind == Kind.RAMP),
            tuple(
                Dated(row.starts, RoleShare(shares_of(row)[0], row.note), row.role)
                for row in rows
                if row.kind == Kind.ROLE
            ),
            weeks_of(rows),
        )

    def season_in(self, span: Period) -> tuple[Level, ...]:
        """The weights of the months of a span, the same for everybody."""
        return season_levels(self.season, span)

    def shapes(self, people: Sequence[Person], span: Period, worked: Worked) -> dict[int, Shape]:
        """What shapes each person's targets in the span; `worked` was entered about their working time."""
        season, part_time = self.season_in(span), part_time_of(worked)
        spells = _spells(people) if self.role or any(each.role for each in self.ramp) else {}
        return {
            person.id: Shape(
                season,
                ramp_levels(self.ramp, person.starts, spells.get(person.id, ())),
                role_levels(self.role, spells.get(person.id, ()), span),
                part_time_levels(part_time.get(person.id, ()), span),
            )
            for person in people
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything the targets of some reps are made of."""

    quotas: Mapping[tuple[int, str], Sequence[Quota]]
    calendars: Mapping[int, Calendar]
    spreadings: Mapping[int, Spreading]
    overrides: Mapping[tuple[int, str], Sequence[Override]] = field(default_factory=dict)
    changed: Mapping[tuple[int, str], Sequence[tuple[Period, Factor]]] = field(default_factory=dict)
    seasons: Sequence[Dated[Season]] = ()

    def target(self, metric: Metric, rep: int, period: Period) -> Target | NoTarget:
        """What is asked of a rep in a period, in the metric's unit."""
        told = self.quotas.get((rep, metric.key), ())
        found = target_of(metric, told, period, self.spreadings[rep])
        if isinstance(found, Target) and (notes := self._changes(metric, rep, period)):
            found = replace(found, factors=(*notes, *found.factors))
        override = self.by_hand(metric.key, rep, period)
        return overridden(found, override) if override else found

    def beside(self, other: Asked) -> Asked:
        """The same, and what is asked of other people."""
        return replace(
            self,
            quotas={**self.quotas, **other.quotas},
            calendars={**self.calendars, **other.calendars},
            spreadings={**self.spreadings, **other.spreadings},
            overrides={**self.overrides, **other.overrides},
            changed={**self.changed, **other.changed},
        )

    def _changes(self, metric: Metric, rep: int, period: Period) -> tuple[Factor, ...]:
        """What to read about quotas around the period that changed after they had begun, and what spreads them."""
        spread = not isinstance(metric.value, Ratio) and not stands(metric.value.measure)
        begun = period.start.isoformat()
        shaped = (
            (days, note) for days, note in self.changed.get(FOR_ALL, ()) if dict(note.words)["on"] >= begun
        )
        return tuple(
            note
            for days, note in (*self.changed.get((rep, metric.key), ()), *(shaped if spread else ()))
            if days.start < period.end and period.start < days.end
        )

    def by_hand(self, key: str, rep: int, period: Period) -> Override | None:
        """What somebody set for exactly this period."""
        return next((each for each in self.overrides.get((rep, key), ()) if each.is_for(period)), None)


def asked_of(people: Sequence[Person], shown: Period, metric: str = "") -> Asked:
    """What is asked of these people in periods that lie in `shown`; in one metric, or in all."""
    ids = [person.id for person in people]
    told = quotas(ids, shown, metric)
    span = around(shown, told.values())
    tables, worked = Tables.load(), worked_by(ids)
    days, shapes = calendars(people, span, tables.week, worked), tables.shapes(people, span, worked)
    alike: dict[tuple[object, ...], Spreading] = {}
    spreadings = {}
    for rep in ids:
        calendar, shape = days[rep], shapes[rep]
        terms = (calendar, shape.ramp, shape.role, shape.part_time)  # the season is everybody's
        spreadings[rep] = alike.setdefault(terms, Spreading(calendar, shape))
    return Asked(
        told,
        days,
        spreadings,
        overrides(ids, shown, metric),
        quota_changes(ids, shown, metric),
        tables.season,
    )


def around(shown: Period, told: Iterable[Sequence[Quota]]) -> Period:
    """All days whose holidays, time off and season matter: those shown, and those over which a quota is spread."""
    periods = [shown, *(quota.period for each in told for quota in each)]
    first, end = min(period.start for period in periods), max(period.end for period in periods)
    return Period(PeriodKind.CUSTOM, first, end)


def overrides(
    reps: Collection[int], shown: Period, metric: str = ""
) -> dict[tuple[int, str], list[Override]]:
    """(rep, metric) → the targets set by hand that hold, of periods that lie in `shown`."""
    rows = TargetOverride.objects.unscoped("the caller checked these reps against the viewer's sight")
    rows = rows.filter(person__in=reps, withdrawn=None, starts__gte=shown.start, ends__lte=shown.end)
    if metric:
        rows = rows.filter(metric=metric)
    found: dict[tuple[int, str], list[Override]] = defaultdict(list)
    for row in rows:
        period = Period(PeriodKind.CUSTOM, row.starts, row.ends)
        found[row.person_id, row.metric].append(
            Override(Fraction(row.value), period, row.reason, row.by, row.at.date())
        )
    return found


def season_of(row: TargetTable) -> Season:
    """The month weights of a table."""
    return Season(shares_of(row), Source.LEARNED if row.learned else Source.TYPED)


def shares_of(row: TargetTable) -> tuple[Fraction, ...]:
    """The shares of a table, exact."""
    return tuple(Fraction(text) for text in row.shares)


def _spells(people: Sequence[Person]) -> dict[int, list[RoleSpell]]:
    """The roles each person had, as the teams they belonged to say."""
    rows = Membership.objects.filter(person__in=[person.id for person in people], leads=False).exclude(
        role=""
    )
    found: dict[int, list[RoleSpell]] = defaultdict(list)
    for person, role, starts, ends in rows.order_by("starts", "id").values_list(
        "person_id", "role", "starts", "ends"
    ):
        found[person].append(RoleSpell(role, starts, ends))
    return found
