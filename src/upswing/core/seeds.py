"""Seeds: one for each answer that is drawn, so that asking again never changes a number."""

from __future__ import annotations

from hashlib import sha256

_BETWEEN = "\x1f"


def seed_of(method: str, subject: str, period: str, settings: str = "") -> int:
    """The seed of one answer, below 2^64.

    `method` with its version (`ranks@1`), whom it is about, when, and the version of the settings.
    """
    said = _BETWEEN.join((method, subject, period, settings))
    return int.from_bytes(sha256(said.encode()).digest()[:8], "big")
