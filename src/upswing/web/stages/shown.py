"""A stage as it is read: its buyer's step, what proves it, what it counts, how long it may last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.money import Money
from upswing.core.pipelines import EARLIES, PROOFS, Pipeline, Policy, Proof, Stage
from upswing.queries.pipelines import Held
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.spoken import spoken

ICONS = {
    Proof.DATE: "calendar-days",
    Proof.AMOUNT: "banknote",
    Proof.PERSON: "user",
    Proof.DOCUMENT: "file-text",
}
STALLED = {
    Policy.NONE: marked("then still counts as before"),
    Policy.DROP: marked("then counts nothing"),
    Policy.BACK_1: marked("then counts as one stage back"),
    Policy.BACK_2: marked("then counts as two stages back"),
    Policy.MEASURED: marked("then counts as such deals turned out"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing to be shown, and by what."""

    text: str
    icon: str
    proof: str


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage as it is drawn; `share` is the weight in per cent, None where it is measured."""

    number: int
    key: str
    name: str
    buyer: str
    marks: tuple[str, ...]
    words: str
    evidence: tuple[Evidence, ...]
    weight: str
    share: int | None
    days: str
    stalled: str
    deals: str
    worth: str


@dataclass(frozen=True, slots=True)
class PipelineShown:
    """A pipeline as it is drawn; `early` and `grace` are sentences.

    `counted` is whether open deals stand beside its stages, `measured` whether history decides anything of it.
    """

    name: str
    stages: tuple[StageShown, ...]
    early: str
    grace: str
    counted: bool
    measured: bool


def pipeline_shown(
    pipeline: Pipeline, deals: Mapping[str, Held] | None = None, currency: str = ""
) -> PipelineShown:
    """A pipeline in words; with `deals` (stage key → open deals) and their currency, those too."""
    stages = (
        _stage(number, stage, deals.get(stage.key) if deals else None, currency)
        for number, stage in enumerate(pipeline.stages, start=1)
    )
    return PipelineShown(
        spoken(pipeline.name), tuple(stages), spoken(EARLIES[pipeline.early]), _grace(pipeline.grace),
        deals is not None, any(None in (stage.weight, stage.days) for stage in pipeline.stages),
    )  # fmt: skip


def _stage(number: int, stage: Stage, held: Held | None, currency: str) -> StageShown:
    words = _("also called {words}").format(words=fmt.in_a_row(stage.words)) if stage.words else ""
    return StageShown(
        number, stage.key, stage.name, stage.buyer, tuple(_marks(stage)), words,
        tuple(
            Evidence(each.text, ICONS[each.proof], spoken(PROOFS[each.proof]))
            for each in stage.criteria
            if each.proof
        ),
        fmt.percent(stage.weight, 0 if (stage.weight * 100).denominator == 1 else 1) if stage.weight is not None
        else "",
        round(stage.weight * 100) if stage.weight is not None else None,
        ngettext("{count} day", "{count} days", stage.days).format(count=fmt.number(stage.days)) if stage.days else "",
        _(STALLED[stage.policy]) if stage.policy else "",
        many_deals(held.deals) if held else "",
        fmt.money_compact(Money(held.minor, currency)) if held and currency else "",
    )  # fmt: skip


def _marks(stage: Stage) -> list[str]:
    return [
        *([_("Qualification is reached here")] if stage.qualifies else ()),
        *([_("A proposal is made here")] if stage.proposes else ()),
    ]


def many_deals(count: int) -> str:
    """A number of open deals in words."""
    return ngettext("{count} open deal", "{count} open deals", count).format(count=fmt.number(count))


def _grace(days: int) -> str:
    if not days:
        return _(
            "A deal that stands longer than that counts less at once, until the buyer takes a dated step."
        )
    return ngettext(
        "A deal that stands longer than that is left alone for one working day; then it counts less, until the buyer "
        "takes a dated step.",
        "A deal that stands longer than that is left alone for {count} working days; then it counts less, until the "
        "buyer takes a dated step.",
        days,
    ).format(count=fmt.number(days))


def held_told(held: Held, currency: str) -> str:
    """Open deals and what they are worth: 12 open deals, €54.3K."""
    return _("{deals}, {value}").format(
        deals=many_deals(held.deals), value=fmt.money_compact(Money(held.minor, currency))
    )
