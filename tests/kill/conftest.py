"""The ground to kill on: a book of version 1, and the states it may come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kill import running
from tests.kill.folder import write


@dataclass(frozen=True, slots=True)
class Ground:
    """`first` and `after` are folders with both versions; `before` is the state with the first in, `clean` with both.

    Installations in `folder` to begin from: “empty”, “before” and “both”.
    """

    folder: Path
    first: Path
    after: Path
    before: str
    clean: str


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("kill")
    first, after = write(folder / "first", 1), write(folder / "second", 2)
    with ExitStack() as standing:

        def begun(name: str, like: str = "") -> running.Environ:
            return standing.enter_context(running.installation(folder, name, like))

        running.state(begun("empty"))  # makes the schema
        before = running.state(begun("before", "empty"), "import", first)
        clean = running.state(begun("both", "before"), "import", after)
        yield Ground(folder, first, after, before, clean)
