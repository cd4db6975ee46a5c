"""Change targets from an edited workbook: what would change, said before it does; then the change, to be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from upswing.actions.edited import Edited, edited
from upswing.actions.journal import keep
from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.shelf import short
from upswing.actions.targeting import left_before
from upswing.actions.telling import in_words, tell
from upswing.actions.waiting import said_why
from upswing.actions.written import signed_by
from upswing.connectors.files.nearest import nearest
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, OfQuota, Unit, is_rate
from upswing.core.money import digits, minor_units
from upswing.core.period import Period, UnknownPeriod, parse_period
from upswing.core.wording import in_a_row, worded
from upswing.goals.models import Quota
from upswing.intake.models import Batch, Source
from upswing.ledger.counting import NOBODY, lock
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.formulas import known, metrics_on
from upswing.queries.organisation import OrganisationFacts, organisation
from upswing.queries.shaping import overrides
from upswing.queries.tracing import QUOTA

CHANGE = "change targets"
KEY, NAME = "targets-workbook", "Targets workbook"
"""The source under which such changes stand among the imports."""
FINEST = Decimal("0.0001")


class Outdated(NotAllowed):
    """Somebody changed one of these targets meanwhile."""


@dataclass(frozen=True, slots=True)
class Change:
    """One target: what it was (None: nothing was asked) and becomes, in main units, and in which cell that stands.

    `note` is "" or what to know before agreeing.
    """

    rep: UUID
    name: str
    metric: str
    period: str
    was: Decimal | None
    becomes: Decimal
    cell: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a workbook would change, and a sentence for each of its cells that cannot be a target."""

    changes: tuple[Change, ...]
    problems: tuple[str, ...]


def propose_changes(viewer: Viewer, name: str, content: bytes) -> Proposal:
    """What the workbook called `name` would change, in its order. Changes nothing; raises NotAllowed and Unreadable."""
    needs_operator(viewer, CHANGE)
    written, problems = edited(name, content)
    weighed = [*_weighed(viewer, written)]
    changes = tuple(one for one in weighed if isinstance(one, Change))
    return Proposal(changes, (*problems, *(one for one in weighed if isinstance(one, str))))


@transaction.atomic
def accept(
    viewer: Viewer, changes: Sequence[Change], by: int | None, now: datetime, reason: str = ""
) -> UUID:
    """Make the changes, all or none; the id of the batch that can be taken back.

    Raises NotAllowed, also where periods have begun and no `reason` is given, which the reps read; Outdated where a
    target is not any more what the proposal said it was.
    """
    needs_operator(viewer, CHANGE)
    begun = {change for change in changes if has_begun(change, viewer.at)}
    words = said_why(reason, sorted({change.name for change in begun})) if begun else ""
    if Batch.objects.exclude(undoing=None).filter(undone=None).exists():
        raise Outdated(
            worded("An import is being taken back. Wait until it is, then bring the workbook again.")
        )
    lock([NOBODY])
    facts = organisation()
    source, _ = Source.objects.get_or_create(key=KEY, defaults={"name": NAME})
    batch = Batch.objects.create(source=source, mapping=NAME, by_id=by, started=now, alive=now)
    people = {person.uid: person for person in _everybody(change.rep for change in changes)}
    metrics = known({change.metric for change in changes}, viewer.at)
    for row, change in enumerate(changes, start=1):
        if change.rep not in people or change.metric not in metrics:
            gone = change.metric if change.rep in people else change.name
            raise Outdated(worded("{gone} is not there any more. Download the workbook again.", gone=gone))
        if why := _closed(parse_period(change.period, viewer.at, facts.fiscal_start), viewer.at):
            raise Outdated(why)
        _make(batch, people[change.rep], metrics[change.metric], change, facts, row)
        if change in begun:
            _tell(batch, people[change.rep], metrics[change.metric], change, facts, signed_by(viewer), words)
    fresh = sum(change.was is None for change in changes)
    batch.created, batch.updated = fresh, len(changes) - fresh
    batch.done = batch.expected = len(changes)
    batch.finished = now
    batch.save()
    return batch.uid


def has_begun(change: Change, today: date) -> bool:
    """Whether it changes a target that stands in a period that has begun."""
    return bool(change.was) and parse_period(change.period, today, organisation().fiscal_start).start <= today


def _weighed(viewer: Viewer, written: Sequence[Edited]) -> Iterator[Change | str]:
    """Each edited target as a change; a sentence where it cannot be one; nothing where it stands already."""
    facts, stood = organisation(), set[tuple[str, str, str]]()
    metrics = {**CATALOGUE, **metrics_on(viewer.at)}
    people = {str(person.uid): person for person in Person.objects.seen_by(viewer).filter(sells=True)}
    for one in written:
        key = (one.rep, one.metric, one.period)
        metric, period = metrics.get(one.metric), _period(one.period, viewer.at, facts)
        if key in stood:
            yield worded(
                "{cell}: {name}’s {metric} for {period} stands above already. Leave one of the two.",
                cell=one.cell,
                name=one.name,
                metric=one.metric,
                period=one.period,
            )
        elif one.rep not in people:
            yield worded(
                "{cell}: nobody has the id “{rep}” ({name}). Download the workbook again.",
                cell=one.cell,
                rep=one.rep,
                name=one.name,
            )
        elif metric is None or isinstance(metric.value, OfQuota):
            hint = nearest(one.metric, metrics)
            yield worded(
                "{cell}: no target can be set for a metric called “{metric}”. {hint}",
                cell=one.cell,
                metric=one.metric,
                hint=hint,
            )
        elif period is None:
            yield worded(
                "{cell}: no period reads “{period}”. Write it like 2026-10, 2026-Q4 or 2026.",
                cell=one.cell,
                period=one.period,
            )
        elif is_rate(metric) and one.value > 1:
            yield worded(
                "{cell} says {value}: a share lies between 0 and 1, or 0% and 100%.",
                cell=one.cell,
                value=str(one.value),
            )
        elif why := _closed(period, viewer.at) or left_before(people[one.rep], period):
            yield worded("{cell}: {why}", cell=one.cell, why=why)
        else:
            yield from _change(people[one.rep], metric, period, one, viewer.at, facts)
        stood.add(key)


def _change(
    person: Person, metric: Metric, period: Period, one: Edited, today: date, facts: OrganisationFacts
) -> Iterator[Change]:
    standing = _standing(person, metric.key, period)
    was = None if standing is None else _main(metric, standing.value, facts.currency)
    becomes = _main(metric, _stored(metric, one.value, facts.currency), facts.currency)
    if becomes == was:
        return
    notes = []
    if period.start <= today:
        notes.append(worded("{slug} has begun: days gone are judged anew.", slug=period.slug))
    if overrides([person.pk], period, metric.key):
        notes.append(worded("A target set by hand counts instead."))
    if was != one.was:
        notes.append(worded("It was changed since the workbook was made."))
    yield Change(person.uid, person.name, metric.key, period.slug, was, becomes, one.cell, in_a_row(notes))


def _make(
    batch: Batch, person: Person, metric: Metric, change: Change, facts: OrganisationFacts, row: int
) -> None:
    """Change the target that stands, and keep how it stood; or make one."""
    period = parse_period(change.period, date.min, facts.fiscal_start)
    standing = _standing(person, change.metric, period)
    was = None if standing is None else _main(metric, standing.value, facts.currency)
    if was != change.was:
        raise Outdated(
            worded(
                "{name}’s {label} for {period} was changed meanwhile. Bring the workbook again "
                "to see what would change now.",
                name=change.name,
                label=worded(metric.label),
                period=change.period,
            )
        )
    value = _stored(metric, change.becomes, facts.currency)
    if standing is not None:
        keep(batch, Quota, [standing.pk])
        Quota.objects.unscoped("an operator's change").filter(pk=standing.pk).update(
            value=value, waiting=None, batch=batch
        )
        return
    key = short(f"{person.key}|{period.start}|{period.end}|{change.metric}")
    Quota.objects.create(
        person=person, metric=change.metric, period_kind=period.kind.value, starts=period.start, ends=period.end,
        value=value, source=batch.source, external_id=key, batch=batch, file=NAME, row=row, digest="",
    )  # fmt: skip


def _tell(
    batch: Batch, person: Person, metric: Metric, change: Change, facts: OrganisationFacts, by: str, reason: str
) -> None:  # fmt: skip
    """Tell the rep what changed in a period that has begun."""
    period = parse_period(change.period, date.min, facts.fiscal_start)
    values = (_stored(metric, value or Decimal(0), facts.currency) for value in (change.was, change.becomes))
    was, becomes = (in_words(metric, value, facts.currency) for value in values)
    tell(
        QUOTA, period.start, period.end, (was, becomes), by, batch.started,
        person=person, metric=change.metric, reason=reason, batch=batch,
    )  # fmt: skip


def _standing(person: Person, metric: str, period: Period) -> Quota | None:
    """The target for exactly these days; of several the first, which is the one that counts."""
    rows = Quota.objects.unscoped("the caller is an operator")
    rows = rows.filter(person=person, metric=metric, starts=period.start, ends=period.end)
    return rows.order_by("id").first()


def _everybody(uids: Iterable[UUID]) -> Iterable[Person]:
    return Person.objects.unscoped("the caller is an operator").filter(uid__in=set(uids))


def _period(slug: str, today: date, facts: OrganisationFacts) -> Period | None:
    """A period by its days: a word such as this-month would mean another one tomorrow."""
    if not any(character.isdigit() for character in slug):
        return None
    try:
        return parse_period(slug, today, facts.fiscal_start)
    except UnknownPeriod:
        return None


def _closed(period: Period, today: date) -> str:
    """Why targets of the period stay as they are; empty while it is open."""
    if period.last >= today:
        return ""
    return worded(
        "{slug} ended on {last}; the targets of a closed period stay as they are.",
        slug=period.slug,
        last=period.last,
    )


def _stored(metric: Metric, value: Decimal, currency: str) -> Decimal:
    """As targets are kept: money in minor units, else four decimals."""
    return Decimal(minor_units(value, currency)) if metric.unit is Unit.MONEY else value.quantize(FINEST)


def _main(metric: Metric, value: Decimal, currency: str) -> Decimal:
    """As people write it, without trailing zeros."""
    main = value.scaleb(-digits(currency)) if metric.unit is Unit.MONEY else value
    return main.normalize()
