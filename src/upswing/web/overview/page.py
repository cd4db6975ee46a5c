"""What the overview shows, in words and drawings: made from the answer of the query alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from upswing.core.measures import BOOKED_REVENUE
from upswing.queries.overview import Overview
from upswing.queries.sources import FEWEST
from upswing.web.overview.parts import (
    NewBusiness,
    ReasonRow,
    SourceRow,
    StageRow,
    new_business,
    reasons,
    sources,
    stages,
)
from upswing.web.overview.tiles import Tile, tiles
from upswing.web.overview.words import headline, like
from upswing.web.shared import format as fmt
from upswing.web.shared.circles import address, name_of, others
from upswing.web.shared.stepper import Step as Link
from upswing.web.shared.stepper import Stepper, stepper


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    name: str
    personal: bool
    period: str
    before: str
    stepper: Stepper
    teams: tuple[Link, ...]
    headline: str
    look: str
    tiles: tuple[Tile, ...]
    new: NewBusiness | None
    stages: tuple[StageRow, ...]
    won: tuple[ReasonRow, ...]
    lost: tuple[ReasonRow, ...]
    sources: tuple[SourceRow, ...]
    booked: bool
    fewest: int

    @property
    def won_untold(self) -> bool:
        """Whether no reason is told of what was won."""
        return not any(row.told for row in self.won)

    @property
    def lost_untold(self) -> bool:
        """Whether no reason is told of what was lost."""
        return not any(row.told for row in self.lost)


def page_of(request: HttpRequest, found: Overview) -> Page:
    """The page of an overview."""
    name, parts = address("overview", found.circle)
    return Page(
        name_of(found.circle), found.circle.rep is not None, fmt.period_name(found.period),
        like(found), stepper(request, found.period, found.at, name, **parts),
        others(request, "overview", found.circle, found.period.slug),
        *headline(found), tuple(tiles(request, found)), new_business(request, found), stages(found.stays),
        reasons(found, found.reasons.won), reasons(found, found.reasons.lost), sources(found),
        found.money is BOOKED_REVENUE, FEWEST,
    )  # fmt: skip
