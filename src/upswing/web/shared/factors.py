"""Why a target is not the quota it rests on, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upswing.core.targets import Factor
from upswing.web.shared import format as fmt

NAMES = {
    "part_of_quota": "The part of the quota in this period",
    "employed": "Joined or left during it",
    "time_off": "Time off",
}
SENTENCES = {
    "part_of_quota": "{working_days} of the {quota_days} working days of the quota fall in it",
    "employed": "{employed_days} of {working_days} working days in the team",
    "time_off": "{available_days} of {employed_days} working days at work",
}
PERSONAL = {"employed", "time_off"}
"""What changes the target of one person, and not of everybody."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One factor: its name, its share, and what it comes from."""

    name: str
    share: str
    why: str


def steps(factors: Sequence[Factor]) -> tuple[Shown, ...]:
    """Every factor in words, in the order in which they are applied."""
    return tuple(
        Shown(NAMES[one.key], fmt.percent(one.share, 1), SENTENCES[one.key].format(**_numbers(one)))
        for one in factors
    )


def lowered(factors: Sequence[Factor], period: str) -> str:
    """One sentence where the target of this person is lower than the quota: by how much, and why; else empty."""
    mine = [one for one in factors if one.key in PERSONAL and one.share < 1]
    if not mine:
        return ""
    share = Fraction(1)
    for one in mine:
        share *= one.share
    why = ", and ".join(_why(one) for one in mine)
    return f"The target for {period} is {fmt.percent(1 - share)} lower: {why}."


def _why(factor: Factor) -> str:
    numbers = dict(factor.values)
    if factor.key == "time_off":
        days = numbers["employed_days"] - numbers["available_days"]
        return f"{fmt.number(days)} {'day' if days == 1 else 'days'} off"
    return f"{fmt.number(numbers['employed_days'])} of {fmt.number(numbers['working_days'])} working days in the team"


def _numbers(factor: Factor) -> dict[str, str]:
    return {key: fmt.number(value) for key, value in factor.values}
