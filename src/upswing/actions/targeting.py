"""Set what shapes targets, dated; set one target by hand, with the reason the rep reads; take that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.telling import in_words, table_words, tell
from upswing.actions.written import one_line, signed_by
from upswing.core.metrics.metric import Metric, OfQuota, Unit, is_rate
from upswing.core.people import AccessRole
from upswing.core.period import Period, PeriodKind, year_of
from upswing.core.ramp import Ramp
from upswing.core.season import MONTHS, normalised, typed
from upswing.core.targets import Target
from upswing.core.wording import worded
from upswing.goals.targets import REASON_LENGTH as REASON_LENGTH  # noqa: PLC0414  (pages say it)
from upswing.goals.targets import Kind, TargetOverride, TargetTable
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.formulas import named
from upswing.queries.organisation import organisation
from upswing.queries.scorecard import seen
from upswing.queries.shaping import asked_of
from upswing.queries.workdays import working_calendar

LARGEST = Fraction(10) ** 15
"""Above this nothing is kept exactly."""
FIGURED = "as the quota gives it"


UNSET = {
    Kind.SEASON: "every month the same", Kind.RAMP: "no ramp", Kind.ROLE: "100 %", Kind.WEEK: "Monday to Friday",
}  # fmt: skip
"""What holds where nothing was set."""


class Unbalanced(NotAllowed):
    """Month weights that would change the target of a whole year; they can be scaled so that they do not."""


@transaction.atomic
def set_season(
    viewer: Viewer,
    starts: date,
    months: Sequence[Fraction],
    note: str,
    at: datetime,
    *,
    scaled: bool = False,
    learned: bool = False,
) -> None:
    """Twelve month weights, January first, from a day on; `scaled` makes them average 1 over the year that begins then.

    Raises NotAllowed with what to write, and Unbalanced for weights that do not average 1.
    """
    may_begin(viewer, starts, note)
    if len(months) != MONTHS or min(months) <= 0:
        raise NotAllowed(
            worded(
                "A season has a weight above 0 for each of the twelve months. Write 1 for an average month."
            )
        )
    year = year_of(starts, starts.month)
    calendar = working_calendar(year)
    if scaled:
        months = normalised(months, year, calendar)
    else:
        try:
            typed(months, year, calendar)
        except ValueError as error:
            raise Unbalanced(str(error)) from error
    make(Kind.SEASON, starts, list(map(str, months)), note, viewer, at, learned=learned)


@transaction.atomic
def set_ramp(
    viewer: Viewer, starts: date, shares: Sequence[Fraction], role: str, note: str, at: datetime
) -> None:
    """The share of a full target in each month of tenure, for a role or everybody (""); none at all ends the ramp.

    Raises NotAllowed with what to write.
    """
    may_begin(viewer, starts, note)
    try:
        Ramp(tuple(shares))
    except ValueError as error:
        raise NotAllowed(worded("{why} Write 50 for half of the full target.", why=str(error))) from error
    make(Kind.RAMP, starts, list(map(str, shares)), note, viewer, at, role=role)


@transaction.atomic
def set_role_share(viewer: Viewer, starts: date, role: str, share: Fraction, note: str, at: datetime) -> None:
    """How much of a full target a role is asked for, and why; 1 ends it. Raises NotAllowed with what to write."""
    may_begin(viewer, starts, note)
    if not role or not note.strip():
        raise NotAllowed(
            worded("Name the role, and say in a sentence why its targets differ; everybody in it reads that.")
        )
    if not 0 < share <= 2:
        raise NotAllowed(
            worded(
                "A role is asked for more than 0 and up to 200 %, not {share}.", share=f"{float(share):.0%}"
            )
        )
    make(Kind.ROLE, starts, [str(share)], note, viewer, at, role=role)


@transaction.atomic
def set_override(
    viewer: Viewer, rep: UUID, key: str, period: Period, value: Fraction, reason: str, at: datetime
) -> None:
    """The target of one rep, metric and period, in the metric's unit (money in minor units), with its reason.

    It stands in place of the quota and its factors; one set before is kept in the history. Raises NotVisible,
    UnknownMetric, and NotAllowed with what to write or whom to ask.
    """
    person, asked = _person(viewer, rep), named(key, viewer.at)
    _settable(viewer, person, asked, period, value)
    words = _said(
        reason,
        worded(
            "Write why {name}’s target for {slug} changes; {name} reads it.",
            name=person.name,
            slug=period.slug,
        ),
    )
    Person.objects.unscoped("one change of a person's targets at a time").select_for_update().get(
        pk=person.pk
    )
    rows = TargetOverride.objects.unscoped("the person was checked")
    standing = rows.filter(person=person, metric=key, starts=period.start, ends=period.end, withdrawn=None)
    before = asked_of([person], period, key).target(asked, person.pk, period)
    standing.update(withdrawn=at, withdrawer=signed_by(viewer), withdrawal="Another target was set.")
    TargetOverride.objects.create(
        person=person, metric=key, starts=period.start, ends=period.end,
        value=Decimal(value.numerator) / Decimal(value.denominator), reason=words, by=signed_by(viewer), at=at,
    )  # fmt: skip
    currency = organisation().currency
    was = in_words(asked, before.value, currency) if isinstance(before, Target) else ""
    tell(
        "override", period.start, period.end, (was, in_words(asked, value, currency)), signed_by(viewer), at,
        person=person, metric=key, reason=words,
    )  # fmt: skip


def _settable(viewer: Viewer, person: Person, asked: Metric, period: Period, value: Fraction) -> None:
    """Raises NotAllowed where no such target can be set."""
    if isinstance(asked.value, OfQuota):
        raise NotAllowed(
            worded(
                "{label} is a share of the quota. Set the target of the money itself.",
                label=worded(asked.label),
            )
        )
    still_open(viewer, period)
    if sentence := left_before(person, period):
        raise NotAllowed(sentence)
    if not 0 < value <= _most(asked):
        raise NotAllowed(
            worded(
                "A target for {label} lies above 0 and up to {most}.",
                label=worded(asked.label),
                most=_worded(_most(asked), asked),
            )
        )


@transaction.atomic
def withdraw_override(viewer: Viewer, override: UUID, reason: str, at: datetime) -> None:
    """The quota and its factors count again; the override stays in the history. Raises as `set_override` does."""
    rows = TargetOverride.objects.unscoped("the person is checked next").select_related("person")
    row = rows.select_for_update(of=("self",)).filter(uid=override).first()
    if row is None:
        raise NotVisible("There is no such target.")
    person = _person(viewer, row.person.uid)
    still_open(viewer, Period(PeriodKind.CUSTOM, row.starts, row.ends))
    words = _said(
        reason,
        worded("Write why the target set for {name} is taken back; {name} reads it.", name=person.name),
    )
    if row.withdrawn:
        raise NotAllowed(
            worded(
                "{withdrawer} took this back already, on {date}.",
                withdrawer=row.withdrawer,
                date=row.withdrawn.date(),
            )
        )
    rows.filter(pk=row.pk).update(withdrawn=at, withdrawer=signed_by(viewer), withdrawal=words)
    was = in_words(named(row.metric, viewer.at), row.value, organisation().currency)
    tell(
        "override", row.starts, row.ends, (was, FIGURED), signed_by(viewer), at,
        person=person, metric=row.metric, reason=words,
    )  # fmt: skip


def may_set_targets(viewer: Viewer, rep: UUID) -> bool:
    """Whether the viewer may set a target of this rep, whom they see: operators may, and the rep's managers."""
    return viewer.operates or (viewer.role is AccessRole.MANAGER and viewer.person_id != rep)


def _person(viewer: Viewer, rep: UUID) -> Person:
    person = seen(viewer, rep)
    if not may_set_targets(viewer, rep):
        raise NotAllowed(
            worded(
                "{viewer} may not set targets of {name}. Ask their manager, or revenue operations.",
                viewer=signed_by(viewer),
                name=person.name,
            )
        )
    return person


def still_open(viewer: Viewer, period: Period) -> None:
    """Raises NotAllowed for a period that is over."""
    if period.last < viewer.at:
        raise NotAllowed(
            worded(
                "{slug} ended on {last}; the targets of a closed period stay as they are.",
                slug=period.slug,
                last=period.last,
            )
        )


def left_before(person: Person, period: Period) -> str:
    """Why nobody can be asked for anything after their last day; empty where it lies in the period or later."""
    if person.ends is None or person.ends >= period.start:
        return ""
    return worded(
        "{name} left on {ends}: nothing is asked of them in {slug}. Choose an earlier "
        "period, or correct their last day.",
        name=person.name,
        ends=person.ends,
        slug=period.slug,
    )


def may_begin(viewer: Viewer, starts: date, note: str) -> None:
    """Raises NotAllowed for a day in a fiscal year that is over, and, for one that has come, without a note."""
    needs_operator(viewer, "change what shapes everybody’s targets")
    year = year_of(viewer.at, organisation().fiscal_start)
    if starts < year.start:
        raise NotAllowed(
            worded(
                "{starts} lies in a fiscal year that is over; its targets stay as they are. "
                "Begin on {start} or later.",
                starts=starts,
                start=year.start,
            )
        )
    if starts <= viewer.at and not note.strip():
        raise NotAllowed(
            worded(
                "From {starts} on it changes targets that have begun. Say in a sentence why; "
                "everybody reads it.",
                starts=starts,
            )
        )
    if len(note) > REASON_LENGTH:
        raise NotAllowed(
            worded(
                "The note has {length} characters; write at most {most}.",
                length=len(note),
                most=REASON_LENGTH,
            )
        )


def make(
    kind: Kind, starts: date, shares: Sequence[str], note: str, viewer: Viewer, at: datetime, *,
    role: str = "", learned: bool = False,
) -> None:  # fmt: skip
    """Keep a dated table, and tell what it changes."""
    rows = TargetTable.objects.filter(kind=kind, role=role).order_by("starts", "at", "id")
    before, after = rows.filter(starts__lte=starts).last(), rows.filter(starts__gt=starts).first()
    TargetTable.objects.create(
        kind=kind, role=role, starts=starts, shares=list(shares), learned=learned, note=one_line(note),
        by=signed_by(viewer), at=at,
    )  # fmt: skip
    was = table_words(kind, before.shares) if before else UNSET[kind]
    words = (was or UNSET[kind], table_words(kind, shares) or UNSET[kind])
    tell(
        kind, starts, after.starts if after else None, words, signed_by(viewer), at,
        role=role, reason=one_line(note),
    )  # fmt: skip


def _most(asked: Metric) -> Fraction:
    return Fraction(1) if is_rate(asked) else LARGEST


def _worded(value: Fraction, asked: Metric) -> str:
    if value == 1:
        return "100 %"
    if asked.unit is Unit.MONEY:
        return worded("{number} minor units", number=int(value))
    return f"{int(value):,}"


def _said(reason: str, missing: str) -> str:
    words = one_line(reason)
    if not words:
        raise NotAllowed(missing)
    if len(words) > REASON_LENGTH:
        raise NotAllowed(
            worded(
                "The reason has {length} characters; write at most {most}.",
                length=len(words),
                most=REASON_LENGTH,
            )
        )
    return words
