"""What was said of stalled deals, as forecasts need it: waits, deals set aside, how often they came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from upswing.core.forecast.cases import ENDS, Ended, Kind, State, Step, replayed
from upswing.core.forecast.cases import waits as waits_of
from upswing.goals.stalls import StallCase, StallStep
from upswing.queries.organisation import organisation

WAITING = tuple(kind.value for kind, ended in ENDS.items() if ended is Ended.WAITS)
ASIDE = tuple(kind.value for kind, ended in ENDS.items() if ended is Ended.ASIDE)
COLUMNS = ("case_id", "case__deal_id", "case__limit", "case__stage", "case__since", "kind", "at", "day")
EVERYBODYS = "what counts for everybody's forecast"

Story = tuple[int, int, str, date, tuple[Step, ...]]
"""The deal of a case, its limit, stage and the day it entered it, and its steps."""


def waits() -> Mapping[int, tuple[tuple[date, date], ...]]:
    """Deal → (day said, day until which it rests), in order."""
    found: dict[int, tuple[tuple[date, date], ...]] = {}
    for deal, limit, _stage, _since, steps in _stories(WAITING):
        found[deal] = found.get(deal, ()) + waits_of(steps, limit)
    return found


def aside(day: date) -> Mapping[int, tuple[str, date]]:
    """Deals that were set aside at the close of a day, each with the stage it stood in and since when.

    A deal that has moved since counts again by itself.
    """
    found: dict[int, tuple[str, date]] = {}
    for deal, limit, stage, since, steps in _stories(ASIDE):
        state = state_on(steps, limit, day)
        if state and state.ended is Ended.ASIDE:
            found[deal] = (stage, since)
        elif state:
            found.pop(deal, None)
    return found


def re_entries() -> Mapping[int, int]:
    """Deal → how often it came back by something its buyer did; a return that was taken back is none."""
    found: dict[int, int] = defaultdict(int)
    for deal, limit, _stage, _since, steps in _stories((Kind.RE_ENTERED.value,)):
        found[deal] += replayed(steps, limit).re_entries
    return {deal: count for deal, count in found.items() if count}


def state_on(steps: Sequence[Step], limit: int, day: date) -> State | None:
    """Where a case stood at the close of a day; None before its proposal."""
    known = [step for step in steps if step.on <= day]
    return replayed(known, limit) if known else None


def _stories(kinds: Iterable[str]) -> Iterable[Story]:
    """The cases in which any of these was ever done, the earliest first, in one question."""
    zone = ZoneInfo(organisation().time_zone)
    found: dict[int, tuple[int, int, str, date, list[Step]]] = {}
    having = StallCase.objects.unscoped(EVERYBODYS).filter(steps__kind__in=list(kinds)).values("pk")
    rows = StallStep.objects.filter(case__in=having).order_by("case__proposed", "case_id", "number")
    for case, deal, limit, stage, since, kind, at, day in rows.values_list(*COLUMNS):
        told = found.setdefault(case, (deal, limit, stage, since, []))
        told[4].append(Step(Kind(kind), at.astimezone(zone).date(), day))
    return ((*told[:4], tuple(told[4])) for told in found.values())
