"""Pipelines on a day, the stages that open deals stand in, and those that no pipeline knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from upswing.book.models import AmountChange, Deal, StageMove
from upswing.core.pipelines import Early, Pipeline, Stage, early_proposal, key_for, stage_of
from upswing.core.records import Outcome
from upswing.core.rubrics import Issue, folded, in_force, signable
from upswing.core.wording import worded
from upswing.goals.pipelines import PipelineVersion, pipeline_of
from upswing.queries.once import once


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of the pipeline with that id."""

    id: UUID
    pipeline: Pipeline
    number: int
    effective: date
    note: str
    published: datetime
    publisher: str


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in a stage: open deals and what they are worth, in minor units; `text` is what a source calls it."""

    text: str
    deals: int
    minor: int


def issued() -> dict[UUID, tuple[Version, ...]]:
    """Every pipeline's published versions, the first one first; the pipeline that was begun first comes first."""
    rows = PipelineVersion.objects.exclude(number=None).select_related("setup").order_by("setup_id", "number")
    found: dict[UUID, list[Version]] = defaultdict(list)
    for row in rows:
        found[row.setup.uid].append(_version(row))
    return {uid: tuple(versions) for uid, versions in found.items()}


def _version(row: PipelineVersion) -> Version:
    if row.number is None or row.effective is None or row.published is None:
        raise ValueError("A draft is no published version.")
    return Version(
        row.setup.uid, pipeline_of(row.data), row.number, row.effective, row.note, row.published, row.publisher
    )  # fmt: skip


def holding(versions: Iterable[Version], day: date) -> Version | None:
    """The version in force on a day; None before the first."""
    versions = tuple(versions)
    number = in_force([Issue(each.number, each.effective) for each in versions], day)
    return next((each for each in versions if each.number == number), None)


def current(versions: tuple[Version, ...], day: date) -> Iterable[Version]:
    """The version that holds, and those to come."""
    numbers = signable([Issue(each.number, each.effective) for each in versions], day)
    return (each for each in versions if each.number in numbers)


@once
def pipelines_on(day: date) -> tuple[Pipeline, ...]:
    """The pipelines in force on a day; as long as none is, one of the stages that deals are seen in."""
    found = (holding(versions, day) for versions in issued().values())
    return tuple(each.pipeline for each in found if each) or (seen(),)


@once
def seen() -> Pipeline:
    """The stages that deals are seen in, in the order they usually pass them; its weights and limits are measured."""
    taken: set[str] = set()
    stages = []
    for text in _in_order():
        key = key_for(text, taken)
        taken.add(key)
        stages.append(Stage(key, text))
    return Pipeline(worded("Deals"), tuple(stages), early=None)


def _in_order() -> list[str]:
    """Stage texts by the mean place of their moves, then by name; those without any move come last."""
    places: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    spelt: dict[str, tuple[int, str]] = {}
    moves = StageMove.objects.filter(outcome=Outcome.OPEN.value).values("stage")
    for text, count, places_sum in moves.annotate(count=Count("id"), places=Sum("number")).values_list(
        "stage", "count", "places"
    ):
        places[folded(text)][0] += int(places_sum)
        places[folded(text)][1] += count
        spelt[folded(text)] = max(spelt.get(folded(text), (0, "")), (count, text))
    for each in held():
        spelt.setdefault(folded(each.text), (0, each.text))
    ordered = sorted(spelt, key=lambda word: (word not in places, _mean(*places.get(word, (0, 0))), word))
    return [spelt[word][1] for word in ordered if word]


def _mean(total: int, count: int) -> Fraction:
    return Fraction(total, count) if count else Fraction(0)


@once
def held() -> tuple[Held, ...]:
    """The stages that open deals stand in, as their sources call them, most deals first; two spellings are one."""
    last = AmountChange.objects.filter(deal=OuterRef("pk")).order_by("-day", "-number").values("amount_minor")
    deals = Deal.objects.unscoped("stages and their sums name nobody").filter(outcome=Outcome.OPEN.value)
    worth = Coalesce(Subquery(last[:1], output_field=BigIntegerField()), F("expected_minor"), 0)
    rows = deals.annotate(worth=worth).values("stage").annotate(count=Count("id"), sum=Sum("worth"))
    found: dict[str, list[Held]] = defaultdict(list)
    for text, count, total in rows.order_by("stage").values_list("stage", "count", "sum"):
        found[folded(text)].append(Held(text, count, int(total or 0)))
    return tuple(sorted(map(together, found.values()), key=lambda each: (-each.deals, folded(each.text))))


def together(these: Iterable[Held]) -> Held:
    """Several as one, called as the one with most deals is."""
    these = sorted(these, key=lambda each: -each.deals)
    return Held(these[0].text, sum(each.deals for each in these), sum(each.minor for each in these))


def strangers(day: date) -> tuple[Held, ...]:
    """Stages of open deals that no pipeline in force on a day knows, most deals first."""
    return unknown(pipelines_on(day))


def unknown(pipelines: tuple[Pipeline, ...]) -> tuple[Held, ...]:
    """Stages of open deals that none of these knows, most deals first."""
    return tuple(each for each in held() if stage_of(pipelines, "", each.text) is None)


def by_stage(pipelines: tuple[Pipeline, ...]) -> dict[tuple[str, str], Held]:
    """(name of a pipeline, key of a stage) → the open deals that stand there."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for each in held():
        if place := stage_of(pipelines, "", each.text):
            found[place[0].name, place[1].key].append(each)
    return {place: together(these) for place, these in found.items()}


def deals_per_stage(day: date) -> dict[tuple[str, str], Held]:
    """(name of a pipeline, key of a stage) → the open deals that stand there, by the pipelines in force on a day."""
    return by_stage(pipelines_on(day))


def early(deal: UUID, day: date) -> Early | None:
    """What a proposal for a deal meets on a day, by its moves until then and the stage it stands in; None: nothing."""
    rows = StageMove.objects.filter(deal__uid=deal, day__lte=day).order_by("number")
    now = Deal.objects.unscoped("the caller asks for a deal it may see").filter(uid=deal)
    stage, name = now.values_list("stage", "pipeline").first() or ("", "")
    return early_proposal(pipelines_on(day), [*rows.values_list("stage", flat=True), stage], name)
