"""One deal: its path with the days in each stage, its worth over time, and what shows where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from upswing.book.evidence import MoveNote
from upswing.book.models import Activity, Deal
from upswing.core.forecast.cases import Ended
from upswing.core.records import Outcome
from upswing.goals.stalls import StallCase
from upswing.intake.models import Source
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.categories import SaidOf, said_of
from upswing.queries.deal_age import Aged, aged
from upswing.queries.hands import Hands, hands_on
from upswing.queries.rates import Stated, stated_of
from upswing.queries.ways import Ways, ways

RECENT = 20
"""Activities that a deal's page shows."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stay in a stage: from `since` (with `after`: some day after that) for so many days; `lasts` while it does."""

    stage: str
    since: date
    after: date | None
    days: int
    outcome: Outcome
    lasts: bool


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that was done about it."""

    kind: str
    at: datetime
    outcome: str
    rep: str


@dataclass(frozen=True, slots=True)
class Note:
    """A move made here: `lacking` are the criteria it was made without, `early` says before qualification."""

    origin: str
    stage: str
    outcome: Outcome
    day: date
    lacking: tuple[str, ...]
    early: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class DealShown:
    """A deal for whoever may see it. `reps` have each a share, 0-1; amounts in minor units.

    `amounts` and `closes` are what it was worth, and when it was expected to close, from which day on. `slip` says that
    it was marked as lost here. `said` is what people said of it for the forecast, the latest first; `hands` what the
    viewer is to it. `moved_here` says that what stands here may be told otherwise by its source. `stated` is what its
    source stated in another currency, `case` the last proposal to set it aside; `aside`
    says that it is.
    """

    id: UUID
    name: str
    account: str
    product: str
    source: str
    reps: tuple[tuple[str, UUID, float], ...]
    stage: str
    pipeline: str
    outcome: Outcome
    created: date | None
    closed: date | None
    worth: int | None
    expected: date | None
    path: tuple[Step, ...]
    amounts: tuple[tuple[date, int], ...]
    closes: tuple[tuple[date, date], ...]
    ways: Ways
    aged: Aged | None
    notes: tuple[Note, ...]
    touches: tuple[Touch, ...]
    moved_here: bool
    slip: bool
    said: tuple[SaidOf, ...]
    hands: Hands
    stated: Stated | None
    case: UUID | None
    aside: bool


def deal_for_reading(viewer: Viewer, uid: UUID) -> Deal:
    """Raises NotVisible, where the viewer may not see it or there is none."""
    found = (
        Deal.objects.seen_by(viewer).filter(uid=uid).select_related("account", "product", "source").first()
    )
    if found is None:
        raise NotVisible("There is no such deal.")
    return found


def deal(viewer: Viewer, uid: UUID) -> DealShown:
    """As it stands today; raises NotVisible."""
    row = deal_for_reading(viewer, uid)
    notes = tuple(map(_note, MoveNote.objects.filter(deal=row).order_by("-pk")))
    source: Source = row.source
    amounts, outcome = _amounts(row), Outcome(row.outcome)
    return DealShown(
        row.uid, row.name or row.external_id, row.account.name if row.account else "",
        row.product.name if row.product else "", source.name, _reps(row), row.stage, row.pipeline, outcome,
        row.created, row.closed,
        amounts[-1][1] if amounts and outcome is not Outcome.WON else row.amount_minor, row.expected_close,
        _path(row, viewer.at), amounts,
        _closes(row), ways(row, viewer.at), aged(row, viewer.at) if outcome is Outcome.OPEN else None, notes,
        _touches(row), bool(notes) and outcome is not Outcome.WON,
        loss_here(row) is not None, said_of(row.pk),
        hands_on(viewer, row.pk), stated_of(row), *_case(row),
    )  # fmt: skip


def _case(row: Deal) -> tuple[UUID | None, bool]:
    """The last proposal, and whether the deal is set aside since, and has not moved."""
    last = StallCase.objects.unscoped("of a deal the viewer may see").filter(deal=row).order_by("-pk").first()
    if last is None:
        return None, False
    moved_on = row.moves.filter(day__gt=last.since).exists()
    return last.uid, last.outcome == Ended.ASIDE and not moved_on


def loss_here(row: Deal) -> MoveNote | None:
    """The note of the loss, where the deal is lost and nobody but us said so."""
    last = MoveNote.objects.filter(deal=row).order_by("pk").last()
    if row.outcome != Outcome.LOST or last is None or last.outcome != Outcome.LOST:
        return None
    return last if last.stage == row.stage and last.day == row.closed else None


def _reps(row: Deal) -> tuple[tuple[str, UUID, float], ...]:
    credits_ = list(row.credits.select_related("person").order_by("person__name"))
    whole = sum(credit.weight for credit in credits_) or 1
    return tuple((credit.person.name, credit.person.uid, credit.weight / whole) for credit in credits_)


def _path(row: Deal, at: date) -> tuple[Step, ...]:
    """Its stays, the first one first."""
    moves = list(row.moves.order_by("number"))
    ends = [move.day for move in moves[1:]]
    return tuple(
        Step(
            move.stage, move.day, move.after, ((end or max(at, move.day)) - move.day).days, Outcome(move.outcome),
            end is None and move.outcome == Outcome.OPEN,
        )
        for move, end in zip(moves, [*ends, None], strict=False)
    )  # fmt: skip


def _amounts(row: Deal) -> tuple[tuple[date, int], ...]:
    first = row.created or row.observed
    known = [] if row.expected_minor is None or first is None else [(first, row.expected_minor)]
    later = row.amounts.order_by("number").values_list("day", "amount_minor")
    return (*known, *later)


def _closes(row: Deal) -> tuple[tuple[date, date], ...]:
    """What was expected before what is expected now."""
    told = tuple(row.closes.order_by("number").values_list("day", "expected_close"))
    changes = [each for number, each in enumerate(told) if not number or told[number - 1][1] != each[1]]
    return tuple(changes[:-1] if changes and changes[-1][1] == row.expected_close else changes)


def _touches(row: Deal) -> tuple[Touch, ...]:
    """The last ones first."""
    rows = Activity.objects.unscoped("of a deal the viewer may see").filter(deal=row).order_by("-at")[:RECENT]
    told = rows.values_list("kind", "at", "outcome", "person__name")
    return tuple(Touch(kind, at, outcome, name) for kind, at, outcome, name in told)


def _note(note: MoveNote) -> Note:
    return Note(
        note.origin,
        note.stage,
        Outcome(note.outcome),
        note.day,
        tuple(note.lacking),
        note.early,
        note.reason,
        note.by,
    )
