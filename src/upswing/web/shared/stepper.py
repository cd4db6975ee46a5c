"""Going through time: the periods before and after, and the other kinds of period around the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from upswing.core.period import Period, PeriodKind, period_of
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.request import link, organisation_of, today

KINDS = {
    PeriodKind.WEEK: marked("Week"),
    PeriodKind.MONTH: marked("Month"),
    PeriodKind.QUARTER: marked("Quarter"),
    PeriodKind.YEAR: marked("Year"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A link to another period of the same page; `key` names the choice where several stand side by side."""

    label: str
    url: str
    here: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Stepper:
    """The period shown, its neighbours (no later one than today's), and the kinds to switch to."""

    name: str
    previous: Step
    next: Step | None
    kinds: tuple[Step, ...]


def stepper(
    request: HttpRequest, period: Period, at: date, name: str, /, *, onward: bool = False, **parts: object
) -> Stepper:
    """The stepper of the page `name`, whose address holds the period as `slug`; `onward`: also to the next one."""

    def step(other: Period, label: str, here: bool = False, key: str = "") -> Step:
        return Step(label, link(request, name, slug=other.slug, **parts), here, key)

    after, anchor = period.next(), min(max(at, period.start), period.last)
    fiscal, latest = organisation_of(request).fiscal_start, max(today(request), at)
    return Stepper(
        fmt.period_name(period),
        step(period.previous(), fmt.period_name(period.previous())),
        step(after, fmt.period_name(after)) if (period if onward else after).start <= latest else None,
        tuple(
            step(period_of(kind, anchor, fiscal), _(label), period.kind is kind, kind.value)
            for kind, label in KINDS.items()
        ),
    )
