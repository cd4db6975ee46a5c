"""Personal tokens: how one is written, what of it is kept, what it may be allowed to do."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import string
from enum import StrEnum
from typing import NamedTuple

ALPHABET = string.ascii_letters + string.digits
MARK, SECRET = 10, 40
"""Characters of each part; the secret has 238 random bits, so that a plain SHA-256 of it is enough."""
WRITTEN = re.compile(rf"upw_([A-Za-z0-9]{{{MARK}}})_([A-Za-z0-9]{{{SECRET}}})")


class Scope(StrEnum):
    """What a token is for; its user's role is a limit besides."""

    READ = "read"
    WRITE_RECORDS = "records:write"
    UNDO_BATCHES = "batches:undo"
    TARGETS = "targets:write"
    STANDARDS = "standards:write"
    DISPUTES = "disputes:write"
    DEALS = "deals:write"
    FEED = "feed"


OPERATING = frozenset({Scope.WRITE_RECORDS, Scope.UNDO_BATCHES})
"""Scopes that are of use only to whoever may bring in data."""
ALONE = frozenset({Scope.FEED})
"""What a token is for alone: it stands in an address, where whoever opens the spreadsheet reads it."""


class Parts(NamedTuple):
    """A token taken apart: the mark finds it, the secret proves it."""

    mark: str
    secret: str

    def __str__(self) -> str:
        return f"upw_{self.mark}_{self.secret}"


def fresh() -> Parts:
    """A new token."""
    return Parts(_random(MARK), _random(SECRET))


def parted(written: str) -> Parts | None:
    """The parts of a token; None for what is none."""
    found = WRITTEN.fullmatch(written)
    return Parts(*found.groups()) if found else None


def digest(secret: str) -> str:
    """What is kept of the secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def proves(secret: str, kept: str) -> bool:
    """Whether the digest is that of the secret, in a time that does not tell how much of it fits."""
    return hmac.compare_digest(digest(secret), kept)


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
