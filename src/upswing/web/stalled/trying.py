"""The rule in words: each stage's limit with the numbers behind it, and what a rule would have done last quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.stall import Rule
from upswing.core.people import AccessRole
from upswing.core.pipelines import Policy
from upswing.core.pipelines.proving import MOST_DAYS
from upswing.core.pipelines.refusing import MOST_GRACE
from upswing.queries.stall_rules import LimitShown, limits_shown
from upswing.queries.stall_trial import Trial, Tried, trial
from upswing.queries.viewers import Viewer
from upswing.web.shared import format as fmt
from upswing.web.stalled.page import days_of
from upswing.web.stalled.words import COUNTS, NUMBERS, RULES


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A stage: its limit, the rule that gives it, and each number by itself: (name, days, whether it rules)."""

    key: str
    stage: str
    pipeline: str
    held: str
    limit: str
    rule: str
    numbers: tuple[tuple[str, str, bool], ...]
    counts: str
    grace: str


@dataclass(frozen=True, slots=True)
class TrialPage:
    """What the rule would have done, and the form to try another. `won` is (id, deal, reps, stage, day, worth)."""

    headline: str
    details: tuple[str, ...]
    won: tuple[tuple[UUID, str, str, str, str, str], ...]
    more: str
    tried: bool
    trouble: str
    stages: tuple[tuple[str, str, bool], ...]
    policies: tuple[tuple[str, str, bool], ...]
    days: str
    grace: str
    most_days: int
    most_grace: int


def may_try(viewer: Viewer) -> bool:
    """Whoever leads somebody, and revenue operations."""
    return viewer.operates or viewer.role is AccessRole.MANAGER


def limits(viewer: Viewer, at: date) -> tuple[LimitRow, ...]:
    """Every stage."""
    return tuple(map(_limit, limits_shown(viewer, at)))


def trial_page(request: HttpRequest, viewer: Viewer, at: date) -> TrialPage:
    """The rule on the last quarter, as it is or as the address asks for it."""
    shown = limits_shown(viewer, at)
    tried, trouble = _tried(request, {each.rule.key for each in shown})
    found = trial(viewer, at, tried)
    asked = {name: request.GET.get(name, "")[:120] for name in ("stage", "days", "policy", "grace")}
    return TrialPage(
        _headline(found, tried), tuple(_details(found)),
        tuple((won.id, won.name, fmt.listed(won.reps), won.stage, fmt.day(won.day), fmt.money_whole(won.won))
              for won in found.names),
        _more(found), tried is not None, trouble,
        tuple((value, _stage(each), value == asked["stage"]) for each in shown for value in [_value(each.rule.key)]),
        tuple((policy.value, _(words), policy.value == asked["policy"]) for policy, words in COUNTS.items()),
        asked["days"], asked["grace"], MOST_DAYS, MOST_GRACE,
    )  # fmt: skip


def _limit(found: LimitShown) -> LimitRow:
    rule, limit = found.rule, found.rule.limit
    numbers = (
        (Rule.HALF_CHANCE, limit.half_chance),
        (Rule.QUANTILE, limit.quantile),
        (Rule.CYCLE, limit.cycle),
    )
    return LimitRow(
        rule.key, _stage(found), rule.pipeline, _held(found), days_of(limit.days), _rules(found),
        tuple((_(NUMBERS[each]), days_of(days) if days is not None else "–", limit.rule is each)
              for each, days in numbers),
        _(COUNTS[rule.policy]), _grace(rule.grace),
    )  # fmt: skip


def _rules(found: LimitShown) -> str:
    limit = found.rule.limit
    if limit.rule is Rule.CYCLE and limit.cycle is None:
        return _("too little is known yet")
    if limit.rule in (Rule.SET, Rule.CYCLE):
        return _(RULES[limit.rule])
    words = ngettext("{rule}, {count} deal won", "{rule}, {count} deals won", limit.n)
    return words.format(rule=_(RULES[limit.rule]), count=fmt.number(limit.n))


def _stage(found: LimitShown) -> str:
    return found.rule.name or _("Stage not told")


def _held(found: LimitShown) -> str:
    words = ngettext(
        "{count} open deal, {over} over the limit", "{count} open deals, {over} over the limit", found.deals
    )
    return words.format(count=fmt.number(found.deals), over=fmt.number(found.over))


def _grace(days: int) -> str:
    words = ngettext("after {days} working day to answer", "after {days} working days to answer", days)
    return words.format(days=fmt.number(days))


def _headline(found: Trial, tried: Tried | None) -> str:
    period = fmt.period_name(found.period)
    if not found.moved:
        return _("In {period}, this rule would have set no deal aside.").format(period=period)
    words = ngettext(
        "In {period}, this rule would have set {count} deal aside; {won} of them was won.",
        "In {period}, this rule would have set {count} deals aside; {won} of them were won.",
        found.moved,
    )
    return words.format(period=period, count=fmt.number(found.moved), won=fmt.number(found.won))


def _details(found: Trial) -> list[str]:
    """What they were worth, how many stood there before, and what the forecast would have lost."""
    if not found.moved:
        return []
    worth = _("They were worth {value}; those won brought {won}.")
    first = ngettext(
        "{count} of them stood over the limit when the quarter began.",
        "{count} of them stood over the limit when the quarter began.",
        found.first,
    )
    counted = _("By the weights of their stages they counted {before} on the day; set aside, {after}.")
    return [
        worth.format(value=fmt.money_whole(found.value), won=fmt.money_whole(found.won_value)),
        *([first.format(count=fmt.number(found.first))] if found.first else []),
        counted.format(before=fmt.money_whole(found.before), after=fmt.money_whole(found.after)),
    ]


def _more(found: Trial) -> str:
    left = found.won - len(found.names)
    return (
        ngettext("and {count} more", "and {count} more", left).format(count=fmt.number(left)) if left else ""
    )


def _tried(request: HttpRequest, stages: set[str]) -> tuple[Tried | None, str]:
    """What the address tries, and why it cannot be tried."""
    text = request.GET.get("stage", "")
    if not text:
        return None, ""
    stage = "" if text == "-" else text
    if stage not in stages:
        return None, _("There is no such stage. Choose one of the list.")
    days, grace = (_number(request.GET.get(name, "")) for name in ("days", "grace"))
    if days == 0 or (days or 0) > MOST_DAYS or (grace or 0) > MOST_GRACE:
        words = _(
            "Write a limit of 1 to {days} days and 0 to {grace} working days to answer, or leave them empty."
        )
        return None, words.format(days=fmt.number(MOST_DAYS), grace=fmt.number(MOST_GRACE))
    policy = request.GET.get("policy", "")
    return Tried(stage, days, Policy(policy) if policy in set(Policy) else None, grace), ""


def _number(text: str) -> int | None:
    """A whole number; beyond any limit where it is none, None where nothing is written."""
    text = text.strip()
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else MOST_DAYS + 1


def _value(key: str) -> str:
    """The stage in a form: the untold one has a sign of its own, as nothing chosen is nothing."""
    return key or "-"
