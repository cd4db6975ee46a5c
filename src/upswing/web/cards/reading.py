"""What the page of one card shows, and the page of what is pinned to one person's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from fractions import Fraction

from django.http import QueryDict
from django.urls import reverse

from upswing.core.metrics.metric import Metric
from upswing.core.period import PeriodKind
from upswing.queries.card_setup import PinsShown, VersionShown
from upswing.queries.card_templates import Pinned, Published
from upswing.queries.catalogue import Family
from upswing.web.cards.page import Person, address, balance, for_whom, timing, which
from upswing.web.shared import format as fmt

PERIODS = {
    PeriodKind.WEEK: "week",
    PeriodKind.MONTH: "month",
    PeriodKind.QUARTER: "quarter",
    PeriodKind.YEAR: "year",
}
FAMILIES = {
    "leads": "Leads", "activities": "Activities", "deals": "Deals", "proposals": "Proposals", "revenue": "Revenue",
    "own": "Your own",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card: what it counts, how it helps, whether it leads."""

    label: str
    help: str
    purpose: str
    timing: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws. `read` is what was ticked as read before it was published."""

    shown: VersionShown
    title: str
    under: tuple[str, ...]
    standing: tuple[str, str]
    lines: tuple[Line, ...]
    borders: tuple[str, str]
    people: tuple[Person, ...]
    history: tuple[tuple[str, str, str], ...]
    published: str
    may_end: bool
    earliest: str


@dataclass(frozen=True, slots=True)
class PinShown:
    """A pinned line, who pinned it for how long, and why."""

    id: str
    label: str
    said: str
    days: str


@dataclass(frozen=True, slots=True)
class PinsPage:
    """Everything the template of the pins draws, the form as it was sent."""

    shown: PinsShown
    title: str
    card: tuple[str, str]
    lines: tuple[Line, ...]
    pins: tuple[PinShown, ...]
    offered: tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]
    reason: str
    starts: str
    until: str
    today: str


def page_of(shown: VersionShown, today: date, zone: tzinfo | None) -> Page:
    """The page of one version."""
    version, card = shown.version, shown.version.card
    people = tuple(Person(each.name, reverse("card_pins", args=[each.id]), "") for each in shown.people)
    return Page(
        shown, card.name,
        (
            which(version, version.effective > today), f"for {for_whom(card, shown.named)}", balance(card.metrics),
            f"opens with the {PERIODS[card.period]}",
        ),
        _standing(shown, today), tuple(map(line_of, card.metrics)),
        (_percent(card.support), _percent(card.outstanding)),
        people, tuple(_history(each, zone) for each in reversed(shown.versions)),
        f"Published {fmt.day(version.published.astimezone(zone).date())} by {version.publisher}",
        shown.writes and not shown.ended, max(today, shown.versions[-1].effective).isoformat(),
    )  # fmt: skip


def _percent(share: Fraction) -> str:
    return fmt.percent(share, 0 if (share * 100).denominator == 1 else 1)


def _standing(shown: VersionShown, today: date) -> tuple[str, str]:
    """What to know before reading on, and where to go instead."""
    version, last = shown.version, shown.versions[-1]
    if not version.card.lines:
        return f"The card ends on {fmt.day(version.effective)}: “{version.note}”", ""
    if version.number == shown.holds:
        ends = f" It ends on {fmt.day(last.effective)}: “{last.note}”" if shown.ended else ""
        return ends.strip(), ""
    if version.effective > today:
        return f"This version holds from {fmt.day(version.effective)} on.", ""
    newer = next((each for each in shown.versions if each.number == shown.holds), last)
    return f"Version {newer.number} has taken its place.", address(newer)


def _history(version: Published, zone: tzinfo | None) -> tuple[str, str, str]:
    said = version.note or "The first one."
    ended = "" if version.card.lines else ", the end"
    return f"Version {version.number}{ended}", address(version), f"from {fmt.day(version.effective)}: {said}"


def line_of(metric: Metric) -> Line:
    """A metric as a line of a card."""
    return Line(metric.label, metric.help, metric.purpose, timing(metric))


def pins_of(shown: PinsShown, today: date, sent: QueryDict) -> PinsPage:
    """The page of what is pinned to one person's card; the form as it was sent."""
    person, version = shown.person, shown.person.card.version
    whose = "Your card" if shown.mine else f"The card of {person.name}"
    card = (version.card.name, address(version)) if version else ("the automatic card", "")
    pins = (*person.card.pins, *shown.to_come)
    added = {pin.metric for pin in person.card.pins}
    return PinsPage(
        shown, whose, card, tuple(line_of(each) for each in person.card.lines if each not in added),
        tuple(map(_pin, pins)), _offered(shown.families, person.card.lines, sent.get("metric", "")),
        sent.get("reason", ""), sent.get("starts", today.isoformat()),
        sent.get("until", (today + timedelta(days=60)).isoformat()), today.isoformat(),
    )  # fmt: skip


def _pin(pin: Pinned) -> PinShown:
    last = fmt.day(pin.ends - timedelta(days=1))
    return PinShown(
        str(pin.id), pin.metric.label, f"pinned by {pin.by} because: {pin.reason}", f"{fmt.day(pin.starts)} to {last}"
    )  # fmt: skip


def _offered(
    families: tuple[Family, ...], there: tuple[Metric, ...], chosen: str
) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
    """What may be pinned, by family: key, label, whether it was chosen."""
    return tuple(
        (FAMILIES[family.name], tuple(
            (each.metric.key, each.metric.label, each.metric.key == chosen)
            for each in family.metrics
            if each.metric.judged and each.metric not in there
        ))
        for family in families
        if family.name in FAMILIES
    )  # fmt: skip
