"""What every test may ask for: the cast with its book, and a settled random seed for generated input."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("commit", max_examples=100, deadline=None, database=None)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("UPSWING_HYPOTHESIS", "commit"))


@pytest.fixture
def cast(db: None) -> None:
    """Mona, Otto and their reps, with book and sign-ins."""
    from tests import world

    world.settle_in()
    world.give_sign_ins()
