"""A dispute about a number, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from upswing.core.period import parse_period
from upswing.queries.disputes import DisputeShown
from upswing.queries.formulas import known
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Shown:
    """What was said about which number, by whom, and what was answered (empty while it is open)."""

    id: str
    rep: str
    metric: str
    period: str
    url: str
    value: str
    text: str
    said: str
    answer: str
    settled: str
    may_settle: bool


def shown(one: DisputeShown, now: datetime) -> Shown:
    """The dispute as pages show it."""
    metrics = known([one.metric], one.day)
    label = _(metrics[one.metric].label) if metrics else one.metric
    value = _("{value}, as of {day}").format(value=one.shown, day=fmt.day(one.day))
    address = reverse("metric", kwargs={"rep": one.rep_id, "key": one.metric, "slug": one.period})
    settled = f"{one.settled_by}, {fmt.day(one.settled.astimezone(now.tzinfo).date())}" if one.settled else ""
    return Shown(
        str(one.id), one.rep, label, _period(one.period, one.day), f"{address}?at={one.day.isoformat()}",
        value, one.text,
        f"{one.said_by}, {fmt.ago(one.said.astimezone(now.tzinfo), now)}", one.answer, settled, one.may_settle,
    )  # fmt: skip


def _period(slug: str, day: date) -> str:
    try:
        return fmt.period_name(parse_period(slug, day))
    except ValueError:
        return slug
