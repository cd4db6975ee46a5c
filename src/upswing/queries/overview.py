"""The five figures of a period beside those of the period before, with all that stands below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from upswing.core.bands import Borders
from upswing.core.measures import (
    BOOKED_REVENUE,
    CLOSED_VALUE,
    DEALS_LOST,
    LOST_VALUE,
    OPEN_DEALS,
    OPEN_VALUE,
    WON_VALUE,
    Flow,
    Measure,
)
from upswing.core.metrics import metric
from upswing.core.metrics.value import quantity
from upswing.core.money import rounded
from upswing.core.period import Period, PeriodKind
from upswing.core.targets import Target
from upswing.ledger.counting import Slot, count
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.circle import Circle, circle
from upswing.queries.forecast import Figures, forecast
from upswing.queries.material import quota_metric
from upswing.queries.new_business import NewBusiness, new_business
from upswing.queries.organisation import organisation
from upswing.queries.pipelines import pipelines_on
from upswing.queries.reasons import Reasons, reasons
from upswing.queries.shaping import asked_of
from upswing.queries.sources import Source, sources
from upswing.queries.stays import Stay, stays


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts of a whole circle in one stretch of days, in minor units; `asked` is its quota, None without one."""

    revenue: int
    open: int
    open_deals: Fraction
    lost: int
    lost_deals: Fraction
    decided: int
    asked: int | None

    @property
    def attainment(self) -> Fraction | None:
        """Revenue as a share of the whole quota."""
        return Fraction(self.revenue, self.asked) if self.asked else None

    @property
    def leakage(self) -> Fraction | None:
        """Value lost, of all value decided."""
        return Fraction(self.lost, self.decided) if self.decided else None


@dataclass(frozen=True, slots=True)
class Overview:
    """A period of a circle. `then` is the period before, counted up to `like`: as many days in.

    `money` is what the organisation counts as revenue; `former` what the whole period before was won for.
    """

    circle: Circle
    period: Period
    at: date
    before: Period
    like: date
    currency: str
    money: Flow
    now: Sums
    then: Sums
    forecast: Figures
    over: bool
    former: int
    stays: tuple[Stay, ...]
    new: NewBusiness
    reasons: Reasons
    sources: tuple[Source, ...]

    @property
    def slowed(self) -> Stay | None:
        """The stage that takes longest against before, where that is more than the band of the usual."""
        most = max(self.stays, key=lambda stay: stay.longer, default=None)
        return most if most and most.longer >= Borders().outstanding else None

    @property
    def leaks_less(self) -> bool:
        """Whether a smaller share of the value decided was lost than before, by a whole percent."""
        now, then = self.now.leakage, self.then.leakage
        return now is not None and then is not None and then - now >= Fraction(1, 100)


def overview(
    viewer: Viewer, period: Period, at: date, rep: UUID | None = None, team: UUID | None = None
) -> Overview:
    """Raises NotVisible where there is no such rep or team for this viewer."""
    around = circle(viewer, at, rep, team)
    ids = [person.id for person in around.people]
    money = BOOKED_REVENUE if quota_metric() == BOOKED_REVENUE.key else WON_VALUE
    before = period.previous()
    like = before.last if at >= period.last else min(before.last, before.start + (at - period.start))
    foreseen = forecast(viewer, period, at, rep, team)
    slots = [Slot("now", period, at), Slot("then", before, like), Slot("former", before, before.last)]
    sums = _sums(viewer, around.people, slots, money)
    return Overview(
        around, period, at, before, like, organisation().currency, money, sums[0], sums[1], foreseen.total,
        foreseen.over, _former(viewer, ids, slots[2]), stays(viewer, ids, slots[0], slots[1], pipelines_on(at)),
        new_business(viewer, around.people, period, at), reasons(ids, period, at),
        sources(viewer, ids, period, at, money),
    )  # fmt: skip


def _sums(viewer: Viewer, people: Sequence[Person], slots: Sequence[Slot], money: Flow) -> list[Sums]:
    measures: tuple[Measure, ...] = (money, OPEN_VALUE, OPEN_DEALS, LOST_VALUE, DEALS_LOST, CLOSED_VALUE)
    counted = count(viewer.sight, [person.id for person in people], slots[:2], measures)
    asked = _asked(people, [slot.period for slot in slots[:2]], money)
    found = []
    for slot, quota in zip(slots[:2], asked, strict=True):
        total: Counter[str] = Counter()
        for person in people:
            total.update(counted[slot.name, person.id])
        revenue, open_, deals, lost, gone, decided = (quantity(each, total) for each in measures)
        found.append(Sums(int(revenue), int(open_), deals, int(lost), gone, int(decided), quota))
    return found


def _asked(people: Sequence[Person], periods: Sequence[Period], money: Flow) -> list[int | None]:
    """The quota of all who have one, for each period; None where nobody has."""
    if not people:
        return [None for _ in periods]
    span = Period(PeriodKind.CUSTOM, min(each.start for each in periods), max(each.end for each in periods))
    asked = asked_of(list(people), span, money.key)
    found: list[int | None] = []
    for period in periods:
        targets = [asked.target(metric(money.key), person.id, period) for person in people]
        told = [rounded(target.value) for target in targets if isinstance(target, Target)]
        found.append(sum(told) if told else None)
    return found


def _former(viewer: Viewer, people: Sequence[int], slot: Slot) -> int:
    counted = count(viewer.sight, people, [slot], [WON_VALUE])
    return sum(counts[WON_VALUE.key] for counts in counted.values())
