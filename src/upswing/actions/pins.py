"""Pin a line to one rep's card for a while, with a reason the rep reads; take it off again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import Incomplete
from upswing.actions.written import one_line
from upswing.core.metrics import UnknownMetric
from upswing.core.templates import MOST_PINS, MOST_WORDS
from upswing.core.wording import worded
from upswing.goals.cards import Pin
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.card_setup import may_pin
from upswing.queries.card_templates import followed
from upswing.queries.formulas import known
from upswing.queries.material import quota_metric
from upswing.queries.scorecard import seen

LONGEST = timedelta(days=366)


@transaction.atomic
def pin(viewer: Viewer, rep: UUID, metric: str, reason: str, starts: date, until: date, at: datetime) -> None:
    """Add a line to a rep's card from `starts` to `until`, both included; it changes no target.

    Raises NotVisible for whoever does not lead the rep, and Incomplete with everything to mend.
    """
    person = _led(viewer, rep)
    Person.objects.unscoped("locked, so that two pins at once are counted").select_for_update().get(
        pk=person.pk
    )
    reason = one_line(reason)
    wrong = (
        *_wrong_line(person, metric, starts), *_wrong_days(starts, until, viewer.at), *_crowded(person, starts, until),
    )  # fmt: skip
    if not 0 < len(reason) <= MOST_WORDS:
        wrong = (
            *wrong,
            worded(
                "Say in 1 to {most} characters why it helps {name}, who reads it; this has {length}.",
                most=MOST_WORDS,
                name=person.name,
                length=len(reason),
            ),
        )
    if wrong:
        raise Incomplete(wrong)
    Pin.objects.create(
        person=person, metric=metric, reason=reason, starts=starts, ends=until + timedelta(days=1),
        by=viewer.person_name, at=at,
    )  # fmt: skip


@transaction.atomic
def take_off(viewer: Viewer, pin: UUID) -> UUID:
    """End a pin today; earlier days keep it. Whose card it was on. Raises NotVisible."""
    row = Pin.objects.seen_by(viewer).select_related("person").filter(uid=pin, ends__gt=viewer.at).first()
    if row is None:
        raise NotVisible("There is no such pin.")
    _led(viewer, row.person.uid)
    Pin.objects.seen_by(viewer).filter(pk=row.pk).update(ends=max(row.starts, viewer.at))
    return row.person.uid


def _led(viewer: Viewer, rep: UUID) -> Person:
    person = seen(viewer, rep)
    if not may_pin(viewer, person):
        raise NotVisible("There is no such page for you.")
    return person


def _wrong_line(person: Person, key: str, starts: date) -> Iterator[str]:
    found = known([key], starts).get(key)
    if found is None:
        yield (
            worded("{unknown} Choose a line from the list.", unknown=str(UnknownMetric(key[:64])))
            if key
            else worded("Choose the line to pin.")
        )
    elif not found.judged:
        yield worded("“{label}” never stands on a card. Choose another line.", label=worded(found.label))
    elif found in followed([person.pk], starts, quota_metric())[person.pk].lines:
        yield worded(
            "“{label}” stands on the card of {name} already. Choose another line.",
            label=worded(found.label),
            name=person.name,
        )


def _wrong_days(starts: date, until: date, today: date) -> Iterator[str]:
    if starts < today:
        yield worded(
            "{starts} is over. Pin it from today, {today}, or a later day on.", starts=starts, today=today
        )
    if until < starts:
        yield worded(
            "It would end on {until}, before it begins on {starts}. Choose a later last day.",
            until=until,
            starts=starts,
        )
    elif until - starts > LONGEST:
        yield worded(
            "From {starts} to {until} is longer than a year. Choose an earlier last day.",
            starts=starts,
            until=until,
        )


def _crowded(person: Person, starts: date, until: date) -> Iterator[str]:
    rows = Pin.objects.unscoped("the caller leads this person").filter(
        person=person, starts__lte=until, ends__gt=starts
    )
    spans = list(rows.values_list("starts", "ends"))
    if full := _full(spans, starts):
        yield worded(
            "{most} lines are pinned to the card of {name} on {full} already, which is "
            "as many as are read. Take one off, or choose other days.",
            most=MOST_PINS,
            name=person.name,
            full=full,
        )


def _full(spans: Iterable[tuple[date, date]], starts: date) -> date | None:
    """The first day, from `starts` on, on which there is no room among spans [from, to) that touch the new one."""
    spans = list(spans)
    days = sorted({max(first, starts) for first, _ in spans})
    return next((day for day in days if sum(first <= day < end for first, end in spans) >= MOST_PINS), None)
