"""Publish targets: quotas as one batch that can be taken back; a target that stands never changes silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from django.db import transaction

from upswing.actions.import_batch import About, import_batch
from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.targeting import left_before, set_override, still_open
from upswing.connectors.connector import Known
from upswing.core.metrics.metric import Metric
from upswing.core.period import Period
from upswing.core.records import Origin, Problem, QuotaRecord, Record
from upswing.core.targets import Target
from upswing.core.wording import worded
from upswing.goals.models import Quota
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.formulas import named
from upswing.queries.organisation import organisation
from upswing.queries.scorecard import seen
from upswing.queries.shaping import Asked, asked_of

SOURCE = "targets"


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: `batch` brought so many `quotas` (none: empty); so many targets were changed `by_hand`."""

    batch: str
    quotas: int
    by_hand: int


def publish_targets(
    viewer: Viewer, key: str, period: Period, values: Mapping[UUID, Fraction], reason: str, at: datetime
) -> Published:
    """A quota for each rep, in the metric's unit (money in minor units); equal ones change nothing.

    Where a target stands already that this page did not publish for a period still to come, it is set by hand
    instead, and needs the reason. Raises NotVisible, UnknownMetric, and NotAllowed with what to write.
    """
    needs_operator(viewer, "publish targets")
    asked = named(key, viewer.at)
    still_open(viewer, period)
    people = {rep: seen(viewer, rep) for rep in values}
    told = asked_of(list(people.values()), period, key)
    wanted = {
        rep: value for rep, value in values.items() if not _stands(told, people[rep], asked, period, value)
    }
    for rep in wanted:
        if sentence := left_before(people[rep], period):
            raise NotAllowed(sentence)
    if small := [people[rep].name for rep, value in wanted.items() if value <= 0]:
        raise NotAllowed(
            worded("A target lies above 0; leave the field of {name} empty for none.", name=small[0])
        )
    begun = {rep for rep in wanted if _stands_firm(viewer, told, people[rep], asked, period)}
    if begun and not reason.strip():
        names = ", ".join(sorted(people[rep].name for rep in begun))
        raise NotAllowed(
            worded(
                "A target for {label} stands already for {names}. Say why it changes; they read it.",
                label=worded(asked.label),
                names=names,
            )
        )
    fresh = [_quota(people[rep], key, period, value) for rep, value in wanted.items() if rep not in begun]
    done = import_batch(viewer, Rows(fresh), _about(), at) if fresh else None
    with transaction.atomic():
        for rep in sorted(begun):
            set_override(viewer, rep, key, period, wanted[rep], reason, at)
    return Published(done.batch if done else "", len(fresh), len(begun))


@dataclass(frozen=True, slots=True)
class Rows:
    """A connector for what was typed."""

    quotas: list[QuotaRecord]

    def read(self, known: Known) -> Iterator[Record | Problem]:
        """The quotas, in order."""
        return iter(self.quotas)


def _about() -> About:
    facts = organisation()
    return About(SOURCE, "Targets set here", facts.currency, facts.name, None, SOURCE)


def _quota(person: Person, key: str, period: Period, value: Fraction) -> QuotaRecord:
    return QuotaRecord(person.key, period.slug, key, value, Origin("targets", 1))


def _stands(told: Asked, person: Person, asked: Metric, period: Period, value: Fraction) -> bool:
    """Whether exactly this is asked already, as the quota of the period or as the target."""
    days = (period.start, period.end)
    quotas = told.quotas.get((person.id, asked.key), ())
    own = {quota.value for quota in quotas if (quota.period.start, quota.period.end) == days}
    found = told.target(asked, person.id, period)
    return value in own or (isinstance(found, Target) and found.value == value)


def _stands_firm(viewer: Viewer, told: Asked, person: Person, asked: Metric, period: Period) -> bool:
    """Whether there is a target that may only be changed by hand: it has begun, came from elsewhere, or was set so."""
    if not isinstance(told.target(asked, person.id, period), Target):
        return False
    if period.start <= viewer.at or told.by_hand(asked.key, person.id, period):
        return True
    rows = Quota.objects.unscoped("the person was checked").filter(person=person, metric=asked.key)
    return rows.filter(starts=period.start, ends=period.end).exclude(source__key=SOURCE).exists()
