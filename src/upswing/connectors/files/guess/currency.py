"""The currency that files name themselves."""

from __future__ import annotations

from itertools import chain

from upswing.connectors.files.guess.fitting import is_currency
from upswing.connectors.files.guess.sample import sample
from upswing.connectors.files.mapping import Mapping
from upswing.connectors.files.unpacking import Material


def named_currency(material: Material, mapping: Mapping) -> str:
    """The ISO code that every row of the files names, by their first rows; empty where some name none, or another."""
    named = _named(material, mapping)
    return named.pop() if len(named) == 1 and all(map(is_currency, named)) else ""


def named_currencies(material: Material, mapping: Mapping) -> tuple[str, ...]:
    """All ISO codes that their first rows name, whether every row does or not."""
    return tuple(sorted(filter(is_currency, _named(material, mapping))))


def _named(material: Material, mapping: Mapping) -> set[str]:
    """What their first rows name, in capitals; empty where a row names nothing."""
    named = set[str]()
    for table in chain.from_iterable(mapping.tables.values()):
        if table.kind == "rates":  # those are of other currencies
            continue
        if "currency" in table.columns:
            cells = sample(material.find(table.file), table.how).cells(table.columns["currency"])
            aliases = table.aliases.get("currency", {})
            named |= {aliases.get(cell, cell).upper() for cell in cells}
        elif "currency" in table.values:
            named.add(table.values["currency"].upper())
    return named
