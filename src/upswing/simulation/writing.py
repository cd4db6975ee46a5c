"""A world on disk: our own format, one CSV a kind and the mapping that reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from upswing.simulation.table import Table
    from upswing.simulation.world import World

DIALECTS = ("own", "hubspot", "salesforce")
TABLES = (
    "people", "memberships", "days_off", "accounts", "contacts", "products", "rates", "leads", "deals", "stage_moves",
    "amount_changes", "close_changes", "activities", "quotes", "quote_lines", "invoices", "time_entries", "logins",
    "assessments", "quotas", "coaching", "standards", "agreements", "payments",
)  # fmt: skip
"""Our tables in the order in which they are written."""
UNREAD = ("coaching", "standards", "agreements", "payments")
"""Tables that the product does not read yet."""
EXTRA = {
    "leads": ("size", "industry", "fit_leak"),
    "deals": ("commit",),
    "assessments": ("rubric", "activity"),
}
"""Columns that are no fields of ours."""
STAGES = 'Discovery = "open", Demo = "open", Quote = "open", Negotiation = "open", Won = "won", Lost = "lost"'

MAPPING = """\
# How to read this simulated organisation. Every name and number in it is invented.

source = "{source}"
name = "{name}"
organisation = "{organisation}"
currency = "EUR"
read_on = {as_of}
"""


def write(world: World, folder: Path, dialect: str = "own") -> None:
    """Replace the files in the folder; raises ValueError for an unknown dialect."""
    if dialect not in DIALECTS:
        raise ValueError(f"No dialect is called “{dialect}”. There are: {', '.join(DIALECTS)}.")
    from upswing.simulation import hubspot, salesforce

    folder.mkdir(parents=True, exist_ok=True)
    {"own": _own, "hubspot": hubspot.write, "salesforce": salesforce.write}[dialect](world, folder)


def ours(file: str, dialect: str) -> bool:
    """Whether a file of that name may be one that was written here before, and may be replaced."""
    stem, _, suffix = file.rpartition(".")
    if dialect == "own" and file == "mapping.toml":
        return True
    theirs = (
        stem.endswith("_data") and stem.startswith("sf_") == (dialect == "salesforce") and dialect != "own"
    )
    return suffix == "csv" and (stem in TABLES or theirs)


def _own(world: World, folder: Path) -> None:
    for table in world.tables.values():
        write_table(folder, table)
    (folder / "mapping.toml").write_text(_mapping(world), encoding="utf-8", newline="\n")


def write_table(folder: Path, table: Table) -> None:
    """One table as a CSV file of its name."""
    write_rows(folder / f"{table.name}.csv", table.header, table.rows())


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A CSV file with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _mapping(world: World) -> str:
    key, seed = world.scenario.key, world.seed
    head = MAPPING.format(
        source=f"simulated-{key}-{seed}", name=f"Simulated {key} {seed}",
        organisation=f"Simulated {key} {seed}", as_of=world.as_of,
    )  # fmt: skip
    return head + "".join(_map_of(table) for table in world.tables.values() if table.name not in UNREAD)


def _map_of(table: Table) -> str:
    fields = [name for name in table.header if name not in EXTRA.get(table.name, ())]
    columns = ", ".join(f'{field} = "{field}"' for field in fields)
    told = f'\n[{table.name}]\nfile = "{table.name}.csv"\ncolumns = {{ {columns} }}\n'
    return told + f"stages = {{ {STAGES} }}\n" if table.name == "deals" else told
