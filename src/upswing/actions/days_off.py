"""Days on which somebody, or nobody, works: they lower targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from upswing.actions.shelf import CREATED, UNCHANGED
from upswing.core.records import DayOffRecord
from upswing.people.models import Holiday, TimeOff


def add_days_off(person: Callable[[str], int], records: Sequence[DayOffRecord]) -> Counter[str]:
    """Put days off in place; a day without a rep is a holiday of everybody. A day stands once."""
    days = {(person(record.rep), record.day): record.kind for record in records if record.rep}
    standing = set(
        TimeOff.objects.filter(person__in={who for who, _ in days}).values_list("person_id", "day")
    )
    fresh = [
        TimeOff(person_id=who, day=day, kind=kind)
        for (who, day), kind in days.items()
        if (who, day) not in standing
    ]
    holidays = {record.day for record in records if not record.rep}
    known = set(Holiday.objects.filter(day__in=holidays).values_list("day", flat=True))
    TimeOff.objects.bulk_create(fresh, ignore_conflicts=True)
    Holiday.objects.bulk_create((Holiday(day=day) for day in sorted(holidays - known)), ignore_conflicts=True)
    made = len(fresh) + len(holidays - known)
    return Counter({CREATED: made, UNCHANGED: len(days) + len(holidays) - made})
