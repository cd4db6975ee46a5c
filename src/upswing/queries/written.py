"""The forecasts that were really written down before past periods, and since when any are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Min

from upswing.core.forecast.said import NEAR, PastForecast, last_before
from upswing.core.period import Period
from upswing.ledger.snapshots import Snapshot, SnapshotForecast, Why

COLUMNS = ("period", "snapshot__day", "snapshot__why", "likely", "low", "high")


def written_before(periods: Sequence[Period]) -> Mapping[str, PastForecast]:
    """Of everybody's forecasts the last one written down before each period, by its slug; without one it is missing."""
    if not periods:
        return {}
    first, last = min(period.start for period in periods), max(period.start for period in periods)
    rows = SnapshotForecast.objects.filter(
        person=None, period__in=[period.slug for period in periods],
        snapshot__day__gte=first - timedelta(days=NEAR), snapshot__day__lt=last,
    ).order_by("snapshot__day", "snapshot__number")  # fmt: skip
    found: dict[str, list[PastForecast]] = defaultdict(list)
    for slug, day, why, *sums in rows.values_list(*COLUMNS):
        found[slug].append(PastForecast(day, why == Why.NIGHT, *sums))
    told = {period.slug: last_before(found[period.slug], period) for period in periods}
    return {slug: each for slug, each in told.items() if each}


def written_since(at: date) -> date | None:
    """The first day of which a forecast was written down, as it is known on a day; None before any was."""
    found: date | None = Snapshot.objects.filter(day__lte=at).aggregate(first=Min("day"))["first"]
    return found
