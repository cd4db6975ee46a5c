"""The log of a stalled deal's case: hold it, add a step, and keep what its steps make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from upswing.actions.permission import NotAllowed
from upswing.actions.written import one_line
from upswing.core.forecast.cases import Kind, State, Step, replayed
from upswing.core.wording import worded
from upswing.goals.stalls import WORDS_LENGTH as WORDS_LENGTH  # noqa: PLC0414
from upswing.goals.stalls import StallCase, StallStep
from upswing.people.viewer import Viewer
from upswing.queries.hands import Hands, hands_on
from upswing.queries.organisation import organisation
from upswing.queries.outlooks import forget_outlooks
from upswing.queries.stalls import seen_case


@dataclass(frozen=True, slots=True)
class Held:
    """A case that nobody else changes until the transaction ends, with its log and what the viewer is to its deal."""

    case: StallCase
    steps: tuple[Step, ...]
    signed: tuple[str, ...]
    hands: Hands

    @property
    def state(self) -> State:
        """Where it stands."""
        return replayed(self.steps, self.case.limit)


def held(viewer: Viewer, uid: UUID) -> Held:
    """The case; raises NotVisible."""
    pk = seen_case(viewer, uid)
    rows = StallCase.objects.unscoped("seen by the viewer").select_related("deal")
    case = rows.select_for_update(of=("self",)).get(pk=pk)
    steps = tuple(StallStep.objects.filter(case=case).order_by("number"))
    return Held(case, steps_of(steps), tuple(step.by for step in steps), hands_on(viewer, case.deal_id))


def steps_of(rows: tuple[StallStep, ...]) -> tuple[Step, ...]:
    """The log as the core reads it: in days of the organisation's clock."""
    zone = ZoneInfo(organisation().time_zone)
    return tuple(Step(Kind(row.kind), row.at.astimezone(zone).date(), row.day) for row in rows)


def add(
    found: Held, kind: Kind, at: datetime, by: str = "", day: date | None = None, words: str = ""
) -> State:  # fmt: skip
    """Write a step down; the case follows from its steps, and every forecast is made anew."""
    on = at.astimezone(ZoneInfo(organisation().time_zone)).date()
    state = replayed((*found.steps, Step(kind, on, day)), found.case.limit)
    StallStep.objects.create(
        case=found.case, number=len(found.steps), kind=kind.value, at=at, by=by, day=day, words=words
    )
    StallCase.objects.unscoped("seen by the viewer").filter(pk=found.case.pk).update(
        due=state.due, rests=state.rests, outcome=state.ended.value if state.ended else "",
        settled=at if state.ended else None,
    )  # fmt: skip
    forget_outlooks()
    return state


def said(words: str, missing: str) -> str:
    """What was written, as it is kept; without anything, `missing` is the sentence. Raises NotAllowed."""
    found = one_line(words)
    if not found:
        raise NotAllowed(missing)
    if len(found) > WORDS_LENGTH:
        raise NotAllowed(
            worded(
                "Write it in at most {most} characters; this has {length}.",
                most=WORDS_LENGTH,
                length=len(found),
            )
        )
    return found


def name_of(case: StallCase) -> str:
    """What a sentence calls the deal of a case."""
    return case.deal.name or worded("This deal")
