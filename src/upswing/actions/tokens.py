"""Make and revoke personal tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from upswing.actions.permission import NotAllowed, needs_operator
from upswing.connectors.connector import printable
from upswing.core.wording import worded
from upswing.people.models import Token
from upswing.people.tokens import ALONE, OPERATING, Scope, digest, fresh
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.tokens import Bearer

DAYS, MOST_DAYS = 90, 365
"""How long a token works where nothing else is asked for, and at most."""
NAME_LENGTH = 100
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token to make. `id` is chosen by whoever asks, so that asking twice makes one token."""

    id: UUID
    name: str
    scopes: Collection[Scope]
    days: int = DAYS


@transaction.atomic
def make_token(viewer: Viewer, user: int, wanted: Wanted, now: datetime) -> str:
    """Make a token for the viewer's own sign-in `user`, and say it: only now is its secret known.

    Raises NotAllowed with the reason.
    """
    name = " ".join(printable(wanted.name).split())
    if not name or len(name) > NAME_LENGTH:
        raise NotAllowed(
            worded(
                "Give the token a name of 1 to {most} characters: what is going to use it?",
                most=NAME_LENGTH,
            )
        )
    if not wanted.scopes:
        raise NotAllowed(worded("Choose at least one thing that the token is for."))
    if not 1 <= wanted.days <= MOST_DAYS:
        raise NotAllowed(
            worded("A token works for 1 to {most} days, not {days}.", most=MOST_DAYS, days=wanted.days)
        )
    if ALONE & set(wanted.scopes) and len(set(wanted.scopes)) > 1:
        raise NotAllowed(
            worded("A feed's token stands in an address: it is for that feed alone. Make another one.")
        )
    if OPERATING & set(wanted.scopes):
        needs_operator(viewer, "make a token that brings in data")
    made = fresh()
    try:
        with transaction.atomic():
            Token.objects.create(
                uid=wanted.id,
                user_id=user,
                name=name,
                mark=made.mark,
                digest=digest(made.secret),
                scopes=" ".join(scope for scope in Scope if scope in wanted.scopes),
                made=now,
                expires=now + timedelta(days=wanted.days),
            )
    except IntegrityError as error:
        raise NotAllowed(
            worded("This token was made already, and its secret was shown once. Revoke it, or make another.")
        ) from error
    return str(made)


@transaction.atomic
def revoke_token(viewer: Viewer, user: int, token: UUID, now: datetime) -> None:
    """End a token of the viewer's own sign-in `user` at once; raises NotVisible when they have no such one."""
    if not Token.objects.filter(user=user, uid=token, revoked=None).update(revoked=now):
        raise NotVisible("You have no such token.")


def note_use(viewer: Viewer, token: Bearer, now: datetime) -> None:
    """Keep when the token was last used, to the minute."""
    if token.used is None or now - token.used >= NOTED_EVERY:
        Token.objects.filter(uid=token.id).update(used=now)
