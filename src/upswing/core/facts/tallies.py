"""Settle tallies: as many facts as were counted, of no hour."""

from __future__ import annotations

from collections.abc import Iterator

from upswing.core.facts.fact import WHOLE, Fact, FactKind
from upswing.core.records import ActivityKind, Happened, Tallied, TallyRecord


def settle_tally(tally: TallyRecord) -> tuple[Fact, ...]:
    """Facts of what a rep counted of a day; what is counted within something else makes it at least as many.

    A conversation is a connect, and a connect a call; a positive meeting was held. Meetings that were booked for the
    day and did not take place are not in a tally.
    """
    return tuple(
        Fact(kind, tally.day, tally.rep, WHOLE, outcome=outcome, channel=channel, ordinal=number)
        for number, (kind, outcome, channel) in enumerate(
            _each(dict(zip(Tallied, tally.counts, strict=True)))
        )
    )


def _each(counts: dict[Tallied, int]) -> Iterator[tuple[FactKind, Happened, str]]:
    talked = counts[Tallied.CONVERSATIONS]
    reached = max(talked, counts[Tallied.CONNECTS])
    calls = max(reached, counts[Tallied.CALLS])
    positive = counts[Tallied.POSITIVE_MEETINGS]
    held = max(positive, counts[Tallied.MEETINGS_HELD])
    yield from [(FactKind.CALL, Happened.CONVERSATION, ActivityKind.CALL)] * talked
    yield from [(FactKind.CALL, Happened.CALL_BACK, ActivityKind.CALL)] * (reached - talked)
    yield from [(FactKind.CALL, Happened.NO_ANSWER, ActivityKind.CALL)] * (calls - reached)
    yield from [(FactKind.EMAIL, Happened.SENT, ActivityKind.EMAIL)] * counts[Tallied.EMAILS]
    yield from [(FactKind.VISIT, Happened.UNKNOWN, ActivityKind.VISIT)] * counts[Tallied.VISITS]
    yield from [(FactKind.SOCIAL, Happened.SENT, ActivityKind.SOCIAL)] * counts[Tallied.SOCIAL]
    yield from [(FactKind.MEETING_BOOKED, Happened.BOOKED, "")] * counts[Tallied.MEETINGS_BOOKED]
    yield from [(FactKind.MEETING_DUE, Happened.POSITIVE, "")] * positive
    yield from [(FactKind.MEETING_DUE, Happened.HELD, "")] * (held - positive)
