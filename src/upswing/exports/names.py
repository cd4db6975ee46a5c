"""Names that Excel takes: of sheets, and of ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 31
"""UTF-16 units in a sheet's name."""
_REFUSED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_names(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    """A name for a sheet each, as Excel takes it: unique whatever the case, at most 31 long, never “History”."""
    used = {name.casefold() for name in taken} | {"history"}
    found = []
    for name in wanted:
        found.append(_free(_REFUSED.sub(" ", name).strip(" '") or "Rep", used))
        used.add(found[-1].casefold())
    return found


def _free(name: str, used: set[str]) -> str:
    """The name, shortened; or “Tess Lund (2)” where it stands already."""
    made, number = _cut(name, LONGEST), 1
    while made.casefold() in used:
        number += 1
        ending = f" ({number})"
        made = _cut(name, LONGEST - len(ending)) + ending
    return made


def _cut(name: str, most: int) -> str:
    """As many characters as fit, none of them halved."""
    return name.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore").strip(" '")


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"
