"""Packed files, opened only as far as they stay within bounds: the directory of a zip is checked first."""

from __future__ import annotations

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from upswing.connectors.connector import Unreadable, printable

MEMBERS = 2_000
DIRECTORY = 4 << 20
"""The most bytes that the list of a zip's members may take."""
TOTAL = 500 << 20
UNPACKED = 2 << 30
"""The most bytes that a .gz may unpack to."""
RATIO, FREE = 150, 10 << 20
"""How often larger than packed; what unpacks to less than FREE is never too large."""
BLOCK = 1 << 20
NESTED = (".zip", ".gz", ".7z", ".rar", ".xz", ".bz2")
BOOKS = {".xlsx", ".xlsm", ".xlsb", ".ods"}
"""Workbooks that are zips."""
DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, IndexError,
)  # fmt: skip


@contextmanager
def directory(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """A zip whose list of members is within bounds; raises Unreadable, calling it `name`."""
    try:
        _check_size(path, name)
        with zipfile.ZipFile(path) as opened:
            _check(opened.infolist(), path.stat().st_size, name)
            yield opened
    except Unreadable:
        raise
    except (*DAMAGED, OSError) as error:
        raise _damaged(name, error) from None


def _check_size(path: Path, name: str) -> None:
    """The list's own size, before it is read: it stands in the record at the end."""
    with path.open("rb") as opened:
        opened.seek(max(0, path.stat().st_size - (1 << 16) - 22))
        _, found, end = opened.read().rpartition(b"PK\x05\x06")
    if not found:
        raise zipfile.BadZipFile
    if int.from_bytes(end[8:12], "little") > DIRECTORY:
        raise Unreadable(
            f"“{name}” holds more than {MEMBERS:,} files. Unpack it and bring those that are needed."
        )


def _check(members: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > MEMBERS:
        why = f"holds {len(members):,} files, and at most {MEMBERS:,} are opened"
    elif total > TOTAL or total > max(FREE, RATIO * packed):
        why = f"would unpack to {total >> 20:,} MB, which is too much for its size of {packed >> 10:,} KB"
    elif any(member.flag_bits & 1 for member in members):
        why = "is locked with a password"
    elif any(_strays(member.filename) for member in members):
        why = "holds a file that would land elsewhere"
    elif any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        why = "is packed in a way that is not read"
    else:
        return
    raise Unreadable(f"“{name}” {why}. Unpack it and bring the files that are needed.")


def _strays(member: str) -> bool:
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0] if path.parts else False


def is_workbook(opened: zipfile.ZipFile) -> bool:
    """Whether a zip is a workbook of Excel or OpenDocument."""
    names = set(opened.namelist())
    return any(member.startswith("xl/") for member in names) or {"mimetype", "content.xml"} <= names


def check_workbook(opened: zipfile.ZipFile, name: str) -> None:
    """A workbook holds no archive; raises Unreadable for one that does."""
    if any(member.casefold().endswith(NESTED) for member in opened.namelist()):
        raise Unreadable(f"“{name}” holds an archive. Save the sheet as CSV and bring that.")


def members(opened: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files of a zip by their bare names, but with their folders where two are called alike."""
    seen = set[str]()
    for member in opened.infolist():
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if member.is_dir() or passed_over(path.name) or "__MACOSX" in path.parts:
            continue
        name = printable(str(path) if path.name in seen else path.name)
        seen.add(name)
        yield name, member


def passed_over(name: str) -> bool:
    """Files that nobody means: hidden ones, and locks of a spreadsheet that is open."""
    return name.startswith((".", "~$")) or name.casefold() in {"thumbs.db", "desktop.ini"}


def extract(opened: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path) -> None:
    """A member's bytes, never more than the list says."""
    with opened.open(member) as packed, into.open("wb") as file:
        shutil.copyfileobj(packed, file, BLOCK)


def gunzip(path: Path, name: str, into: Path) -> None:
    """What a .gz holds; raises Unreadable when it is damaged or unpacks to too much."""
    most = min(UNPACKED, max(FREE, RATIO * path.stat().st_size))
    try:
        with gzip.open(path) as packed, into.open("wb") as file:
            _copy(packed, file, most, name)
    except Unreadable:
        raise
    except (*DAMAGED, OSError) as error:
        raise _damaged(name, error) from None


def _copy(packed: gzip.GzipFile, file: IO[bytes], most: int, name: str) -> None:
    while block := packed.read(BLOCK):
        most -= len(block)
        if most < 0:
            raise Unreadable(f"“{name}” unpacks to too much for its size. Unpack it and bring what it holds.")
        file.write(block)


def _damaged(name: str, error: Exception) -> Unreadable:
    if isinstance(error, OSError) and error.strerror:
        return Unreadable(f"“{name}” cannot be opened: {error.strerror}.")
    if (suffix := Path(name).suffix.casefold()) in BOOKS:
        return Unreadable(
            f"“{name}” is no workbook: it may be damaged or cut off. Save it again as {suffix}."
        )
    return Unreadable(f"“{name}” is damaged or cut off. Bring the file once more.")
