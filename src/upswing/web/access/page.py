"""One's tokens in words, and the form that makes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from upswing.actions.tokens import DAYS, MOST_DAYS, NAME_LENGTH, Wanted
from upswing.people.identity import uuid7
from upswing.people.tokens import ALONE, OPERATING, Scope
from upswing.people.viewer import Viewer
from upswing.queries.tokens import TokenShown, tokens
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.request import now, viewer
from upswing.web.shared.typed import uid

WORDS = {
    Scope.READ: (
        marked("Read"),
        marked("what you may see: scorecards, targets, forecasts, deals, standards, disputes, imports"),
    ),
    Scope.WRITE_RECORDS: (marked("Send records"), marked("such as deals and calls, as an import does")),
    Scope.UNDO_BATCHES: (marked("Take imports back"), marked("also those that others brought in")),
    Scope.TARGETS: (
        marked("Set targets"),
        marked("of people you lead, by hand and with a reason, and take that back"),
    ),
    Scope.STANDARDS: (marked("Sign and question standards"), marked("in your name")),
    Scope.DISPUTES: (marked("Dispute and settle numbers"), marked("in your name")),
    Scope.DEALS: (
        marked("Work on deals"),
        marked(
            "move them, say what they are for the forecast, commit, answer for stalled ones, in your name"
        ),
    ),
    Scope.FEED: (marked("Spreadsheet feed"), marked("an address that a spreadsheet reads")),
}
"""What each scope allows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A token in words."""

    id: UUID
    name: str
    begins: str
    scopes: str
    expires: str
    used: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A scope to choose."""

    value: str
    label: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in, and what is wrong with it."""

    id: UUID
    name: str
    days: str
    choices: tuple[Choice, ...] = ()
    error: str = ""
    longest_name: int = NAME_LENGTH
    most_days: int = MOST_DAYS


def shown(request: HttpRequest) -> tuple[Shown, ...]:
    """The tokens of whoever is signed in."""
    moment = now(request)

    def told(token: TokenShown) -> Shown:
        used = _("never used")
        if token.used:
            used = _("used {ago}").format(ago=fmt.ago(token.used.astimezone(moment.tzinfo), moment))
        scopes = fmt.in_a_row(_(WORDS[scope][0]) for scope in token.scopes)
        expires = fmt.day(token.expires.astimezone(moment.tzinfo).date())
        return Shown(token.id, token.name, f"{token.begins}_", scopes, expires, used)

    return tuple(map(told, tokens(viewer(request), own(request), moment)))


def own(request: HttpRequest) -> int:
    """The sign-in of whoever asks; raises NotSignedIn."""
    viewer(request)
    return cast("int", request.user.pk)


def blank(who: Viewer) -> Form:
    """The form before anything is filled in."""
    return Form(uuid7(), "", str(DAYS), _choices(who, [Scope.READ]))


def filled(who: Viewer, sent: QueryDict, error: str) -> Form:
    """The form as it was sent."""
    return Form(
        _id(sent), sent.get("name", ""), sent.get("days", ""), _choices(who, sent.getlist("scopes")), error
    )


def wanted(sent: QueryDict) -> Wanted:
    """The token that was asked for; what cannot be read is left out, so that the action says what is missing."""
    days = sent.get("days", "")
    scopes = [Scope(word) for word in sent.getlist("scopes") if word in set(Scope)]
    return Wanted(
        _id(sent), sent.get("name", ""), scopes, int(days) if days.isdecimal() and len(days) < 6 else 0
    )


def _id(sent: QueryDict) -> UUID:
    return uid(sent.get("id", "")) or uuid7()


def _choices(who: Viewer, chosen: list[str] | list[Scope]) -> tuple[Choice, ...]:
    kept_back = ALONE if who.operates else ALONE | OPERATING
    offered = [scope for scope in Scope if scope not in kept_back]
    return tuple(_choice(scope, scope in chosen) for scope in offered)


def _choice(scope: Scope, chosen: bool) -> Choice:
    label, text = WORDS[scope]
    return Choice(scope.value, _(label), _(text), chosen)
