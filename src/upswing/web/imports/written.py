"""How a file is written, as it was found and as it may be corrected: encoding, delimiter, header, numbers, days."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from upswing.connectors.files.format import Format
from upswing.connectors.files.guess.guessed import Table
from upswing.connectors.files.guess.styles import DAYS, MARKS
from upswing.web.imports.form import written
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked

Option = tuple[str, str, bool]
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows (cp1252)",
    "utf-16": "UTF-16",
    "cp1250": marked("Central European (cp1250)"),
    "gb18030": marked("Chinese (gb18030)"),
    "cp949": marked("Korean (cp949)"),
    "shift_jis": marked("Japanese (Shift JIS)"),
}
DELIMITERS = {",": marked("Comma"), ";": marked("Semicolon"), "\t": marked("Tab"), "|": marked("Bar")}
BETWEEN = {
    ",": marked("comma between columns"),
    ";": marked("semicolon between columns"),
    "\t": marked("tab between columns"),
    "|": marked("bar between columns"),
}
EXAMPLE = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Way:
    """One sentence, the options of each part, the header's row, and what was said before as the page carries it."""

    sentence: str
    encodings: tuple[Option, ...]
    delimiters: tuple[Option, ...]
    header: str
    header_found: str
    marks: tuple[Option, ...]
    days: tuple[Option, ...]
    was: str
    plain: bool


def way_of(table: Table, how: Format | None, top: Map[str, Any]) -> Way | None:
    """How a table is written; None where its file could not be opened."""
    if how is None:
        return None
    told = {
        **top,
        **table.written,
        **{key: table.more[key] for key in table.more if key in {"date", "decimal", "thousands"}},
    }
    said = {key: str(table.more.get(key, "")) for key in ("encoding", "delimiter", "header")}
    stated = {key: table.more.get(key, "") for key in ("date", "decimal", "thousands")}
    marks = (told.get("decimal", "") + told.get("thousands", "")) if told.get("decimal") else ""
    return Way(
        _sentence(how, marks, told.get("date", "")), _options(ENCODINGS, said["encoding"], _encoding(how)),
        _options(DELIMITERS, said["delimiter"], _(DELIMITERS.get(how.delimiter, how.delimiter))), said["header"],
        str(how.header),
        _options({a + b: f"1{b}234{a}56" for a, b in MARKS}, stated["decimal"] + stated["thousands"], _number(marks)),
        _options({style: EXAMPLE.strftime(style) for style in DAYS}, stated["date"], _day(told.get("date", ""))),
        written(said), how.plain,
    )  # fmt: skip


def _options(known: Map[str, str], chosen: str, found: str) -> tuple[Option, ...]:
    """What was found first, which is not said again, then what it may be instead."""
    as_found = _("As found: {way}").format(way=found) if found else _("As found")
    offered = known if chosen in known or not chosen else {chosen: chosen, **known}
    return (("", as_found, not chosen), *((key, _(label), key == chosen) for key, label in offered.items()))


def _encoding(how: Format) -> str:
    return _(ENCODINGS.get(how.encoding.removesuffix("-sig"), how.encoding))


def _number(marks: str) -> str:
    return f"1{marks[1:]}234{marks[0]}56" if marks else ""


def _day(style: str) -> str:
    return EXAMPLE.strftime(style) if style else ""


def _sentence(how: Format, marks: str, style: str) -> str:
    """How the file is written, in a line: UTF-8, comma, header in row 1, numbers like 1,234.56."""
    parts = [_("a sheet of a workbook")] if how.plain else [_encoding(how), _between(how.delimiter)]
    if how.header and not how.plain:
        parts.append(_("header in row {number}").format(number=how.header))
    if marks:
        parts.append(_("numbers like {example}").format(example=_number(marks)))
    if style:
        parts.append(_("days like {example}").format(example=_day(style)))
    return fmt.in_a_row(parts)


def _between(delimiter: str) -> str:
    if delimiter in BETWEEN:
        return _(BETWEEN[delimiter])
    return _("{delimiter} between columns").format(delimiter=delimiter.lower())
