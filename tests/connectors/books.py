"""Workbooks and archives made on the fly, good ones and those that nobody should send."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

CONTENT = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Deals">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
MANIFEST = """<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def book(path: Path, sheets: Mapping[str, list[list[Any]]], **formats: str) -> Path:
    """A workbook of Excel; `formats` are format → a number format, used for cells given as (format, value)."""
    with xlsxwriter.Workbook(path) as made:
        styles = {name: made.add_format({"num_format": code}) for name, code in formats.items()}
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        sheet.write(place, column, cell[1], styles[cell[0]])
                    elif isinstance(cell, str):
                        sheet.write_string(place, column, cell)
                    elif cell is not None:
                        sheet.write(place, column, cell)
    return path


def ods(path: Path, rows: list[list[str]]) -> Path:
    """A workbook of OpenDocument with text in its cells."""
    written = "".join(f"<table:table-row>{''.join(map(CELL.format, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet", compress_type=zipfile.ZIP_STORED
        )
        made.writestr("META-INF/manifest.xml", MANIFEST)
        made.writestr("content.xml", CONTENT.format(rows=written))
    return path


def edited(path: Path, member: str, change: tuple[str, str]) -> Path:
    """The same archive with text in one of its members replaced."""
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    assert change[0].encode() in parts[member]
    parts[member] = parts[member].replace(change[0].encode(), change[1].encode())
    return archive(path, parts)


def archive(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The bytes of a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def locked(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A zip whose first member says that it is encrypted."""
    raw = bytearray(packed(parts))
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        struct.pack_into("<H", raw, raw.find(sign) + place, 1)
    path.write_bytes(raw)
    return path
