"""What came of a rep's commits so far, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from upswing.core.forecast.said import Since
from upswing.core.money import Money
from upswing.queries.commit_history import Committed, Kept
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class SoFar:
    """A period that is over: what was committed to, how whoever leads saw it, what was won, and the difference."""

    name: str
    commit: str
    commit_about: str
    view: str
    view_about: str
    won: str
    more: str


def commits_so_far(found: Sequence[Committed], currency: str) -> tuple[SoFar, ...]:
    """In the order given; empty texts where nothing was said."""
    return tuple(_row(each, currency) for each in found)


def _row(each: Committed, currency: str) -> SoFar:
    more = "" if each.more is None else fmt.money_whole(Money(each.more, currency))
    return SoFar(
        fmt.period_name(each.period), *_kept(each.commit, currency), *_kept(each.view, currency),
        fmt.money_whole(Money(each.won, currency)), f"+{more}" if each.more and each.more > 0 else more,
    )  # fmt: skip


def _kept(said: Kept | None, currency: str) -> tuple[str, str]:
    """The sum, and when it was named."""
    if said is None:
        return "", ""
    words = _("{day}, not compared") if said.since is Since.LATER else "{day}"
    return fmt.money_whole(Money(said.amount, currency)), words.format(day=fmt.day_short(said.day))
