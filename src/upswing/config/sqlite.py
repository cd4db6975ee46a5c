"""The SQLite gate: use a library without the WAL-reset race, or say what to do.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when two connections are open (fixed in 3.51.3 and in the
backports 3.44.6 and 3.50.7; 3.52.0 was withdrawn). Where the standard library's is affected, `pysqlite3`
takes its place before Django's backend is imported.
"""

from __future__ import annotations

import sqlite3
import sys
from importlib import import_module

Version = tuple[int, int, int]


def is_sound(version: Version) -> bool:
    """True for a SQLite version without the WAL-reset race."""
    if version[:2] == (3, 44):
        return version >= (3, 44, 6)
    if version[:2] == (3, 50):
        return version >= (3, 50, 7)
    return version >= (3, 51, 3) and version != (3, 52, 0)


def parsed(text: str) -> Version:
    """`"3.53.4"` as three numbers."""
    major, minor, patch = (int(part) for part in text.split(".")[:3])
    return major, minor, patch


def choose_library() -> None:
    """Put `pysqlite3` in the place of `sqlite3` where the standard library's version is affected."""
    if is_sound(parsed(sqlite3.sqlite_version)):
        return
    try:
        sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")
        sys.modules["sqlite3"] = import_module("pysqlite3")
    except ImportError:
        return  # the system check refuses to start and names the ways out


def refusal(version: str, journal: str) -> str | None:
    """Why this SQLite may not be used, with three ways out; None when it may."""
    if journal == "delete" or is_sound(parsed(version)):
        return None
    return (
        f"SQLite {version} can corrupt a database in WAL mode (fixed in 3.51.3). Three ways out: "
        "use a Python built with a newer SQLite; set UPSWING_DATABASE_URL to PostgreSQL; "
        "or set UPSWING_SQLITE_JOURNAL=delete (safe, about six times slower writes)."
    )
