"""What the page of all metrics shows, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.metrics.metric import Better, Kind, Timing, Unit
from upswing.queries.catalogue import Described, Family
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.wordings import METRIC_KINDS

NAMES = {
    "leads": marked("Leads"),
    "activities": marked("Activities"),
    "deals": marked("Deals"),
    "proposals": marked("Proposals"),
    "revenue": marked("Revenue"),
    "development": marked("Development"),
    "adoption": marked("Use of the tools"),
    "own": marked("Your own"),
}
UNITS = {
    Unit.COUNT: marked("in records"),
    Unit.SHARE: marked("in per cent"),
    Unit.RATIO: marked("a ratio"),
    Unit.MONEY: marked("in money"),
    Unit.HOURS: marked("in hours"),
    Unit.DAYS: marked("in days"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One metric in words; where `minimum` is empty it is judged whatever stands behind it."""

    key: str
    label: str
    help: str
    purpose: str
    formula: str
    kind: str
    timing: str
    unit: str
    lower: bool
    minimum: str
    recorded: bool
    judged: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The metrics of one part of the funnel."""

    key: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws; `kinds` are (value, label, chosen)."""

    count: str
    groups: tuple[Group, ...]
    kinds: tuple[tuple[str, str, bool], ...]


def page_of(families: Sequence[Family], kind: str) -> Page:
    """All metrics, or those of a kind; an unknown kind shows all."""
    chosen = Kind(kind) if kind in set(Kind) else None
    groups = [
        Group(
            family.name,
            _(NAMES[family.name]),
            tuple(_entry(one) for one in family.metrics if _wanted(one, chosen)),
        )
        for family in families
    ]
    shown = tuple(group for group in groups if group.entries)
    many = sum(len(group.entries) for group in shown)
    return Page(
        ngettext("{count} metric", "{count} metrics", many).format(count=fmt.number(many)),
        shown,
        (("", _("All"), chosen is None), *((one.value, _(METRIC_KINDS[one]), one is chosen) for one in Kind)),
    )


def _wanted(one: Described, kind: Kind | None) -> bool:
    return kind is None or one.metric.kind is kind


def _entry(one: Described) -> Entry:
    metric = one.metric
    return Entry(
        metric.key,
        _(metric.label),
        _(metric.help),
        _(metric.purpose),
        one.formula,
        _(METRIC_KINDS[metric.kind]),
        _("leading: you steer it") if metric.timing is Timing.LEADING else _("lagging: it follows"),
        _(UNITS[metric.unit]),
        metric.better is Better.LOWER,
        _("Judged from {count} records on").format(count=fmt.number(metric.minimum))
        if metric.evidence
        else "",
        one.recorded,
        metric.judged,
    )
