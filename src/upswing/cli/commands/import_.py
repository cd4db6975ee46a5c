"""upswing import: bring in a folder or file, by a mapping or by a guess."""

from __future__ import annotations

import argparse
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rich.console import Console

from upswing.cli.asked import currency, day
from upswing.cli.reports import bar, interrupted, say_imported, say_tried
from upswing.connectors.files.fields import KINDS

if TYPE_CHECKING:
    from upswing.actions.import_batch import About, Imported
    from upswing.connectors.files.mapping import Mapping
    from upswing.connectors.files.unpacking import Material

NAME = "import"
HELP = "Bring in a CRM export: CSV files, workbooks, archives or folders of them."
SAID = ("source", "organisation", "read_on", "currency")
"""What the command line can say for the whole mapping."""
NAMED_AFTER = "The organisation is called “{}” for now: `upswing organisation --name NAME` gives it its name."


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
    parser.add_argument("--source", default="", metavar="KEY", help="short name of where the files come from")
    parser.add_argument(
        "--read-on",
        type=day,
        metavar="DAY",
        help="the day the files were made (guessed: the latest day in them)",
    )
    parser.add_argument(
        "--currency",
        type=currency,
        metavar="CODE",
        help="what amounts are in that name none, like DKK",
    )
    parser.add_argument(
        "--organisation", default="", metavar="NAME", help="your organisation's name, at the first import"
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
    from upswing.actions.founding import is_founded, refuse_demo
    from upswing.actions.import_batch import About
    from upswing.actions.keeping import keep_address, place_of
    from upswing.connectors.files.mapping import mapping_of, read_mapping
    from upswing.connectors.files.unpacking import listed, tabular, unpacked

    refuse_demo()
    installation.expect_many_objects()
    told = read_mapping(given.mapping) if given.mapping else None
    beside = [told.folder] if told and told.folder.is_dir() else []
    if "://" in given.path:
        name, upload = keep_address(given.path, asked.now())
        files, where = {name: place_of(upload), **listed(*beside)}, f"at {given.path}"
    else:
        places = (Path(given.path), *beside)
        files = listed(*places) if told else tabular(listed(*places))
        where = f"in {' or '.join(str(place.resolve()) for place in places)}"
    with unpacked(files, where=where) as material:
        text = _told(given) if told else _guessed(given, material)
        if not text:
            return 1
        stem = Path(Path(given.path).name).with_suffix(".toml")
        mapping = _whole(given, mapping_of(tomllib.loads(text), given.mapping or stem), material)
        about = About(
            mapping.source, mapping.name, mapping.currency, mapping.organisation, mapping.read_on,
            given.mapping.name if told else "guessed", text,
        )  # fmt: skip
        if given.trial:
            return _tried(given, material, mapping, about)
        unnamed = not (mapping.organisation or is_founded())
        done = _imported(material, mapping, about, files)
    if unnamed:
        sys.stderr.write(f"{NAMED_AFTER.format(mapping.name)}\n")
    say_imported(done, as_json=given.format == "json", everything=given.all_problems)
    return 1 if done.refused else 0


def _said(given: argparse.Namespace) -> dict[str, Any]:
    """What it says."""
    return {key: told for key in SAID if (told := getattr(given, key))}


def _told(given: argparse.Namespace) -> str:
    """The mapping that was given, as TOML; what the command line says goes before it."""
    from upswing.connectors.files.guess.mapping import toml

    text, said = given.mapping.read_text(encoding="utf-8"), _said(given)
    return toml(tomllib.loads(text) | said) if said else str(text)


def _guessed(given: argparse.Namespace, material: Material) -> str:
    """What the files are taken for, as TOML; empty when that was not agreed to, or only written down."""
    from upswing.actions import drafts
    from upswing.cli import asked, guesses
    from upswing.connectors.connector import Unreadable
    from upswing.connectors.files.guess.mapping import mapping, source_name, toml

    console, viewer = Console(stderr=True, highlight=False, soft_wrap=True), asked.operator("import")
    if given.kind:
        like: Any = {given.kind: [{"file": file, "columns": {}} for file in material.tables()]}
    elif fits := drafts.fitting(viewer, material):
        like = fits[0].raw
        console.print(f"These look like files of {fits[0].name}. {fits[0].sentence}", markup=False)
    else:
        like = {}
    guess = drafts.guessed(viewer, material, asked.today(), like)
    guesses.show(console, guess)
    if given.yes and (needed := [table.why for table in guess.tables if table.denied and not table.kind]):
        raise Unreadable(needed[0])
    raw = mapping(
        guess, guesses.answers(console, guess, dict(pair.partition("=")[::2] for pair in given.answer))
    )
    raw = {"source": source_name(given.path).lower(), **raw, **_said(given)}
    if made := raw.get("read_on") or guess.latest:
        raw["read_on"] = made
        console.print(f"\nRead as of {made}: what is open then was seen open then.")
    if given.save_mapping:
        given.save_mapping.write_text(toml(raw), encoding="utf-8")
        console.print(f"\nWritten down. Import with --mapping {given.save_mapping}.", markup=False)
        return ""
    return toml(raw) if given.yes or guesses.agreed(console) else ""


def _whole(given: argparse.Namespace, mapping: Mapping, material: Material) -> Mapping:
    """The mapping, with a currency, and unless only tried with an organisation, where it is the first import of all."""
    from upswing.actions.founding import is_founded
    from upswing.cli import guesses
    from upswing.connectors.files.guess.currency import named_currencies, named_currency

    if is_founded():
        if given.organisation:
            sys.stderr.write(
                "There is an organisation already: `upswing organisation --name NAME` renames it.\n"
            )
        return mapping
    code = mapping.currency or named_currency(material, mapping)
    code = code or guesses.currency(named_currencies(material, mapping), asks=not given.yes)
    if mapping.organisation or given.yes or given.trial:
        return replace(mapping, currency=code)
    return replace(mapping, currency=code, organisation=guesses.organisation(mapping.name))


def _tried(given: argparse.Namespace, material: Material, mapping: Mapping, about: About) -> int:
    from upswing.actions.trial import try_out
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files

    trial = try_out(asked.operator("import"), Files(material, mapping), about, asked.now())
    say_tried(trial, as_json=given.format == "json", everything=given.all_problems)
    return 1 if trial.refused else 0


def _imported(material: Material, mapping: Mapping, about: About, files: dict[str, Path]) -> Imported:
    """Import, with the files that hold the mapping's tables kept."""
    from upswing.actions.import_batch import import_batch
    from upswing.actions.keeping import holders, keep_path
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files

    held = holders(mapping, files)
    kept = {name: keep_path(files[name], asked.now()).pk for name in set(held.values())}
    about = replace(about, kept={table: kept[name] for table, name in held.items()})
    begun: list[UUID] = []
    with bar() as progress:
        task = progress.add_task("Importing", total=None)
        try:
            return import_batch(
                asked.operator("import"),
                Files(material, mapping),
                about,
                asked.now(),
                lambda count, total: progress.update(task, completed=count, total=total),
                asked.now,
                lambda batch: begun.append(batch.uid),
            )
        except KeyboardInterrupt:
            if not begun:
                raise
            raise KeyboardInterrupt(interrupted(begun[0], progress.tasks[task])) from None
