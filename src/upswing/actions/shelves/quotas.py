"""Quotas as files bring them; one of a period that has begun is set aside until somebody accepts it with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from upswing.actions.desk import Desk, everybodys
from upswing.actions.posting import Posting
from upswing.actions.shelf import Shelf, short
from upswing.actions.telling import in_words
from upswing.connectors.connector import folded
from upswing.core.period import parse_period
from upswing.core.records import Problem, QuotaRecord, Severity
from upswing.core.wording import in_english
from upswing.goals.models import Quota
from upswing.intake.models import Batch
from upswing.intake.models import Problem as StoredProblem
from upswing.queries.formulas import named
from upswing.queries.organisation import organisation

WAITS, LEFT = "quota_waits", "quota_after_leaving"
"""The codes of the notices."""


class Quotas(Shelf[QuotaRecord]):
    """What reps are asked for, by rep, first and last day of the period, and metric."""

    model = Quota
    columns = ("person", "metric", "period_kind", "starts", "ends", "value", "waiting")

    def __init__(self) -> None:
        self.fiscal_start = organisation().fiscal_start
        self.firm: dict[str, Decimal] = {}

    def key(self, record: QuotaRecord) -> str:
        """A quota has no id of its own."""
        period = parse_period(record.period, date.min, self.fiscal_start)
        return short(f"{folded(record.rep)}|{period.start}|{period.end}|{record.metric}")

    def amended(self, desk: Desk, changed: Mapping[int, QuotaRecord]) -> Mapping[int, QuotaRecord]:
        """Quotas above 0 of periods that have begun stand firm."""
        standing = _standing(desk, changed)
        self.firm = {self.key(changed[number]): value for number, value in standing.items()}
        return {n: replace(record) if n in standing else record for n, record in changed.items()}

    def foretold(self, desk: Desk, changed: Mapping[int, QuotaRecord]) -> Sequence[Problem]:
        """Which of the changes would wait."""
        standing = _standing(desk, changed)
        waits = {number: _value(record) for number, record in changed.items() if number in standing}
        return [
            _notice(changed[number], standing[number], value, desk.batch.started.date())
            for number, value in waits.items() if value != standing[number]
        ]  # fmt: skip

    def values(self, desk: Desk, record: QuotaRecord) -> tuple[Any, ...]:
        """The period by its days; the new value waits where the old one stands firm."""
        period = parse_period(record.period, date.min, self.fiscal_start)
        value = _value(record)
        standing = self.firm.get(self.key(record), value)
        waiting = None if standing == value else value
        person = desk.person(record.rep)
        return person, record.metric, period.kind.value, period.start, period.end, standing, waiting

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, QuotaRecord], fresh: Collection[int]
    ) -> None:
        """Set aside what is new but would change a running target, and say which quotas wait, in the import itself."""
        aside = _set_aside(desk, fresh) if fresh else 0
        rows = everybodys(Quota).filter(pk__in=written, waiting__isnull=False) if self.firm or aside else ()
        told = [
            _notice(written[row.pk], row.value, row.waiting or Decimal(0), desk.batch.started.date())
            for row in rows
        ]
        told += _left(written)
        notices = [_stored(desk.batch, notice) for notice in told]
        if notices:
            StoredProblem.objects.bulk_create(notices)
            Batch.objects.filter(pk=desk.batch.pk).update(notices=F("notices") + len(notices))


def _standing(desk: Desk, changed: Collection[int]) -> dict[int, Decimal]:
    """What stands firm of these quotas: those of periods that have begun, above 0 or waiting already."""
    begun = everybodys(Quota).filter(pk__in=changed, starts__lte=desk.batch.started.date())
    firm = begun.filter(Q(value__gt=0) | Q(waiting__isnull=False))
    return dict(firm.values_list("pk", "value"))


def _set_aside(desk: Desk, fresh: Collection[int]) -> int:
    """Let new quotas of begun periods wait where they would take the place of one that another import brought.

    The shorter of two counts on days that both cover; one that holds the other within itself changes none of its days.
    """
    others = everybodys(Quota).filter(
        person=OuterRef("person"), metric=OuterRef("metric"), value__gt=0,
        starts__lt=OuterRef("ends"), ends__gt=OuterRef("starts"),
    )  # fmt: skip
    longer = others.exclude(starts__gte=OuterRef("starts"), ends__lte=OuterRef("ends")).exclude(
        batch=desk.batch
    )
    begun = everybodys(Quota).filter(pk__in=fresh, starts__lte=desk.batch.started.date(), value__gt=0)
    found = list(begun.filter(Exists(longer)).values_list("pk", flat=True))
    return everybodys(Quota).filter(pk__in=found).update(waiting=F("value"), value=0) if found else 0


def _left(written: Mapping[int, QuotaRecord]) -> list[Problem]:
    """Quotas of periods after the last day of whom they are of: they are kept, and ask nothing."""
    rows = everybodys(Quota).filter(pk__in=written, value__gt=0, person__ends__lt=F("starts"))
    return [
        Problem(
            Severity.NOTICE, LEFT, written[pk].origin, name[:200], "period", written[pk].period,
            f"{name} left on {in_english(ends)}: a quota for {written[pk].period} asks nothing of them. "
            "Correct their last day, or leave the row out.",
        )
        for pk, name, ends in rows.order_by("pk").values_list("pk", "person__name", "person__ends")
    ]  # fmt: skip


def _value(record: QuotaRecord) -> Decimal:
    return Decimal(record.value.numerator) / Decimal(record.value.denominator)


def _notice(record: QuotaRecord, standing: Decimal, waiting: Decimal, on: date) -> Problem:
    asked, currency = named(record.metric, on), organisation().currency
    stands, waits = (in_words(asked, value, currency) for value in (standing, waiting))
    why = (
        f"stays at {stands}: the period has begun"
        if standing
        else ("is set aside: the period has begun, and another quota covers its days")
    )
    sentence = (
        f"{record.rep}’s {asked.label.lower()} for {record.period} {why}. "
        f"The file says {waits}; accept it with a reason under Targets."
    )
    return Problem(Severity.NOTICE, WAITS, record.origin, record.rep[:200], "value", waits, sentence)


def _stored(batch: Batch, notice: Problem) -> StoredProblem:
    return StoredProblem(
        batch=batch, severity=notice.severity.value, code=notice.code, file=notice.origin.file[:255],
        row=notice.origin.row, record=notice.record, field=notice.field, value=notice.value, sentence=notice.sentence,
    )  # fmt: skip
