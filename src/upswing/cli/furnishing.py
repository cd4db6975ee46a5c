"""What people would have written in the demo by now: standards, signed by some; stages; quotes; stalled deals."""

from __future__ import annotations

from collections.abc import Mapping

from upswing.cli import asked
from upswing.cli.offering import offer
from upswing.people.viewer import Viewer

PACKS = ("presentation", "rapport")
SIGNED = {"Stan Weber": PACKS, "Mona Berg": PACKS, "Tess Lund": ("presentation",)}
"""Who has signed what, as the demo opens; everybody else has yet to read."""
STAGES = ("Discovery", "Demo", "Quote", "Negotiation")
"""What the files of the demo call the stages of the pipeline to begin with, in its order."""


def furnish(operations: str, addresses: Mapping[str, str]) -> None:
    """Publish standards and stages, once, propose stalled deals, quote; the arguments are sign-ins of the demo."""
    from upswing.queries.viewers import viewer_named

    operator = viewer_named(operations, asked.today(), "demo")
    _standards(operator, addresses)
    _stages(operator)
    offer(operator, addresses)


def _stages(operator: Viewer) -> None:
    from upswing.actions import pipelines
    from upswing.actions.nightly_stalls import propose_stalls
    from upswing.actions.stages import name_again
    from upswing.core.pipelines import STARTER
    from upswing.queries.pipelines import issued

    day, now = asked.today(), asked.now()
    if issued():
        return
    pipeline = pipelines.take_starter(operator, now)
    for stage, text in zip(STARTER.stages, STAGES, strict=True):
        name_again(operator, pipeline, stage.key, text)
    pipelines.publish(operator, pipeline, day, "", now)
    propose_stalls(operator, day, now)


def _standards(operator: Viewer, addresses: Mapping[str, str]) -> None:
    from upswing.actions.standard_drafts import take_over
    from upswing.actions.standards import publish, sign_standard
    from upswing.queries.standards import standards
    from upswing.queries.viewers import viewer_named

    day, now = asked.today(), asked.now()
    if standards(operator):
        return
    for pack in PACKS:
        standard = take_over(operator, pack, now)
        number = publish(operator, standard, day, "", now)
        for name, packs in SIGNED.items():
            if pack in packs:
                sign_standard(viewer_named(addresses[name], day, "demo"), standard, number, name, now)
