"""Settle again what somebody did, when the day of an instant has become another: their time zone changed."""

from __future__ import annotations

from collections.abc import Collection

from upswing.actions.desk import everybodys, people_ids
from upswing.actions.posting import Posting
from upswing.actions.settling import SETTLERS, blocks
from upswing.ledger.counting import lock
from upswing.ledger.kinds import ACTIVITY, LEAD, LOGIN

BY_THE_CLOCK = (LEAD, ACTIVITY, LOGIN)
"""What is known by the instant; the rest is known by the day."""


def resettle(people: Collection[int]) -> None:
    """Make the facts of these people's instants anew, in the transaction that changes their zone."""
    lock(people)
    everyone = people_ids()
    for kind in BY_THE_CLOCK:
        model, _, facts_of = SETTLERS[kind]
        mine = everybodys(model).filter(person__in=people).values_list("id", flat=True)
        for block in blocks(mine):
            posting = Posting(everyone.__getitem__)
            posting.put(kind, dict(facts_of(block)))
            posting.close()
