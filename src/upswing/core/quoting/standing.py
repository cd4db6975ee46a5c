"""Where a quote stands on a day, why it was declined, and how the buyer took it."""

from __future__ import annotations

from datetime import date

from upswing.core.records import QuoteStatus, Word


class Standing(Word):
    """Where one version of a quote stands. EXPIRED follows from its last day and is never written down."""

    DRAFT = "draft"
    SENT = "sent"
    SEEN = "seen"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Reason(Word):
    """Why a buyer said no, to be counted."""

    PRICE = "price"
    BUDGET = "budget"
    COMPETITOR = "competitor"
    FIT = "fit"
    TIMING = "timing"
    NO_NEED = "no_need"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class Reaction(Word):
    """How a buyer took the quote, to be counted."""

    LIKED = "liked"
    QUESTIONS = "questions"
    EXPENSIVE = "expensive"
    CHANGES = "changes"
    COMPARES = "compares"
    WAITS = "waits"
    SILENT = "silent"


OPEN = (Standing.SENT, Standing.SEEN, Standing.EXPIRED)
"""Sent, and not answered yet."""


def standing(
    status: QuoteStatus,
    on: date,
    valid_until: date | None = None,
    *,
    seen: bool = False,
    withdrawn: bool = False,
) -> Standing:
    """Where a quote stands at the close of a day; it can still be taken on its last one.

    What was decided stays decided, whatever the day. A seen quote that has run out is expired.
    """
    if withdrawn:
        return Standing.WITHDRAWN
    if status is not QuoteStatus.SENT:
        return Standing(status.value)
    if valid_until and on > valid_until:
        return Standing.EXPIRED
    return Standing.SEEN if seen else Standing.SENT
