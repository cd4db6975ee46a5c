"""The editor of a pipeline, and the form of one of its stages."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from upswing.core.pipelines import Early, Policy, Proof, Stage
from upswing.queries.pipeline_setup import DraftShown
from upswing.queries.pipelines import Held
from upswing.web.shared.marks import marked
from upswing.web.shared.spoken import spoken
from upswing.web.stages.sent import Written
from upswing.web.stages.shown import PipelineShown, held_told, pipeline_shown

BLANK_ROWS, FIRST_ROWS = 2, 3
"""Empty rows for more evidence: below what there is, and of a stage that has none."""
PROOFS = {
    Proof.DATE: marked("a date"),
    Proof.AMOUNT: marked("an amount"),
    Proof.PERSON: marked("a named person"),
    Proof.DOCUMENT: marked("a document"),
}
EARLIES = {
    Early.REASON: marked("needs a reason"),
    Early.REFUSE: marked("is refused"),
    None: marked("is let pass"),
}
POLICIES = {
    None: marked("as the usual rule says"),
    Policy.MEASURED: marked("as such deals turned out"),
    Policy.BACK_1: marked("as one stage back"),
    Policy.BACK_2: marked("as two stages back"),
    Policy.DROP: marked("nothing"),
    Policy.NONE: marked("as before"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Homeless:
    """What a source calls a stage that the draft does not know; `urgent` where the last version knows it."""

    text: str
    about: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the editor draws. `refused` are sentences, `saved` whether the rules were kept all the same.

    `leaving` is the stage that cannot be taken off yet: its key and name, and the stages that could answer for it.
    """

    draft: DraftShown
    pipeline: PipelineShown
    name: str
    title: str
    grace: str
    earlies: tuple[Choice, ...]
    homeless: tuple[Homeless, ...]
    homes: tuple[tuple[str, str], ...]
    leaving: tuple[str, str, tuple[tuple[str, str], ...]] | None
    effective: str
    note: str
    refused: tuple[str, ...]
    saved: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of evidence, empty ones too."""

    number: int
    key: str
    text: str
    proofs: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class StageForm:
    """Everything the form of a stage draws; `offered` are names of open deals that no stage knows."""

    draft: DraftShown
    stage: Stage
    title: str
    rows: tuple[Row, ...]
    weight: str
    days: str
    policies: tuple[Choice, ...]
    words: str
    offered: tuple[tuple[str, str], ...]
    refused: tuple[str, ...]


def form_of(draft: DraftShown, given: QueryDict, refused: tuple[str, ...], saved: bool, leaving: str) -> Form:
    """The editor of a draft; `given` is the form as it was sent."""
    pipeline = draft.pipeline
    early = given.get("early", pipeline.early or "") if given else pipeline.early or ""
    homes = tuple((stage.key, stage.name) for stage in pipeline.stages)
    gone = pipeline.stage(leaving)
    return Form(
        draft, pipeline_shown(pipeline, draft.deals, draft.currency), given.get("name", pipeline.name),
        pipeline.name, given.get("grace", str(pipeline.grace)),
        tuple(Choice(each or "", _(label), (each or "") == early) for each, label in EARLIES.items()),
        (*(_homeless(each, draft, True) for each in draft.homeless),
         *(_homeless(each, draft, False) for each in draft.strangers)),
        homes, (gone.key, gone.name, tuple(each for each in homes if each[0] != gone.key)) if gone else None,
        given.get("effective", draft.earliest.isoformat()), given.get("note", ""), refused, saved,
    )  # fmt: skip


def _homeless(each: Held, draft: DraftShown, urgent: bool) -> Homeless:
    return Homeless(each.text, held_told(each, draft.currency), urgent)


def stage_form(draft: DraftShown, stage: Stage, sent: Written | None, refused: tuple[str, ...]) -> StageForm:
    """The form of a stage; `sent` is what could not be kept."""
    weight = f"{float(stage.weight * 100):.10g}" if stage.weight is not None else ""
    offered = (each for each in (*draft.homeless, *draft.strangers) if not stage.knows(each.text))
    return StageForm(
        draft, stage, stage.name or _("A new stage"), tuple(_rows(stage)),
        sent.weight if sent else weight, sent.days if sent else str(stage.days or ""),
        tuple(Choice(each or "", _(label), each == stage.policy) for each, label in POLICIES.items()),
        "\n".join(stage.words),
        tuple((each.text, held_told(each, draft.currency)) for each in offered), refused,
    )  # fmt: skip


def _rows(stage: Stage) -> list[Row]:
    there = [(each.key, each.text, each.proof) for each in stage.criteria]
    there += [("", "", None)] * (BLANK_ROWS if there else FIRST_ROWS)
    return [
        Row(
            number, key, text,
            tuple(Choice(each.value, spoken(_(label)), each is proof) for each, label in PROOFS.items()),
        )
        for number, (key, text, proof) in enumerate(there, start=1)
    ]  # fmt: skip
