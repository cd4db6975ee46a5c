"""Who calls: a program by its token, or a person's browser by its login session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from upswing.actions.tokens import note_use
from upswing.api.moment import now, today
from upswing.people.tokens import Scope
from upswing.people.viewer import Viewer
from upswing.queries.tokens import Bearer, bearer
from upswing.queries.viewers import viewer_of


class Lacking(PermissionError):
    """The token is not for this."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(f"This token is not for that: it lacks the scope {scope}. Make one that has it.")
        self.scope = scope


@dataclass(frozen=True, slots=True)
class Caller:
    """A user, and the token they came by; without one they may whatever their role may."""

    user: Any
    token: Bearer | None = None


class ByToken(HttpBearer):
    """A personal token."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Whose it is, if it works."""
        found = bearer(token, now())
        return Caller(found.user, found) if found else None


class BySession(SessionAuth):
    """A person signed in through the browser; what they send carries the CSRF token."""

    def __call__(self, request: HttpRequest) -> Any:
        """A request with an Authorization header stands and falls with that."""
        return None if "Authorization" in request.headers else super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        """The user, when active."""
        user = request.user
        return Caller(user) if user.is_authenticated and user.is_active else None


def caller_of(request: HttpRequest) -> Caller:
    """Who was found to call."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found


def viewer_for(request: HttpRequest, scope: Scope) -> Viewer:
    """The viewer who calls, for what the scope names; raises Lacking."""
    caller = caller_of(request)
    viewer = viewer_of(caller.user, today(), "token" if caller.token else "api")
    if caller.token:
        note_use(viewer, caller.token, now())
        if scope not in caller.token.scopes:
            raise Lacking(scope)
    return viewer
