"""Why deals were won and lost, as their reps chose it from a list."""

from __future__ import annotations

import numpy as np

from upswing.simulation.arrays import NEVER, Ints
from upswing.simulation.deal_rows import Standing
from upswing.simulation.lives import WON
from upswing.simulation.quotes import REASONS as QUOTED
from upswing.simulation.quotes import Quotes
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms

WINNING = ("best fit", "references", "delivery time", "price", "service nearby")
LOSING = (*QUOTED, "no budget")
WORDS = (*WINNING, *LOSING)
WON_FOR = (0.32, 0.22, 0.18, 0.16, 0.12)
LOST_FOR = (0.20, 0.18, 0.22, 0.24, 0.06, 0.10)
TOLD = 0.85
"""The share of decided deals of which the reason is told."""


def reasons(world: Setting, rep: int, many: int, state: Standing, offered: Quotes) -> Ints:
    """A place in WORDS for each deal that is shown, -1 for those that are open or of which nothing is told.

    `many` deals were opened with this rep. A deal whose quote was declined was lost for the reason of that quote.
    """
    draws = uniforms(world.seed, Purpose.REASONS, rep, many, 2)[state.which]
    won = state.stage == WON
    for_win = np.searchsorted(np.cumsum(WON_FOR)[:-1], draws[:, 1], side="right")
    for_loss = np.searchsorted(np.cumsum(LOST_FOR)[:-1], draws[:, 1], side="right")
    said = np.full(many, -1)
    np.maximum.at(said, offered.deal, offered.reason)
    quoted = said[state.which]
    for_loss = np.where(quoted >= 0, quoted, for_loss)
    found = np.where(won, for_win, len(WINNING) + for_loss)
    return np.asarray(np.where((state.closed < NEVER) & (draws[:, 0] < TOLD), found, -1))
