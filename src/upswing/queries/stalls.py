"""Proposals to set stalled deals aside: those that are open, deals that wait, deals that were set aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, Prefetch, QuerySet

from upswing.core.forecast.cases import Ended, Kind
from upswing.core.money import Money
from upswing.goals.stalls import StallCase, StallStep
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.stall_rules import StageRule
from upswing.queries.stall_shown import CaseShown, Looking

PAGE = 12
"""Cases a page of a list."""


class Pile(StrEnum):
    """Where cases lie: open for an answer, waiting for a day, set aside."""

    OPEN = "open"
    WAITS = "waits"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Only:
    """Which cases are wanted: of a person, of a stage by its key; None for all."""

    whose: UUID | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom a viewer's cases belong to, by name, and the stages they stand in, in order: (key, name) each."""

    people: tuple[tuple[UUID, str], ...]
    stages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lying:
    """A page of a pile: its cases, how many the whole pile holds, and what their deals are worth."""

    cases: tuple[CaseShown, ...]
    count: int
    value: Money
    page: int
    pages: int


ALL = Only()
_LIE = ("", Ended.ASIDE.value, Ended.WAITS.value)


def stalls(
    viewer: Viewer, at: date, pages: Mapping[Pile, int] | None = None, only: Only = ALL
) -> Mapping[Pile, Lying]:
    """Every pile, at the page asked for: open ones by when their grace is over, the others with the latest first."""
    looking = Looking(viewer, at)
    found = _piles(viewer, looking, only)
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


def open_stalls(viewer: Viewer, at: date, only: Only, most: int, page: int) -> Lying:
    """A page of the open pile, of so many."""
    looking = Looking(viewer, at)
    ids, value = _piles(viewer, looking, only)[Pile.OPEN]
    wanted, page, last = _page(ids, page, most)
    rows = {row.pk: row for row in _whole(wanted)}
    cases = looking.shown([rows[pk] for pk in wanted])
    return Lying(cases, len(ids), Money(value, looking.currency), page, last)


def choices(viewer: Viewer, at: date) -> Choices:
    """What the piles may be narrowed to."""
    mine = StallCase.objects.seen_by(viewer).filter(outcome__in=_LIE).order_by()
    people = Person.objects.seen_by(viewer).filter(credits__deal__stalls__in=mine.values("pk"))
    stages = set(mine.values_list("stage", flat=True))
    return Choices(
        tuple(people.distinct().order_by("name").values_list("uid", "name")),
        tuple((key, _called(rule)) for key, rule in Looking(viewer, at).rules.items() if key in stages),
    )


def _called(rule: StageRule) -> str:
    return f"{rule.pipeline}: {rule.name}" if rule.pipeline else rule.name


def answered_at(viewer: Viewer, moment: datetime, by: str, at: date) -> tuple[CaseShown, ...]:
    """The cases that somebody set aside at one moment, the greatest deals first; of those the viewer may see."""
    ids = _answered_at(viewer, moment, by).values_list("pk", flat=True)
    cases = Looking(viewer, at).shown(_whole(list(ids)))
    return tuple(sorted(cases, key=lambda case: (-case.amount.minor, case.deal)))


def standing_since(viewer: Viewer, moment: datetime, by: str) -> tuple[UUID, ...]:
    """Those of them of which nothing else was said since."""
    rows = _answered_at(viewer, moment, by).filter(outcome=Ended.ASIDE.value, settled=moment)
    return tuple(rows.order_by("uid").values_list("uid", flat=True))


def last_together(viewer: Viewer, by: str) -> datetime | None:
    """The latest moment at which somebody set several aside of which any still are; None without one."""
    mine = StallCase.objects.seen_by(viewer).filter(outcome=Ended.ASIDE.value).order_by()
    done = _set_aside_by(by).filter(case__in=mine.values("pk"), at=F("case__settled"))
    groups = done.values("at").annotate(many=Count("pk")).filter(many__gt=1).order_by("-at")
    return groups.values_list("at", flat=True).first()


def _answered_at(viewer: Viewer, moment: datetime, by: str) -> QuerySet[StallCase]:
    done = _set_aside_by(by).filter(at=moment)
    return StallCase.objects.seen_by(viewer).filter(pk__in=done.values("case"))


def _set_aside_by(by: str) -> QuerySet[StallStep]:
    return StallStep.objects.filter(by=by, kind__in=(Kind.AGREED.value, Kind.CONFIRMED.value))


def _page(ids: Sequence[int], page: int, most: int = PAGE) -> tuple[Sequence[int], int, int]:
    """The ids of a page, its number, and how many there are; beyond the last page, the last."""
    last = max(1, -(-len(ids) // most))
    page = min(max(page, 1), last)
    return ids[(page - 1) * most : page * most], page, last


def stall(viewer: Viewer, uid: UUID, at: date) -> CaseShown:
    """One case; raises NotVisible."""
    return Looking(viewer, at).shown(_whole([seen_case(viewer, uid)]))[0]


def seen_case(viewer: Viewer, uid: UUID) -> int:
    """The internal id of a case; raises NotVisible."""
    found = StallCase.objects.seen_by(viewer).filter(uid=uid).values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible("There is no such stalled deal.")
    return found


def _piles(viewer: Viewer, looking: Looking, only: Only) -> dict[Pile, tuple[list[int], int]]:
    """The cases of each pile in order, and what their deals are worth together, in minor units.

    A deal that has moved on, or was decided, lies in none, whether or not a night has said so yet.
    """
    mine = StallCase.objects.seen_by(viewer).order_by()
    if only.whose:
        mine = mine.filter(deal__credits__person__uid=only.whose)
    if only.stage is not None:
        mine = mine.filter(stage=only.stage)
    rows = list(
        StallCase.objects.unscoped("of those the viewer may see")
        .filter(pk__in=mine.values("pk"), outcome__in=_LIE)
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


def _whole(ids: Collection[int]) -> list[StallCase]:
    rows = StallCase.objects.unscoped("of those the viewer may see").filter(pk__in=ids)
    steps = Prefetch("steps", StallStep.objects.order_by("number"))
    return list(rows.select_related("deal__account").prefetch_related(steps))
