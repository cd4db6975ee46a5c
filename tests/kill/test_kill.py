"""Kill -9 in the middle, again and again: each time the end is as after one clean run.

Most are killed before a statement, spread over all of them; imports now and then at a moment of the clock.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from tests.kill import folder as files
from tests.kill.conftest import Ground
from tests.kill.keeping import PART
from tests.kill.running import (
    ROOT,
    child,
    finished,
    installation,
    killed_at,
    killed_while_importing,
    state,
    statements,
    upswing,
)

pytestmark = pytest.mark.kill

KILLS = int(os.environ.get("UPSWING_KILLS", "12"))
"""Of imports; of undos and workers a third each."""
FEW = -(-KILLS // 3)
AT_ONCE = 2
ROWS = files.DEALS + files.LEADS + files.ACTIVITIES
"""Fewer than an import does."""
KINDS = {
    "Account", "AccountOwner", "Activity", "AmountChange", "Assessment", "CloseChange", "Contact", "Course", "Credit", "Deal", "DealRate", "ExchangeRate", "Fact", "Holiday", "Invoice", "InvoiceShare",
    "FormerCredit", "Lead", "Login", "Membership", "Organisation", "Person", "Product", "Quota", "Quote", "QuoteLine", "RepDay",
    "RepMonth", "StageMove", "Tally", "Team", "TimeEntry", "TimeOff",
}  # fmt: skip
T = TypeVar("T")


def test_the_ground_has_every_kind_and_agrees_with_itself(ground: Ground):
    *rows, check = ground.clean.splitlines()
    assert check == "[]"  # tiers equal facts, facts equal records
    assert {row.split()[0] for row in rows} == KINDS
    assert ground.before.splitlines()[-1] == "[]"
    assert ground.before != ground.clean


def test_an_import_killed_at_any_moment_and_run_again_ends_as_one_clean_run(ground: Ground):
    with installation(ground.folder, "counted", like="before") as environ:
        all_of_them = statements(environ, "import", ground.after)

    def ending(number: int) -> str | None:
        chance = random.Random(number)
        with installation(ground.folder, f"import{number}", like="before") as environ:
            if number % 4 == 0:
                hit = killed_while_importing(environ, ground.after, ROWS, chance)
            else:
                hit = killed_at(environ, spread(number, KILLS, all_of_them), "import", ground.after)
            return state(environ, "import", ground.after) if hit else None

    endings = [ending for ending in at_once(ending, range(KILLS)) if ending is not None]
    assert len(endings) > KILLS / 2  # so many kills hit a running import
    assert set(endings) == {ground.clean}


def test_an_undo_killed_at_any_moment_and_completed_leaves_what_stood_before(ground: Ground):
    with installation(ground.folder, "undone", like="both") as environ:
        all_of_them = statements(environ, "undo")
        assert state(environ) == ground.before

    def ending(number: int) -> tuple[str, str]:
        with installation(ground.folder, f"undo{number}", like="both") as environ:
            assert killed_at(environ, spread(number, FEW, all_of_them), "undo")
            return state(environ, "undo"), intake(environ)

    endings = set(at_once(ending, range(FEW)))
    assert endings == {(ground.before, "2 imports, 0 unfinished, 0 half undone, drafts []")}


def test_a_worker_killed_while_it_imports_is_started_again_and_completes_that_import(ground: Ground):
    with installation(ground.folder, "asked", like="before") as asked:
        finished(asked, child("ask", ground.after))
        with installation(ground.folder, "worked", like="asked") as environ:
            all_of_them = statements(environ, "work")

        def ending(number: int) -> tuple[str, str]:
            with installation(ground.folder, f"work{number}", like="asked") as environ:
                assert killed_at(environ, spread(number, FEW, all_of_them), "work")
                finished(environ, upswing("worker", "--until-done"))
                return state(environ), intake(environ)

        endings = set(at_once(ending, range(FEW)))
        assert endings == {(ground.clean, "2 imports, 0 unfinished, 0 half undone, drafts [('', '')]")}


def test_a_file_whose_keeping_is_killed_is_never_half_there(ground: Ground):
    with installation(ground.folder, "keeping", like="empty") as environ:
        path = ground.after / "activities.csv"
        died = int(finished(environ, [sys.executable, "-m", "tests.kill.keeping", str(path)]))
    assert died > path.stat().st_size / PART  # at every step, of which each part is a few


def test_two_imports_of_one_file_at_once_end_as_one(ground: Ground):
    with installation(ground.folder, "racing", like="empty") as environ:
        command = child("import", ground.first)
        both = [subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
        assert [process.wait() for process in both] == [0, 0]
        assert state(environ) == ground.before


def spread(number: int, kills: int, statements: int) -> int:
    """A statement in the nth of as many equal parts as there are kills."""
    part = statements // kills
    return 1 + number * part + random.Random(number).randrange(part)


def intake(environ: dict[str, str]) -> str:
    return finished(environ, child("nothing", "--then", "intake")).strip()


def at_once(ending: Callable[[int], T], numbers: range) -> Iterator[T]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(ending, numbers)
