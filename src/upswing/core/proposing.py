"""Propose: a target to start from, out of what a rep did lately and what the team's best fifth begins at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from upswing.core.metrics.metric import Unit
from upswing.core.money import digits, rounded
from upswing.core.percentiles import percentile

WEEKS = 12
"""How far back to look."""
MINIMUM_WEEKS = 6
MINIMUM_PEOPLE = 5

_TEAM_SHARE = Fraction(4, 5)
_PER_CENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Lately:
    """What one person did in the last 12 weeks.

    `total` in the metric's unit (money in minor units), over so many available `days` (a rate: hits over trials), in
    so many `weeks` with any.
    """

    total: Fraction
    days: Fraction
    weeks: int

    @property
    def daily(self) -> Fraction | None:
        """The total by day; None under 6 weeks of data."""
        return self.total / self.days if self.weeks >= MINIMUM_WEEKS and self.days else None


class Basis(StrEnum):
    """Which of its two ingredients a proposal is."""

    OWN = "own"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A target somebody may accept: `value` is the one of `own` and `team`, both unrounded, that `basis` names.

    `n` is the rep's weeks of data. `team` is None where fewer than five others have six weeks.
    """

    value: Fraction
    basis: Basis
    n: int
    own: Fraction
    team: Fraction | None


@dataclass(frozen=True, slots=True)
class NoProposal:
    """Why nothing is proposed: "too_little" (under 6 weeks of data) or "no_data"; `team` as in a proposal."""

    reason: str
    n: int
    team: Fraction | None


def propose(
    own: Lately, others: Sequence[Lately], days: Fraction, unit: Unit, currency: str = ""
) -> Proposal | NoProposal:
    """The target of a period of so many working `days` (1 for a rate) for a rep with these others in the team.

    What the rep did lately, a day, but never more than the 80th percentile of the others: who is far ahead is not
    asked to stay there. Counts are rounded up, money to whole main units, shares to whole per cent.
    """
    team = _of_team(others, days)
    if own.daily is None:
        return NoProposal("too_little", own.weeks, team)
    usual = own.daily * days
    if usual <= 0:
        return NoProposal("no_data", own.weeks, team)
    basis, value = Basis.OWN, usual
    if team is not None and 0 < team < usual:
        basis, value = Basis.TEAM, team
    return Proposal(_round(value, unit, currency), basis, own.weeks, usual, team)


def _of_team(others: Sequence[Lately], days: Fraction) -> Fraction | None:
    known = [other.daily * days for other in others if other.daily is not None]
    return percentile(known, _TEAM_SHARE) if len(known) >= MINIMUM_PEOPLE else None


def _round(value: Fraction, unit: Unit, currency: str) -> Fraction:
    if unit is Unit.COUNT:
        return Fraction(ceil(value))
    step = Fraction(10 ** digits(currency)) if unit is Unit.MONEY else _PER_CENT
    return max(rounded(value / step), 1) * step
