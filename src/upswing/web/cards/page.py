"""What the list of cards shows: who has which, what the automatic card holds, what is being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.metrics.metric import Metric, Timing
from upswing.core.templates import STARTERS, Template, timings
from upswing.queries.card_drafts import DraftRow
from upswing.queries.card_setup import Overview, Row, Somebody
from upswing.queries.card_templates import Published
from upswing.web.shared import format as fmt

MOST_PEOPLE = 40
"""People of a card who are named on the list; its own page names all of them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, where their pins stand, and how many those are."""

    name: str
    url: str
    pins: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card in the list; without a `url` it is the automatic one."""

    name: str
    url: str
    whom: str
    which: str
    lines: tuple[str, ...]
    people: tuple[Person, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft in the list."""

    name: str
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class Starter:
    """A card to begin with."""

    key: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    detail: str
    mine: str
    cards: tuple[Card, ...]
    drafts: tuple[Draft, ...]
    starters: tuple[Starter, ...]
    writes: bool


def list_of(found: Overview, zone: tzinfo | None) -> Page:
    """The page of who has which card."""
    rows = sorted(found.rows, key=lambda row: (row.version.card.closeness, row.version.card.name.casefold()))
    cards = [_card(row, found.named) for row in rows]
    if found.others or not cards:
        cards.insert(0, _automatic(found))
    starters = (Starter(key, _(card.name), balance(card.metrics)) for key, card in STARTERS.items())
    return Page(
        *_opening(found),
        reverse("card_pins", args=[found.mine.id]) if found.mine else "",
        tuple(cards),
        tuple(_draft(each, zone) for each in found.drafts),
        tuple(starters),
        found.writes,
    )


def _opening(found: Overview) -> tuple[str, str]:
    if found.mine and found.alone:
        said, version = _("Your card is the automatic one."), found.mine.card.version
        if version:
            said = _("Your card follows “{name}”.").format(name=version.card.name)
        return said, _("Everybody of one role reads the same lines; what is added for you says why.")
    if not any(row.people for row in found.rows):
        return (
            _("Everybody has the automatic card."),
            _("It shows what the data hold. A card of your own says which few lines count for whom."),
        )
    if found.others:
        others = len(found.others)
        many = ngettext(
            "One person has the automatic card.", "{count} people have the automatic card.", others
        ).format(count=fmt.number(others))
        return many, _("All others follow a card that was written for them.")
    return _("Everybody follows a card that was written for them."), _("The most closely meant one counts.")


def _card(row: Row, named: Mapping[str, str]) -> Card:
    version = row.version
    return Card(
        version.card.name, address(version), for_whom(version.card, named), which(version, row.to_come),
        tuple(_(each.label) for each in version.card.metrics), _people(row.people[:MOST_PEOPLE]), len(row.people),
    )  # fmt: skip


def _automatic(found: Overview) -> Card:
    return Card(
        _("Automatic"), "", _("for whoever no other card is for"), _("from what the data hold"),
        tuple(_(each.label) for each in found.automatic), _people(found.others[:MOST_PEOPLE]), len(found.others),
    )  # fmt: skip


def _people(people: Iterable[Somebody]) -> tuple[Person, ...]:
    return tuple(Person(each.name, reverse("card_pins", args=[each.id]), _pins(each)) for each in people)


def _pins(person: Somebody) -> str:
    count = len(person.card.pins)
    many = ngettext("one line pinned", "{count} lines pinned", count)
    return many.format(count=fmt.number(count)) if count else ""


def _draft(draft: DraftRow, zone: tzinfo | None) -> Draft:
    begun = fmt.day(draft.begun.astimezone(zone).date())
    about = _("version {number}, begun by {author} on {day}").format(
        number=draft.number, author=draft.author, day=begun
    )
    return Draft(draft.name, reverse("card_draft", args=[draft.template]), about)


def address(version: Published) -> str:
    """Where a version is read."""
    return reverse("card_version", args=[version.template, version.number])


def which(version: Published, to_come: bool) -> str:
    """Which version it is, and from when it holds, in words."""
    said = _("version {number}, from {day}") if to_come else _("version {number}, since {day}")
    return said.format(number=version.number, day=fmt.day(version.effective))


def for_whom(card: Template, named: Mapping[str, str]) -> str:
    """For whom a template is, in words."""
    if card.person:
        name = named.get(card.person)
        return _("for {names}").format(names=name) if name else _("for one person")
    meant = card.audience
    teams = sorted(named.get(uid, _("a team that is gone")) for uid in meant.teams)
    names = "; ".join(fmt.in_a_row(each) for each in (meant.roles, meant.levels, teams) if each)
    return _("for {names}").format(names=names) if names else _("for everybody")


def balance(metrics: Sequence[Metric]) -> str:
    """How many lines lead and lag, in words."""
    leading, lagging = timings(metrics)
    return _("{leading} leading, {lagging} lagging").format(leading=leading, lagging=lagging)


def timing(metric: Metric) -> str:
    """Whether a line leads or lags, in a word."""
    return _("leading") if metric.timing is Timing.LEADING else _("lagging")
