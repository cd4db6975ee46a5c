"""A pipeline to move deals along: Hello (called Open by the source), Need (qualifies), Offer (a proposal), Terms."""

from __future__ import annotations

from datetime import date, datetime

from tests import world
from upswing.actions import pipelines, stages
from upswing.actions.moving import Shown
from upswing.book.models import Deal
from upswing.core.pipelines import Criterion, Early, Proof, Stage
from upswing.people.viewer import Viewer

WHO, WHEN, COST, PAPER = (
    Criterion("", "The person who decides", Proof.PERSON), Criterion("", "The day of the demo", Proof.DATE),
    Criterion("", "What it costs them", Proof.AMOUNT), Criterion("", "The offer as sent", Proof.DOCUMENT),
)  # fmt: skip
STAGES = (
    Stage("", "Hello", "The buyer has answered.", (WHEN,), words=("Open",)),
    Stage("", "Need", "The buyer has said what must change.", (WHO, COST), qualifies=True),
    Stage("", "Offer", "The buyer holds an offer.", (PAPER,), proposes=True, words=("Quote out",)),
    Stage("", "Terms", "The buyer has agreed to the terms.", (WHEN,)),
)
NEED = {"need-1": Shown(person="Ann Smith, CFO"), "need-2": Shown(amount_minor=500_000)}
OFFER = {"offer-1": Shown(document="Q-17.pdf")}


def lay(early: Early | None = Early.REASON, viewer: Viewer | None = None, now: datetime = world.NOW) -> None:
    """Publish the stages, with this rule for proposals before qualification."""
    olga = viewer or world.viewer("olga")
    uid = pipelines.begin(olga, "Sales", now)
    stages.settle_rules(olga, uid, "Sales", early, 5)
    for stage in STAGES:
        stages.save_stage(olga, uid, stage)
    pipelines.publish(olga, uid, olga.at, "", now)


def deal(key: str = "T4") -> Deal:
    """The deal as it stands."""
    return Deal.objects.unscoped("test").get(external_id=key)


def path(key: str = "T4") -> list[tuple[str, date, str]]:
    """Its steps."""
    return [(step.stage, step.day, step.outcome) for step in deal(key).moves.order_by("number")]
