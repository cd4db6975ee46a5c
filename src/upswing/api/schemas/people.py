"""People: whom you may open, which card they have, who looked."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from upswing.api.schemas.values import PageOut, Strict


class PersonOut(Strict):
    """Somebody with a scorecard."""

    id: UUID
    name: str


class PeopleOut(PageOut):
    """Everybody whose scorecard you may open, by name."""

    people: list[PersonOut]


class TemplateOut(Strict):
    """A published card template: what it opens with, and from which shares of what was expected lines are judged."""

    template: UUID
    name: str
    number: int
    effective: date
    note: str
    published: datetime
    publisher: str
    period: str
    support: float | int
    outstanding: float | int


class PinOut(Strict):
    """A line that somebody added to the card in [starts, ends), and why."""

    id: UUID
    metric: str
    reason: str
    by: str
    starts: date
    ends: date


class CardOut(Strict):
    """What a person's card is made of today; without a `template` it is the automatic card. Pinned lines come last."""

    rep: str
    rep_id: UUID
    template: TemplateOut | None
    lines: list[str]
    pins: list[PinOut]
    to_come: list[PinOut]


class LookOut(Strict):
    """The first look of a day: by whom, at what, through which door, when."""

    by: str
    what: str
    via: str
    first: datetime


class LooksOut(PageOut):
    """Who looked at somebody's figures, the latest first."""

    rep: str
    rep_id: UUID
    looks: list[LookOut]
