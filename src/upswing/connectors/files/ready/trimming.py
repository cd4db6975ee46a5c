"""A table of a mapping without what its file lacks."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from upswing.connectors.files.ready.fitting import Headers, Offer, listed, stem

LOOKUPS = ("links", "aliases_from")


def trimmed(offer: Offer, renamed: Map[str, str], headers: Headers) -> dict[str, Any]:
    """The raw table with the names of the files that were given, and without columns, links and labels they lack."""
    header, raw = set(headers[offer.file]), offer.wanted.raw
    columns = {name: told for name, told in raw["columns"].items() if set(listed(told)) & header}
    columns = {name: _there(told, header) for name, told in columns.items()}
    found = {**raw, "file": offer.file, "columns": columns}
    if "only" in raw:
        found["only"] = {column: words for column, words in raw["only"].items() if column in header}
    for key in LOOKUPS:
        told = {name: _lookup(one, renamed, headers) for name, one in raw.get(key, {}).items()}
        found[key] = {
            name: one
            for name, one in told.items()
            if one and one.get("by", offer.file) in {*header, offer.file}
        }
    if "unit" in raw:
        found["unit"] = {name: unit for name, unit in raw["unit"].items() if name in columns}
    return {key: told for key, told in found.items() if told or key not in {"only", "unit", *LOOKUPS}}


def _there(told: str | list[str], header: set[str]) -> str | list[str]:
    """A column as it stands; of several those that are there."""
    if isinstance(told, str):
        return told
    found = [column for column in told if column in header]
    return found if len(found) > 1 else found[0]


def _lookup(told: Map[str, Any], renamed: Map[str, str], headers: Headers) -> dict[str, Any]:
    """A lookup in the file that was given for it; nothing where none has its columns."""
    needed = {told["key"], *listed(told["value"])}
    having = [file for file, header in headers.items() if needed <= set(header)]
    own = [file for file in having if file == renamed.get(told["file"]) or stem(file) == stem(told["file"])]
    chosen = own[:1] or (having if len(having) == 1 else [])
    return {**told, "file": chosen[0]} if chosen else {}
