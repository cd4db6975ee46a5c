"""The rep's own funnel: from calls to deals won, and how often one step leads to the next, beside the usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from upswing.core.bands import Borders, judge
from upswing.core.evidence import EvidenceSettings, prompts, state_for, weigh_rate
from upswing.core.measures import (
    CALLS,
    CONVERSATIONS,
    DEALS_CREATED,
    DEALS_WON,
    MEETINGS_HELD,
    PROPOSALS_SENT,
    Measure,
)
from upswing.core.metrics.value import Counted, quantity

ACTIVE: tuple[Measure, ...] = (CALLS, CONVERSATIONS, MEETINGS_HELD, PROPOSALS_SENT, DEALS_WON)
"""The steps where activities are recorded."""
DEALS: tuple[Measure, ...] = (DEALS_CREATED, PROPOSALS_SENT, DEALS_WON)
"""The steps where only deals are."""
FUNNEL: tuple[Measure, ...] = tuple(dict.fromkeys((*ACTIVE, *DEALS)))
FEWEST = 10
"""With fewer records before, there is no usual rate."""

_BORDERS, _SETTINGS = Borders(), EvidenceSettings()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how many; of the step before how large a share, 0 or more; and what is usual for the rep.

    `rate` is None for the first step and after one with nothing, `usual` also with too little before. `low` says that
    the rate is clearly below the usual: at most 80 % of it, and not by chance.
    """

    measure: Measure
    count: Fraction
    rate: Fraction | None = None
    usual: Fraction | None = None
    low: bool = False


def funnel_of(now: Counted, before: Counted) -> tuple[Step, ...]:
    """The steps in which anything was counted, now or before; none where fewer than two are.

    Each is counted on its own day, so a later step may hold more than came from the one before.
    """
    steps = ACTIVE if _recorded(ACTIVE[:3], now, before) else DEALS
    kept = _recorded(steps, now, before)
    if len(kept) < 2:
        return ()
    first = Step(kept[0], quantity(kept[0], now))
    return (first, *(_step(above, each, now, before) for above, each in pairwise(kept)))


def _recorded(steps: Sequence[Measure], now: Counted, before: Counted) -> list[Measure]:
    return [each for each in steps if now.get(each.key, 0) > 0 or before.get(each.key, 0) > 0]


def _step(above: Measure, each: Measure, now: Counted, before: Counted) -> Step:
    trials, hits = quantity(above, now), quantity(each, now)
    earlier = quantity(above, before)
    usual = quantity(each, before) / earlier if earlier >= FEWEST else None
    rate = hits / trials if trials > 0 else None
    return Step(each, hits, rate, usual, _clearly_low(hits, trials, usual))


def _clearly_low(hits: Fraction, trials: Fraction, usual: Fraction | None) -> bool:
    """As a line of a card would be judged, with what is usual as its target."""
    if usual is None or not 0 < usual <= 1 or not 0 <= hits <= trials:
        return False
    band = judge(hits, trials * usual, _BORDERS)
    weighed = weigh_rate(hits, trials, usual, _SETTINGS, _BORDERS)
    return prompts(band, state_for(band, weighed, trials * usual), trials * usual)
