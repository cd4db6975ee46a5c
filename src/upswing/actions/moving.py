"""Move a deal along its path: with what shows that it may, or with a reason where something is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.moved import called, moving, put, refuse_decided, usual_word
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.quoted import deal_for
from upswing.actions.written import one_line, signed_by
from upswing.book.evidence import LONGEST_DOCUMENT, LONGEST_PERSON, LONGEST_REASON, Confirmation
from upswing.book.models import Deal
from upswing.core.pipelines import Criterion, Early, Entry, Proof, Stage
from upswing.core.records import Outcome
from upswing.core.wording import worded
from upswing.people.viewer import Viewer
from upswing.queries.ways import Way, Ways, ways


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows a criterion: the one of these that it asks for; the amount in minor units."""

    day: date | None = None
    amount_minor: int | None = None
    person: str = ""
    document: str = ""

    def shows(self, proof: Proof) -> bool:
        """Is it told?"""
        match proof:
            case Proof.DATE:
                return self.day is not None
            case Proof.AMOUNT:
                return self.amount_minor is not None
            case Proof.PERSON:
                return bool(one_line(self.person))
        return bool(one_line(self.document))


NOTHING = Shown()
Proofs = Mapping[str, Shown]
"""By the key of the criterion."""


@transaction.atomic
def move(viewer: Viewer, deal: UUID, into: str, proofs: Proofs, reason: str, now: datetime) -> None:
    """Let the deal stand in a stage from today on, and keep who confirmed what; where it stands already, only that.

    Raises NotVisible; NotAllowed for a deal that is decided and a stage its pipeline does not have; and Incomplete
    with a sentence for each thing to mend.
    """
    found = deal_for(viewer, deal)
    known, way, said = *_way(viewer, found, into), one_line(reason)
    if sentences := (
        *_too_long(way, proofs, said),
        *(() if way.here else _missing(found, known, way, proofs, said)),
    ):
        raise Incomplete(sentences)
    _confirm(viewer, found, way, proofs, now)
    if way.here:
        return
    with moving(found):
        note = put(viewer, found, _word(found, way.stage), Outcome.OPEN, now)
        note.lacking = [each.text for each in _still_open(way.entry, proofs)]
        note.early, note.reason = way.entry.early is not None, said
        note.save()


@transaction.atomic
def confirm(viewer: Viewer, deal: UUID, stage: str, proofs: Proofs, now: datetime) -> None:
    """Keep what shows criteria of a stage, and leave the deal where it stands. Raises as `move` does."""
    found = deal_for(viewer, deal)
    _, way = _way(viewer, found, stage)
    if sentences := tuple(_too_long(way, proofs, "")):
        raise Incomplete(sentences)
    _confirm(viewer, found, way, proofs, now)


def _way(viewer: Viewer, deal: Deal, into: str) -> tuple[Ways, Way]:
    refuse_decided(deal)
    known = ways(deal, viewer.at)
    way = known.into(into)
    if way is None:
        stages = [f"“{each.stage.name}”" for each in known.each]
        raise NotAllowed(
            worded("“{deal}” cannot move into “{stage}”: the stages of its pipeline are {stages}.",
                   deal=called(deal), stage=into[:100], stages=stages)
        )  # fmt: skip
    return known, way


def _still_open(entry: Entry, proofs: Proofs) -> tuple[Criterion, ...]:
    """Criteria that are shown neither before nor now."""
    return tuple(
        each for each in entry.open if not proofs.get(each.key, NOTHING).shows(each.proof or Proof.DOCUMENT)
    )


def _missing(deal: Deal, known: Ways, way: Way, proofs: Proofs, reason: str) -> Iterator[str]:
    yield from _backwards(deal, known, way, reason)
    yield from _too_early(deal, way, reason)
    entry, lacking = way.entry, _still_open(way.entry, proofs)
    if not lacking or (reason and not entry.strict):
        return
    told = [f"“{each.text}”" for each in lacking]
    if entry.strict:
        yield worded(
            "“{stage}” still asks for {evidence}. Qualification is what its evidence says: enter it first.",
            stage=way.stage.name, evidence=told,
        )  # fmt: skip
    else:
        yield worded(
            "“{stage}” still asks for {evidence}. Enter what shows it, or say once why the deal moves without.",
            stage=way.stage.name, evidence=told,
        )  # fmt: skip


def _backwards(deal: Deal, known: Ways, way: Way, reason: str) -> Iterator[str]:
    if way.entry.back and known.now and not reason:
        yield worded(
            "“{deal}” goes back from “{now}” to “{stage}”. Say why: whoever reads its path later will ask.",
            deal=called(deal), now=known.now.name, stage=way.stage.name,
        )  # fmt: skip


def _too_early(deal: Deal, way: Way, reason: str) -> Iterator[str]:
    told = {"deal": called(deal), "stage": way.stage.name}
    if way.entry.early is Early.REFUSE:
        yield worded(
            "“{stage}” comes after a proposal, and “{deal}” has not reached qualification. Move it there first.",
            **told,
        )
    elif way.entry.early is Early.REASON and not reason:
        yield worded(
            "“{stage}” comes after a proposal, and “{deal}” has not reached qualification. Say why it is made now.",
            **told,
        )


def _too_long(way: Way, proofs: Proofs, reason: str) -> Iterator[str]:
    texts: list[tuple[str, str, int]] = [(worded("The reason"), reason, LONGEST_REASON)]
    for each in way.stage.criteria:
        shown = proofs.get(each.key, NOTHING)
        texts.append((each.text, one_line(shown.person), LONGEST_PERSON))
        texts.append((each.text, one_line(shown.document), LONGEST_DOCUMENT))
    for what, text, most in texts:
        if len(text) > most:
            yield worded(
                "{what}: {length} characters; write at most {most}.", what=what, length=len(text), most=most
            )


def _confirm(viewer: Viewer, deal: Deal, way: Way, proofs: Proofs, now: datetime) -> None:
    """Keep each criterion that is shown now."""
    for each in way.stage.criteria:
        shown, proof = proofs.get(each.key, NOTHING), each.proof or Proof.DOCUMENT
        if shown.shows(proof):
            Confirmation.objects.create(
                deal=deal, stage_key=way.key, stage=way.stage.name, criterion_key=each.key, criterion=each.text,
                proof=proof.value, by=signed_by(viewer), at=now, **_told(shown, proof),
            )  # fmt: skip


def _told(shown: Shown, proof: Proof) -> dict[str, date | int | str | None]:
    """The one field that the criterion asks for."""
    match proof:
        case Proof.DATE:
            return {"day": shown.day}
        case Proof.AMOUNT:
            return {"amount_minor": shown.amount_minor}
        case Proof.PERSON:
            return {"person": one_line(shown.person)}
    return {"document": one_line(shown.document)}


def _word(deal: Deal, stage: Stage) -> str:
    """The source's own word for the stage."""
    return usual_word(deal, stage.knows, Outcome.OPEN, stage.name)
