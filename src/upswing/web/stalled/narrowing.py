"""Which of the stalled deals an address asks for: whose, and in which stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from upswing.queries.stalls import Choices, Only, choices
from upswing.queries.viewers import Viewer
from upswing.web.shared.typed import uid

UNTOLD = "-"
"""The untold stage in an address, as nothing chosen is nothing."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What to choose from, (value, label, chosen) each; nothing where there is but one. `query` keeps the choice."""

    people: tuple[tuple[str, str, bool], ...]
    stages: tuple[tuple[str, str, bool], ...]
    query: str


def only_of(asked: QueryDict) -> Only:
    """What is asked for; what cannot be read is not."""
    return Only(uid(_plain(asked, "whose")), _key(_plain(asked, "stage")))


def narrowing(request: HttpRequest, viewer: Viewer, only: Only) -> Narrowing:
    """The form that narrows the piles."""
    found = choices(viewer, viewer.at)
    return Narrowing(_people(found, only), _stages(found, only), urlencode(kept(request.GET)))


def kept(asked: QueryDict) -> Mapping[str, str]:
    """The choice as an address keeps it."""
    return {name: text for name in ("whose", "stage") if (text := _plain(asked, name))}


def _plain(asked: QueryDict, name: str) -> str:
    """Without the NUL that no database takes."""
    return asked.get(name, "").replace("\0", "")[:120]


def _people(found: Choices, only: Only) -> tuple[tuple[str, str, bool], ...]:
    told = tuple((str(uid), name, uid == only.whose) for uid, name in found.people)
    return told if len(told) > 1 else ()


def _stages(found: Choices, only: Only) -> tuple[tuple[str, str, bool], ...]:
    told = tuple(
        (key or UNTOLD, name or _("Stage not told"), key == only.stage) for key, name in found.stages
    )
    return told if len(told) > 1 else ()


def _key(text: str) -> str | None:
    if text == UNTOLD:
        return ""
    return text or None
