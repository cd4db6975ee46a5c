"""Why a target is not the quota it rests on, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce

from django.utils.translation import gettext as _

from upswing.core.targets import Factor
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import counted, marked
from upswing.web.shared.sentences import many
from upswing.web.shared.spoken import spoken

NAMES = {
    "changed": marked("Quota changed since it began"),
    "reshaped": marked("Changed for everybody since it began"),
    "part_of_quota": marked("The part of the quota in this period"),
    "employed": marked("Joined or left during it"),
    "time_off": marked("Time off"),
    "season": marked("Season"),
    "part_time": marked("Part-time"),
    "ramp": marked("Ramp"),
    "role": marked("Role"),
    "override": marked("Set by hand"),
}
SENTENCES = {
    "part_of_quota": marked("{working_days} of the {quota_days} working days of the quota fall in it"),
    "employed": marked("{employed_days} of {working_days} working days in the team"),
    "time_off": marked("{available_days} of {employed_days} working days at work"),
    "changed": marked("Changed by {by} on {on}: {was} → {becomes}, “{reason}”"),
    "reshaped": marked("{kind} changed for everybody by {by} on {on}: “{reason}”"),
    "season": marked("{change} more than by working days alone"),
    "season_lower": marked("{change} less than by working days alone"),
    "override": marked("Set by {by} on {on}: “{reason}”"),
}
TABLES = {"season": marked("Season"), "ramp": marked("Ramp"), "week": marked("Working week")}
DAYS_OFF = counted("{count} day off", "{count} days off")
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
        Shown(_(NAMES.get(one.key, one.key)), fmt.percent(one.share, 1), _sentence(one)) for one in factors
    )


def lowered(factors: Sequence[Factor], period: str) -> str:
    """What is special about the target of this person: set by hand, changed, lower than the quota; else empty."""
    if by_hand := next((one for one in factors if one.key == "override"), None):
        return _sentence(by_hand)
    changed = [f"{_sentence(one)}." for one in factors if one.key in {"changed", "reshaped"}]
    return " ".join(filter(None, (*changed, _lower(factors, period))))


def _lower(factors: Sequence[Factor], period: str) -> str:
    mine = [one for one in factors if one.key in PERSONAL and one.share < 1]
    if not mine:
        return ""
    share = Fraction(1)
    for one in mine:
        share *= one.share
    why = reduce(_both, map(_why, mine))
    told = _("The target for {period} is {share} lower: {why}.")
    return told.format(period=period, share=fmt.percent(1 - share), why=why)


def _both(first: str, second: str) -> str:
    return _("{first}, and {second}").format(first=first, second=second)


def _why(factor: Factor) -> str:
    if factor.key == "ramp":
        return _of_ramp(factor)
    if factor.key in ("part_time", "role"):
        return spoken(dict(factor.words)["note"]).rstrip(".")
    numbers = dict(factor.values)
    if factor.key == "time_off":
        return many(DAYS_OFF, numbers["employed_days"] - numbers["available_days"])
    told = SENTENCES[factor.key]
    return _(told).format(**{key: fmt.number(value) for key, value in numbers.items()})


def _sentence(factor: Factor) -> str:
    """What a factor comes from."""
    if factor.key == "ramp":
        text = _of_ramp(factor)
        return text[:1].upper() + text[1:]
    if factor.key in ("part_time", "role"):
        return spoken(dict(factor.words)["note"])
    numbers = {key: fmt.number(value) for key, value in factor.values}
    words = dict(factor.words)
    if "on" in words:
        words["on"] = fmt.day(date.fromisoformat(words["on"]))
    if table := TABLES.get(words.get("kind", "")):
        words["kind"] = _(table)
    words["change"] = fmt.percent(abs(factor.share - 1), 1)
    key = "season_lower" if factor.key == "season" and factor.share <= 1 else factor.key
    return _(SENTENCES[key]).format(**numbers, **words) if key in SENTENCES else ""


def _of_ramp(factor: Factor) -> str:
    """Where in the ramp the days are: “month 3 of 6: half of the full target”."""
    numbers = {key: fmt.number(value) for key, value in factor.values}
    one, half = numbers["month"] == numbers["to_month"], factor.share == Fraction(1, 2)
    if half and one:
        told = _("month {month} of {months}: half of the full target")
    elif half:
        told = _("months {month} to {to_month} of {months}: half of the full target")
    elif one:
        told = _("month {month} of {months}: {share} of the full target")
    else:
        told = _("months {month} to {to_month} of {months}: {share} of the full target")
    return told.format(**numbers, share=fmt.percent(factor.share))
