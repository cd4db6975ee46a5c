"""Why deals were won and lost in a period, as their sources say it, or whoever marked them as lost here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from upswing.book.evidence import MoveNote
from upswing.book.models import Deal
from upswing.core.facts import FactKind
from upswing.core.period import Period
from upswing.core.records import Outcome
from upswing.ledger.kinds import DEAL
from upswing.ledger.models import Fact

WHY = "deals in which the people of the circle have a part"


@dataclass(frozen=True, slots=True)
class Decided:
    """A deal of a reason: the part of these people in minor units, as it was won, or as it stood open."""

    id: UUID
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Reason:
    """How many deals it decided and what they add up to; `words` is empty where nobody told a reason."""

    words: str
    deals: tuple[Decided, ...]

    @property
    def value(self) -> int:
        """Of all its deals."""
        return sum(deal.value for deal in self.deals)


@dataclass(frozen=True, slots=True)
class Reasons:
    """By reason, the greatest value first; deals without a reason come last."""

    won: tuple[Reason, ...]
    lost: tuple[Reason, ...]


def reasons(people: Collection[int], period: Period, at: date) -> Reasons:
    """Of these people, whom the caller may see: the very deals that won value and value lost count."""
    until = period.until(at)
    facts = Fact.objects.filter(
        record_kind=DEAL, rep__in=list(people), day__gte=until.start, day__lt=until.end
    )
    won = _amounts(facts.filter(kind=FactKind.DEAL_WON.value))
    lost = _amounts(facts.filter(kind=FactKind.DEAL_CLOSED.value, outcome=Outcome.LOST.value))
    columns = ("id", "uid", "name", "external_id", "reason")
    told = Deal.objects.unscoped(WHY).filter(id__in=[*won, *lost]).values_list(*columns)
    deals = {number: (uid, name or key, words) for number, uid, name, key, words in told}
    said = _said_here([number for number in lost if not deals[number][2]])
    return Reasons(_by_words(won, deals, {}), _by_words(lost, deals, said))


def _amounts(facts: QuerySet[Fact]) -> dict[int, int]:
    rows = facts.order_by().values("record").annotate(value=Sum("amount"))
    return dict(rows.values_list("record", "value"))


def _said_here(deals: Collection[int]) -> dict[int, str]:
    """Deal → why it was marked as lost inside the product, as it was said last."""
    notes = MoveNote.objects.filter(deal__in=deals, outcome=Outcome.LOST.value).order_by("at", "id")
    return dict(notes.values_list("deal_id", "reason"))


def _by_words(
    values: Mapping[int, int], deals: Mapping[int, tuple[UUID, str, str]], said: Mapping[int, str]
) -> tuple[Reason, ...]:
    """Words that differ in case and spaces alone are one; it is written as most write it."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    found: dict[str, list[Decided]] = defaultdict(list)
    for number, value in values.items():
        uid, name, told = deals[number]
        words = " ".join((told or said.get(number, "")).split())
        spelled[words.casefold()][words] += 1
        found[words.casefold()].append(Decided(uid, name, value))
    rows = [Reason(spelled[key].most_common(1)[0][0], _greatest(each)) for key, each in found.items()]
    return tuple(sorted(rows, key=lambda row: (not row.words, -row.value, row.words.casefold())))


def _greatest(deals: Iterable[Decided]) -> tuple[Decided, ...]:
    return tuple(sorted(deals, key=lambda deal: (-deal.value, deal.name.casefold())))
