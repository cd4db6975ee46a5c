"""Sign in, and read what a page answers."""

from __future__ import annotations

import re
from typing import Any

from django.core.cache import cache
from django.test import Client

from tests import world


def signed_in(who: str) -> Client:
    """A browser without script, of one of the cast; nothing is kept from before."""
    cache.clear()
    client = Client()
    client.force_login(world.user(who))
    return client


def text(answer: Any, status: int = 200) -> str:
    """The page with its marks, on one line."""
    told: str = answer.content.decode()
    assert answer.status_code == status, told[:3000]
    return " ".join(told.split())


def words(answer: Any, status: int = 200) -> str:
    """What a person reads."""
    return " ".join(re.sub(r"<[^>]*>", " ", text(answer, status)).split())
