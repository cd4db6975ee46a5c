"""What the page of one card shows, and the page of what is pinned to one person's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from fractions import Fraction

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from upswing.core.metrics.metric import Metric
from upswing.core.period import PeriodKind
from upswing.queries.card_setup import PinsShown, VersionShown
from upswing.queries.card_templates import Pinned, Published
from upswing.queries.catalogue import Family
from upswing.web.cards.page import Person, address, balance, for_whom, timing, which
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked

PERIODS = {
    PeriodKind.WEEK: marked("week"),
    PeriodKind.MONTH: marked("month"),
    PeriodKind.QUARTER: marked("quarter"),
    PeriodKind.YEAR: marked("year"),
}
OPENS = {
    PeriodKind.WEEK: marked("opens with the week"),
    PeriodKind.MONTH: marked("opens with the month"),
    PeriodKind.QUARTER: marked("opens with the quarter"),
    PeriodKind.YEAR: marked("opens with the year"),
}
FAMILIES = {
    "leads": marked("Leads"),
    "activities": marked("Activities"),
    "deals": marked("Deals"),
    "proposals": marked("Proposals"),
    "revenue": marked("Revenue"),
    "own": marked("Your own"),
}


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
            which(version, version.effective > today), for_whom(card, shown.named), balance(card.metrics),
            _(OPENS[card.period]),
        ),
        _standing(shown, today), tuple(map(line_of, card.metrics)),
        (_percent(card.support), _percent(card.outstanding)),
        people, tuple(_history(each, zone) for each in reversed(shown.versions)),
        _published(version, zone),
        shown.writes and not shown.ended, max(today, shown.versions[-1].effective).isoformat(),
    )  # fmt: skip


def _published(version: Published, zone: tzinfo | None) -> str:
    said = (
        _("Published {day} by {publisher}: “{note}”")
        if version.note
        else _("Published {day} by {publisher}.")
    )
    day = fmt.day(version.published.astimezone(zone).date())
    return said.format(day=day, publisher=version.publisher, note=version.note)


def _percent(share: Fraction) -> str:
    return fmt.percent(share, 0 if (share * 100).denominator == 1 else 1)


def _standing(shown: VersionShown, today: date) -> tuple[str, str]:
    """What to know before reading on, and where to go instead."""
    version, last = shown.version, shown.versions[-1]
    if not version.card.lines:
        said = _("The card ends on {day}: “{note}”")
        return said.format(day=fmt.day(version.effective), note=version.note), ""
    if version.number == shown.holds:
        ends = _("It ends on {day}: “{note}”").format(day=fmt.day(last.effective), note=last.note)
        return ends if shown.ended else "", ""
    if version.effective > today:
        return _("This version holds from {day} on.").format(day=fmt.day(version.effective)), ""
    newer = next((each for each in shown.versions if each.number == shown.holds), last)
    return _("Version {number} has taken its place.").format(number=newer.number), address(newer)


def _history(version: Published, zone: tzinfo | None) -> tuple[str, str, str]:
    title = _("Version {number}") if version.card.lines else _("Version {number}, the end")
    said = _("from {day}: {note}") if version.note else _("from {day}: The first one.")
    told = said.format(day=fmt.day(version.effective), note=version.note)
    return title.format(number=version.number), address(version), told


def line_of(metric: Metric) -> Line:
    """A metric as a line of a card."""
    return Line(_(metric.label), _(metric.help), _(metric.purpose), timing(metric))


def pins_of(shown: PinsShown, today: date, sent: QueryDict) -> PinsPage:
    """The page of what is pinned to one person's card; the form as it was sent."""
    person, version = shown.person, shown.person.card.version
    whose = _("Your card") if shown.mine else _("The card of {name}").format(name=person.name)
    card = (version.card.name, address(version)) if version else ("", "")
    pins = (*person.card.pins, *shown.to_come)
    added = {pin.metric for pin in person.card.pins}
    return PinsPage(
        shown, whose, card, tuple(line_of(each) for each in person.card.lines if each not in added),
        tuple(map(_pin, pins)), _offered(shown.families, person.card.lines, sent.get("metric", "")),
        sent.get("reason", ""), sent.get("starts", today.isoformat()),
        sent.get("until", (today + timedelta(days=60)).isoformat()), today.isoformat(),
    )  # fmt: skip


def _pin(pin: Pinned) -> PinShown:
    said = _("pinned by {name} because: {reason}").format(name=pin.by, reason=pin.reason)
    last = fmt.day(pin.ends - timedelta(days=1))
    days = _("{first} to {last}").format(first=fmt.day(pin.starts), last=last)
    return PinShown(str(pin.id), _(pin.metric.label), said, days)


def _offered(
    families: tuple[Family, ...], there: tuple[Metric, ...], chosen: str
) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
    """What may be pinned, by family: key, label, whether it was chosen."""
    return tuple(
        (_(FAMILIES[family.name]), tuple(
            (each.metric.key, _(each.metric.label), each.metric.key == chosen)
            for each in family.metrics
            if each.metric.judged and each.metric not in there
        ))
        for family in families
        if family.name in FAMILIES
    )  # fmt: skip
