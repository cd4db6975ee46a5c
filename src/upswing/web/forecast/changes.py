"""What changed in the open value since a day: a waterfall from one total to the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.movement import Movement, Step
from upswing.queries.forecast import Forecast
from upswing.queries.movement import Moved
from upswing.web.forecast.parts import money
from upswing.web.forecast.words import STEPS
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import step
from upswing.web.shared.circles import address
from upswing.web.shared.request import link
from upswing.web.shared.stepper import Step as Link

BACK = (7, 14, 30)
"""Days to look back over what changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of what changed, with the deals that did it, (name, address, amount); totals have none.

    `more` tells how many others there are.
    """

    label: str
    amount: str
    drawing: SafeString
    total: bool
    deals: str = ""
    rows: tuple[tuple[str, str, str], ...] = ()
    more: str = ""


def changes(found: Forecast, changed: Movement, deals: Mapping[Step, Sequence[Moved]]) -> Iterator[Change]:
    """From one total to the other, each row beginning where the one before it ended."""
    rows = [(which, changed.count(which), changed.total(which)) for which in Step]
    rows = [row for row in rows if row[1]]
    levels = [changed.start]
    for _which, _count, amount in rows:
        levels.append(levels[-1] + amount)
    top = max(*levels, 1)
    yield Change(_("Then"), money(found, changed.start), step(0, changed.start / top, "total"), total=True)
    for place, (which, count, amount) in enumerate(rows):
        drawing = step(levels[place] / top, levels[place + 1] / top, "adds" if amount >= 0 else "takes")
        named = deals.get(which, ())
        yield Change(
            _(STEPS[which]), _signed(found, amount), drawing, total=False, deals=_deals(count),
            rows=tuple((each.name, reverse("deal", args=[each.id]), _signed(found, each.amount)) for each in named),
            more=_("and {deals} more").format(deals=_deals(count - len(named))) if count > len(named) else "",
        )  # fmt: skip
    yield Change(_("Now"), money(found, changed.end), step(0, changed.end / top, "total"), total=True)


def _signed(found: Forecast, amount: int) -> str:
    return ("+" if amount > 0 else "") + money(found, amount)


def _deals(count: int) -> str:
    return ngettext("{count} deal", "{count} deals", count).format(count=fmt.number(count))


def backs(request: HttpRequest, found: Forecast, since: date) -> tuple[Link, ...]:
    """Days to look back to, on this page."""
    name, parts = address("forecast", found.circle)
    url = link(request, name, slug=found.period.slug, **parts)
    mark = "&" if "?" in url else "?"
    return tuple(
        Link(
            ngettext("{count} day", "{count} days", days).format(count=fmt.number(days)),
            f"{url}{mark}since={found.at - timedelta(days=days)}#changes",
            since == found.at - timedelta(days=days),
        )
        for days in BACK
    )
