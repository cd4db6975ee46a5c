"""Open deals of a period: tiles that add up to the list below them, and the deals of a tile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from upswing.core.forecast.categories import CODES, Category
from upswing.core.forecast.replay import NEVER, Flags
from upswing.core.period import Period
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.circle import Circle, circle
from upswing.queries.holding import UNTOLD_STAGE, Holding, Ours, State, Tile, state_of
from upswing.queries.open_deals import Item, items_of
from upswing.queries.rates import deals_waiting

__all__ = [
    "COLUMN", "PAGE", "UNTOLD_STAGE", "Asked", "Column", "Item", "Ours", "Pipeline", "State", "Tile", "pipeline",
    "state_of",
]  # fmt: skip

PAGE = 50
"""Deals a page of the list."""
COLUMN = 20
"""Deals that a column of the board shows; the rest stand in the list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which deals of the period are looked at: of a state, of a stage, of which something is said.

    `due` asks for those that may close in it, moving or stalled, as the forecast counts them. `page` is which
    page of them, from 1; or it is the board.
    """

    state: State | None = None
    stage: str = ""
    said: Category | None = None
    page: int = 1
    board: bool = False
    due: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A stage on the board: all the wanted deals that stand there, and the greatest of them, at most COLUMN.

    Into a stage of the pipelines in force deals can be moved: those are `open`.
    """

    tile: Tile
    items: tuple[Item, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The open deals: `states`, `stages` and what is `said` of deals are tiles that each add up to `whole`.

    What they are weighted may miss it by a cent or two, each being rounded. Of the wanted ones `chosen` is the tile,
    `items` a page that begins at place `first`, and `columns` the board, where that is asked for. `undated` is how many
    of all have no expected day, `worthless` how many no amount, `waiting` how many wait for an exchange rate.
    """

    circle: Circle
    period: Period
    at: date
    whole: Tile
    states: tuple[Tile, ...]
    stages: tuple[Tile, ...]
    said: tuple[Tile, ...]
    chosen: Tile
    items: tuple[Item, ...]
    columns: tuple[Column, ...]
    asked: Asked
    first: int
    undated: int
    worthless: int
    waiting: int


def pipeline(
    viewer: Viewer,
    period: Period,
    at: date,
    rep: UUID | None = None,
    team: UUID | None = None,
    asked: Asked | None = None,
) -> Pipeline:
    """The open deals of a rep, a team, or everybody one sees. Raises NotVisible where there is no such rep or team."""
    if not (viewer.sight.everyone or viewer.sight.individuals):
        raise NotVisible("There is no such page for you.")
    around, asked = circle(viewer, at, rep, team), asked or Asked()
    book = Holding.of(at, period, list(around.ids))
    names, every = book.naming.names, np.ones(len(book.keys), bool)
    wanted = _wanted(book, asked)
    order = book.order(wanted)
    first = _first(len(order), asked.page)
    shown = _top(book, wanted) if asked.board else order[first : first + PAGE]
    items = items_of(viewer, book, shown)
    return Pipeline(
        around, period, at, book.tile("", "", every),
        tuple(book.tile(state.value, state.value, book.states == number) for number, state in enumerate(State)),
        tuple(book.tile(key, names.get(key, key), book.keys == key) for key in book.stages),
        tuple(book.tile(each.value, each.value, book.said == code) for each, code in CODES.items()),
        book.tile("", "", wanted), tuple(items.values()), _columns(book, wanted, items) if asked.board else (),
        asked, first, int((book.found.outlook.standing.expected[book.ours.place] == NEVER).sum()),
        int((book.ours.amount <= 0).sum()), len(deals_waiting().intersection(book.ids)),
    )  # fmt: skip


def _wanted(book: Holding, asked: Asked) -> Flags:
    wanted = np.ones(len(book.keys), bool)
    if asked.state is not None:
        wanted &= book.states == list(State).index(asked.state)
    if asked.due:
        wanted &= np.isin(book.states, [list(State).index(each) for each in (State.MOVING, State.STALLED)])
    if asked.stage:
        wanted &= book.keys == asked.stage
    if asked.said:
        wanted &= book.said == CODES[asked.said]
    return wanted


def _first(many: int, page: int) -> int:
    """Where a page begins; beyond the last one, the last."""
    return (min(max(1, page), max(1, -(-many // PAGE))) - 1) * PAGE


def _top(book: Holding, wanted: Flags) -> np.ndarray:
    """The greatest of each stage."""
    return np.concatenate(
        [np.empty(0, np.int64), *(book.order(wanted & (book.keys == key))[:COLUMN] for key in book.stages)]
    ).astype(np.int64)


def _columns(book: Holding, wanted: Flags, items: Mapping[int, Item]) -> tuple[Column, ...]:
    """The board: the chosen stage, else all of them, in order."""
    names, moving = book.naming.names, set(book.naming.keys)
    return tuple(
        Column(
            book.tile(key, names.get(key, key), wanted & (book.keys == key)),
            tuple(item for at, item in items.items() if book.keys[at] == key), key in moving,
        )
        for key in book.stages
    )  # fmt: skip
