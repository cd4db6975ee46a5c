"""How long an open deal has been in its stage, and the limit there with everything that speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.core.cache import cache

from upswing.book.models import Deal
from upswing.core.forecast.replay import NEVER
from upswing.core.forecast.stall import Limit
from upswing.core.period import month_of
from upswing.queries.outlooks import past, prepared, version_on

KEPT = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Aged:
    """How long an open deal has been in its stage, and the limit there. `rests` is until when it is left alone.

    `weight` is what its stage counts, 0-1.
    """

    days: int
    limit: Limit
    stalled: bool
    rests: date | None
    weight: float


def aged(row: Deal, at: date) -> Aged | None:
    """As forecasts know it."""
    found, _ = prepared(at, month_of(at))
    places = np.flatnonzero(found.ids == row.pk)
    if not len(places):
        return None
    place, standing = int(places[0]), found.outlook.standing
    rests = int(standing.rests[place])
    return Aged(
        int(standing.stage_age[place]), _limits(at)[int(standing.stage[place])],
        bool(found.outlook.stalled[place]), None if rests == NEVER else date.fromordinal(rests),
        float(found.outlook.weight[place]),
    )  # fmt: skip


def _limits(at: date) -> tuple[Limit, ...]:
    """The limits of the stages by their codes, the untold one last."""
    name = f"limits:{version_on(at)}:{at}"
    found: tuple[Limit, ...] | None = cache.get(name)
    if found is None:
        learner = past(at).forecaster.learner
        limits = learner.limits(at.toordinal())
        found = tuple(limits[key] for key in learner.keys)
        cache.set(name, found, KEPT)
    return found
