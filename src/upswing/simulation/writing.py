"""A world on disk: our own format, one CSV a kind and the mapping that reads them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

from upswing.simulation.lives import LOST, STAGES, WON
from upswing.simulation.rows import Account, Deal, Person, Product, Quota

if TYPE_CHECKING:
    from upswing.simulation.world import World

SOURCE, NAME = "demo", "Upswing demo"
ORGANISATION = "Brightwater (demo)"

MAPPING = """\
# How to read this simulated organisation. Every name and number in it is invented.

source = "{source}"
name = "{name}"
organisation = "{organisation}"
currency = "EUR"
read_on = {as_of}
"""


def write(world: World, folder: Path) -> None:
    """Replace the files in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _table(folder / "people.csv", Person, world.people)
    _table(folder / "accounts.csv", Account, world.accounts)
    _table(folder / "products.csv", Product, world.products)
    _table(folder / "deals.csv", Deal, world.deals)
    _table(folder / "quotas.csv", Quota, world.quotas)
    (folder / "mapping.toml").write_text(_mapping(world), encoding="utf-8", newline="\n")


def _table(path: Path, kind: type, rows: Sequence[Person | Account | Product | Deal | Quota]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(kind)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def _mapping(world: World) -> str:
    head = MAPPING.format(source=SOURCE, name=NAME, organisation=ORGANISATION, as_of=world.as_of)
    kinds = {"people": Person, "accounts": Account, "products": Product, "deals": Deal, "quotas": Quota}
    return head + "".join(_map_of(key, kind) for key, kind in kinds.items())


def _map_of(key: str, kind: type) -> str:
    columns = ", ".join(f'{field.name} = "{field.name}"' for field in fields(kind))
    table = f'\n[{key}]\nfile = "{key}.csv"\ncolumns = {{ {columns} }}\n'
    return table + _stages() if kind is Deal else table


def _stages() -> str:
    meanings = [f'{stage} = "open"' for stage in STAGES] + [f'{WON} = "won"', f'{LOST} = "lost"']
    return f"stages = {{ {', '.join(meanings)} }}\n"
