"""How stalled deals are spoken of, English; whoever looks one up translates it."""

from __future__ import annotations

from upswing.core.forecast.cases import Kind
from upswing.core.forecast.stall import Rule
from upswing.core.pipelines import Policy
from upswing.web.shared.marks import marked

REASONS = {
    Rule.HALF_CHANCE: marked(
        "After {days} days here, a win was half as likely as at the start of the stage."
    ),
    Rule.QUANTILE: marked("9 in 10 of the deals you won were through this stage within {days} days."),
    Rule.CYCLE: marked("This stage’s share of your usual time to a win is {days} days."),
    Rule.SET: marked("The limit set for this stage is {days} days."),
}
"""Why a deal is over its limit: what is usual for the team."""
RULES = {
    Rule.HALF_CHANCE: marked("half the chance of a win"),
    Rule.QUANTILE: marked("9 in 10 of the deals won"),
    Rule.CYCLE: marked("share of the usual time to a win"),
    Rule.SET: marked("set by hand"),
}
"""Which of the numbers rules."""
NUMBERS = {
    Rule.HALF_CHANCE: marked("Half the chance"),
    Rule.QUANTILE: marked("9 in 10 won"),
    Rule.CYCLE: marked("Share of the cycle"),
}
"""The columns of a table of limits."""
COUNTS = {
    Policy.NONE: marked("count as before"),
    Policy.DROP: marked("count nothing"),
    Policy.BACK_1: marked("count as one stage earlier"),
    Policy.BACK_2: marked("count as two stages earlier"),
    Policy.MEASURED: marked("count as such deals turned out"),
}
"""What deals that are set aside count for."""
FOLLOWS = {
    Policy.NONE: marked("Without an answer it is set aside then, and counts as before."),
    Policy.DROP: marked(
        "Without an answer it is set aside then: the forecast leaves it out until the buyer moves."
    ),
    Policy.BACK_1: marked(
        "Without an answer it is set aside then: it counts as one stage earlier until the buyer moves."
    ),
    Policy.BACK_2: marked(
        "Without an answer it is set aside then: it counts as two stages earlier until the buyer moves."
    ),
    Policy.MEASURED: marked(
        "Without an answer it is set aside then: it counts as often as such deals were won, until the buyer moves."
    ),
}
"""What happens after the grace."""
DEEDS = {
    Kind.PROPOSED: marked("Proposed after {age} days, {limit} being usual; time to answer until {day}"),
    Kind.NEXT_STEP: marked("The buyer’s next step is on {day}"),
    Kind.SNOOZED: marked("Waits until {day}"),
    Kind.AGREED: marked("Set aside, by whose deal it is"),
    Kind.CONFIRMED: marked("Set aside, confirmed"),
    Kind.BY_RULE: marked("Set aside, as the time to answer was over"),
    Kind.TAKEN_BACK: marked("The step before was taken back"),
    Kind.RE_ENTERED: marked("Brought back: the buyer moved on {day}"),
    Kind.MOVED_ON: marked("The deal went on, or was decided"),
    Kind.DROPPED: marked("Not stalled any more: the proposal is withdrawn"),
}
"""What was done."""
