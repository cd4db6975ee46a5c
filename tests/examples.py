"""How many generated examples a test gets that writes whole books: a fifth of them on the second database."""

from __future__ import annotations

import os


def examples(count: int) -> int:
    """As many on the embedded default; on PostgreSQL the same laws with fewer examples."""
    return max(3, count // 5) if os.environ.get("UPSWING_TEST_DATABASE_URL") else count
