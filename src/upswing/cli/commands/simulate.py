"""upswing simulate: write a simulated organisation as files, and the truth behind it beside them."""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from pathlib import Path

from upswing.cli.asked import day
from upswing.cli.installation import NotReady
from upswing.simulation import SCENARIOS, World, simulate
from upswing.simulation.world import START
from upswing.simulation.writing import DIALECTS, ours

NAME = "simulate"
HELP = "Write an invented organisation as files: to try out, to test, to measure with."


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to simulate, and where to put it."""
    parser.add_argument("--scenario", default="healthy", metavar="NAME", help=", ".join(sorted(SCENARIOS)))
    parser.add_argument("--seed", type=int, default=1, help="which of the invented organisations (0 or more)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
    parser.add_argument("--dialect", choices=DIALECTS, default="own", help="as whose export it is written")
    parser.add_argument(
        "--months", type=int, default=None, help="months of history (default: the scenario's)"
    )
    parser.add_argument(
        "--start", type=day, default=START, help=f"first day of the history (default: {START})"
    )
    parser.add_argument(
        "--as-of", type=day, default=None, help="last day of the data (default: of the months)"
    )
    parser.add_argument("--reps", type=int, default=None, help="how many reps (default: the scenario's)")
    parser.add_argument("--defects", action="store_true", help="damage the data as real exports are damaged")
    parser.add_argument(
        "--truth", type=Path, default=None, metavar="FILE", help="where the truth goes (default: beside DIR)"
    )


def run(given: argparse.Namespace) -> int:
    """Simulate, write, and say what was written."""
    _check(given)
    world = _world(given)
    truth = given.truth or given.out.resolve().with_name(f"{given.out.resolve().name}.truth.json")
    try:
        world.write(given.out, given.dialect)
        world.write_truth(truth)
    except OSError as error:
        raise NotReady(f"{error.filename} cannot be written: {error.strerror}.") from error
    for name, table in world.tables.items():
        print(f"{name:15} {len(table):>10,}")
    print(
        f"Written to {given.out}, as of {world.as_of}. The truth is in {truth} and {truth.with_suffix('.npz')}."
    )
    return 0


def _check(given: argparse.Namespace) -> None:
    """The scenario is known and the folder ours to write into; raises NotReady."""
    if given.scenario not in SCENARIOS:
        near = get_close_matches(given.scenario, SCENARIOS, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(sorted(SCENARIOS))}."
        raise NotReady(f"No scenario is called “{given.scenario}”. {hint}")
    if given.out.exists() and not given.out.is_dir():
        raise NotReady(f"{given.out} is a file. Name a folder to write into.")
    if given.truth and given.out.resolve() in given.truth.resolve().parents:
        raise NotReady(
            f"The truth cannot lie in {given.out}, which is to be imported. Name a file elsewhere."
        )
    others = sorted(path.name for path in given.out.glob("*") if not ours(path.name, given.dialect))
    if others:
        raise NotReady(
            f"{given.out} holds other files, such as {others[0]}. Name an empty folder, or one that was written by "
            f"this command with --dialect {given.dialect}."
        )


def _world(given: argparse.Namespace) -> World:
    try:
        return simulate(
            given.seed, given.scenario, months=given.months, start=given.start, as_of=given.as_of, reps=given.reps,
            defects=given.defects,
        )  # fmt: skip
    except ValueError as error:
        raise NotReady(str(error)) from None
