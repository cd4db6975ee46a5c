"""One table of a mapping: its file, and where each field of a kind comes from."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from upswing.connectors.connector import Unreadable
from upswing.connectors.files import checks
from upswing.connectors.files.fields import KINDS, VALUED, required
from upswing.connectors.files.format import OWN_KEYS, Format, read_format
from upswing.core.records import Outcome

STAGE_LENGTH = 100
FILE_LENGTH = 255
KEYS = {
    "file", "columns", "values", "only", "links", "aliases", "aliases_from", "unit", "distinct", "stages",
    "open_value", "metric", *OWN_KEYS,
}  # fmt: skip
UNITS = ("s", "ms", "min", "h")
STEPS = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Lookup:
    """A file in which the row with `key` says `value` (several columns are joined by a space).

    `by` is the column that holds the key in the table itself; empty: its id.
    """

    file: str
    key: str
    value: tuple[str, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a kind: our field → its columns, a constant or a lookup; and how values are to be understood.

    `only` is column → the values a row must have, folded (“*”: any but empty); `labels` are found by the field's cell.
    """

    kind: str
    file: str
    columns: Map[str, tuple[str, ...]]
    values: Map[str, str] = field(default_factory=dict)
    only: Map[str, frozenset[str]] = field(default_factory=dict)
    links: Map[str, Lookup] = field(default_factory=dict)
    aliases: Map[str, Map[str, str]] = field(default_factory=dict)
    labels: Map[str, Lookup] = field(default_factory=dict)
    unit: Map[str, str] = field(default_factory=dict)
    stages: Map[str, Outcome] = field(default_factory=dict)
    distinct: bool = False
    values_at_list_price: bool = False
    metric: str = "won_value"
    how: Format = field(default_factory=Format)

    def has(self, field: str) -> bool:
        """Whether the field comes from somewhere."""
        return field in self.columns or field in self.values or field in self.links

    def column(self, field: str) -> str:
        """What a sentence calls the place a field comes from."""
        if found := self.columns.get(field):
            return " + ".join(found)
        return self.links[field].value[0] if field in self.links else field


def read_table(where: str, kind: str, raw: Any, top: Map[str, Any]) -> Table:
    """A table of the mapping; raises Unreadable naming what is wrong with it. `top` is the whole mapping's format."""
    if not isinstance(raw, dict):
        raise Unreadable(f"{where}: [{kind}] must be a table with file and columns.")
    checks.check_names(where, f"[{kind}]", raw, KEYS)
    columns, values, links = (_by_field(where, kind, raw, key) for key in ("columns", "values", "links"))
    _check_whole(where, kind, columns, values, links)
    if "file" not in raw:
        raise Unreadable(f"{where}: [{kind}] needs file.")
    return Table(
        kind=kind,
        file=checks.text(where, raw, "file", "", FILE_LENGTH),
        columns={key: checks.texts(where, key, columns[key]) for key in columns},
        values={key: checks.text(where, values, key, "") for key in values},
        only=_only(where, kind, raw.get("only", {})),
        links={key: _lookup(where, f"{kind}.links.{key}", links[key]) for key in links},
        aliases=_aliases(where, kind, raw),
        labels={
            key: _lookup(where, f"{kind}.aliases_from.{key}", lookup)
            for key, lookup in _by_field(where, kind, raw, "aliases_from").items()
        },
        unit=_unit(where, kind, raw),
        stages=_stages(where, kind, raw),
        distinct=checks.truth(where, raw, "distinct"),
        values_at_list_price=checks.choice(where, kind, raw, "open_value", ("amount", "list_price"))
        == "list_price",
        metric=checks.text(where, raw, "metric", "won_value"),
        how=read_format(f"{where}, [{kind}]", {**top, **{key: raw[key] for key in OWN_KEYS if key in raw}}),
    )


def _by_field(where: str, kind: str, raw: Map[str, Any], key: str) -> dict[str, Any]:
    """A table whose keys are fields of the kind."""
    place = f"{kind}.{key}"
    found = checks.table(where, place, raw.get(key, {}))
    checks.check_names(where, f"[{place}]", found, KINDS[kind].fields)
    return found


def _check_whole(where: str, kind: str, *places: Map[str, Any]) -> None:
    """Every needed field has a place, and no field has two."""
    mapped = [name for place in places for name in place]
    if missing := sorted(required(kind) - set(mapped)):
        raise Unreadable(f"{where}: [{kind}.columns] needs {', '.join(missing)}.")
    if twice := sorted({name for name in mapped if mapped.count(name) > 1}):
        raise Unreadable(f"{where}: [{kind}] has two places for {twice[0]}. Keep columns, values or links.")
    if "id" not in places[0] and any(
        "by" not in link for link in places[2].values() if isinstance(link, dict)
    ):
        raise Unreadable(
            f"{where}: [{kind}.links] are found by the row's id. Map it in columns, or write by."
        )


def _lookup(where: str, place: str, raw: Any) -> Lookup:
    found = checks.table(where, place, raw)
    checks.check_names(where, f"[{place}]", found, ("file", "key", "value", "by"))
    if missing := sorted({"file", "key", "value"} - set(found)):
        raise Unreadable(f"{where}: [{place}] needs {', '.join(missing)}.")
    return Lookup(
        checks.text(where, found, "file", "", FILE_LENGTH),
        checks.text(where, found, "key", ""),
        checks.texts(where, f"{place}.value", found["value"]),
        checks.text(where, found, "by", ""),
    )


def _only(where: str, kind: str, raw: Any) -> dict[str, frozenset[str]]:
    place = f"{kind}.only"
    return {
        column: frozenset(word.strip().casefold() for word in checks.texts(where, f"{place}.{column}", words))
        for column, words in checks.table(where, place, raw).items()
    }


def _aliases(where: str, kind: str, raw: Map[str, Any]) -> dict[str, dict[str, str]]:
    place = f"{kind}.aliases"
    tables = {
        key: checks.table(where, f"{place}.{key}", words)
        for key, words in _by_field(where, kind, raw, "aliases").items()
    }
    return {
        key: {word: checks.text(where, words, word, "") for word in words} for key, words in tables.items()
    }


def _unit(where: str, kind: str, raw: Map[str, Any]) -> dict[str, str]:
    found = _by_field(where, kind, raw, "unit")
    checks.check_names(where, f"[{kind}.unit]", found, VALUED & set(KINDS[kind].fields))
    return {
        key: checks.choice(where, f"{kind}.unit", found, key, STEPS if key == "period" else UNITS)
        for key in found
    }


def _stages(where: str, kind: str, raw: Map[str, Any]) -> dict[str, Outcome]:
    found = checks.table(where, f"{kind}.stages", raw.get("stages", {}))
    return {
        checks.named(where, "[deals.stages]", stage, STAGE_LENGTH): _outcome(where, stage, word)
        for stage, word in found.items()
    }


def _outcome(where: str, stage: str, word: Any) -> Outcome:
    if not isinstance(word, str) or word not in set(Outcome):
        raise Unreadable(f"{where}: [deals.stages] “{stage}” = {word!r} must be open, won or lost.")
    return Outcome(word)
