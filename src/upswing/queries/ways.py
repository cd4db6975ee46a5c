"""The ways of a deal into the stages of its pipeline, and what is confirmed already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from upswing.book.evidence import Confirmation
from upswing.book.models import Deal
from upswing.core.pipelines import Entry, Pipeline, Proof, Stage, entry, stage_of
from upswing.queries.outlooks import Naming
from upswing.queries.pipelines import early, pipelines_on


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What shows a criterion: the one of the last four that `proof` names; who said so and when."""

    by: str
    at: datetime
    proof: Proof
    day: date | None
    amount_minor: int | None
    person: str
    document: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way into a stage; `key` is what pages and forecasts know the stage by, `here` whether the deal stands there."""

    key: str
    here: bool
    entry: Entry

    @property
    def stage(self) -> Stage:
        """The stage it leads into."""
        return self.entry.stage


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of one deal, in the order of the stages; `now` is None where no pipeline knows the stage it stands in.

    `confirmed` is by stage and criterion, the last one of each.
    """

    now: Stage | None
    each: tuple[Way, ...]
    confirmed: Mapping[tuple[str, str], Confirmed]

    def into(self, key: str) -> Way | None:
        """The way into a stage; None where it is not one of the deal's pipeline."""
        return next((way for way in self.each if way.key == key), None)

    @property
    def here(self) -> Way | None:
        """Where it stands."""
        return next((way for way in self.each if way.here), None)

    @property
    def onward(self) -> Way | None:
        """The way into the next stage; into the first one from a stage that nobody knows."""
        places = [place for place, way in enumerate(self.each) if way.here]
        following = self.each[places[0] + 1 :] if places else self.each
        return following[0] if following else None


def ways(deal: Deal, day: date) -> Ways:
    """Those of a deal as it stands, by the pipelines of a day: within its own pipeline, once that is known."""
    naming = Naming(pipelines_on(day))
    place = stage_of(naming.pipelines, deal.pipeline, deal.stage)
    confirmed, proposal = confirmations(deal), early(deal.uid, day)
    now = place[1] if place else None

    def way(key: str, pipeline: Pipeline, stage: Stage) -> Way:
        shown = {criterion for at, criterion in confirmed if at == key}
        return Way(key, place == (pipeline, stage), entry(pipeline, now, stage, shown, proposal))

    return Ways(now, tuple(
        way(naming.key(number, stage.key), pipeline, stage)
        for number, pipeline in enumerate(naming.pipelines) if place is None or pipeline is place[0]
        for stage in pipeline.stages
    ), confirmed)  # fmt: skip


def confirmations(deal: Deal) -> Mapping[tuple[str, str], Confirmed]:
    """What is confirmed of a deal, by stage and criterion; of two the later one."""
    rows = Confirmation.objects.filter(deal=deal).order_by("pk")
    return {
        (row.stage_key, row.criterion_key): Confirmed(
            row.by, row.at, Proof(row.proof), row.day, row.amount_minor, row.person, row.document
        )
        for row in rows
    }
