"""A mapping: which file and column holds what. Read from TOML and checked before anything else happens."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from babel.core import get_global

from upswing.connectors.connector import NAME_LENGTH, Unreadable, printable
from upswing.core.records import Outcome

REQUIRED = {
    "people": {"name"},
    "accounts": {"name"},
    "products": {"name"},
    "deals": {"id", "rep", "stage"},
    "quotas": {"rep", "period", "value"},
}
OPTIONAL = {
    "people": {"email", "manager", "team", "region", "start", "end"},
    "accounts": {"id", "industry", "country"},
    "products": {"id", "family", "list_price"},
    "deals": {"name", "account", "product", "created", "closed", "amount"},
    "quotas": {"metric"},
}
TOP = {
    "source",
    "name",
    "organisation",
    "currency",
    "read_on",
    "encoding",
    "delimiter",
    "decimal",
    "thousands",
    "date",
}
TABLE = {"file", "columns", "aliases", "distinct", "stages", "open_value", "metric"}


SOURCE_LENGTH, STAGE_LENGTH = 64, 100
EXAMPLE = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Format:
    """How cells are written. An empty delimiter is found from the header."""

    encoding: str = "utf-8-sig"
    delimiter: str = ""
    decimal: str = "."
    thousands: str = ""
    date: str = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of record: its file, our field → its column, and value aliases a field."""

    kind: str
    file: str
    columns: Map[str, str]
    aliases: Map[str, Map[str, str]] = field(default_factory=dict)
    stages: Map[str, Outcome] = field(default_factory=dict)
    distinct: bool = False
    values_at_list_price: bool = False
    metric: str = "won_value"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping. `read_on` is the day the files were made: what is open then was seen open then."""

    source: str
    name: str
    currency: str
    organisation: str
    read_on: date | None
    format: Format
    tables: Map[str, Table]
    folder: Path


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file; raises Unreadable naming the key, the value and the nearest right one."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"The mapping {path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or a number of 5,000 digits
        raise Unreadable(f"The mapping {path} is not valid TOML: {error}.") from error
    return _mapping(raw, path)


def _mapping(raw: dict[str, Any], path: Path) -> Mapping:
    _check_names(path.name, "the mapping", raw, TOP | set(REQUIRED))
    tables = {kind: _table(path.name, kind, raw[kind]) for kind in REQUIRED if kind in raw}
    if not tables:
        raise Unreadable(f"{path.name} maps no file. Write at least [deals] with file and columns.")
    source = _text(path.name, raw, "source", "", SOURCE_LENGTH) or printable(path.stem, SOURCE_LENGTH)
    return Mapping(
        source=source.lower(),
        name=_text(path.name, raw, "name", source),
        currency=_currency(path.name, _text(path.name, raw, "currency", "").upper()),
        organisation=_text(path.name, raw, "organisation", ""),
        read_on=_day(path.name, raw.get("read_on")),
        format=_format(path.name, raw),
        tables=tables,
        folder=path.parent,
    )


def _format(where: str, raw: dict[str, Any]) -> Format:
    written = {key: _text(where, raw, key, "") for key in ("encoding", "decimal", "thousands", "date")}
    written["delimiter"] = _delimiter(where, raw)
    how = Format(**{key: value for key, value in written.items() if value})
    for key, mark in (("decimal", how.decimal), ("thousands", how.thousands)):
        if len(mark) > 1 or mark.isdigit() or mark == "-":
            raise Unreadable(f"{where}: {key} = “{mark}” must be one mark, like “.” or “,”.")
    if how.decimal == how.thousands:
        raise Unreadable(f"{where}: decimal and thousands are both “{how.decimal}”. They must differ.")
    try:
        right = datetime.strptime(EXAMPLE.strftime(how.date), how.date).date() == EXAMPLE  # noqa: DTZ007
    except ValueError:
        right = False
    if not right:
        raise Unreadable(
            f"{where}: date = “{how.date}” names no whole day. Write it like %Y-%m-%d or %d.%m.%Y."
        )
    return how


def _delimiter(where: str, raw: dict[str, Any]) -> str:
    mark = raw.get("delimiter", "")
    if not isinstance(mark, str) or len(mark) > 1 or mark in {"\r", "\n", '"', "\0"}:
        raise Unreadable(f"{where}: delimiter = {mark!r} must be one character, like “;” or “,”.")
    return mark


def _currency(where: str, code: str) -> str:
    known = get_global("all_currencies")
    if code and code not in known:
        raise Unreadable(f"{where}: currency = “{code}” is no ISO code. Write one like EUR, USD or DKK.")
    return code


def _table(where: str, kind: str, raw: Any) -> Table:
    if not isinstance(raw, dict):
        raise Unreadable(f"{where}: [{kind}] must be a table with file and columns.")
    _check_names(where, f"[{kind}]", raw, TABLE)
    columns = _dict(where, f"{kind}.columns", raw.get("columns", {}))
    _check_names(where, f"[{kind}.columns]", columns, REQUIRED[kind] | OPTIONAL[kind])
    if missing := sorted(REQUIRED[kind] - set(columns)):
        raise Unreadable(f"{where}: [{kind}.columns] needs {', '.join(missing)}.")
    if "file" not in raw:
        raise Unreadable(f"{where}: [{kind}] needs file.")
    return Table(
        kind=kind,
        file=_text(where, raw, "file", "", 255),
        columns={key: _text(where, columns, key, "") for key in columns},
        aliases=_aliases(where, kind, raw.get("aliases", {})),
        stages={
            _named(where, "[deals.stages]", stage, STAGE_LENGTH): _outcome(where, stage, word)
            for stage, word in _dict(where, f"{kind}.stages", raw.get("stages", {})).items()
        },
        distinct=_truth(where, raw, "distinct"),
        values_at_list_price=_choice(where, kind, raw, "open_value", ("amount", "list_price"))
        == "list_price",
        metric=_text(where, raw, "metric", "won_value"),
    )


def _check_names(where: str, place: str, raw: Map[str, Any], known: set[str]) -> None:
    for key in raw:
        if key not in known:
            raise Unreadable(f"{where}: {place} has no “{key}”. {nearest(key, known)}")


def _dict(where: str, place: str, raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Unreadable(f"{where}: {place} = {raw!r} must be a table, like [{place}] with lines below.")
    return raw


def _aliases(where: str, kind: str, raw: Any) -> Map[str, Map[str, str]]:
    place = f"{kind}.aliases"
    _check_names(where, f"[{place}]", _dict(where, place, raw), REQUIRED[kind] | OPTIONAL[kind])
    tables = {key: _dict(where, f"{place}.{key}", words) for key, words in raw.items()}
    return {key: {word: _text(where, words, word, "") for word in words} for key, words in tables.items()}


def _truth(where: str, raw: Map[str, Any], key: str) -> bool:
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise Unreadable(f"{where}: {key} = {value!r} must be true or false, without quotes.")
    return value


def _named(where: str, place: str, value: str, most: int) -> str:
    """The text, if it can be kept: short enough and without control characters."""
    if len(value) > most or printable(value) != value:
        sentence = f"must be text of at most {most} characters, without control characters."
        raise Unreadable(f"{where}: {place} = “{printable(value, 60)}” {sentence}")
    return value


def nearest(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?”, whatever the case; or what there is."""
    options = {name.casefold(): name for name in sorted(known)}
    near = get_close_matches(word.casefold(), options, n=1, cutoff=0.5)
    if near:
        return f"Did you mean “{options[near[0]]}”?"
    return f"There are: {', '.join(list(options.values())[:30])}." if options else ""


def _text(where: str, raw: Map[str, Any], key: str, default: str, most: int = NAME_LENGTH) -> str:
    value = raw.get(key, default)
    if not isinstance(value, str):
        raise Unreadable(f"{where}: {key} = {value!r} must be text in quotes.")
    return _named(where, key, value, most)


def _choice(where: str, kind: str, raw: Map[str, Any], key: str, words: tuple[str, ...]) -> str:
    value = _text(where, raw, key, words[0])
    if value not in words:
        raise Unreadable(f"{where}: [{kind}] {key} = “{value}” must be one of {', '.join(words)}.")
    return value


def _outcome(where: str, stage: str, word: Any) -> Outcome:
    if not isinstance(word, str) or word not in set(Outcome):
        raise Unreadable(f"{where}: [deals.stages] “{stage}” = {word!r} must be open, won or lost.")
    return Outcome(word)


def _day(where: str, value: Any) -> date | None:
    if value is None or type(value) is date:
        return value
    raise Unreadable(f"{where}: read_on = {value!r} must be a day without quotes, like 2017-12-31.")
