"""The public data sets, where they are present beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

PLACE = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.fixture(scope="session")
def maven() -> Path:
    """The folder of the Maven CRM practice set."""
    folder = PLACE / "maven-crm"
    if not folder.is_dir():
        pytest.skip(f"the public data set is not here: {folder.name}")
    return folder
