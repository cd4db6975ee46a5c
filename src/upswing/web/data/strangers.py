"""What the page of unmatched names shows: each with how often it stands, and the people who are called almost so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.queries import owners
from upswing.queries.people import RepName
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that no rep has, on how many rows; `near` are (id, name) of those called almost so, the likest first."""

    written: str
    rows: str
    near: tuple[tuple[str, str], ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class Known:
    """A name that means somebody by now, whose rows wait to be read again: `imports` are the addresses of that."""

    written: str
    rows: str
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
            _rows(one),
            tuple((str(near.id), near.name) for near in one.near),
            trouble[1] if trouble[0] == one.written else "",
        )
        for one in found
        if not one.meant
    )
    return Page(
        _headline(len(strangers)),
        strangers,
        tuple(_known(one) for one in found if one.meant),
        tuple(_alias(one) for one in aliases),
        tuple((str(one.id), one.name) for one in people),
    )


def _headline(strangers: int) -> str:
    if not strangers:
        return _("Every name belongs to somebody.")
    return ngettext("One name is no rep’s.", "{count} names are no rep’s.", strangers).format(
        count=fmt.number(strangers)
    )


def _rows(one: owners.Stranger) -> str:
    said = ngettext("{count} row", "{count} rows", one.rows)
    if one.near:
        said = ngettext("{count} row, near to {names}", "{count} rows, near to {names}", one.rows)
    return said.format(count=fmt.number(one.rows), names=fmt.in_a_row(near.name for near in one.near))


def _known(one: owners.Stranger) -> Known:
    addresses = tuple(reverse("batch", kwargs={"batch": batch}) for batch in one.imports)
    rows = ngettext("{count} row waits", "{count} rows wait", one.rows).format(count=fmt.number(one.rows))
    return Known(one.written, rows, one.meant, addresses)


def _alias(one: owners.AliasShown) -> Alias:
    since, sent = (fmt.day(one.since), one.since.isoformat()) if one.since else ("", "")
    return Alias(one.written, one.person, since, sent, one.merged)
