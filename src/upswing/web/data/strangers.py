"""What the page of unmatched names shows: each with how often it stands, and the people who are called almost so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from upswing.queries import owners
from upswing.queries.people import RepName
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that no rep has; `near` are (id, name) of those called almost so, the likest first."""

    written: str
    count: str
    near: tuple[tuple[str, str], ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class Known:
    """A name that means somebody by now, whose rows wait to be read again: `imports` are the addresses of that."""

    written: str
    count: str
    meant: str
    imports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that means somebody else; `since` in words and as a form sends it, empty: always. `merged` stays."""

    written: str
    person: str
    since: str
    sent: str
    merged: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    strangers: tuple[Stranger, ...]
    known: tuple[Known, ...]
    aliases: tuple[Alias, ...]
    people: tuple[tuple[str, str], ...]


def page_of(
    found: Sequence[owners.Stranger],
    aliases: Sequence[owners.AliasShown],
    people: Sequence[RepName],
    trouble: tuple[str, str],
) -> Page:
    """The page of the names; `trouble` is what was refused, by name."""
    strangers = tuple(
        Stranger(
            one.written,
            fmt.number(one.rows),
            tuple((str(near.id), near.name) for near in one.near),
            trouble[1] if trouble[0] == one.written else "",
        )
        for one in found
        if not one.meant
    )
    what = "One name is" if len(strangers) == 1 else f"{fmt.number(len(strangers))} names are"
    return Page(
        f"{what} no rep’s." if strangers else "Every name belongs to somebody.",
        strangers,
        tuple(_known(one) for one in found if one.meant),
        tuple(_alias(one) for one in aliases),
        tuple((str(one.id), one.name) for one in people),
    )


def _known(one: owners.Stranger) -> Known:
    addresses = tuple(reverse("batch", kwargs={"batch": batch}) for batch in one.imports)
    return Known(one.written, fmt.number(one.rows), one.meant, addresses)


def _alias(one: owners.AliasShown) -> Alias:
    since, sent = (fmt.day(one.since), one.since.isoformat()) if one.since else ("", "")
    return Alias(one.written, one.person, since, sent, one.merged)
