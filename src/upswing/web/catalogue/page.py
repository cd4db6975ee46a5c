"""What the page of all metrics shows, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from upswing.core.metrics.metric import Better, Kind, Timing, Unit
from upswing.queries.catalogue import Described, Family
from upswing.web.shared import format as fmt

NAMES = {
    "leads": "Leads", "activities": "Activities", "deals": "Deals", "proposals": "Proposals", "revenue": "Revenue",
    "development": "Development", "adoption": "Use of the tools", "own": "Your own",
}  # fmt: skip
KINDS = {
    Kind.ACTIVITY: "Activity", Kind.VOLUME: "Volume", Kind.CONVERSION: "Conversion", Kind.VALUE: "Value",
    Kind.SPEED: "Speed", Kind.QUALITY: "Quality", Kind.DEVELOPMENT: "Development",
    Kind.ADOPTION: "Use of the tools",
}  # fmt: skip
UNITS = {
    Unit.COUNT: "records", Unit.SHARE: "per cent", Unit.RATIO: "a ratio", Unit.MONEY: "money",
    Unit.HOURS: "hours", Unit.DAYS: "days",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One metric in words; without a `minimum` it is judged whatever stands behind it."""

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
            NAMES[family.name],
            tuple(_entry(one) for one in family.metrics if _wanted(one, chosen)),
        )
        for family in families
    ]
    shown = tuple(group for group in groups if group.entries)
    return Page(
        fmt.number(sum(len(group.entries) for group in shown)),
        shown,
        (("", "All", chosen is None), *((one.value, KINDS[one], one is chosen) for one in Kind)),
    )


def _wanted(one: Described, kind: Kind | None) -> bool:
    return kind is None or one.metric.kind is kind


def _entry(one: Described) -> Entry:
    metric = one.metric
    return Entry(
        metric.key,
        metric.label,
        metric.help,
        metric.purpose,
        one.formula,
        KINDS[metric.kind],
        "leading: you steer it" if metric.timing is Timing.LEADING else "lagging: it follows",
        UNITS[metric.unit],
        metric.better is Better.LOWER,
        fmt.number(metric.minimum) if metric.evidence else "",
        one.recorded,
        metric.judged,
    )
