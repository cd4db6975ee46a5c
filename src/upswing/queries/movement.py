"""How the open value of a period changed between two days: the parts of some people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from upswing.book.models import Deal
from upswing.core.forecast.categories import CODES, Category, codes_of
from upswing.core.forecast.lives import shared_out
from upswing.core.forecast.movement import Movement, Place, Step, Where, movement
from upswing.core.forecast.references import Ahead
from upswing.core.period import Period
from upswing.people.viewer import Viewer
from upswing.queries.categories import categories_on
from upswing.queries.circle import circle
from upswing.queries.outlooks import Past, past

_MANY = 256
"""Movements that are remembered."""
NAMED = 12
"""Deals of each reason that are named, the greatest ones."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A deal that moved the sum, by how much in minor units."""

    id: UUID
    name: str
    amount: int


def moved(
    viewer: Viewer,
    period: Period,
    at: date,
    since: date,
    rep: UUID | None = None,
    team: UUID | None = None,
) -> Movement:
    """How the open value due in the period changed between the close of two days: the parts of these people.

    Raises NotVisible where there is no such rep or team for this viewer.
    """
    people, found = circle(viewer, at, rep, team).ids, past(at)
    asked = (people, period, at, since)
    if len(found.movements) > _MANY:
        found.movements.clear()
    moves = found.movements.get(asked)
    if moves is None:
        moves = found.movements[asked] = _moved(found, people, period, since, at)
    return moves


def moved_deals(viewer: Viewer, changed: Movement) -> Mapping[Step, tuple[Moved, ...]]:
    """The greatest of each reason, as far as the viewer may see them."""
    greatest = sorted(changed.changes, key=lambda each: (-abs(each.amount), each.deal))
    chosen = {step: [each for each in greatest if each.step is step][:NAMED] for step in Step}
    ids = [each.deal for some in chosen.values() for each in some]
    columns = Deal.objects.seen_by(viewer).filter(id__in=ids).values_list("id", "uid", "name", "external_id")
    told = {deal: (uid, name or key) for deal, uid, name, key in columns}
    return {
        step: tuple(Moved(*told[each.deal], each.amount) for each in some if each.deal in told)
        for step, some in chosen.items()
    }


def _moved(found: Past, people: frozenset[int], period: Period, since: date, at: date) -> Movement:
    then, now = (_looked(found, period, day) for day in (min(since, at), at))
    deals = [place for place in np.flatnonzero(then.inside | now.inside).tolist() if found.has(place, people)]
    before, after = (_places(found, people, deals, looked) for looked in (then, now))
    return movement(before, after)


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """Where every deal of the book stood at the close of a day, as a place in Where, and its open amount then."""

    where: np.ndarray
    amount: np.ndarray

    @property
    def inside(self) -> np.ndarray:
        """Which stood in the pipeline of the period."""
        return np.asarray(self.where == list(Where).index(Where.INSIDE))


def _looked(found: Past, period: Period, day: date) -> _Look:
    forecaster, now = found.forecaster, day.toordinal()
    learner, book = forecaster.learner, forecaster.learner.book
    standing = learner.standing(now)
    ahead = Ahead(max(0, period.start.toordinal() - 1 - now), max(0, period.last.toordinal() - now))
    due = forecaster.due(now, ahead, foreknown=True)
    code = {each: place for place, each in enumerate(Where)}
    where = np.where(
        book.closed <= now, np.where(book.won, code[Where.WON], code[Where.LOST]), code[Where.UNKNOWN]
    )
    stands = np.where(learner.stalled(now), code[Where.STALLED], code[Where.INSIDE])
    said = codes_of(book.ids[standing.deal], categories_on(day))
    stands[said == CODES[Category.OMITTED]] = code[Where.OMITTED]
    where[standing.deal] = np.where(due, stands, code[Where.OUTSIDE])
    amount = np.zeros(len(book), np.int64)
    amount[standing.deal] = standing.amount
    return _Look(where, amount)


def _places(found: Past, people: frozenset[int], deals: Sequence[int], looked: _Look) -> dict[int, Place]:
    """Where these deals stood, with the part of these people."""
    names = list(Where)
    return {
        found.order[deal].id: Place(
            names[int(looked.where[deal])],
            part_in(int(looked.amount[deal]), found.order[deal].credit, people),
        )
        for deal in deals
    }


def part_in(amount: int, credit: Sequence[tuple[int, int]], people: frozenset[int]) -> int:
    """What of an amount belongs to these people; the parts of all who share it make it up exactly."""
    if all(person in people for person, _ in credit):
        return amount
    return sum(part for person, part in shared_out(amount, credit) if person in people)
