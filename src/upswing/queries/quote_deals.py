"""Deals to make a quote for, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from upswing.book.models import Credit, Deal, Quote
from upswing.core.money import Money
from upswing.core.records import Outcome
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.organisation import organisation

MOST_DEALS = 40
"""Deals that are offered to choose from at once."""
WHY = "those of the inner query, each once"


@dataclass(frozen=True, slots=True)
class QuotedDeal:
    """A deal to make a quote for."""

    id: UUID
    name: str
    account: str
    reps: tuple[str, ...]
    amount: Money | None
    open: bool


def credited(deals: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Who has a part in each of these deals, by name."""
    found: dict[int, list[str]] = {}
    rows = (
        Credit.objects.filter(deal__in=deals).order_by("person__name").values_list("deal_id", "person__name")
    )
    for deal, name in rows:
        found.setdefault(deal, []).append(name)
    return {deal: tuple(names) for deal, names in found.items()}


def deal_shown(viewer: Viewer, uid: UUID) -> QuotedDeal:
    """One deal; raises NotVisible."""
    deal = Deal.objects.seen_by(viewer).select_related("account").filter(uid=uid).first()
    if deal is None:
        raise NotVisible("There is no such deal.")
    return _deals([deal])[0]


def deals_to_quote(viewer: Viewer, text: str = "") -> tuple[QuotedDeal, ...]:
    """Open deals that have no quote out or in the making, those that close soonest first; named so, with `text`."""
    seen = Deal.objects.seen_by(viewer).filter(outcome=Outcome.OPEN.value)
    rows = Deal.objects.unscoped(WHY).filter(pk__in=seen.order_by().values("pk")).select_related("account")
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(account__name__icontains=text) | Q(external_id__iexact=text)
        )
    else:
        busy = Quote.objects.unscoped("only whether there is one").filter(deal=OuterRef("pk"))
        rows = rows.filter(~Exists(busy))
    return _deals(rows.order_by("expected_close", "-created", "pk")[:MOST_DEALS])


def _deals(rows: Sequence[Deal] | QuerySet[Deal]) -> tuple[QuotedDeal, ...]:
    found, currency = list(rows), organisation().currency
    reps = credited([row.pk for row in found])
    return tuple(
        QuotedDeal(
            row.uid, called(row), account_of(row), reps.get(row.pk, ()),
            Money(row.expected_minor, currency) if row.expected_minor is not None else None,
            row.outcome == Outcome.OPEN,
        )
        for row in found
    )  # fmt: skip


def called(deal: Deal | None) -> str:
    """What a deal is called: its name, else its id."""
    return (deal.name or deal.external_id) if deal else ""


def account_of(deal: Deal | None) -> str:
    """Who would buy."""
    return deal.account.name if deal and deal.account else ""
