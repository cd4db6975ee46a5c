"""Packs of industry figures as files: a table of figures as CSV, or TOML that says source and date once for all."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.nearest import near
from upswing.core.wording import in_a_row, worded, worded_many

COLUMNS = ("metric", "value", "source", "published", "n", "definition", "segment")
OPTIONAL = {"segment"}
SHARED = ("source", "published", "n", "definition", "segment")
"""What a TOML pack may say once, for all of its figures."""
LARGEST, MOST = 1 << 20, 500
"""Bytes and figures of a pack."""


@dataclass(frozen=True, slots=True)
class Written:
    """One figure as somebody wrote it; `where` names its row, "" in a form."""

    metric: str
    value: str
    source: str
    published: str
    n: str
    definition: str
    segment: str = ""
    where: str = ""


def read_pack(name: str, content: bytes) -> list[Written]:
    """The figures of the file called `name`, as written. Raises Unreadable with what to do."""
    if len(content) > LARGEST:
        raise Unreadable(
            worded(
                "“{name}” is larger than a megabyte, which no pack of figures is. Bring a smaller file.",
                name=name,
            )
        )
    text = _text(name, content)
    rows = list(_of_toml(name, text) if name.casefold().endswith(".toml") else _of_csv(name, text))
    if not rows:
        raise Unreadable(
            worded("“{name}” holds no figure. Write one a row below the names of the columns.", name=name)
        )
    if len(rows) > MOST:
        raise Unreadable(
            worded(
                "“{name}” holds {length} figures; bring at most {most} at once.",
                name=name,
                length=len(rows),
                most=MOST,
            )
        )
    return rows


def empty_pack() -> str:
    """A pack to fill in: the columns, without any figure, for none is invented."""
    return ",".join(COLUMNS) + "\r\n"


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            worded(
                "“{name}” is no UTF-8 text. Save it in your spreadsheet as “CSV UTF-8”, and bring it again.",
                name=name,
            )
        ) from None


def _of_csv(name: str, text: str) -> Iterator[Written]:
    first, *_ = text.splitlines() or [""]
    lines = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        columns = [cell.strip().casefold() for cell in next(lines, [])]
        _checked(name, columns)
        for cells in lines:
            if any(map(str.strip, cells)):
                yield _written(
                    dict(zip(columns, cells, strict=False)), worded("Row {line}", line=lines.line_num)
                )
    except csv.Error as error:
        raise Unreadable(
            worded(
                "“{name}” breaks off as a table in line {line}: {why}.",
                name=name,
                line=lines.line_num,
                why=str(error),
            )
        ) from None


def _checked(name: str, columns: list[str]) -> None:
    """Raises Unreadable where a column lacks, stands twice, or is none of ours."""
    lacking = [column for column in COLUMNS if column not in columns and column not in OPTIONAL]
    strange = [column for column in columns if column not in COLUMNS]
    twice = sorted({column for column in columns if columns.count(column) > 1} - set(strange))
    told: list[str] = []
    if lacking:
        columns_lacking = ", ".join(lacking)
        told.append(
            worded_many(
                "it lacks the column {lacking}",
                "it lacks the columns {lacking}",
                len(lacking),
                lacking=columns_lacking,
            )
        )
    told += [
        worded("it has a column “{column}”{hint}", column=column[:40], hint=_hint(column))
        for column in strange
    ]
    told += [worded("it has the column {column} twice", column=column) for column in twice]
    if told:
        raise Unreadable(
            worded(
                "“{name}” cannot be read: {told}. The first line names the columns: {columns}.",
                name=name,
                told=in_a_row(told, "; "),
                columns=", ".join(COLUMNS),
            )
        )


def _of_toml(name: str, text: str) -> Iterator[Written]:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(worded("“{name}” is no TOML: {why}.", name=name, why=str(error))) from None
    except RecursionError:
        raise Unreadable(
            worded("“{name}” nests too deep to be a pack; name its figures by [[figure]].", name=name)
        ) from None
    given = told.pop("figure", [])
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Unreadable(
            worded("“{name}” names its figures otherwise than by [[figure]], once for each.", name=name)
        )
    _known(name, told, SHARED)
    for place, one in enumerate(given, start=1):
        _known(name, one, COLUMNS)
        yield _written(told | one, worded("Figure {place}", place=place))


def _known(name: str, told: Mapping[str, object], known: tuple[str, ...]) -> None:
    if strange := sorted(told.keys() - set(known)):
        raise Unreadable(
            worded(
                "“{name}” says “{strange}”, which means nothing there{hint}. There may be: {known}.",
                name=name,
                strange=strange[0][:40],
                hint=_hint(strange[0]),
                known=", ".join(known),
            )
        )


def _hint(word: str) -> str:
    found = near(word, COLUMNS)
    return worded(" (did you mean {found}?)", found=found) if found else ""


def _written(told: Mapping[str, object], where: str) -> Written:
    return Written(**{column: str(told.get(column, "")) for column in COLUMNS}, where=where)
