"""A workbook calculated anew: what its file says, by the formulas alone, without the values kept beside them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from upswing.exports.names import quoted

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TOKEN = re.compile(r"""'(?:[^']|'')+'![$A-Z0-9:]+|"[^"]*"|[A-Za-z_][\w!$:]*|\$?[A-Z]+\$?\d+|\d+|[(),/>]""")
Cell = float | str | None
Cells = dict[str, Cell]


@dataclass
class Book:
    """Sheet → cell → what it holds (None: empty), and its formula where it has one; names → cells."""

    parts: dict[str, str]
    cells: dict[str, Cells] = field(default_factory=dict)
    formulas: dict[str, dict[str, str]] = field(default_factory=dict)
    xml: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def opened(content: bytes) -> Book:
    """The workbook's file, taken apart."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    book = Book(parts)
    shared = ["".join(one.itertext()) for one in _parsed(parts["xl/sharedStrings.xml"])]
    targets = {one.get("Id"): one.get("Target") for one in _parsed(parts["xl/_rels/workbook.xml.rels"])}
    root = _parsed(parts["xl/workbook.xml"])
    for sheet in root.iter(f"{MAIN}sheet"):
        name = sheet.get("name") or ""
        book.xml[name] = parts[f"xl/{targets[sheet.get(REL)]}"]
        book.cells[name], book.formulas[name] = {}, {}
        for cell in _parsed(book.xml[name]).iter(f"{MAIN}c"):
            place, value = cell.get("r") or "", cell.findtext(f"{MAIN}v")
            if (formula := cell.findtext(f"{MAIN}f")) is not None:
                book.formulas[name][place] = formula
            book.cells[name][place] = _read(value, cell.get("t"), shared)
    book.names = {
        one.get("name") or "": one.text or ""
        for one in root.iter(f"{MAIN}definedName")
        if "Print" not in (one.get("name") or "")
    }
    return book


def _parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  (of our own making)


def _read(value: str | None, kind: str | None, shared: list[str]) -> Cell:
    if value is None:
        return None
    return shared[int(value)] if kind == "s" else value if kind == "str" else float(value)


def recalculated(book: Book) -> Iterator[tuple[str, str, Cell, Cell]]:
    """(sheet, cell, the value kept in the file, the value by its formula) for every formula."""
    for sheet, formulas in book.formulas.items():
        for place, formula in formulas.items():
            yield sheet, place, book.cells[sheet][place], Formula(book, sheet, formula).value()


class Formula:
    """The little of the language of spreadsheets that the workbook uses: IF, SUM, SUMIF, / and >."""

    def __init__(self, book: Book, sheet: str, text: str) -> None:
        self.book, self.sheet = book, sheet
        self.tokens = TOKEN.findall(text)
        assert "".join(self.tokens) == text, text

    def value(self) -> Cell:
        found = self._compared()
        return found[0] if isinstance(found, list) else found

    def _compared(self):
        left = self._divided()
        if self.tokens and self.tokens[0] == ">":
            self.tokens.pop(0)
            return number(left) > number(self._divided())
        return left

    def _divided(self):
        left = self._atom()
        while self.tokens and self.tokens[0] == "/":
            self.tokens.pop(0)
            left = number(left) / number(self._atom())
        return left

    def _atom(self):
        token = self.tokens.pop(0)
        if token[0] == '"':
            return token[1:-1]
        if token.isdigit():
            return float(token)
        if self.tokens and self.tokens[0] == "(":
            return self._call(token)
        if token in self.book.names:
            return self._cells(self.book.names[token])
        return self._cells(token)

    def _call(self, name: str):
        self.tokens.pop(0)
        if name == "IF":  # the branch not taken may divide by nothing
            given = self._compared()
            before = self._branch()
            after = self._branch()
            return Formula.of(self, before if given else after)
        arguments = [self._compared()]
        while self.tokens.pop(0) == ",":
            arguments.append(self._compared())
        if name == "SUM":
            return sum(cell for cell in arguments[0] if isinstance(cell, float))
        assert name == "SUMIF"
        asked, condition, summed = arguments
        assert condition == ">0"
        return sum(
            number(one)
            for one, other in zip(summed, asked, strict=True)
            if isinstance(other, float) and other > 0
        )

    def _branch(self) -> list[str]:
        assert self.tokens.pop(0) == ","
        taken, depth = [], 0
        while depth or self.tokens[0] not in {",", ")"}:
            taken.append(self.tokens.pop(0))
            depth += {"(": 1, ")": -1}.get(taken[-1], 0)
        if self.tokens[0] == ")":
            self.tokens.pop(0)
        return taken

    @classmethod
    def of(cls, outer: Formula, tokens: list[str]):
        return cls(outer.book, outer.sheet, "".join(tokens))._compared()

    def _cells(self, text: str) -> list[Cell]:
        sheet, _, cells = text.rpartition("!")
        found = next((one for one in self.book.cells if sheet in {one, quoted(one)}), self.sheet)
        first, _, last = cells.replace("$", "").partition(":")
        column, start = re.fullmatch(r"([A-Z]+)(\d+)", first).groups()  # type: ignore[union-attr]
        end = re.fullmatch(rf"{column}(\d+)", last or first).group(1)  # type: ignore[union-attr]
        return [self.book.cells[found].get(f"{column}{row}") for row in range(int(start), int(end) + 1)]


def number(value) -> float:
    """A cell or a single range as a number; empty is 0."""
    one = value[0] if isinstance(value, list) else value
    return one if isinstance(one, float | int) else 0.0
