"""Tell what changed targets: kept beside the change, and read by everybody whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from upswing.goals.targets import Kind, TargetChange
from upswing.queries.tracing import in_words as in_words  # noqa: PLC0414
from upswing.queries.workdays import week_words

LONGEST = 300


def tell(
    kind: str, starts: date, ends: date | None, words: tuple[str, str], by: str, at: datetime, **concerns: Any
) -> None:
    """Keep that targets of the days [starts, ends) changed, from what to what; `concerns` are the fields of whom."""
    was, becomes = (text[:LONGEST] for text in words)
    TargetChange.objects.create(
        kind=kind, starts=starts, ends=ends, was=was, becomes=becomes, by=by, at=at, **concerns
    )


def table_words(kind: str, shares: Sequence[str]) -> str:
    """The shares of a dated table: weights by month, per cent by month of tenure, one share, or weekdays."""
    if kind == Kind.WEEK:
        return week_words(map(int, shares))
    if kind == Kind.SEASON:
        names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return ", ".join(
            f"{name} {float(Fraction(share)):.3g}" for name, share in zip(names, shares, strict=True)
        )
    return ", ".join(f"{float(Fraction(share) * 100):.3g} %" for share in shares)
