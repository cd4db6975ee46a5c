"""A world in which every address of the API has something to be about, and what is sent there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.test import Client

from tests import world
from tests.actions.paths import deal, lay
from upswing.actions import stalls, standard_drafts, standards
from upswing.actions.disputing import Number, dispute
from upswing.actions.nightly_stalls import propose_stalls
from upswing.actions.ranking import switch_on
from upswing.actions.targeting import set_override
from upswing.core.period import month_of
from upswing.goals.stalls import StallCase
from upswing.goals.standards import Objection
from upswing.goals.targets import TargetOverride
from upswing.intake.models import Batch
from upswing.people.models import Membership
from upswing.people.viewer import Viewer
from upswing.queries.viewers import viewer_of


def now() -> datetime:
    """The API reads the clock; what is given has to hold on its day."""
    return datetime.now(UTC)


def viewer(who: str) -> Viewer:
    return viewer_of(world.user(who), now().date())


def next_month() -> str:
    return month_of(now().date()).next().slug


@dataclass(frozen=True)
class Given:
    """The ids that addresses name."""

    person: UUID
    batch: UUID
    standard: UUID
    asked: UUID
    said: UUID
    change: UUID
    team: UUID
    deal: UUID
    case: UUID
    aside: UUID
    metric: str = "won_value"
    kind: str = "leads"
    number: int = 1

    def address(self, path: str) -> str:
        table = "season" if "tables" in path else self.kind
        ranked = "rankings" in path and self.metric == "won_value"
        metric = "deals_created" if ranked else self.metric
        case = self.aside if path.endswith(("/return", "/take-back")) else self.case
        return "/api/v1" + path.format(**(vars(self) | {"kind": table, "metric": metric, "case": case}))


def published() -> UUID:
    """A standard for everybody that holds today."""
    olga = viewer("olga")
    uid = standard_drafts.take_over(olga, "rapport", now())
    standards.publish(olga, uid, olga.at, "", now())
    return uid


def proposed(key: str) -> UUID:
    """The case of a stalled deal, proposed last night."""
    installation = replace(world.operator(), at=now().date())
    propose_stalls(installation, installation.at, now())
    return StallCase.objects.unscoped("test").get(deal__external_id=key).uid


def given() -> Given:
    """Nothing stands on the last batch; Tess asks something, and says that a number looks wrong; her team is ranked.

    Her deal T4 is stalled, and Y9, which she has agreed to set aside.
    """
    person, standard, tess = world.person("Tess").uid, published(), viewer("tess")
    standards.object_to(tess, standard, 1, "", "What about calls?", now())
    said = dispute(
        tess, Number(person, "deals_won", "2026-10", date(2026, 10, 15), "2"), "One is missing.", now()
    )
    month = month_of(now().date()).next()
    set_override(viewer("mona"), person, "won_value", month, Fraction(900_000), "A new patch.", now())
    world.bring(world.deal("Y9", "Tess", "2026-10-01"))
    team = Membership.objects.get(person__uid=person, leads=False).team.uid
    switch_on(viewer("olga"), team, "deals_created", "effort", "We asked for it.", now())
    lay(viewer=viewer("olga"), now=now())
    case, aside = proposed("T4"), proposed("Y9")
    stalls.agree(tess, aside, now())
    world.bring(world.deal("Z9", "Tess", "2026-10-01"))
    return Given(
        person, Batch.objects.order_by("-pk")[0].uid, standard, Objection.objects.unscoped("test").get().uid, said,
        TargetOverride.objects.unscoped("test").get().uid, team, deal("T4").uid, case, aside,
    )  # fmt: skip


def body(path: str) -> Any:
    """What is sent to an address, so that whoever may do it is told yes."""
    lead = {"id": "L", "rep": "Tess", "created": "2026-10-12"}
    money = {"amount": "5000.50", "currency": "EUR"}
    shown = {"need-1": {"person": "Ann Smith, CFO"}, "need-2": {"amount": money}}
    return {
        "/records": {"source": "x", "records": {"leads": [lead]}},
        "/records/{kind}": {"source": "x", "records": [lead]},
        "/targets/{person}/{metric}": {"period": next_month(), "value": money, "reason": "A smaller patch."},
        "/targets/changes/{change}/withdrawal": {"reason": "The patch stays."},
        "/standards/{standard}/versions/{number}/signature": {"name": "Tess"},
        "/standards/{standard}/versions/{number}/questions": {"text": "And visits?"},
        "/standards/questions/{asked}/answer": {"answer": "Calls count too."},
        "/scorecards/{person}/records/{metric}/disputes": {"period": "2026-10", "text": "ACME was mine."},
        "/disputes/{said}/settlement": {"answer": "Credited to you now."},
        "/forecast/{person}/commit": {
            "period": next_month(),
            "value": money,
            "reason": "Two are as good as won.",
        },
        "/deals/{deal}/category": {"category": "commit", "reason": "They sign this week."},
        "/deals/{deal}/move": {"stage": "need", "reason": "", "shown": shown},
        "/deals/{deal}/loss": {"reason": "Their budget was stopped."},
        "/stalled/{case}/next-step": {
            "day": str(now().date() + timedelta(days=7)),
            "what": "They present it.",
        },
        "/stalled/{case}/wait": {"until": str(now().date() + timedelta(days=7)), "reason": "They are away."},
        "/stalled/{case}/return": {"day": str(now().date()), "what": "They called."},
    }.get(path, "")


def ask(client: Client, given: Given, method: str, path: str) -> Any:
    """The answer; what was done leaves no trace."""
    address = given.address(path)
    with world.undone():
        if method == "post":
            return client.post(address, body(path), content_type="application/json")
        query = {"metric": "won_value"} if "proposals" in path else {}
        return client.get(address, query | {"period": "2026-10"} if "batches" not in path else {})
