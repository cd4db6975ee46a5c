"""After a test that asks for it, what the increments left is what a rebuild would make."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import world
from upswing.actions.rebuild import check


@pytest.fixture
def ledger_agrees(db: None) -> Iterator[None]:
    """Facts equal records and tiers equal facts at the end."""
    yield
    assert check(world.operator()) == []
