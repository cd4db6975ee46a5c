"""Answer a proposal to set a stalled deal aside: it waits for a day, or is set aside; each answer can be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import NotAllowed
from upswing.actions.stall_steps import Held, add, held, name_of, said
from upswing.actions.written import signed_by
from upswing.core.forecast.cases import NOBODYS, Ended, Kind
from upswing.core.records import Outcome
from upswing.core.wording import worded
from upswing.goals.stalls import StallCase
from upswing.people.viewer import Viewer
from upswing.queries.outlooks import Past, past
from upswing.queries.stall_rules import Graces, stall_rules
from upswing.queries.stall_shown import Now

MOST_AHEAD, LONGEST_WAIT = 180, 90
"""Days that a buyer's next step may be ahead, and that a deal may wait for a reason."""


@transaction.atomic
def next_step(viewer: Viewer, case: UUID, day: date, what: str, at: datetime) -> None:
    """The buyer does something on a day to come: the deal waits until then. Raises NotVisible and NotAllowed."""
    found = _open(viewer, case)
    _ahead(day, viewer.at, MOST_AHEAD)
    words = said(what, worded("Say what the buyer does on that day, in a few words."))
    add(found, Kind.NEXT_STEP, at, signed_by(viewer), day, words)


@transaction.atomic
def snooze(viewer: Viewer, case: UUID, until: date, reason: str, at: datetime) -> None:
    """The deal waits until a day, for a reason. Raises NotVisible and NotAllowed."""
    found = _open(viewer, case)
    _ahead(until, viewer.at, LONGEST_WAIT)
    words = said(reason, worded("Say why the deal waits, in a few words: whoever asks later reads it."))
    add(found, Kind.SNOOZED, at, signed_by(viewer), until, words)


@transaction.atomic
def agree(viewer: Viewer, case: UUID, at: datetime) -> None:
    """Who has the deal sets it aside. Raises NotVisible, and NotAllowed for everybody else."""
    found = _open(viewer, case)
    if not found.hands.own:
        raise NotAllowed(
            worded(
                "Whose deal it is can agree. Who leads them confirms the proposal, with a button of its own."
            )
        )
    add(found, Kind.AGREED, at, signed_by(viewer))


@transaction.atomic
def confirm(viewer: Viewer, case: UUID, at: datetime) -> None:
    """Who leads the rep sets the deal aside, or revenue operations. Raises NotVisible and NotAllowed."""
    _confirm(viewer, _open(viewer, case), at)


@transaction.atomic
def set_aside(viewer: Viewer, case: UUID, at: datetime, known: Past) -> None:
    """Agree to one's own, confirm others. `known` are all deals as they stand today. Raises as those do."""
    found = _open(viewer, case, known)
    if found.hands.own:
        add(found, Kind.AGREED, at, signed_by(viewer))
    else:
        _confirm(viewer, found, at)


def _confirm(viewer: Viewer, found: Held, at: datetime) -> None:
    if not found.hands.leads:
        raise NotAllowed(
            worded(
                "A proposal is confirmed by who leads the rep, or by revenue operations. You can agree to it."
            )
        )
    add(found, Kind.CONFIRMED, at, signed_by(viewer))


@transaction.atomic
def take_back(viewer: Viewer, case: UUID, at: datetime, known: Past | None = None) -> None:
    """The last answer, or setting aside, was a slip: it never was; an open proposal has its grace once more.

    `known` are all deals as they stand today, where they are at hand; else they are loaded.
    Raises NotVisible, and NotAllowed where somebody else said it, nothing was said, or the deal has gone on since.
    """
    found = held(viewer, case)
    state = found.state
    if state.ended not in (Ended.WAITS, Ended.ASIDE):
        raise NotAllowed(
            worded("There is no answer for “{deal}” that could be taken back.", deal=name_of(found.case))
        )
    if not found.hands.leads and (state.by in NOBODYS or _last_by(found) != signed_by(viewer)):
        raise NotAllowed(
            worded(
                "What {by} did is taken back by them or by who leads the rep. If the buyer has done something since, "
                "bring the deal back with that.",
                by=_last_by(found) or worded("the rule"),
            )
        )
    known = known or past(viewer.at)
    _still_there(viewer, found, known)
    later = StallCase.objects.unscoped("of the same deal").filter(
        deal=found.case.deal_id, pk__gt=found.case.pk
    )
    if later.exists():
        raise NotAllowed(
            worded("“{deal}” has been proposed again since. Answer that proposal.", deal=name_of(found.case))
        )
    add(found, Kind.TAKEN_BACK, at, signed_by(viewer), _new_due(viewer, found.case, known))


@transaction.atomic
def re_enter(viewer: Viewer, case: UUID, day: date, what: str, at: datetime) -> date:
    """The buyer did something since the proposal: the deal counts again, until the day that this returns.

    Raises NotVisible, and NotAllowed for a deal that is not set aside, a day out of reach, or without words.
    """
    found = held(viewer, case)
    if found.state.ended is not Ended.ASIDE:
        raise NotAllowed(worded("“{deal}” is not set aside; it counts already.", deal=name_of(found.case)))
    _still_there(viewer, found, past(viewer.at))
    _since(day, found, viewer.at)
    words = said(what, worded("Say what the buyer did on that day, in a few words."))
    state = add(found, Kind.RE_ENTERED, at, signed_by(viewer), day, words)
    return state.rests or day


def _open(viewer: Viewer, uid: UUID, known: Past | None = None) -> Held:
    """A case that waits for its answer."""
    found = held(viewer, uid)
    match found.state.ended:
        case None:
            _still_there(viewer, found, known or past(viewer.at))
            return found
        case Ended.WAITS | Ended.ASIDE:
            sentence = worded(
                "The proposal for “{deal}” has its answer already. Take that back first, then answer anew.",
                deal=name_of(found.case),
            )
        case _:
            sentence = worded(
                "The proposal for “{deal}” is over: nothing is asked of it any more.",
                deal=name_of(found.case),
            )
    raise NotAllowed(sentence)


def _ahead(day: date, today: date, most: int) -> None:
    last = today + timedelta(days=most)
    if not today < day <= last:
        raise NotAllowed(
            worded(
                "{day} is no day to wait for. Choose one from {first} to {last}.",
                day=day, first=today + timedelta(days=1), last=last,
            )
        )  # fmt: skip


def _since(day: date, found: Held, today: date) -> None:
    """A day on which a buyer did something after the proposal, and not so long ago that the deal has stalled again."""
    proposed = found.steps[0].on
    first = max(proposed, today - timedelta(days=found.case.limit))
    if day > today:
        raise NotAllowed(
            worded(
                "{day} is still to come. Take the setting aside back, and answer the proposal with that day.",
                day=day,
            )
        )
    if day < first:
        raise NotAllowed(
            worded(
                "{day} is too long ago to bring “{deal}” back. Name what the buyer did from {first} on.",
                day=day, deal=name_of(found.case), first=first,
            )
        )  # fmt: skip


def _still_there(viewer: Viewer, found: Held, known: Past) -> None:
    """Refuse for a deal that was decided, or has left the stay it was proposed in."""
    now = Now(known, viewer.at).of([found.case.deal_id]).get(found.case.deal_id)
    if found.case.deal.outcome != Outcome.OPEN.value:
        raise NotAllowed(
            worded("“{deal}” is decided by now; nothing is asked of it.", deal=name_of(found.case))
        )
    if now is None or now[1] != found.case.since:
        raise NotAllowed(
            worded("“{deal}” has moved on since; it counts like any other deal.", deal=name_of(found.case))
        )


def _last_by(found: Held) -> str:
    """Who did what stands now: a step that was taken back, and its taking back, leave the one before."""
    left: list[str] = []
    for step, by in zip(found.steps, found.signed, strict=True):
        if step.kind is Kind.TAKEN_BACK:
            left.pop()
        else:
            left.append(by)
    return left[-1]


def _new_due(viewer: Viewer, case: StallCase, known: Past) -> date:
    """The grace once more from today on; what is left of the old one, where that is longer."""
    stages = {each.key: each for each in stall_rules(known, viewer.at).stages}
    grace = stages[case.stage].grace if case.stage in stages else 0
    return max(case.due, Graces(viewer.at, viewer.at).end(viewer.at, grace))
