"""Proposals to set stalled deals aside: those that are open, deals that wait, deals that were set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch

from upswing.core.forecast.cases import Ended
from upswing.core.money import Money
from upswing.goals.stalls import StallCase, StallStep
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.stall_shown import CaseShown, Looking

PAGE = 12
"""Cases a page of a list."""


class Pile(StrEnum):
    """Where cases lie: open for an answer, waiting for a day, set aside."""

    OPEN = "open"
    WAITS = "waits"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Lying:
    """A page of a pile: its cases, how many the whole pile holds, and what their deals are worth."""

    cases: tuple[CaseShown, ...]
    count: int
    value: Money
    page: int
    pages: int


def stalls(viewer: Viewer, at: date, pages: Mapping[Pile, int] | None = None) -> Mapping[Pile, Lying]:
    """Every pile, at the page asked for: open ones by when their grace is over, the others with the latest first."""
    looking = Looking(viewer, at)
    found = _piles(viewer, looking)
    wanted = {pile: _page(ids, (pages or {}).get(pile, 1)) for pile, (ids, _) in found.items()}
    rows = {row.pk: row for row in _whole([pk for ids, *_ in wanted.values() for pk in ids])}
    shown = {case.id: case for case in looking.shown(list(rows.values()))}
    return {
        pile: Lying(
            tuple(shown[rows[pk].uid] for pk in ids), len(found[pile][0]), Money(found[pile][1], looking.currency),
            page, last,
        )
        for pile, (ids, page, last) in wanted.items()
    }  # fmt: skip


def _page(ids: Sequence[int], page: int) -> tuple[Sequence[int], int, int]:
    """The ids of a page, its number, and how many there are; beyond the last page, the last."""
    last = max(1, -(-len(ids) // PAGE))
    page = min(max(page, 1), last)
    return ids[(page - 1) * PAGE : page * PAGE], page, last


def stall(viewer: Viewer, uid: UUID, at: date) -> CaseShown:
    """One case; raises NotVisible."""
    return Looking(viewer, at).shown(_whole([seen_case(viewer, uid)]))[0]


def seen_case(viewer: Viewer, uid: UUID) -> int:
    """The internal id of a case; raises NotVisible."""
    found = StallCase.objects.seen_by(viewer).filter(uid=uid).values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible("There is no such stalled deal.")
    return found


def _piles(viewer: Viewer, looking: Looking) -> dict[Pile, tuple[list[int], int]]:
    """The cases of each pile in order, and what their deals are worth together, in minor units.

    A deal that has moved on, or was decided, lies in none, whether or not a night has said so yet.
    """
    mine = StallCase.objects.seen_by(viewer).order_by().values("pk")
    rows = list(
        StallCase.objects.unscoped("of those the viewer may see")
        .filter(pk__in=mine, outcome__in=("", Ended.ASIDE.value, Ended.WAITS.value))
        .exclude(rests__lt=looking.at)
        .order_by("due", "pk")
        .values_list("pk", "deal_id", "stage", "since", "outcome", "due")
    )
    standing = looking.now.of([deal for _, deal, *_ in rows])
    found: dict[Pile, list[tuple[date, int, int]]] = {pile: [] for pile in Pile}
    for pk, deal, _stage, since, outcome, due in rows:
        now = standing.get(deal)
        if now and now[1] == since:
            pile = Pile(outcome or Pile.OPEN)
            found[pile].append((due, -now[3], pk))
    return {
        pile: (_ordered(pile, lying), -sum(worth for _, worth, _ in lying)) for pile, lying in found.items()
    }


def _ordered(pile: Pile, lying: Sequence[tuple[date, int, int]]) -> list[int]:
    """Open ones by when their grace is over, the greatest of a day first; the others with the latest first."""
    if pile is Pile.OPEN:
        return [pk for *_, pk in sorted(lying)]
    return sorted((pk for *_, pk in lying), reverse=True)


def _whole(ids: Sequence[int]) -> list[StallCase]:
    rows = StallCase.objects.unscoped("of those the viewer may see").filter(pk__in=ids)
    steps = Prefetch("steps", StallStep.objects.order_by("number"))
    return list(rows.select_related("deal__account").prefetch_related(steps))
