"""upswing demo: fill a simulated organisation, make its sign-ins, serve it."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from upswing.cli.asked import day
from upswing.cli.furnishing import furnish
from upswing.cli.reports import bar, counted
from upswing.cli.serving import address_arguments, is_loopback, serve
from upswing.core.people import AccessRole
from upswing.core.period import quarter_of
from upswing.simulation import SCENARIOS, World, simulate
from upswing.simulation.cast import DOMAIN
from upswing.simulation.clock import months_before

if TYPE_CHECKING:
    from upswing.actions.import_batch import Imported

NAME = "demo"
HELP = "Fill a simulated organisation and serve it: a look at everything, with invented people."
SOURCE, SOURCE_NAME, ORGANISATION = "demo", "Upswing demo", "Brightwater (demo)"
PASSWORD = "upswing-demo-1"  # noqa: S105  (invented people, and by default nobody but this machine can sign in)
FEWEST_REPS = 12
WORKERS = 2
NOBODY = "Upswing"  # what a fresh installation calls itself
ELSEWHERE = "For another demo, set UPSWING_DATA_DIR to an empty folder."
OPERATIONS = f"ops@{DOMAIN}"
SIGN_INS = (
    (f"tess@{DOMAIN}", AccessRole.REP, "Tess Lund"),
    (f"stan@{DOMAIN}", AccessRole.REP, "Stan Weber"),
    (f"mona@{DOMAIN}", AccessRole.MANAGER, "Mona Berg"),
    (f"otto@{DOMAIN}", AccessRole.MANAGER, "Otto Lindqvist"),
    (OPERATIONS, AccessRole.REVENUE_OPERATIONS, None),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to simulate, and where to serve it."""
    parser.add_argument("--seed", type=int, default=1, help="which of the invented organisations (0 or more)")
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default="demo")
    parser.add_argument("--reps", type=int, default=FEWEST_REPS, help=f"how many reps, {FEWEST_REPS} or more")
    parser.add_argument("--months", type=int, default=12, help="months of history before this quarter")
    parser.add_argument("--as-of", type=day, default=None, help="the last day of the data (default: today)")
    address_arguments(parser)
    parser.add_argument("--no-serve", action="store_true", help="fill the data folder only")


def run(given: argparse.Namespace) -> int:
    """Fill or continue the demo, print who may sign in, serve until stopped."""
    if is_loopback(given.host):  # plain HTTP that never leaves this machine
        os.environ.setdefault("UPSWING_INSECURE_HTTP", "1")
    from upswing.cli import installation

    installation.start()
    from upswing.cli.tables import console

    done = fill(given)
    sign_ins()
    furnish(OPERATIONS, {person: email for email, _, person in SIGN_INS if person})
    console().print(_said(done))
    console().print(_table())
    if given.no_serve:
        return 0
    if not is_loopback(given.host):
        print(f"Everybody who reaches {given.host} can sign in with this password: invented data only.")
    installation.collect_static()
    return serve(given.host, given.port, WORKERS)


def _said(done: Imported | None) -> str:
    if done is None:
        return "The demo is in place."
    return (
        f"{counted(done.created, 'record')} created, {done.updated:,} updated, {done.unchanged:,} unchanged."
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What the demo in this data folder was made from; kept beside its files so that it can be continued.

    `filled` once all of it has been imported.
    """

    seed: int
    scenario: str
    reps: int
    months: int
    anchor: str
    as_of: str
    generator: int = 0
    filled: bool = False


GENERATOR = 2
"""Raised when the same words make another organisation, so that an older demo is not continued by a stranger."""


def fill(given: argparse.Namespace) -> Imported | None:
    """Write the organisation's files as they stand on the day, and import them like any other export.

    None when all of it is in place already.
    """
    from django.conf import settings

    from upswing.cli import asked, installation

    told_in: Path = settings.DATA_DIR / settings.DEMO
    folder = told_in.parent
    as_of = given.as_of or asked.today()
    before = _told_before(given, told_in, as_of)
    if before and before.filled and before.as_of == as_of.isoformat():
        return None
    installation.expect_many_objects()
    world = _world(given, as_of, before)
    world.write(folder)
    told = Told(
        given.seed,
        given.scenario,
        given.reps,
        given.months,
        world.anchor.isoformat(),
        as_of.isoformat(),
        GENERATOR,
    )
    _tell(told_in, told)
    done = _imported(folder)
    _tell(told_in, replace(told, filled=True))
    return done


def _tell(path: Path, told: Told) -> None:
    """Whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(json.dumps(asdict(told), indent=2) + "\n", encoding="utf-8")
    new.replace(path)


def _world(given: argparse.Namespace, as_of: date, before: Told | None) -> World:
    from upswing.cli.installation import NotReady

    if given.reps < FEWEST_REPS or given.months < 1 or given.seed < 0:
        raise NotReady(f"The demo needs {FEWEST_REPS} reps or more, a month or more, and a seed from 0 up.")
    anchor = date.fromisoformat(before.anchor) if before else quarter_of(as_of).start
    begins = quarter_of(months_before(anchor, given.months)).start
    return simulate(
        given.seed, given.scenario, months=given.months, start=begins,
        as_of=as_of, reps=given.reps, cast=True, anchor=anchor,
    )  # fmt: skip


def _told_before(given: argparse.Namespace, path: Path, as_of: date) -> Told | None:
    """The demo that is here already; raises NotReady when this data folder cannot become or continue it."""
    from upswing.cli import asked
    from upswing.cli.installation import NotReady
    from upswing.queries.freshness import freshness

    sources = {found.source for found in freshness(asked.operator("demo"))}
    if others := sorted(sources - {SOURCE_NAME}) or _named_otherwise():
        raise NotReady(f"This installation holds data from {', '.join(others)}. {ELSEWHERE}")
    if not sources:
        return None
    if not path.exists():
        raise NotReady(
            f"This folder holds a simulated organisation, but no {path} to continue the demo from. {ELSEWHERE}"
        )
    before = Told(**json.loads(path.read_text(encoding="utf-8")))
    if before.generator != GENERATOR:
        raise NotReady(f"This demo was made by another version of Upswing. {ELSEWHERE}")
    made = {name: getattr(before, name) for name in ("seed", "scenario", "reps", "months")}
    if any(getattr(given, name) != value for name, value in made.items()):
        words = " ".join(f"--{name} {value}" for name, value in made.items())
        raise NotReady(f"This demo was made with {words}. Say the same. {ELSEWHERE}")
    if as_of < date.fromisoformat(before.as_of):
        raise NotReady(f"This demo already stands at {before.as_of}; {as_of} lies before it. {ELSEWHERE}")
    return before


def _named_otherwise() -> list[str]:
    """The organisation's own name, when somebody else's data began to come in."""
    from upswing.queries.organisation import organisation

    name = organisation().name
    return [] if name in (NOBODY, ORGANISATION) else [name]


def _imported(folder: Path) -> Imported:
    from upswing.actions.import_batch import About, import_batch
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files
    from upswing.connectors.files.mapping import read_mapping

    mapping = read_mapping(folder / "mapping.toml")
    about = About(SOURCE, SOURCE_NAME, mapping.currency, ORGANISATION, mapping.read_on, "mapping.toml")
    with bar() as progress:
        task = progress.add_task("Filling the demo", total=None)
        return import_batch(
            asked.operator("demo"),
            Files(folder, mapping),
            about,
            asked.now(),
            lambda count, total: progress.update(task, completed=count, total=total),
        )


def sign_ins() -> None:
    """Make the users that are missing; those who are there keep their password."""
    from upswing.actions.people import set_user
    from upswing.cli import asked
    from upswing.queries.people import sign_in_addresses

    viewer = asked.operator("demo")
    there = sign_in_addresses(viewer)
    for email, role, person in SIGN_INS:
        if email not in there:
            set_user(viewer, email, role, person, PASSWORD)


def _table() -> Table:
    table = Table(title="Who may sign in", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for heading in ("E-mail", "Password", "Role", "Is"):
        table.add_column(heading, no_wrap=True, overflow="ignore")
    for email, role, person in SIGN_INS:
        table.add_row(email, PASSWORD, role.value.replace("_", " "), person or "")
    return table
