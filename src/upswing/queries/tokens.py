"""Personal tokens: whose one is, and which a person has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from upswing.people.models import Token
from upswing.people.tokens import Scope, parted, proves
from upswing.people.viewer import Viewer

NOBODYS = "0" * 64
"""Compared with where there is no token, so that a guess takes as long as a miss."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose a token is, what it is for, and when it was last noted to be in use."""

    id: UUID
    user: Any
    scopes: frozenset[Scope]
    used: datetime | None


@dataclass(frozen=True, slots=True)
class TokenShown:
    """A token as its owner sees it; the secret is not known any more. `begins` is how it begins."""

    id: UUID
    name: str
    begins: str
    scopes: tuple[Scope, ...]
    made: datetime
    expires: datetime
    used: datetime | None


def bearer(written: str, now: datetime) -> Bearer | None:
    """Whose token this is; None for one that is wrong, expired or revoked, or of somebody who may not sign in."""
    parts = parted(written)
    if parts is None:
        return None
    token = Token.objects.select_related("user").filter(mark=parts.mark).first()
    if not proves(parts.secret, token.digest if token else NOBODYS) or token is None:
        return None
    if token.revoked or token.expires <= now or not token.user.is_active:
        return None
    return Bearer(token.uid, token.user, frozenset(_scopes(token)), token.used)


def tokens(viewer: Viewer, user: int, now: datetime) -> tuple[TokenShown, ...]:
    """The viewer's own tokens that still work, the latest first; `user` is their sign-in."""
    working = Token.objects.filter(user=user, revoked=None, expires__gt=now).order_by("-pk")
    return tuple(
        TokenShown(row.uid, row.name, f"upw_{row.mark}", _scopes(row), row.made, row.expires, row.used)
        for row in working
    )


def _scopes(token: Token) -> tuple[Scope, ...]:
    return tuple(Scope(word) for word in token.scopes.split())
