"""What the list of cards shows: who has which, what the automatic card holds, what is being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.urls import reverse

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
    starters = (Starter(key, card.name, balance(card.metrics)) for key, card in STARTERS.items())
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
        version = found.mine.card.version
        follows = f"follows “{version.card.name}”" if version else "is the automatic one"
        return (
            f"Your card {follows}.",
            "Everybody of one role reads the same lines; what is added for you says why.",
        )
    if not any(row.people for row in found.rows):
        return (
            "Everybody has the automatic card.",
            "It shows what the data hold. A card of your own says which few lines count for whom.",
        )
    if found.others:
        many = "One person has" if len(found.others) == 1 else f"{fmt.number(len(found.others))} people have"
        return f"{many} the automatic card.", "All others follow a card that was written for them."
    return "Everybody follows a card that was written for them.", "The most closely meant one counts."


def _card(row: Row, named: Mapping[str, str]) -> Card:
    version = row.version
    return Card(
        version.card.name, address(version), f"for {for_whom(version.card, named)}", which(version, row.to_come),
        tuple(each.label for each in version.card.metrics), _people(row.people[:MOST_PEOPLE]), len(row.people),
    )  # fmt: skip


def _automatic(found: Overview) -> Card:
    return Card(
        "Automatic", "", "for whoever no other card is for", "from what the data hold",
        tuple(each.label for each in found.automatic), _people(found.others[:MOST_PEOPLE]), len(found.others),
    )  # fmt: skip


def _people(people: Iterable[Somebody]) -> tuple[Person, ...]:
    return tuple(Person(each.name, reverse("card_pins", args=[each.id]), _pins(each)) for each in people)


def _pins(person: Somebody) -> str:
    count = len(person.card.pins)
    return "" if not count else "one line pinned" if count == 1 else f"{count} lines pinned"


def _draft(draft: DraftRow, zone: tzinfo | None) -> Draft:
    begun = fmt.day(draft.begun.astimezone(zone).date())
    about = f"version {draft.number}, begun by {draft.author} on {begun}"
    return Draft(draft.name, reverse("card_draft", args=[draft.template]), about)


def address(version: Published) -> str:
    """Where a version is read."""
    return reverse("card_version", args=[version.template, version.number])


def which(version: Published, to_come: bool) -> str:
    """Which version it is, and from when it holds, in words."""
    return f"version {version.number}, {'from' if to_come else 'since'} {fmt.day(version.effective)}"


def for_whom(card: Template, named: Mapping[str, str]) -> str:
    """For whom a template is, in words."""
    if card.person:
        return named.get(card.person, "one person")
    meant = card.audience
    teams = sorted(named.get(uid, "a team that is gone") for uid in meant.teams)
    return "; ".join(", ".join(each) for each in (meant.roles, meant.levels, teams) if each) or "everybody"


def balance(metrics: Sequence[Metric]) -> str:
    """How many lines lead and lag, in words."""
    leading, lagging = timings(metrics)
    return f"{leading} leading, {lagging} lagging"


def timing(metric: Metric) -> str:
    """Whether a line leads or lags, in a word."""
    return "leading" if metric.timing is Timing.LEADING else "lagging"
