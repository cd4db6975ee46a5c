"""What a move leaves in the book: the deal's stage, its path, how it stood before, and who moved it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db.models import Count, Max

from upswing.actions.desk import everybodys, sight_of
from upswing.actions.expecting import remember_expected
from upswing.actions.journal import keep
from upswing.actions.permission import NotAllowed
from upswing.actions.quoted import SOURCE_NAME, change, settling
from upswing.actions.written import signed_by
from upswing.book.evidence import MoveNote
from upswing.book.models import Deal, StageMove
from upswing.book.offered import MADE_HERE
from upswing.core.records import Outcome
from upswing.core.wording import worded
from upswing.intake.models import Batch, Earlier, Source
from upswing.people.viewer import Viewer
from upswing.queries.outlooks import forget_outlooks


@contextmanager
def moving(deal: Deal) -> Iterator[None]:
    """What happens inside to a deal is posted after it, and what was foreseen is foreseen anew."""
    with settling(deal.pk):
        yield
    forget_outlooks()


def refuse_decided(deal: Deal) -> None:
    """Raises NotAllowed for a deal that is won or lost."""
    if deal.outcome == Outcome.OPEN:
        return
    told: dict[str, str | date] = {
        "deal": called(deal), "day": deal.closed or worded("a day nobody told"),
    }  # fmt: skip
    if deal.outcome == Outcome.WON:
        raise NotAllowed(
            worded("“{deal}” was won on {day} and moves no more. What comes after is a new deal.", **told)
        )
    raise NotAllowed(worded("“{deal}” was lost on {day} and moves no more.", **told))


def called(deal: Deal) -> str:
    """Its name, else its id."""
    return deal.name or deal.external_id


def put(viewer: Viewer, deal: Deal, stage: str, outcome: Outcome, now: datetime) -> MoveNote:
    """Let an open deal stand in a stage from today on; the note of it is yet to be kept. Use inside `moving`."""
    path = StageMove.objects.filter(deal=deal)
    told = path.aggregate(last=Max("number"), latest=Max("day"))
    day = max(viewer.at, deal.created or viewer.at, told["latest"] or viewer.at)
    batch = _batch(viewer, deal, now)
    keep(batch, Deal, [deal.pk])
    remember_expected(deal)
    note = MoveNote(
        deal=deal,
        origin=deal.stage,
        stage=stage,
        outcome=outcome.value,
        day=day,
        by=signed_by(viewer),
        at=now,
    )
    number = _first(deal, day) if told["last"] is None else told["last"] + 1
    path.create(deal=deal, number=number, stage=stage, day=day, outcome=outcome.value)
    closed = None if outcome is Outcome.OPEN else day
    change(deal, stage=stage, outcome=outcome.value, closed=closed, batch=batch)
    return note


def _first(deal: Deal, day: date) -> int:
    """Where no path was told, it begins with the stage that the deal was last seen in; the number of the next step."""
    seen = min(day, max(sight_of(deal.batch), deal.created or date.min))
    StageMove.objects.create(deal=deal, number=0, stage=deal.stage, day=seen)
    return 1


def _batch(viewer: Viewer, deal: Deal, now: datetime) -> Batch:
    """The batch of the moves of a deal since its source last told of it, so that they can be taken back."""
    mine = Earlier.objects.filter(batch=deal.batch_id, model=Deal.__name__, record=deal.pk)
    if deal.batch.source.key == MADE_HERE and mine.exists():
        Batch.objects.filter(pk=deal.batch_id).update(finished=now, alive=now)
        return deal.batch
    source, _ = Source.objects.get_or_create(key=MADE_HERE, defaults={"name": SOURCE_NAME})
    said = f"{called(deal)}, {signed_by(viewer)}"[:200]
    return Batch.objects.create(
        source=source, mapping=said, started=now, finished=now, alive=now, updated=1, done=1, expected=1
    )


def usual_word(deal: Deal, means: Callable[[str], bool], outcome: Outcome, otherwise: str) -> str:
    """What most deals of the deal's own source call a stage; where none stands there, what it is called here."""
    rows = everybodys(Deal).filter(source=deal.source_id, outcome=outcome.value).order_by()
    told = rows.values_list("stage").annotate(deals=Count("pk"))
    return max(((deals, word) for word, deals in told if word and means(word)), default=(0, otherwise))[1]
