"""A small company whose deals move through two stages; some die without anybody saying so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from upswing.core.forecast.lives import Life
from upswing.core.records import Outcome

START = date(2024, 1, 1)
STAGES = ("need", "offer")


def company(seed: int, days: int = 700, a_day: float = 0.8, silent: float = 0.3) -> list[Life]:
    """Deals that came in over so many days, at the same pace, each worth about 1,000.00."""
    draw = np.random.Generator(np.random.PCG64(seed))
    found = []
    for number in range(int(days * a_day)):
        entered = START + timedelta(int(draw.integers(0, days)))
        worth = int(draw.integers(50_000, 150_000))
        moved = entered + timedelta(int(draw.geometric(0.1)))
        life = Life(
            number, entered, ((entered, worth),), ((entered, "need"), (moved, "offer")), credit=((1, 1),)
        )
        found.append(_decided(life, moved, worth, draw.random(), int(draw.geometric(0.05)), silent))
    return found


def _decided(life: Life, moved: date, worth: int, luck: float, after: int, silent: float) -> Life:
    if luck < silent:
        return life
    won = luck > silent + (1 - silent) * 0.6
    outcome = Outcome.WON if won else Outcome.LOST
    return replace(life, closed=moved + timedelta(after), outcome=outcome, won=worth if won else 0)


def until(lives: list[Life], at: date) -> list[Life]:
    """What could be known of them at the close of a day, written as a book of that day would."""
    return [
        replace(
            life,
            **{
                part: tuple(each for each in getattr(life, part) if each[0] <= at)
                for part in ("worths", "stays", "closes", "waits")
            },
            **(
                {}
                if life.closed and life.closed <= at
                else {"closed": None, "outcome": Outcome.OPEN, "won": 0}
            ),
        )
        for life in lives
        if life.entered <= at
    ]


def scrambled(lives: list[Life], at: date) -> list[Life]:
    """The same up to a day, and another future: everything decided later, another way, and strangers come in."""
    known = until(lives, at)
    day = at + timedelta(5)
    other = [
        replace(life, closed=day, outcome=Outcome.WON, won=99_999_999) if life.closed is None else life
        for life in known
    ]
    return [*other, Life(10**6, day, ((day, 10**9),), ((day, "offer"),), credit=((2, 1),))]
