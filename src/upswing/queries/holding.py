"""Open deals at hand: what is foreseen of them, whose they are, in which state and stage each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from upswing.book.models import Deal
from upswing.core.forecast.categories import CODES, Category
from upswing.core.forecast.replay import Flags
from upswing.core.period import Period
from upswing.core.records import Outcome
from upswing.queries.outlooks import Naming, Prepared, prepared

UNTOLD_STAGE = "-"
"""The key of deals whose stage nobody told."""


class State(StrEnum):
    """Where an open deal stands, seen from a period; each stands in exactly one."""

    MOVING = "moving"
    STALLED = "stalled"
    LATER = "later"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True)
class Tile:
    """Open deals of a state, or of a stage: how many, and their value in minor units; `weighted` counts chances."""

    key: str
    name: str
    deals: int
    value: int
    weighted: int


@dataclass(frozen=True, slots=True, eq=False)
class Ours:
    """The deals of some people: places in the outlook's deals, and of each their part of it in minor units."""

    place: np.ndarray
    amount: np.ndarray

    @classmethod
    def of(cls, found: Prepared, people: Sequence[int]) -> Ours:
        """Those in which any of the people has a part."""
        mine = np.isin(found.shares.person, np.fromiter(people, np.int64))
        many = len(found.ids)
        amount = np.zeros(many, np.int64)
        np.add.at(amount, found.shares.deal[mine], found.shares.amount[mine])
        place = np.unique(found.shares.deal[mine])
        return cls(place, amount[place])


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """The deals of a page at hand: what is foreseen, whose they are, and of each its state and the key of its stage."""

    found: Prepared
    naming: Naming
    ours: Ours
    states: np.ndarray
    keys: np.ndarray

    @classmethod
    def of(cls, at: date, period: Period, people: Sequence[int]) -> Holding:
        """What these people have at the close of a day, seen from a period."""
        found, naming = prepared(at, period)
        ours = Ours.of(found, people)
        return cls(found, naming, ours, state_of(found)[ours.place], _keys(found, naming, ours))

    @property
    def ids(self) -> list[int]:
        """The deals' own, in the order of `ours`."""
        found: list[int] = self.found.ids[self.ours.place].tolist()
        return found

    def tile(self, key: str, name: str, here: Flags) -> Tile:
        """What stands there."""
        amounts = self.ours.amount[here]
        weighted = float(amounts @ self.found.outlook.chance[self.ours.place[here]]) if len(amounts) else 0.0
        return Tile(key, name, int(here.sum()), int(amounts.sum()), round(weighted))

    def order(self, wanted: Flags) -> np.ndarray:
        """Places in `ours` of the wanted deals, the greatest first."""
        chosen = np.flatnonzero(wanted)
        return np.asarray(chosen[np.lexsort((self.ours.place[chosen], -self.ours.amount[chosen]))])

    @property
    def said(self) -> np.ndarray:
        """The code of what is said of each deal."""
        return np.asarray(self.found.said[self.ours.place])

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of the pipelines in their order, and others that deals stand in, by name; untold ones last."""
        there = sorted(
            set(self.keys.tolist()) - set(self.naming.keys), key=lambda key: (key == UNTOLD_STAGE, key)
        )
        return (*self.naming.keys, *there)


def state_of(found: Prepared) -> np.ndarray:
    """The state of each open deal, as a place in State."""
    code = {state: place for place, state in enumerate(State)}
    here = np.where(found.outlook.stalled, code[State.STALLED], code[State.MOVING])
    there = np.where(found.said == CODES[Category.OMITTED], code[State.OMITTED], code[State.LATER])
    return np.asarray(np.where(found.outlook.due, here, there))


def _keys(found: Prepared, naming: Naming, ours: Ours) -> np.ndarray:
    """The key of each deal's stage; where the past tells too few stages to learn from, as the deal says itself."""
    keys = np.array([*found.stages[:-1], UNTOLD_STAGE], object)[found.outlook.standing.stage[ours.place]]
    untold = np.flatnonzero(keys == UNTOLD_STAGE)
    if len(untold):
        rows = Deal.objects.unscoped("names of stages alone").filter(outcome=Outcome.OPEN.value)
        columns = rows.values_list("id", "stage", "pipeline")
        told = {deal: naming.key_of(stage, path) for deal, stage, path in columns if stage}
        ids = found.ids[ours.place[untold]].tolist()
        keys[untold] = [told.get(deal, UNTOLD_STAGE) for deal in ids]
    return np.asarray(keys)
