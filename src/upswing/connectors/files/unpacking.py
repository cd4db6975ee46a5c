"""Whatever was given, as plain text tables: folders, CSV, gzip, zip and workbooks; each opened when it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from upswing.connectors.connector import Unreadable
from upswing.connectors.files import archive
from upswing.connectors.files.format import Format
from upswing.connectors.files.nearest import nearest
from upswing.connectors.files.sorts import Sort, sort_of
from upswing.connectors.files.table import Source, source
from upswing.connectors.files.workbook import sheets_of

TABULAR = {".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


@dataclass(frozen=True, slots=True)
class Text:
    """A plain text table: its name, and where it stands; `plain` if it was written from a workbook."""

    name: str
    path: Path
    plain: bool = False

    def source(self, how: Format) -> Source:
        """The table with its header; one from a workbook is written as we write them. Raises Unreadable."""
        if self.plain:
            how = replace(how, encoding="utf-8", delimiter=",", plain=True)
        return source(self.path, how, self.name)


class Material:
    """Files by name, and the text tables in them.

    A table of a workbook is called “book.xlsx#Sheet”, or “book.xlsx” where it is the only one with cells; what a .gz
    holds also goes by the name without .gz; what a .zip holds by its own, after “archive.zip/” if that is taken.
    """

    def __init__(self, given: Map[str, Path], into: Path, where: str) -> None:
        self._given = dict(given)
        self._into, self._where, self._made = into, where, 0
        self._opened, self._inner = set[str](), set[str]()
        self._texts: dict[str, Text] = {}
        self._aliases: dict[str, Text] = {}

    def find(self, name: str) -> Text:
        """The table of that name; raises Unreadable with the nearest one."""
        found = self._look(name)
        for packed in [one for one in self._given if one.casefold().endswith(".zip")]:
            if found is None and packed not in self._inner:
                self._open(packed)
                found = self._look(name)
        if found is None:
            raise self._missing(name)
        return found

    def tables(self) -> dict[str, Text]:
        """Every table, by name; raises Unreadable for a file that holds none."""
        while waiting := [name for name in self._given if name not in self._opened]:
            for name in waiting:
                self._open(name)
        return dict(self._texts)

    def _look(self, name: str) -> Text | None:
        for packed in (name, f"{name}.gz", name.removesuffix(".gz"), name.partition("#")[0]):
            self._open(packed)
            if found := self._texts.get(name) or self._aliases.get(name):
                return found
        return None

    def _open(self, name: str) -> None:
        if name in self._opened or name not in self._given:
            return
        self._opened.add(name)
        path = self._given[name]
        sort = sort_of(path, name)
        if sort is Sort.TEXT:
            self._texts[name] = Text(name, path)
        elif sort is Sort.OLE:
            self._book(name, path)
        elif sort is Sort.GZIP:
            self._gzip(name, path)
        else:
            self._zip(name, path)

    def _gzip(self, name: str, path: Path) -> None:
        self._check_inner(name)
        bare, into = name.removesuffix(".gz"), self._fresh()
        archive.gunzip(path, name, into)
        if sort_of(into, name) is not Sort.TEXT:
            raise Unreadable(f"“{name}” holds no text. Unpack it and bring what it holds.")
        self._texts.setdefault(bare, Text(bare, into))
        self._aliases[name] = self._texts[bare]

    def _zip(self, name: str, path: Path) -> None:
        with archive.directory(path, name) as opened:
            if not archive.is_workbook(opened):
                self._check_inner(name)
                for member, about in archive.members(opened):
                    called = f"{name}/{member}" if member in self._given else member
                    self._given[called] = into = self._fresh()
                    self._inner.add(called)
                    archive.extract(opened, about, into)
                return
            archive.check_workbook(opened, name)
        self._book(name, path)

    def _book(self, name: str, path: Path) -> None:
        sheets = sheets_of(path, name, self._fresh)
        texts = [Text(f"{name}#{sheet}", into, plain=True) for sheet, into in sheets.items()]
        self._texts |= {text.name: text for text in texts}
        if len(texts) == 1:
            self._aliases[name] = texts[0]

    def _check_inner(self, name: str) -> None:
        if name in self._inner and sort_of(self._given[name], name) is Sort.ZIP:
            raise Unreadable(f"“{name}” is an archive inside an archive. Unpack it and bring what it holds.")

    def _fresh(self) -> Path:
        self._made += 1
        return self._into / f"{self._made}.csv"

    def _missing(self, name: str) -> Unreadable:
        sheets = [text for text in self._texts if text.startswith(f"{name}#")]
        if sheets:
            return Unreadable(f"“{name}” has several sheets. Name one of them: {', '.join(sheets[:30])}.")
        there = {*self._given, *self._texts} - {name}
        if name in self._opened:
            return Unreadable(f"“{name}” is an archive. Name a file in it. {nearest(name, there)}".rstrip())
        return Unreadable(f"The file “{name}” is not {self._where}. {nearest(name, there)}".rstrip())


@contextmanager
def unpacked(
    given: Map[str, Path], into: Path | None = None, where: str = "among the files given"
) -> Iterator[Material]:
    """The tables of files given by name. What has to be unpacked goes `into` a folder, else into one that passes."""
    if into is not None:
        yield Material(given, into, where)
        return
    with TemporaryDirectory(prefix="upswing-") as folder:
        yield Material(given, Path(folder), where)


def listed(*places: Path) -> dict[str, Path]:
    """The files of folders (not of folders in them), and files themselves, by name; the first of a name counts.

    Raises Unreadable for a place that does not exist.
    """
    found: dict[str, Path] = {}
    for place in places:
        if not place.exists():
            raise Unreadable(f"There is no file or folder “{place}”.")
        for path in sorted(place.iterdir()) if place.is_dir() else [place]:
            if not archive.passed_over(path.name) and path.is_file():
                found.setdefault(path.name, path)
    return found


def tabular(given: Map[str, Path]) -> dict[str, Path]:
    """Those of the files that are called like tables, workbooks or archives."""
    return {name: path for name, path in given.items() if Path(name).suffix.casefold() in TABULAR}
