"""What a period will bring: everybody's or a team's, person by person, how sure it is, and what changed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from upswing.core.forecast.categories import CODES, Category, counted
from upswing.core.forecast.parts import Part, part_of, ranged
from upswing.core.forecast.ranges import shock
from upswing.core.metrics import metric
from upswing.core.money import rounded
from upswing.core.period import Period
from upswing.core.targets import Target
from upswing.goals.commits import Whose
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.circle import Circle, circle, may_read_of_all
from upswing.queries.committed import CommitShown, commits_of
from upswing.queries.holding import Ours
from upswing.queries.organisation import organisation
from upswing.queries.outlooks import Prepared, prepared
from upswing.queries.shaping import asked_of

WON = "won_value"


@dataclass(frozen=True, slots=True)
class Figures:
    """One person's or a whole circle's period, in minor units.

    `won` so far; `due` the open value expected in the period, `stalled` the part of it that stands still; `staged` is
    due amounts times the weight of their stage. `commit` is what is won and the due value of deals that are counted on,
    `best_case` that and those that are possible, as people say of their deals. `likely` is what is won plus what is
    foreseen, between `low` and `high` in 8 of 10 cases. `asked` is the quota, None without one.
    """

    won: int
    due: int
    stalled: int
    staged: int
    commit: int
    best_case: int
    low: int
    likely: int
    high: int
    asked: int | None

    @property
    def missing(self) -> int | None:
        """What is still to be won for the quota; 0 once it is reached."""
        return None if self.asked is None else max(0, self.asked - self.won)

    @property
    def cover(self) -> float | None:
        """How many times the open value due covers what is missing; None where nothing is."""
        return self.due / self.missing if self.missing else None


@dataclass(frozen=True, slots=True)
class Row:
    """One person: their figures, their own commit and their manager's view of it."""

    id: UUID
    name: str
    figures: Figures
    commit: CommitShown | None
    view: CommitShown | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a period will bring. `over` once it is; then nothing is foreseen.

    `chosen` is the published method and `said` what every method says of what is still to come (nothing where few
    sell), with `windows` scored windows behind the choice; both concern the whole organisation, as its past teaches
    them. `verified` says whether the range was. `staged_now` is staged with the deals that were set aside counted for
    what that leaves of them, `staged_less` the same with all that are stalled. `left_out` says that somebody's deals
    are, which only the published method leaves out.
    """

    circle: Circle
    period: Period
    at: date
    currency: str
    total: Figures
    rows: tuple[Row, ...]
    over: bool
    chosen: str
    verified: bool
    windows: int
    said: Mapping[str, int]
    staged_now: int
    staged_less: int
    fresh: int
    left_out: bool


def forecast(
    viewer: Viewer, period: Period, at: date, rep: UUID | None = None, team: UUID | None = None
) -> Forecast:
    """Raises NotVisible where there is no such rep or team for this viewer."""
    around = circle(viewer, at, rep, team)
    found, _ = prepared(at, period)
    asked, said = _asked(around.people, period), commits_of((each.id for each in around.people), period, at)
    figures = _each(found, around.people, asked)
    rows = tuple(
        Row(
            person.uid, person.name, figures[person.id],
            said.get((person.id, Whose.REP)), said.get((person.id, Whose.MANAGER)),
        )
        for person in around.people
    )  # fmt: skip
    ids = [person.id for person in around.people]
    total = _figures(found, ids, sum(asked.values()) if asked else None, whole=around.whole)
    published = found.outlook.published
    return Forecast(
        around, period, at, organisation().currency, total, rows, published is None,
        published.chosen if published else "", bool(published and published.range.verified),
        len(published.windows) if published else 0,
        _said(viewer, found), *_less(found, ids), round(found.outlook.fresh * _late_share(found, ids)),
        bool((found.said == CODES[Category.OMITTED]).any()),
    )  # fmt: skip


def _said(viewer: Viewer, found: Prepared) -> dict[str, int]:
    """What every way says of everybody; nothing where so few sell that others' figures could be reckoned from it."""
    published = found.outlook.published
    if published is None or not may_read_of_all(viewer):
        return {}
    return {key: round(value) for key, value in published.said.items()}


def _less(found: Prepared, people: Sequence[int]) -> tuple[int, int]:
    """Amount times weight of what is due, counting less what was set aside; and counting less all that is stalled."""
    ours = Ours.of(found, people)
    due, amounts = found.outlook.due[ours.place], ours.amount
    worth, less = found.outlook.weight[ours.place], found.outlook.penalised[ours.place]
    now = np.where(found.aside[ours.place], less, worth)
    return round(float((amounts * now)[due].sum())), round(float((amounts * less)[due].sum()))


def _figures(found: Prepared, people: Sequence[int], asked: int | None, *, whole: bool) -> Figures:
    """Of some people together."""
    ours = Ours.of(found, people)
    outlook, amounts = found.outlook, ours.amount
    due = outlook.due[ours.place]
    stalled = due & outlook.stalled[ours.place]
    won = sum(found.won.get(person, 0) for person in people)
    part = _range(found, ours, people, whole=whole)
    said = counted(won, amounts, due, found.said[ours.place])
    return Figures(
        won, int(amounts[due].sum()), int(amounts[stalled].sum()),
        round(float((amounts * outlook.weight[ours.place])[due].sum())), said.commit, said.best_case,
        won + round(part.low), won + round(part.value), won + round(part.high), asked,
    )  # fmt: skip


def _range(found: Prepared, ours: Ours, people: Sequence[int], *, whole: bool) -> Part:
    """What is still to come: of everybody as published, of others by their own deals and the error all share."""
    published = found.outlook.published
    if published is None:
        return Part(0.0, 0.0, 0.0)
    if whole:
        return Part(published.range.low, published.value, published.range.high)
    amounts = np.maximum(ours.amount, 0).astype(float)
    fresh = _fresh(found) * _late_share(found, people)
    return part_of(found.outlook.chance[ours.place], amounts, fresh, _size(found), _shared(found))


def _each(found: Prepared, people: Sequence[Person], asked: Mapping[int, int]) -> dict[int, Figures]:
    """The same of each person alone, all at once: there may be thousands."""
    ids = np.array(sorted(person.id for person in people), np.int64)
    rows = np.isin(found.shares.person, ids)
    who, deal = np.searchsorted(ids, found.shares.person[rows]), found.shares.deal[rows]
    amount, outlook = found.shares.amount[rows], found.outlook
    due, chance = outlook.due[deal], outlook.chance[deal]
    positive = np.maximum(amount, 0).astype(float)
    commit, best = (due & (found.said[deal] == CODES[each]) for each in (Category.COMMIT, Category.BEST_CASE))

    def sums(parts: np.ndarray) -> list[float]:
        return list(map(float, np.bincount(who, weights=parts, minlength=len(ids))))

    columns = zip(
        ids.tolist(), sums(amount * due), sums(amount * (due & outlook.stalled[deal])),
        sums(amount * outlook.weight[deal] * due), sums(amount * commit), sums(amount * best), sums(positive * chance),
        sums(positive**2 * chance * (1 - chance)), strict=True,
    )  # fmt: skip
    late = sum(found.of_late.values())
    fresh, size, shared = _fresh(found) / late if late > 0 else 0.0, _size(found), _shared(found)
    told = {}
    for person, value, stalled, staged, sure, possible, expected, luck in columns:
        own = fresh * max(0, found.of_late.get(person, 0))
        part = ranged(expected + own, luck + own * size, shared) if outlook.published else Part(0.0, 0.0, 0.0)
        won = found.won.get(person, 0)
        low, likely, high = (won + round(each) for each in (part.low, part.value, part.high))
        told[person] = Figures(
            won,
            round(value),
            round(stalled),
            round(staged),
            won + round(sure),
            won + round(sure + possible),
            low,
            likely,
            high,
            asked.get(person),
        )
    return told


def _fresh(found: Prepared) -> float:
    """What comes of no deal that is there: new business, and what the open deals cannot explain."""
    return max(0.0, found.outlook.fresh + found.outlook.unexplained)


def _size(found: Prepared) -> float:
    """What a deal is usually worth."""
    amounts = found.outlook.standing.amount
    return float(np.median(amounts[amounts > 0])) if (amounts > 0).any() else 0.0


def _shared(found: Prepared) -> float:
    """The error of the published method that no number of deals evens out."""
    published = found.outlook.published
    if published is None:
        return 0.0
    return shock(
        [(w.said[published.chosen], w.came) for w in published.windows if published.chosen in w.said]
    )


def _late_share(found: Prepared, people: Sequence[int]) -> float:
    """The people's share, 0-1, of what everybody won in the last year; what is not there yet is shared out by it."""
    whole = sum(found.of_late.values())
    return sum(found.of_late.get(person, 0) for person in people) / whole if whole > 0 else 0.0


def _asked(people: Sequence[Person], period: Period) -> dict[int, int]:
    """The quota of each person who has one, in minor units."""
    if not people:
        return {}
    asked = asked_of(list(people), period, WON)
    told = {person.id: asked.target(metric(WON), person.id, period) for person in people}
    return {person: rounded(target.value) for person, target in told.items() if isinstance(target, Target)}
