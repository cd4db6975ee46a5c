"""Keep since when a deal's closing day has been expected, before another batch tells of the deal."""

from __future__ import annotations

from datetime import date

from upswing.actions.desk import sight_of
from upswing.book.models import CloseChange, Deal


def remember_expected(deal: Deal) -> None:
    """What is expected now is known since the day its source was read; a page of an earlier day goes on saying so."""
    if deal.expected_close is None:
        return
    last = CloseChange.objects.filter(deal=deal).order_by("-number").first()
    if last and last.expected_close == deal.expected_close:
        return
    known = max(sight_of(deal.batch), deal.created or date.min, last.day if last else date.min)
    CloseChange.objects.create(
        deal=deal, number=last.number + 1 if last else 0, day=known, expected_close=deal.expected_close
    )
