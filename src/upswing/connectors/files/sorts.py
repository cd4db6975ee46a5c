"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from upswing.connectors.connector import Unreadable


class Sort(StrEnum):
    """What can be opened."""

    TEXT = "text"
    GZIP = "gzip"
    ZIP = "zip"
    OLE = "ole"


STARTS = {
    b"\x1f\x8b": Sort.GZIP, b"PK\x03\x04": Sort.ZIP, b"PK\x05\x06": Sort.ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Sort.OLE,
}  # fmt: skip
OTHERS = {
    b"%PDF": "a PDF", b"\x89PNG\r\n": "a picture", b"\xff\xd8\xff": "a picture", b"GIF87a": "a picture",
    b"GIF89a": "a picture", b"MZ\x90\x00": "a program", b"\x7fELF": "a program",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive", b"Rar!\x1a\x07": "a RAR archive", b"\xfd7zXZ\x00": "an XZ archive",
    b"(\xb5/\xfd": "a Zstandard archive", b"PAR1\x15": "a Parquet file", b"SQLite format 3\x00": "a database",
    b"{\\rtf": "a text document", b"<!doctype html": "a web page", b"<html": "a web page", b"<?xml": "an XML file",
}  # fmt: skip
WANTED = "Bring CSV, a workbook of Excel or OpenDocument, or a .gz or .zip of those."


def sort_of(path: Path, name: str) -> Sort:
    """What a file is; raises Unreadable, calling it `name`, for what holds no table."""
    try:
        with path.open("rb") as opened:
            start = opened.read(64)
    except OSError as error:
        raise Unreadable(f"{name} cannot be read: {error.strerror}.") from error
    for sign, what in OTHERS.items():
        if start.startswith(sign) or (
            sign[:1] == b"<" and start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(sign)
        ):
            raise Unreadable(f"“{name}” is {what}, which cannot be read as a table. {WANTED}")
    return next((sort for sign, sort in STARTS.items() if start.startswith(sign)), Sort.TEXT)
