"""What is foreseen of a period, worked out once and kept: the outlook of everybody's deals, and whose each deal is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import Any
from uuid import uuid4

import numpy as np
from django.core.cache import cache
from django.db.models import Count, Max

from upswing.core.forecast.categories import CODES, Category, codes_of
from upswing.core.forecast.learned import Learner, Rules
from upswing.core.forecast.lives import Life, shared_out
from upswing.core.forecast.movement import Movement
from upswing.core.forecast.outlook import Outlook, outlook
from upswing.core.forecast.publishing import Forecaster
from upswing.core.forecast.replay import Flags, Ints, replay
from upswing.core.period import Period
from upswing.core.pipelines import Pipeline, Stage, stage_of
from upswing.goals.pipelines import PipelineVersion
from upswing.intake.models import Batch
from upswing.queries.categories import categories_on
from upswing.queries.lives import lives
from upswing.queries.once import once
from upswing.queries.pipelines import pipelines_on
from upswing.queries.stall_waits import aside

_KEPT = 24 * 60 * 60
_TURN = "outlooks:turn"
_A_YEAR = 365
_MANY = 32
_NAMINGS_AT_ONCE = 2
"""Whoever looks at a day before the stages changed does not make those who look at today wait."""
_NAMINGS: dict[tuple[str, date], Naming] = {}
_PASTS: dict[tuple[str, Naming], Past] = {}
_OUTLOOKS: dict[str, Prepared] = {}
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Whose deals are: a row for each person credited, with the deal's place, the person and their part.

    `part` is the person's share of the deal, 0-1; `amount` their part of its open amount in minor units, so that the
    parts of a deal add up to it exactly.
    """

    deal: Ints
    person: Ints
    part: np.ndarray
    amount: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """The outlook of a period, whose its open deals are, and what each person has won: in it, and in the year before.

    `ids` are the deals of `outlook.standing`, in its order; `stages` the keys that its stage codes stand for; `aside`
    tells which of the deals were set aside by then, and have not moved since; `said` holds the codes of what was said
    of each. Of those left out nothing is expected.
    """

    outlook: Outlook
    ids: Ints
    stages: tuple[str, ...]
    aside: Flags
    said: Ints
    shares: Shares
    won: Mapping[int, int]
    of_late: Mapping[int, int]


@dataclass(frozen=True)
class Naming:
    """The stages of the pipelines in force, by the keys that a forecast knows them by."""

    pipelines: tuple[Pipeline, ...]

    def key_of(self, text: str, pipeline: str = "") -> str:
        """The key of what a source calls a stage of a pipeline; one that no pipeline knows is its own."""
        found = stage_of(self.pipelines, pipeline, text)
        return self.key(self.pipelines.index(found[0]), found[1].key) if found else text

    def key(self, place: int, stage: str) -> str:
        """The key of a stage of the pipeline at a place: its own, as long as there is but one pipeline."""
        return stage if place == 0 else f"{place}/{stage}"

    @cached_property
    def stages(self) -> Mapping[str, Stage]:
        """All of them by their keys, in order."""
        return {
            self.key(place, stage.key): stage
            for place, each in enumerate(self.pipelines)
            for stage in each.stages
        }

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in order."""
        return tuple(self.stages)

    @property
    def names(self) -> Mapping[str, str]:
        """What each is called."""
        return {key: stage.name for key, stage in self.stages.items()}

    @property
    def rules(self) -> Rules:
        """What was decided of them."""
        named = self.stages.items()
        return Rules(
            {key: float(stage.weight) for key, stage in named if stage.weight is not None},
            {key: stage.days for key, stage in named if stage.days is not None},
            {key: stage.policy for key, stage in named if stage.policy is not None},
        )


class Past:
    """Everybody's deals, loaded once, and the forecasts made of them."""

    def __init__(self, naming: Naming) -> None:
        self._lives = {life.id: life for life in lives(naming.key_of)}
        self.naming = naming
        self.movements: dict[Hashable, Movement] = {}
        self.forecaster = Forecaster(Learner(replay(self._lives.values(), naming.keys), naming.rules))

    @cached_property
    def order(self) -> tuple[Life, ...]:
        """The lives in the order of their ids, as the replay has them."""
        return tuple(life for _, life in sorted(self._lives.items()))

    def has(self, place: int, people: frozenset[int]) -> bool:
        """Whether any of the people has a part in the deal at a place."""
        return any(person in people for person, _ in self.order[place].credit)

    def prepared(self, at: date, period: Period) -> Prepared:
        """The outlook of a period at the close of a day."""
        first, last, now = (day.toordinal() for day in (period.start, period.last, at))
        found = outlook(self.forecaster, now, first, last)
        ids = self.forecaster.learner.book.ids[found.standing.deal]
        said = codes_of(ids, categories_on(at))
        return Prepared(
            found.without(said == CODES[Category.OMITTED]), ids, self.forecaster.learner.keys,
            self._aside(found, at), said, self._shares(found),
            self.won(first - 1, min(now, last)), self.won(now - _A_YEAR, now),
        )  # fmt: skip

    def _aside(self, found: Outlook, at: date) -> Flags:
        """Which open deals are set aside, in the very stay in which that was decided, whatever it is called now."""
        told = {deal: since for deal, (_, since) in aside(at).items()}
        ids = self.forecaster.learner.book.ids[found.standing.deal].tolist()
        stays = zip(ids, found.standing.stage_age.tolist(), strict=True)
        return np.array([told.get(deal) == at - timedelta(days=age) for deal, age in stays], bool)

    def _shares(self, found: Outlook) -> Shares:
        rows = []
        for place, (deal, amount) in enumerate(
            zip(found.standing.deal.tolist(), found.standing.amount.tolist(), strict=True)
        ):
            credit = self.order[deal].credit
            whole = sum(weight for _, weight in credit)
            parts = zip(credit, shared_out(amount, credit), strict=False)
            rows += [(place, person, weight / whole, part) for (person, weight), (_, part) in parts]
        deal_, person_, part_, amount_ = zip(*rows, strict=True) if rows else ((), (), (), ())
        return Shares(
            np.array(deal_, np.int64), np.array(person_, np.int64), np.array(part_, float),
            np.array(amount_, np.int64),
        )  # fmt: skip

    def won(self, after: int, until: int) -> Mapping[int, int]:
        """What each person won after a day and by the close of another, shared deals in part."""
        found: Counter[int] = Counter()
        for place in np.flatnonzero(self.forecaster.learner.book.won_between(after, until)).tolist():
            life = self.order[place]
            found.update(dict(shared_out(life.won, life.credit)))
        return dict(found)


def prepared(at: date, period: Period) -> tuple[Prepared, Naming]:
    """The outlook of a period as it was known at the close of a day, and what the stages are called."""
    state = _state()
    naming = _naming(at, state)
    name = f"{state}:{at}:{period.start}:{period.end}"
    found = _OUTLOOKS.get(name)
    if found is None:
        found = _OUTLOOKS[name] = cache.get(name) or _worked_out(name, at, period)
        _bound(_OUTLOOKS)
    return found, naming


def _worked_out(name: str, at: date, period: Period) -> Prepared:
    found = past(at).prepared(at, period)
    cache.set(name, found, _KEPT)
    return found


def _bound(remembered: dict[Any, Any], most: int = _MANY) -> None:
    """Forget the one that was remembered first, where there are more."""
    if len(remembered) > most:
        remembered.pop(next(iter(remembered)), None)


def past(at: date) -> Past:
    """Everybody's deals with the stages as they are called on a day, loaded once by each process."""
    state = _state()
    naming = _naming(at, state)
    with _ONE_AT_A_TIME:
        if (state, naming) not in _PASTS:
            for key in [key for key in _PASTS if key[0] != state]:
                del _PASTS[key]
            _PASTS[state, naming] = Past(naming)
            _bound(_PASTS, _NAMINGS_AT_ONCE)
        return _PASTS[state, naming]


def version_on(day: date) -> str:
    """The name of what forecasts of that day are made from."""
    return f"{_state()}:{day}"


def _naming(at: date, state: str) -> Naming:
    """The stages in force on a day; where none were published, they are read from all moves, which takes a while."""
    found = _NAMINGS.get((state, at))
    if found is None:
        found = _NAMINGS[state, at] = Naming(pipelines_on(at))
        _bound(_NAMINGS)
    return found


def forget_outlooks() -> None:
    """To be called by whatever changes a deal without an import, and in its transaction."""
    cache.set(_TURN, uuid4().hex, None)


@once
def _state() -> str:
    """A name for everything that outlooks are made from: imports, changes of deals, published stages."""
    turn = cache.get_or_set(_TURN, lambda: uuid4().hex, None)
    came = Batch.objects.aggregate(last=Max("id"), done=Max("finished"), back=Count("undone"))
    stages = PipelineVersion.objects.aggregate(last=Max("published"), many=Count("number"))
    return f"outlooks@4:{sha256(repr((stages, came, turn)).encode()).hexdigest()[:32]}"
