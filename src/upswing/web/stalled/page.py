"""What the pages of stalled deals show: a case in words, and the piles they lie in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.actions.stalls import LONGEST_WAIT, MOST_AHEAD
from upswing.core.forecast.cases import NOBODYS, Ended, Kind
from upswing.core.forecast.stall import Rule
from upswing.core.pipelines import Policy
from upswing.queries.stall_shown import CaseShown, StepShown
from upswing.queries.stalls import Lying, Pile
from upswing.queries.viewers import Viewer
from upswing.web.shared import format as fmt
from upswing.web.stalled.words import DEEDS, FOLLOWS, REASONS, RULES


@dataclass(frozen=True, slots=True)
class Told:
    """A step of the log: what was done, by whom and when, and what they wrote."""

    deed: str
    by: str
    day: str
    words: str


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day that a form takes, as its field has them."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as it is drawn; `may` names the answers that its viewer can give.

    `numbers` are those that could give the limit today: what each is, how many days, whether it rules.
    """

    id: UUID
    deal_id: UUID
    deal: str
    about: str
    amount: str
    facts: str
    reason: str
    follows: str
    due: str
    numbers: tuple[tuple[str, str, bool], ...]
    back: str
    may: frozenset[str]
    log: tuple[Told, ...]
    step_days: Days
    wait_days: Days
    return_days: Days


@dataclass(frozen=True, slots=True)
class PileShown:
    """A page of a pile in words; `before` and `after` are the pages beside it, 0 for none."""

    key: str
    count: int
    value: str
    rows: tuple[CaseRow, ...]
    before: int
    after: int


def pile_of(viewer: Viewer, pile: Pile, lying: Lying) -> PileShown:
    """A pile."""
    return PileShown(
        pile.value, lying.count, fmt.money_compact(lying.value),
        tuple(row_of(viewer, case) for case in lying.cases),
        lying.page - 1, lying.page + 1 if lying.page < lying.pages else 0,
    )  # fmt: skip


def row_of(viewer: Viewer, case: CaseShown) -> CaseRow:
    """A case."""
    today = viewer.at
    return CaseRow(
        case.id, case.deal_id, case.deal or case.account or _("A deal without a name"), " · ".join(_about(case)),
        fmt.money_whole(case.amount) if case.amount.minor else "", _facts(case), _reason(case), _follows(case),
        _due(case), _numbers(case), _back(case), _may(viewer, case),
        tuple(_told(step, case) for step in reversed(case.steps)),
        Days(_iso(today, 1), _iso(today, MOST_AHEAD)), Days(_iso(today, 1), _iso(today, LONGEST_WAIT)),
        Days(max(case.proposed.date(), today - timedelta(days=case.limit)).isoformat(), today.isoformat()),
    )  # fmt: skip


def headline(open_: Lying) -> str:
    """How many deals wait for a word."""
    if not open_.count:
        return _("No deal waits for a word from you.")
    words = ngettext(
        "{count} deal over {value} has stood longer than usual.",
        "{count} deals over {value} have stood longer than usual.",
        open_.count,
    )
    return words.format(count=fmt.number(open_.count), value=fmt.money_whole(open_.value))


def _iso(day: date, later: int) -> str:
    return (day + timedelta(days=later)).isoformat()


def _about(case: CaseShown) -> list[str]:
    return [each for each in (case.account if case.deal else "", fmt.listed(case.reps)) if each]


def _facts(case: CaseShown) -> str:
    """How long it has stood where; of a deal that went on, how long it had when it was proposed."""
    days = case.days if case.stands else case.age
    if not case.stage:
        words = ngettext("Open for {days} day, since {since}.", "Open for {days} days, since {since}.", days)
        return words.format(days=fmt.number(days), since=fmt.day(case.since))
    words = ngettext(
        "In “{stage}” for {days} day, since {since}.", "In “{stage}” for {days} days, since {since}.", days
    )
    return words.format(stage=case.stage, days=fmt.number(days), since=fmt.day(case.since))


def _reason(case: CaseShown) -> str:
    return _(REASONS[case.rule]).format(days=fmt.number(case.limit))


def _follows(case: CaseShown) -> str:
    """What happens next if nobody says anything; empty where nothing does."""
    if not case.stands:
        return _("The deal has gone on since; it counts like any other deal.")
    if case.outcome is Ended.WAITS and case.rests:
        return _("It waits until {day}, and counts as before.").format(day=fmt.day(case.rests))
    if case.outcome is Ended.ASIDE:
        return _("It is set aside. Something the buyer does brings it back.")
    if case.outcome is None:
        return _(FOLLOWS[case.now.policy if case.now else Policy.BACK_1])
    return ""


def _due(case: CaseShown) -> str:
    """Until when an answer is waited for; empty where none is."""
    if case.outcome is not None or not case.stands:
        return ""
    words = ngettext(
        "Time to answer until {day}: {count} working day.",
        "Time to answer until {day}: {count} working days.",
        case.left,
    )
    return words.format(day=fmt.day_long(case.due), count=fmt.number(case.left))


def _numbers(case: CaseShown) -> tuple[tuple[str, str, bool], ...]:
    if case.now is None:
        return ()
    limit = case.now.limit
    numbers = (
        (Rule.SET, limit.days if limit.rule is Rule.SET else None), (Rule.HALF_CHANCE, limit.half_chance),
        (Rule.QUANTILE, limit.quantile), (Rule.CYCLE, limit.cycle),
    )  # fmt: skip
    return tuple(
        (_(RULES[rule]), days_of(days), limit.rule is rule) for rule, days in numbers if days is not None
    )


def days_of(days: int) -> str:
    """“1 day”, “34 days”."""
    return ngettext("{days} day", "{days} days", days).format(days=fmt.number(days))


def _back(case: CaseShown) -> str:
    if not case.re_entries:
        return ""
    words = ngettext("Brought back {count} time.", "Brought back {count} times.", case.re_entries)
    return words.format(count=fmt.number(case.re_entries))


def _may(viewer: Viewer, case: CaseShown) -> frozenset[str]:
    if not case.stands:
        return frozenset()
    if case.outcome is None:
        last = {"agree"} if case.hands.own else set()
        return frozenset({"answer", *last, *({"confirm"} if case.hands.leads else set())})
    kinds = [step for step in case.steps if step.kind is not Kind.TAKEN_BACK]
    own = bool(kinds) and kinds[-1].kind not in NOBODYS and kinds[-1].by == viewer.person_name
    back = {"take_back"} if case.hands.leads or own else set()
    return frozenset({*back, *({"return"} if case.outcome is Ended.ASIDE else set())})


def _told(step: StepShown, case: CaseShown) -> Told:
    named = fmt.day(step.day) if step.day else ""
    if step.kind is Kind.TAKEN_BACK and case.outcome is None and step is case.steps[-1]:
        deed = _("The answer was taken back; time to answer until {day}").format(day=fmt.day(case.due))
    else:
        deed = _(DEEDS[step.kind]).format(day=named, age=fmt.number(case.age), limit=fmt.number(case.limit))
    return Told(deed, step.by, fmt.day(step.at.date()), step.words)
