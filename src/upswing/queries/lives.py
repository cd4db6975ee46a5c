"""Every deal's life, loaded from the book: what was known of it, and from which day on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from upswing.book.models import AmountChange, CloseChange, Credit, Deal
from upswing.book.models import StageMove as Move
from upswing.core.forecast.lives import Life, life_of
from upswing.core.records import DealRecord, Origin, Outcome, StageMove
from upswing.queries.organisation import organisation
from upswing.queries.stall_waits import waits

COLUMNS = (
    "id", "stage", "outcome", "created", "closed", "observed", "amount_minor", "expected_minor", "expected_close",
    "batch__read_on", "batch__started", "pipeline",
)  # fmt: skip
EVERYBODYS = "a forecast is learned from everybody's deals"
NOWHERE = Origin("", 0)

Parts = dict[int, list[tuple[Any, ...]]]


def as_told(stage: str, _pipeline: str) -> str:
    """The source's own word."""
    return stage


def lives(key_of: Callable[[str, str], str] = as_told) -> Iterator[Life]:
    """Every deal of the organisation of which a day is known.

    `key_of` says which stage a source's word means, given what the source calls the deal's pipeline.
    """
    zone = ZoneInfo(organisation().time_zone)
    moves = _parts(Move, "stage", "day", "outcome")
    amounts = _parts(AmountChange, "day", "amount_minor")
    closes = _parts(CloseChange, "day", "expected_close")
    credit = _parts(Credit, "person_id", "weight")
    resting = waits()
    for deal, stage, outcome, created, closed, observed, amount, worth, expected, read, started, path in (
        Deal.objects.unscoped(EVERYBODYS).order_by("id").values_list(*COLUMNS)
    ):
        told = DealRecord(
            "", NOWHERE, (), stage, Outcome(outcome), created=created, closed=closed, observed=observed,
            amount_minor=amount, expected_minor=worth, expected_close=expected, amounts=tuple(amounts[deal]),
            moves=tuple(StageMove(key_of(into, path), day, Outcome(means)) for into, day, means in moves[deal]),
            closes=tuple(closes[deal]),
        )  # fmt: skip
        if life := life_of(deal, told, _read(read, started, zone), tuple(credit[deal])):
            yield replace(life, waits=resting[deal]) if deal in resting else life


def _parts(model: type[Model], *columns: str) -> Parts:
    """The rows of a part by deal, in the order of their numbers (credits: of the people)."""
    found: Parts = defaultdict(list)
    order = "person_id" if model is Credit else "number"
    for deal, *row in model._default_manager.order_by("deal_id", order).values_list("deal_id", *columns):
        found[deal].append(tuple(row))
    return found


def _read(read: date | None, started: datetime, zone: ZoneInfo) -> date:
    """The day on which what a batch says was known."""
    return read or started.astimezone(zone).date()
