"""What people say of a deal: counted on, possible, nothing, or left out of the forecast altogether."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from upswing.core.forecast.replay import Flags, Ints


class Category(StrEnum):
    """What is said of a deal; of most nothing is, and they are pipeline."""

    COMMIT = "commit"
    BEST_CASE = "best_case"
    PIPELINE = "pipeline"
    OMITTED = "omitted"


CODES: Mapping[Category, int] = {each: place for place, each in enumerate(Category)}
"""What stands for each in an array."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What people's words of their deals make of a period, in minor units.

    `commit` is what is won and what is counted on, `best_case` that and what is possible.
    """

    commit: int
    best_case: int


def codes_of(deals: Ints, said: Mapping[int, Category]) -> Ints:
    """What stands for what was said of each of these deals."""
    usual = CODES[Category.PIPELINE]
    return np.array([CODES[said[deal]] if deal in said else usual for deal in deals.tolist()], np.int64)


def counted(won: int, amounts: Ints, due: Flags, codes: Ints) -> Sums:
    """Both sums of a period, from what is won in it and the amounts (minor units) of the deals that are due in it."""
    commit = won + int(amounts[due & (codes == CODES[Category.COMMIT])].sum())
    return Sums(commit, commit + int(amounts[due & (codes == CODES[Category.BEST_CASE])].sum()))
