"""upswing import: bring in a folder or file, by a mapping or by a guess."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from upswing.cli.asked import day
from upswing.cli.reports import bar, say_imported, say_tried
from upswing.connectors.files.fields import KINDS

if TYPE_CHECKING:
    from upswing.actions.import_batch import Imported
    from upswing.connectors.files.mapping import Mapping
    from upswing.connectors.files.unpacking import Material

NAME = "import"
HELP = "Bring in a CRM export: CSV files, workbooks, archives or folders of them."


def arguments(parser: argparse.ArgumentParser) -> None:
    """PATH, what it holds, and how much to show."""
    parser.add_argument("path", metavar="PATH", help="the folder or file to read, or the address of a sheet")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--mapping", type=Path, metavar="FILE", help="which column holds what (TOML); else it is guessed"
    )
    how.add_argument("--kind", choices=sorted(KINDS), help="what the file holds; its columns are guessed")
    parser.add_argument("--yes", action="store_true", help="take the guess without asking")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="KEY=VALUE", help="answer a question of the guess"
    )
    parser.add_argument(
        "--save-mapping", type=Path, metavar="FILE", help="write the guess there, and import nothing"
    )
    parser.add_argument(
        "--source", default="", metavar="KEY", help="short name of where a guessed file comes from"
    )
    parser.add_argument(
        "--read-on",
        type=day,
        metavar="DAY",
        help="the day the files were made (guessed: the latest day in them)",
    )
    parser.add_argument(
        "--try", dest="trial", action="store_true", help="say what would happen, and change nothing"
    )
    parser.add_argument(
        "--all-problems", action="store_true", help="list every problem, not the first of each kind"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when any row was refused."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.keeping import keep_address, place_of
    from upswing.connectors.files.mapping import read_mapping
    from upswing.connectors.files.unpacking import listed, tabular, unpacked

    installation.refuse_demo()
    installation.expect_many_objects()
    told = read_mapping(given.mapping) if given.mapping else None
    beside = [told.folder] if told and told.folder.is_dir() else []
    if "://" in given.path:
        name, kept = keep_address(given.path, asked.now())
        files, where = {name: place_of(kept), **listed(*beside)}, f"at {given.path}"
    else:
        places = (Path(given.path), *beside)
        files = listed(*places) if told else tabular(listed(*places))
        where = f"in {' or '.join(str(place.resolve()) for place in places)}"
    with unpacked(files, where=where) as material:
        mapping = told or _guessed(given, material, asked.operator("import"))
        if mapping is None:
            return 1
        if given.trial:
            return _tried(given, material, mapping)
        done = _imported(given, material, mapping, files)
    say_imported(done, as_json=given.format == "json", everything=given.all_problems)
    return 1 if done.refused else 0


def _guessed(given: argparse.Namespace, material: Material, viewer: Any) -> Mapping | None:
    """What the files are taken for; None when that was not agreed to, or only written down."""
    from upswing.actions import drafts
    from upswing.cli import asked, guesses
    from upswing.connectors.files.guess.mapping import mapping, toml
    from upswing.connectors.files.mapping import mapping_of

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if given.kind:
        like: Any = {given.kind: [{"file": file, "columns": {}} for file in material.tables()]}
    else:
        fits = drafts.fitting(viewer, material)
        like = fits[0].raw if fits else {}
        if fits:
            console.print(f"These look like files of {fits[0].name}. {fits[0].sentence}", markup=False)
    guess = drafts.guessed(viewer, material, asked.today(), like)
    guesses.show(console, guess)
    answers = guesses.answers(console, guess, dict(pair.partition("=")[::2] for pair in given.answer))
    raw = mapping(guess, answers)
    if given.source:
        raw["source"] = given.source
    if made := given.read_on or raw.get("read_on") or guess.latest:
        raw["read_on"] = made
        console.print(f"\nRead as of {made}: what is open then was seen open then.")
    if given.save_mapping:
        given.save_mapping.write_text(toml(raw), encoding="utf-8")
        console.print(
            f"\nWritten to {given.save_mapping}. Import with --mapping {given.save_mapping}.", markup=False
        )
        return None
    read = mapping_of(raw, Path(Path(given.path).name).with_suffix(".toml"))
    return read if given.yes or guesses.agreed(console) else None


def _tried(given: argparse.Namespace, material: Material, mapping: Mapping) -> int:
    from upswing.actions.trial import try_out
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files

    trial = try_out(asked.operator("import"), Files(material, mapping), _about(given, mapping), asked.now())
    say_tried(trial, as_json=given.format == "json", everything=given.all_problems)
    return 1 if trial.refused else 0


def _imported(
    given: argparse.Namespace, material: Material, mapping: Mapping, files: dict[str, Path]
) -> Imported:
    from dataclasses import replace

    from upswing.actions.import_batch import import_batch
    from upswing.actions.keeping import holders, keep_path
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files

    held = holders(mapping, files)
    kept = {name: keep_path(files[name], asked.now()).pk for name in set(held.values())}
    about = replace(_about(given, mapping), kept={table: kept[name] for table, name in held.items()})
    with bar() as progress:
        task = progress.add_task("Importing", total=None)
        return import_batch(
            asked.operator("import"),
            Files(material, mapping),
            about,
            asked.now(),
            lambda count, total: progress.update(task, completed=count, total=total),
            asked.now,
        )


def _about(given: argparse.Namespace, mapping: Mapping) -> Any:
    from upswing.actions.import_batch import About

    called = given.mapping.name if given.mapping else "guessed"
    return About(
        mapping.source, mapping.name, mapping.currency, mapping.organisation, mapping.read_on, called
    )
