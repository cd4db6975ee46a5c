"""The scenarios by name: what each plants, and what the product must make of it."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from upswing.simulation.scenario import Pace, Scenario

FLAT = (0.142,) * 24
TEN_TO_TWELVE = tuple(0.142 * (1.25 if 10 <= hour < 12 else 0.8 if hour == 13 else 1) for hour in range(24))
HEALTHY = Scenario("healthy", "Most reps reach their quota: call the quota sound.", reps=18)
NULL = replace(
    HEALTHY, key="null", promise="Identical reps: name no best rep, day or cause.", reps=12, pods=False, turnover=0,
    between=0, between_book=0, territories=False, answer_by_hour=FLAT, answer_by_weekday=(1,) * 7, warm=1, fit=0,
    source_odds=(*(1,) * 8, 0.4), amount_odds=0, inbound=1.2, book_inbound=0.85,
    pace=Pace(conversations=2.9, held=0.52, deals=0.23, proposals=0.086),
)  # fmt: skip

_ALL = (
    HEALTHY,
    NULL,
    replace(
        HEALTHY, key="industry", promise="Three of ten reach the quota: question the quota, not the people.",
        asked=1.13,
    ),
    replace(
        NULL, key="one-gap", promise="One halved step a rep, a third none: find it where it can be found.", reps=18,
        gaps=True,
    ),
    replace(
        HEALTHY, key="hour-effect", promise="10 to 12 h is better, 13 h worse, on the buyer's clock.", reps=12,
        answer_by_hour=TEN_TO_TWELVE, answer_by_weekday=(1,) * 7, warm=1, inbound=1.2, book_inbound=0.85,
    ),
    replace(
        HEALTHY, key="weekday-confounded", promise="Tuesday or nothing, never Friday; report the drift.", reps=12,
        answer_by_hour=(0.11,) * 24, answer_by_weekday=(1, 1.10, 1, 1, 1, 1, 1), drift=2.5, turnover=0,
        warm=1,
    ),
    replace(
        HEALTHY, key="stalled-pipeline", promise="Dead deals stay open: report both totals.", reps=12,
        dead=(8, 2), silent=0.8,
    ),
    replace(
        HEALTHY, key="padded", promise="Some logs are padded: show it to the rep, spare look-alikes.", reps=20,
        padded=0.15,
    ),
    replace(
        HEALTHY, key="mid-year", promise="Joins, leaves, changes: credit by date, keep closed periods.", reps=12,
        moves=True,
    ),
    replace(
        HEALTHY, key="multi-currency", promise="A missing rate is a gap, neither 0 nor 1.", reps=12,
        currencies=True,
    ),
    replace(HEALTHY, key="tiny", promise="Too early to say anything.", reps=3, months=2, turnover=0),
    replace(HEALTHY, key="large", promise="Stay within the time budgets.", reps=200, months=36),
    replace(
        HEALTHY, key="demo", promise="The stories of the cast.", reps=12, cast=True, turnover=0, look_back=41,
        inbound=2.2, book_call=0.27, book_message=0.45, book_visit=0.5, book_inbound=0.85,
        passes=(0.70, 0.68, 0.73, 0.74), silent=0.25, asked=0.80,
        pace=Pace(conversations=3.7, held=1.77, deals=0.76, proposals=0.34),
    ),
)  # fmt: skip

SCENARIOS = {scenario.key: scenario for scenario in _ALL}


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
