"""Values of a mapping, checked: each raises Unreadable naming the file, the key, the value and what it should be."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Map
from datetime import date
from typing import Any

from upswing.connectors.connector import NAME_LENGTH, Unreadable, printable
from upswing.connectors.files.nearest import nearest


def check_names(where: str, place: str, raw: Map[str, Any], known: Collection[str]) -> None:
    """Every key is a known one."""
    for key in raw:
        if key not in known:
            raise Unreadable(f"{where}: {place} has no “{key}”. {nearest(key, known)}")


def table(where: str, place: str, raw: Any) -> dict[str, Any]:
    """A table of keys."""
    if not isinstance(raw, dict):
        raise Unreadable(f"{where}: {place} = {raw!r} must be a table, like [{place}] with lines below.")
    return raw


def truth(where: str, raw: Map[str, Any], key: str) -> bool:
    """True or false; false where the key is missing."""
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise Unreadable(f"{where}: {key} = {value!r} must be true or false, without quotes.")
    return value


def text(where: str, raw: Map[str, Any], key: str, default: str, most: int = NAME_LENGTH) -> str:
    """Text that can be kept; the default where the key is missing."""
    value = raw.get(key, default)
    if not isinstance(value, str):
        raise Unreadable(f"{where}: {key} = {value!r} must be text in quotes.")
    return named(where, key, value, most)


def texts(where: str, place: str, raw: Any) -> tuple[str, ...]:
    """One text, or several in brackets."""
    values = raw if isinstance(raw, list) else [raw]
    if not values or not all(isinstance(value, str) for value in values):
        raise Unreadable(f'{where}: {place} = {raw!r} must be text in quotes, or several like ["a", "b"].')
    return tuple(named(where, place, value, NAME_LENGTH) for value in values)


def named(where: str, place: str, value: str, most: int) -> str:
    """The text, if it can be kept: short enough and without control characters."""
    if len(value) > most or printable(value) != value:
        sentence = f"must be text of at most {most} characters, without control characters."
        raise Unreadable(f"{where}: {place} = “{printable(value, 60)}” {sentence}")
    return value


def choice(where: str, kind: str, raw: Map[str, Any], key: str, words: tuple[str, ...]) -> str:
    """One of the words; the first where the key is missing."""
    value = text(where, raw, key, words[0])
    if value not in words:
        raise Unreadable(f"{where}: [{kind}] {key} = “{value}” must be one of {', '.join(words)}.")
    return value


def day(where: str, value: Any) -> date | None:
    """A day written without quotes, or None."""
    if value is None or type(value) is date:
        return value
    raise Unreadable(f"{where}: read_on = {value!r} must be a day without quotes, like 2017-12-31.")
