"""What was said of single deals: as a forecast needs it, and as the page of a deal shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from upswing.core.forecast.categories import Category
from upswing.goals.categories import DealCategory
from upswing.queries.organisation import day_after, local


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What somebody said of a deal, and why; when, on the organisation's clock."""

    category: Category
    reason: str
    by: str
    at: datetime


def categories_on(day: date) -> Mapping[int, Category]:
    """Deal → what was said of it last by the close of a day; deals of which nothing is said are missing."""
    rows = DealCategory.objects.unscoped("what counts for everybody's forecast").filter(at__lt=day_after(day))
    told = {
        deal: Category(said) for deal, said in rows.order_by("at", "id").values_list("deal_id", "category")
    }
    return {deal: said for deal, said in told.items() if said is not Category.PIPELINE}


def said_of(deal: int) -> tuple[SaidOf, ...]:
    """Everything that was said of a deal the viewer may see, the latest first."""
    rows = DealCategory.objects.unscoped("of a deal the viewer may see").filter(deal=deal)
    return tuple(
        SaidOf(Category(row.category), row.reason, row.by, local(row.at))
        for row in rows.order_by("-at", "-id")
    )
