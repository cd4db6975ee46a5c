"""What a kind of period is called inside whole phrases: months become weeks or quarters without any gluing."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from upswing.core.period import PeriodKind
from upswing.web.shared.marks import marked


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything pages say with the name of a kind of period in it; placeholders named."""

    this: str
    before: str
    earlier: str
    last: str
    last_twelve: str
    likely_end: str
    funnel: str
    usual: str
    against_own: str
    against_both: str
    as_far_into: str
    share_of_target: str
    target: str
    target_by_hand: str
    trend: str
    past: str
    due_as_before: str
    due_as_last: str


DAYS = Phrases(
    this=marked("This day"),
    before=marked("Day before"),
    earlier=marked("Earlier days"),
    last=marked("The last days"),
    last_twelve=marked("Last 12 days"),
    likely_end=marked("Likely day end"),
    funnel=marked("The funnel this day"),
    usual=marked("usual: the three days before"),
    against_own=marked("Against the day before"),
    against_both=marked("Against the day before and the team"),
    as_far_into=marked("Before: {days}, as far into the day."),
    share_of_target=marked("<strong>{percent}</strong> of the day’s target, {target}"),
    target=marked("day target {target}"),
    target_by_hand=marked("day target {target}, set by hand"),
    trend=marked("{label}, last {count} days: from {first} to {last}."),
    past=marked("{label}, last {count} days: {values}."),
    due_as_before=marked("by the working days gone, and a little as the day before came in"),
    due_as_last=marked("by the working days gone, and as the last {count} days came in"),
)
WEEKS = Phrases(
    this=marked("This week"),
    before=marked("Week before"),
    earlier=marked("Earlier weeks"),
    last=marked("The last weeks"),
    last_twelve=marked("Last 12 weeks"),
    likely_end=marked("Likely week end"),
    funnel=marked("The funnel this week"),
    usual=marked("usual: the three weeks before"),
    against_own=marked("Against the week before"),
    against_both=marked("Against the week before and the team"),
    as_far_into=marked("Before: {days}, as far into the week."),
    share_of_target=marked("<strong>{percent}</strong> of the week’s target, {target}"),
    target=marked("week target {target}"),
    target_by_hand=marked("week target {target}, set by hand"),
    trend=marked("{label}, last {count} weeks: from {first} to {last}."),
    past=marked("{label}, last {count} weeks: {values}."),
    due_as_before=marked("by the working days gone, and a little as the week before came in"),
    due_as_last=marked("by the working days gone, and as the last {count} weeks came in"),
)
MONTHS = Phrases(
    this=marked("This month"),
    before=marked("Month before"),
    earlier=marked("Earlier months"),
    last=marked("The last months"),
    last_twelve=marked("Last 12 months"),
    likely_end=marked("Likely month end"),
    funnel=marked("The funnel this month"),
    usual=marked("usual: the three months before"),
    against_own=marked("Against the month before"),
    against_both=marked("Against the month before and the team"),
    as_far_into=marked("Before: {days}, as far into the month."),
    share_of_target=marked("<strong>{percent}</strong> of the month’s target, {target}"),
    target=marked("month target {target}"),
    target_by_hand=marked("month target {target}, set by hand"),
    trend=marked("{label}, last {count} months: from {first} to {last}."),
    past=marked("{label}, last {count} months: {values}."),
    due_as_before=marked("by the working days gone, and a little as the month before came in"),
    due_as_last=marked("by the working days gone, and as the last {count} months came in"),
)
QUARTERS = Phrases(
    this=marked("This quarter"),
    before=marked("Quarter before"),
    earlier=marked("Earlier quarters"),
    last=marked("The last quarters"),
    last_twelve=marked("Last 12 quarters"),
    likely_end=marked("Likely quarter end"),
    funnel=marked("The funnel this quarter"),
    usual=marked("usual: the three quarters before"),
    against_own=marked("Against the quarter before"),
    against_both=marked("Against the quarter before and the team"),
    as_far_into=marked("Before: {days}, as far into the quarter."),
    share_of_target=marked("<strong>{percent}</strong> of the quarter’s target, {target}"),
    target=marked("quarter target {target}"),
    target_by_hand=marked("quarter target {target}, set by hand"),
    trend=marked("{label}, last {count} quarters: from {first} to {last}."),
    past=marked("{label}, last {count} quarters: {values}."),
    due_as_before=marked("by the working days gone, and a little as the quarter before came in"),
    due_as_last=marked("by the working days gone, and as the last {count} quarters came in"),
)
YEARS = Phrases(
    this=marked("This year"),
    before=marked("Year before"),
    earlier=marked("Earlier years"),
    last=marked("The last years"),
    last_twelve=marked("Last 12 years"),
    likely_end=marked("Likely year end"),
    funnel=marked("The funnel this year"),
    usual=marked("usual: the three years before"),
    against_own=marked("Against the year before"),
    against_both=marked("Against the year before and the team"),
    as_far_into=marked("Before: {days}, as far into the year."),
    share_of_target=marked("<strong>{percent}</strong> of the year’s target, {target}"),
    target=marked("year target {target}"),
    target_by_hand=marked("year target {target}, set by hand"),
    trend=marked("{label}, last {count} years: from {first} to {last}."),
    past=marked("{label}, last {count} years: {values}."),
    due_as_before=marked("by the working days gone, and a little as the year before came in"),
    due_as_last=marked("by the working days gone, and as the last {count} years came in"),
)
PERIODS = Phrases(
    this=marked("This period"),
    before=marked("Period before"),
    earlier=marked("Earlier periods"),
    last=marked("The last periods"),
    last_twelve=marked("Last 12 periods"),
    likely_end=marked("Likely period end"),
    funnel=marked("The funnel this period"),
    usual=marked("usual: the three periods before"),
    against_own=marked("Against the period before"),
    against_both=marked("Against the period before and the team"),
    as_far_into=marked("Before: {days}, as far into the period."),
    share_of_target=marked("<strong>{percent}</strong> of the period’s target, {target}"),
    target=marked("period target {target}"),
    target_by_hand=marked("period target {target}, set by hand"),
    trend=marked("{label}, last {count} periods: from {first} to {last}."),
    past=marked("{label}, last {count} periods: {values}."),
    due_as_before=marked("by the working days gone, and a little as the period before came in"),
    due_as_last=marked("by the working days gone, and as the last {count} periods came in"),
)
SPANS = {
    PeriodKind.DAY: DAYS,
    PeriodKind.WEEK: WEEKS,
    PeriodKind.MONTH: MONTHS,
    PeriodKind.QUARTER: QUARTERS,
    PeriodKind.YEAR: YEARS,
    PeriodKind.CUSTOM: PERIODS,
}


def phrases_of(kind: PeriodKind) -> Phrases:
    """The phrases of a kind of period, in the reader's language."""
    found = SPANS[kind]
    return Phrases(**{each.name: _(getattr(found, each.name)) for each in fields(found)})
