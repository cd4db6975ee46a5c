"""Programs that call the API: tokens, and what they send."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from tests import world
from upswing.actions.tokens import Wanted, make_token
from upswing.people.identity import uuid7
from upswing.people.tokens import Scope
from upswing.people.viewer import Viewer
from upswing.queries.viewers import viewer_of

SOURCE = "dialler"
EVERYTHING = tuple(scope for scope in Scope if scope is not Scope.FEED)
"""All that one token may be for."""


def viewer(who: str, now: datetime) -> Viewer:
    return viewer_of(world.user(who), now.date())


def token(
    who: str = "olga", scopes: Iterable[Scope] = EVERYTHING, now: datetime | None = None, **more: Any
) -> str:
    """A token that works for 90 days from now."""
    now = now or datetime.now(world.NOW.tzinfo)
    wanted = Wanted(more.pop("id", None) or uuid7(), more.pop("name", "the dialler"), tuple(scopes), **more)
    return make_token(viewer(who, now), world.user(who).pk, wanted, now)


def expired(who: str = "olga") -> str:
    return token(who, now=datetime.now(world.NOW.tzinfo) - timedelta(days=91))


class Program:
    """Calls with a token, or without."""

    def __init__(self, written: str | None = None, **headers: str) -> None:
        headers |= {"Authorization": f"Bearer {written}"} if written else {}
        self.client = Client(headers=headers)

    def get(self, address: str) -> Any:
        return self.client.get(f"/api/v1/{address}")

    def post(self, address: str, body: Any = "", key: str = "") -> Any:
        """`body` is sent as it stands where it is bytes."""
        sent = body if isinstance(body, bytes) else json.dumps(body) if body != "" else ""
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(f"/api/v1/{address}", sent, content_type="application/json", headers=headers)

    def send(self, kind: str, *rows: dict[str, Any], key: str = "", **more: Any) -> Any:
        """Records of one kind."""
        return self.post(f"records/{kind}", {"source": SOURCE, "records": list(rows), **more}, key)


def call(key: str, rep: str = "Tess", **more: Any) -> dict[str, Any]:
    """A call as a dialler tells of it."""
    return {
        "id": key,
        "rep": rep,
        "kind": "call",
        "at": "2026-10-12T09:00:00Z",
        "outcome": "conversation",
        **more,
    }


def batch_of(answer: Any) -> UUID:
    return UUID(answer.json()["batch"])


def told(who: str, path: str, **query: object) -> dict[str, Any]:
    """What an address answers somebody who is signed in."""
    client = Client()
    client.force_login(world.user(who))
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def refused(answer: Any, status: int = 422) -> str:
    """The sentence with which it was refused."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), (
        answer.content
    )
    said: str = answer.json()["detail"]
    return said
