"""Going through time: the periods before and after, and the other kinds of period around the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from upswing.core.period import Period, PeriodKind, period_of
from upswing.web.shared import format as fmt
from upswing.web.shared.request import link, organisation_of, today

KINDS = {
    PeriodKind.WEEK: "Week", PeriodKind.MONTH: "Month", PeriodKind.QUARTER: "Quarter", PeriodKind.YEAR: "Year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A link to another period of the same page."""

    label: str
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Stepper:
    """The period shown, its neighbours (no later one than today's), and the kinds to switch to."""

    name: str
    previous: Step
    next: Step | None
    kinds: tuple[Step, ...]


def stepper(request: HttpRequest, period: Period, at: date, name: str, **parts: object) -> Stepper:
    """The stepper of the page `name`, whose address holds the period as `slug`."""

    def step(other: Period, label: str, here: bool = False) -> Step:
        return Step(label, link(request, name, slug=other.slug, **parts), here)

    after, anchor = period.next(), min(max(at, period.start), period.last)
    fiscal = organisation_of(request).fiscal_start
    return Stepper(
        fmt.period_name(period),
        step(period.previous(), fmt.period_name(period.previous())),
        step(after, fmt.period_name(after)) if after.start <= max(today(request), at) else None,
        tuple(
            step(period_of(kind, anchor, fiscal), label, period.kind is kind) for kind, label in KINDS.items()
        ),
    )
