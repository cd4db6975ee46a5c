"""What is simulated: the seed, the scenario, and the days between which it plays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from upswing.core.period import quarter_of
from upswing.simulation.clock import months_after, months_before, number
from upswing.simulation.scenario import Scenario

MOST_MONTHS, MOST_REPS = 240, 10_000
AHEAD = 200
"""Calendars are known so many days past the end, so that meetings can be arranged there."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Days are numbers from 1970-01-01. Everything plays from `first` up to, not including, `end`.

    The history that is shown begins on `start` (what comes before is warm-up) and is looked at before `cut`. The
    stories of the cast lead up to `anchor`.
    """

    seed: int
    scenario: Scenario
    reps: int
    cast: bool
    first: int
    start: int
    end: int
    cut: int
    anchor: int

    @property
    def days(self) -> int:
        """How many days are played, without those ahead."""
        return self.end - self.first


def setting(
    seed: int,
    scenario: Scenario,
    months: int | None,
    start: date,
    as_of: date | None,
    reps: int | None,
    cast: bool | None,
    anchor: date | None,
) -> Setting:
    """The setting that was asked for; raises ValueError when there is no such one."""
    months, many = scenario.months if months is None else months, scenario.reps if reps is None else reps
    _check(seed, months, many, start, as_of)
    end = months_after(start, months)
    look = number(as_of) if as_of else max(number(end) - 1 - scenario.look_back, number(start))
    if as_of and as_of >= end:
        end = months_after(as_of, 1)
    lead = quarter_of(anchor or date.fromordinal(look + 719_163)).start
    return Setting(
        seed, scenario, many, scenario.cast if cast is None else cast,
        first=number(months_before(start, scenario.warm_up)), start=number(start), end=number(end), cut=look + 1,
        anchor=number(lead),
    )  # fmt: skip


def _check(seed: int, months: int, reps: int, start: date, as_of: date | None) -> None:
    """Say which of the wishes makes no world."""
    limits = (
        ("a seed", seed, 0, 2**32 - 1),
        ("months", months, 1, MOST_MONTHS),
        ("reps", reps, 1, MOST_REPS),
    )
    for word, asked, least, most in limits:
        if not least <= asked <= most:
            raise ValueError(f"A world has {word} from {least} to {most:,}, not {asked:,}.")
    if start.day != 1:
        raise ValueError(
            f"A history starts on the first of a month, not on {start}. Try {start.replace(day=1)}."
        )
    if as_of and as_of < start:
        raise ValueError(
            f"A history that starts on {start} cannot be looked at on {as_of}. Name a later day."
        )
