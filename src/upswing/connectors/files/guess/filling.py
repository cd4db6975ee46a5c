"""People, accounts and products from the files that name them, where no file of their own is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Any

from upswing.connectors.connector import Known, folded
from upswing.connectors.files.guess.guessed import Column, Confidence, Table
from upswing.connectors.files.guess.sample import Sample

NAMED_BY = {"people": "rep", "accounts": "account", "products": "product"}
"""Kind → the field of other kinds that names such a record."""
RENAMING = ("aliases", "aliases_from")


def filled(tables: Sequence[Table], samples: Map[str, Sample], known: Known) -> Iterator[Table]:
    """Tables of the kinds that nothing else brings; the names may stand many times, and rows without one say nothing.

    A file adds a table if it has names that those before it lack. Where some are known already nothing is added: a
    name that is not among them is then told.
    """
    there = {"people": known.reps, "accounts": known.accounts.names, "products": known.products.names}
    for kind, field in NAMED_BY.items():
        if there[kind] or any(table.kind == kind for table in tables):
            continue
        seen: set[str] = set()
        for table in tables:
            for column in table.columns:
                names = set(map(folded, samples[table.file].cells((column.header,)))) - {""}
                if column.field == field and not names <= seen:
                    seen |= names
                    yield _distinct(table, kind, column, field)


def _distinct(table: Table, kind: str, named: Column, field: str) -> Table:
    """The names as the table itself reads them: what it renames or looks up is so called here too."""
    columns = tuple(
        replace(column, field="name", confidence=Confidence.LIKELY)
        if column is named
        else replace(column, field="", confidence=Confidence.NONE)
        for column in table.columns
    )
    more: dict[str, Any] = {"distinct": True, "only": {named.header: ["*"]}}
    for key in RENAMING:
        if names := table.more.get(key, {}).get(field):
            more[key] = {"name": names}
    return Table(table.file, kind, columns, table.rows, Confidence.LIKELY, more=more)
