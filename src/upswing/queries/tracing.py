"""What changed a target since its period began: who did it, when, from what to what, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, QuerySet

from upswing.core.measures import stands
from upswing.core.metrics.metric import Metric, Ratio, Unit
from upswing.core.money import digits
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Factor
from upswing.core.wording import in_a_row, worded
from upswing.goals.models import Quota
from upswing.goals.targets import TargetChange
from upswing.intake.models import Batch, Earlier
from upswing.people.models import Holiday, Membership, Person, TimeOff
from upswing.queries.organisation import organisation
from upswing.queries.teams import chain, every_team
from upswing.queries.workdays import Places

QUOTA = "quota"
"""The kind of a changed quota."""
TABLES = ("season", "ramp", "week")
"""The kinds of what shapes the targets of everybody."""
FOR_ALL = (0, "")
"""Where changes for everybody stand beside those of a rep and metric."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One change. `kind` is a key such as "quota"; `was` and `becomes` are words, of an import `becomes` alone."""

    kind: str
    was: str
    becomes: str
    reason: str
    by: str
    at: datetime


def changed_since(person: Person, metric: Metric, period: Period) -> tuple[Happened, ...]:
    """Everything since the first day of the period that changed this target of the person, newest first.

    What an import brought and somebody took back is not told.
    """
    spread = not isinstance(metric.value, Ratio) and not stands(metric.value.measure)
    rows = TargetChange.objects.unscoped("the person was checked").filter(
        Q(ends=None) | Q(ends__gt=period.start), Q(person=person) | Q(person=None),
        Q(batch=None) | Q(batch__undone=None), Q(metric=metric.key) | Q(metric=""),
        starts__lt=period.end, at__date__gte=period.start,
    ).filter(_concerning(person, period) if spread else ~Q(metric=""))  # fmt: skip
    told = [
        Happened(row.kind, row.was, row.becomes, row.reason, row.by, row.at) for row in rows.order_by("id")
    ]
    told += _brought(person, metric, period, spread)
    return tuple(sorted(told, key=lambda one: one.at, reverse=True))


def quota_changes(
    people: Collection[int], shown: Period, metric: str = ""
) -> dict[tuple[int, str], list[tuple[Period, Factor]]]:
    """(rep, metric) → each quota that changed after its period had begun: its days, and what to read about it.

    At `FOR_ALL` what changed the season, the ramp or the working week of everybody, whenever.
    """
    rows = TargetChange.objects.unscoped("the caller checked these reps against the viewer's sight").filter(
        Q(batch=None) | Q(batch__undone=None), Q(ends=None) | Q(ends__gt=shown.start), starts__lt=shown.end
    )
    of_quotas = Q(kind=QUOTA, person__in=people, **({"metric": metric} if metric else {}))
    of_tables = Q(kind__in=TABLES, person=None, role="", at__date__gte=shown.start)
    found: dict[tuple[int, str], list[tuple[Period, Factor]]] = defaultdict(list)
    for row in rows.filter(of_quotas | of_tables).order_by("id"):
        told = {"was": row.was, "becomes": row.becomes} if row.kind == QUOTA else {"kind": row.kind}
        told |= {"by": row.by, "on": row.at.date().isoformat(), "reason": row.reason}
        key = "changed" if row.kind == QUOTA else "reshaped"
        factor = Factor(key, Fraction(1), words=tuple(told.items()))
        place = (row.person_id, row.metric) if row.person_id else FOR_ALL
        found[place].append((Period(PeriodKind.CUSTOM, row.starts, row.ends or date.max), factor))
    return found


def _brought(person: Person, metric: Metric, period: Period, spread: bool) -> Iterable[Happened]:
    """What imports since the first day brought, of which nothing else is kept: quotas, days off and holidays."""
    rows = Quota.objects.unscoped("the person was checked").select_related("batch__source")
    rows = rows.filter(person=person, metric=metric.key, starts__lt=period.end, ends__gt=period.start)
    changes = TargetChange.objects.unscoped("the person was checked").filter(
        kind=QUOTA, person=person, metric=metric.key
    )
    told, before = set(changes.values_list("starts", "ends")), _before(rows)
    for row in rows.filter(batch__started__date__gte=period.start, batch__undone=None):
        was = before.get((row.batch_id, row.pk))
        if (row.starts, row.ends) not in told and was != row.value:
            stood, stands = (
                in_words(metric, each or Decimal(0), organisation().currency) for each in (was, row.value)
            )
            words = worded(
                "{value}, {first} to {last}", value=stands, first=row.starts, last=row.ends - timedelta(1)
            )
            yield _by_import(QUOTA, "" if was is None else stood, words, row.batch)
    if spread:
        yield from _days("time_off", TimeOff.objects.filter(person=person), period)
        yield from _days("holiday", Holiday.objects.all(), period)


def _before(rows: QuerySet[Quota]) -> dict[tuple[int, int], Decimal]:
    """(batch, quota) → what the quota was before the batch changed it."""
    kept = Earlier.objects.filter(model=Quota.__name__, record__in=rows.values("pk")).exclude(was="")
    return {(row.batch_id, row.record): Decimal(json.loads(row.was)[0]["fields"]["value"]) for row in kept}


def _by_import(kind: str, was: str, becomes: str, batch: Batch) -> Happened:
    return Happened(kind, was, becomes, "", batch.source.name, batch.started)


def _days(kind: str, rows: QuerySet[TimeOff] | QuerySet[Holiday], period: Period) -> Iterable[Happened]:
    """The days that each import brought."""
    days = dict(rows.filter(day__gte=period.start, day__lt=period.end).values_list("pk", "day"))
    made = Earlier.objects.filter(model=rows.model.__name__, was="", record__in=days).select_related(
        "batch__source"
    )
    found: dict[Batch, list[date]] = defaultdict(list)
    for row in made.filter(batch__started__date__gte=period.start, batch__undone=None):
        found[row.batch].append(days[row.record])
    for batch, brought in found.items():
        yield _by_import(
            kind, "", in_a_row([worded("{day}", day=day) for day in sorted(brought)[:12]], ", "), batch
        )


def _concerning(person: Person, period: Period) -> Q:
    """Changes for everybody, and those for a role, a team or a holiday calendar that the person has in the period."""
    spells = Membership.objects.filter(
        Q(starts=None) | Q(starts__lt=period.end), Q(ends=None) | Q(ends__gt=period.start), person=person, leads=False
    ).values_list("team", "role")  # fmt: skip
    roles, known = {role for _, role in spells}, every_team()
    teams = {above for team, _ in spells for above in chain(team, known)}
    under = {calendar for *_, calendar in Places.load([person.pk]).stretches(person.pk, period)}
    return (
        Q(role__in=roles | {""})
        & (Q(team=None) | Q(team__in=teams))
        & (Q(calendar=None) | Q(calendar__in=under))
    )


def in_words(metric: Metric, value: Fraction | Decimal, currency: str) -> str:
    """A target as people read it: 90,000 EUR, 25 %, 12."""
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
    if metric.unit is Unit.MONEY:
        return f"{_plain(exact.scaleb(-digits(currency)))} {currency}"
    return f"{_plain(exact * 100)} %" if metric.unit is Unit.SHARE else _plain(exact)


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01')):,}".rstrip("0").rstrip(".")
