"""Files as they arrive: dropped, pasted, or fetched from an address; each is kept as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest

from upswing.actions.keeping import keep_path, kept
from upswing.connectors.http import fetch

PASTED = "pasted.csv"


def received(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Every file of the form by its name, kept; raises Unreadable for one that cannot be."""
    found: dict[str, Any] = {}
    for file in request.FILES.getlist("files"):
        found[_free(file.name or "file", found)] = kept(_chunks(file), file.name or "file", now)
    if text := request.POST.get("pasted", "").strip("\r\n"):
        found[_free(PASTED, found)] = kept([text.encode()], PASTED, now)
    if address := request.POST.get("address", "").strip():
        with _fetched(address) as path:
            found[_free(_name_of(address), found)] = keep_path(path, now)
    return found


def _chunks(file: Any) -> Iterator[bytes]:
    yield from file.chunks()


@contextmanager
def _fetched(address: str) -> Iterator[Path]:
    with TemporaryDirectory(prefix="upswing-") as folder:
        yield fetch(address, Path(folder) / "fetched")


def _name_of(address: str) -> str:
    """What a fetched file is called: as its address ends, or “sheet.csv”."""
    name = Path(urlsplit(address).path).name
    return name if "." in name else "sheet.csv"


def _free(name: str, taken: dict[str, Any]) -> str:
    """The name, or “deals (2).csv” where it stands already."""
    stem, dot, ending = name.partition(".")
    tries = (f"{stem} ({number}){dot}{ending}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in tries if one not in taken)
