"""Why a target is not the quota it rests on, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from upswing.core.targets import Factor
from upswing.web.shared import format as fmt

NAMES = {
    "changed": "Quota changed since it began",
    "part_of_quota": "The part of the quota in this period",
    "employed": "Joined or left during it",
    "time_off": "Time off",
    "season": "Season",
    "part_time": "Part-time",
    "ramp": "Ramp",
    "role": "Role",
    "override": "Set by hand",
}
SENTENCES = {
    "part_of_quota": "{working_days} of the {quota_days} working days of the quota fall in it",
    "employed": "{employed_days} of {working_days} working days in the team",
    "time_off": "{available_days} of {employed_days} working days at work",
    "changed": "Changed by {by} on {on}: {was} → {becomes}, “{reason}”",
    "season": "{change} than by working days alone",
    "part_time": "{note}",
    "role": "{note}",
    "override": "Set by {by} on {on}: “{reason}”",
}
PERSONAL = {"employed", "time_off", "part_time", "ramp", "role"}
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
        Shown(NAMES.get(one.key, one.key), fmt.percent(one.share, 1), _sentence(one)) for one in factors
    )


def lowered(factors: Sequence[Factor], period: str) -> str:
    """What is special about the target of this person: set by hand, changed, lower than the quota; else empty."""
    if by_hand := next((one for one in factors if one.key == "override"), None):
        return _sentence(by_hand)
    changed = [f"{_sentence(one)}." for one in factors if one.key == "changed"]
    return " ".join(filter(None, (*changed, _lower(factors, period))))


def _lower(factors: Sequence[Factor], period: str) -> str:
    mine = [one for one in factors if one.key in PERSONAL and one.share < 1]
    if not mine:
        return ""
    share = Fraction(1)
    for one in mine:
        share *= one.share
    why = ", and ".join(_why(one) for one in mine)
    return f"The target for {period} is {fmt.percent(1 - share)} lower: {why}."


def _why(factor: Factor) -> str:
    if factor.key == "ramp":
        return _of_ramp(factor)
    if factor.key in ("part_time", "role"):
        return dict(factor.words)["note"].rstrip(".")
    numbers = dict(factor.values)
    if factor.key == "time_off":
        days = numbers["employed_days"] - numbers["available_days"]
        return f"{fmt.number(days)} {'day' if days == 1 else 'days'} off"
    return f"{fmt.number(numbers['employed_days'])} of {fmt.number(numbers['working_days'])} working days in the team"


def _sentence(factor: Factor) -> str:
    """What a factor comes from."""
    if factor.key == "ramp":
        text = _of_ramp(factor)
        return text[:1].upper() + text[1:]
    numbers = {key: fmt.number(value) for key, value in factor.values}
    words = dict(factor.words)
    if "on" in words:
        words["on"] = fmt.day(date.fromisoformat(words["on"]))
    words["change"] = f"{fmt.percent(abs(factor.share - 1), 1)} {'more' if factor.share > 1 else 'less'}"
    return SENTENCES.get(factor.key, "").format(**numbers, **words)


def _of_ramp(factor: Factor) -> str:
    """Where in the ramp the days are: “month 3 of 6: half of the full target”."""
    numbers = {key: fmt.number(value) for key, value in factor.values}
    first, last = numbers["month"], numbers["to_month"]
    months = f"month {first}" if first == last else f"months {first} to {last}"
    part = "half" if factor.share == Fraction(1, 2) else fmt.percent(factor.share)
    return f"{months} of {numbers['months']}: {part} of the full target"
