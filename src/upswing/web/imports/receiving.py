"""Files as they arrive: dropped, pasted, or fetched from an address; each is kept as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from upswing.actions.keeping import keep_address, kept

PASTED = "pasted.csv"


def received(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Every file of the form by its name, kept; raises Unreadable for one that cannot be."""
    found: dict[str, Any] = {}
    for file in request.FILES.getlist("files"):
        found[_free(file.name or "file", found)] = kept(_chunks(file), file.name or "file", now)
    if text := request.POST.get("pasted", "").strip("\r\n"):
        found[_free(PASTED, found)] = kept([text.encode()], PASTED, now)
    if address := request.POST.get("address", "").strip():
        name, upload = keep_address(address, now)
        found[_free(name, found)] = upload
    return found


def _chunks(file: Any) -> Iterator[bytes]:
    yield from file.chunks()


def _free(name: str, taken: dict[str, Any]) -> str:
    """The name, or “deals (2).csv” where it stands already."""
    stem, dot, ending = name.partition(".")
    tries = (f"{stem} ({number}){dot}{ending}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in tries if one not in taken)
