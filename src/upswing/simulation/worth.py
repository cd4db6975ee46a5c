"""What a deal is worth, and when it is expected to close, as the rep writes it down over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.simulation.arrays import NEVER, Array, Flags, Floats, Ints
from upswing.simulation.clock import workday
from upswing.simulation.lives import Lives
from upswing.simulation.scenario import Scenario

SLIPS = 6
AT_QUOTE, AT_NEGOTIATION = 0.40, 0.25
"""Shares of deals whose amount changes on reaching these stages."""
USUAL_DISCOUNT, MOST_DISCOUNT = 0.04, 0.40
COMMIT_OF_WON, COMMIT_RIGHT = 0.25, 0.75
EXPECTED_DAYS = 62


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """One entry a deal, money in cents of euro.

    `amounts`, `amount_days` (deals, 4): the first amount, those after Quote and Negotiation, the one it was won for;
    day NEVER where there is none. `closes`, `close_days` (deals, 1 + SLIPS): expected days of closing and when each
    was written. `committed`: the day the rep committed to it, or NEVER.
    """

    amounts: Ints
    amount_days: Ints
    closes: Ints
    close_days: Ints
    committed: Ints


def first_amount(scenario: Scenario, size: Floats, spread: Floats, normal: Floats) -> Ints:
    """In cents of whole tens of euro; another spread than the usual one keeps the mean."""
    kept = (scenario.amount_spread**2 - spread**2) / 2
    return _tens(100 * scenario.amount * size * np.exp(spread * normal + kept))


def worth(scenario: Scenario, created: Ints, first: Ints, life: Lives, draws: Floats, sizes: Floats) -> Worth:
    """Amounts and expectations of each deal."""
    usual = ~life.entered_closed
    quote = np.where(usual & (draws[:, 24] < AT_QUOTE), life.entered[:, 2], NEVER)
    talk = np.where(usual & (draws[:, 25] < AT_NEGOTIATION), life.entered[:, 3], NEVER)
    second = np.where(quote < NEVER, _tens(first * np.exp(0.15 * sizes[:, 5])), first)
    third = np.where(talk < NEVER, _tens(second * np.exp(0.10 * sizes[:, 6])), second)
    cut = np.clip(USUAL_DISCOUNT + scenario.discount * sizes[:, 7], 0, MOST_DISCOUNT)
    final = np.where(life.won, np.round(third * (1 - cut) / 100).astype(np.int64) * 100, third)
    days = np.stack([created, quote, talk, np.where(life.won, life.closed, NEVER)], axis=1)
    closes, written = _expected(created, life, draws, sizes)
    return Worth(
        np.stack([first, second, third, final], axis=1), days, closes, written, _committed(life, draws, usual)
    )


def _tens(cents: Array) -> Ints:
    return np.asarray(np.maximum(1, np.round(cents / 1_000)), dtype=np.int64) * 1_000


def _expected(created: Ints, life: Lives, draws: Floats, sizes: Floats) -> tuple[Ints, Ints]:
    """What is not closed when it should be is put off, a few times; then nobody looks any more."""
    first = workday(created + np.maximum(7, EXPECTED_DAYS * np.exp(0.3 * sizes[:, 8])).astype(np.int64))
    closes, written = [first], [created]
    for slip in range(SLIPS):
        day = workday(closes[-1] + 1 + (4 * draws[:, 26]).astype(np.int64))
        late = (day < life.closed) & (written[-1] < NEVER) & ~life.entered_closed
        put_off = 25 + ((slip * 7 + 20 * draws[:, 27]) % 30).astype(np.int64)
        written.append(np.where(late, day, NEVER))
        closes.append(np.where(late, workday(closes[-1] + put_off), closes[-1]))
    return np.stack(closes, axis=1), np.stack(written, axis=1)


def _committed(life: Lives, draws: Floats, usual: Flags) -> Ints:
    """On reaching Negotiation; right as often as COMMIT_RIGHT says when two of ten deals are won."""
    wrong = COMMIT_OF_WON * 0.2 * (1 - COMMIT_RIGHT) / COMMIT_RIGHT
    negotiated = (life.entered[:, 3] < NEVER) & usual
    share_lost = wrong / max(0.2 / 0.72 * 0.28, 1e-9)
    share_won = COMMIT_OF_WON
    commits = draws[:, 22] < np.where(life.won, share_won, share_lost)
    return np.where(negotiated & commits, life.entered[:, 3], NEVER)
