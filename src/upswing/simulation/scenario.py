"""Scenarios: the parameters of a simulated organisation. Round values, chosen; the guide says so."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from math import exp


@dataclass(frozen=True, slots=True)
class Scenario:
    """How an organisation sells and what it asks for.

    `created_a_day`: deals a full rep creates on a working day. `season`: factor on that, January first.
    `passes` and `stage_days`: for each open stage the share of deals that get through it, and the median of
    its days, lognormal with `stage_spread`. `silent`: share of lost deals that nobody closes.
    `amount` and `amount_spread`: median in euro and sigma of the lognormal deal size. `pulled`: share of wins
    of a quarter's first weeks brought forward into the old quarter; `deferred`: of losses put off past its end.
    `asked_…`: quota as a share of what an ordinary rep may be expected to do.
    """

    key: str
    created_a_day: float = 0.95
    season: tuple[float, ...] = (0.95, 1, 1.08, 1, 1, 1.02, 0.90, 0.85, 1.03, 1.03, 1, 0.80)
    passes: tuple[float, ...] = (0.70, 0.68, 0.73, 0.74)
    stage_days: tuple[float, ...] = (6, 9, 12, 11)
    stage_spread: float = 0.75
    silent: float = 0.04
    amount: float = 11_000
    amount_spread: float = 0.70
    pulled: float = 0.35
    deferred: float = 0.35
    asked_value: float = 0.78
    asked_wins: float = 0.85
    asked_created: float = 0.91
    asked_win_rate: float = 0.92

    @property
    def win_rate(self) -> float:
        """The share of an ordinary rep's deals that are won in the end."""
        share = 1.0
        for passed in self.passes:
            share *= passed
        return share

    @property
    def mean_amount(self) -> float:
        """The mean of the lognormal deal size, in euro."""
        return self.amount * exp(self.amount_spread**2 / 2)


SCENARIOS = {"healthy": Scenario("healthy")}


class UnknownScenario(LookupError):
    """No scenario has that name."""

    def __init__(self, name: str) -> None:
        near = get_close_matches(name, SCENARIOS, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(SCENARIOS)}."
        super().__init__(f"No scenario is called “{name}”. {hint}")


def scenario_called(name: str) -> Scenario:
    """The scenario of that name; raises UnknownScenario."""
    if name not in SCENARIOS:
        raise UnknownScenario(name)
    return SCENARIOS[name]
