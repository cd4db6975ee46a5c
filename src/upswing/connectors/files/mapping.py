"""A mapping: which file and column holds what. Read from TOML and checked before anything else happens."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from babel.core import get_global

from upswing.connectors.connector import Unreadable, printable
from upswing.connectors.files import checks
from upswing.connectors.files.fields import KINDS, PARTS
from upswing.connectors.files.format import FORMAT_KEYS, Format, read_format
from upswing.connectors.files.mapped import Table, read_table
from upswing.core.records import Outcome

__all__ = ["Format", "Mapping", "Table", "mapping_of", "read_mapping"]

TOP = {"source", "name", "organisation", "currency", "read_on", *FORMAT_KEYS}
SOURCE_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping; a kind has one table or several, read in that order.

    `read_on` is the day the files were made: what is open then was seen open then.
    """

    source: str
    name: str
    currency: str
    organisation: str
    read_on: date | None
    format: Format
    tables: Map[str, tuple[Table, ...]]
    folder: Path

    @property
    def stages(self) -> dict[str, Outcome]:
        """Every stage of the deals, in the order the mapping names them."""
        return {
            stage: outcome
            for table in self.tables.get("deals", ())
            for stage, outcome in table.stages.items()
        }


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file; raises Unreadable naming the key, the value and the nearest right one."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"The mapping {path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or a number of 5,000 digits
        raise Unreadable(f"The mapping {path} is not valid TOML: {error}.") from error
    return mapping_of(raw, path)


def mapping_of(raw: Map[str, Any], path: Path) -> Mapping:
    """The mapping that TOML says; `path` is where it stands or would stand. Raises Unreadable."""
    where = path.name
    checks.check_names(where, "the mapping", raw, TOP | set(KINDS))
    how = read_format(where, raw)
    top = {key: raw[key] for key in FORMAT_KEYS if key in raw}
    tables = {kind: _tables(where, kind, raw[kind], top) for kind in KINDS if kind in raw}
    if not tables:
        raise Unreadable(f"{where} maps no file. Write at least [deals] with file and columns.")
    for part, whole in PARTS.items():
        if part in tables and whole not in tables:
            raise Unreadable(f"{where}: [{part}] belong to [{whole}], which the mapping lacks.")
    source = checks.text(where, raw, "source", "", SOURCE_LENGTH) or printable(path.stem, SOURCE_LENGTH)
    return Mapping(
        source=source.lower(),
        name=checks.text(where, raw, "name", source),
        currency=_currency(where, checks.text(where, raw, "currency", "").upper()),
        organisation=checks.text(where, raw, "organisation", ""),
        read_on=checks.day(where, raw.get("read_on")),
        format=how,
        tables=tables,
        folder=path.parent,
    )


def _tables(where: str, kind: str, raw: Any, top: Map[str, Any]) -> tuple[Table, ...]:
    """One [kind], or several [[kind]]."""
    several = raw if isinstance(raw, list) and raw else [raw]
    return tuple(read_table(where, kind, one, top) for one in several)


def _currency(where: str, code: str) -> str:
    known = get_global("all_currencies")
    if code and code not in known:
        raise Unreadable(f"{where}: currency = “{code}” is no ISO code. Write one like EUR, USD or DKK.")
    return code
