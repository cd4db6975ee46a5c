"""What somebody may have meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

FEW = 2_000
"""Among more ids than this none is near: they are counted up, and each looks like the next. Among more names, only
those with the same first letter are compared: comparing takes time."""


def nearest(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?”, whatever the case; or what there is."""
    options = {name.casefold(): name for name in sorted(known)}
    if len(options) > FEW:
        options = {key: name for key, name in options.items() if key[:1] == word.casefold()[:1]}
    near = get_close_matches(word.casefold(), options, n=1, cutoff=0.5)
    if near:
        return f"Did you mean “{options[near[0]]}”?"
    return f"There are: {', '.join(list(options.values())[:30])}." if options else ""


def nearest_id(key: str, known: Collection[str]) -> str:
    """“Did you mean …?” for an id, where few are known and one is near; else nothing."""
    near = get_close_matches(key, known, n=1, cutoff=0.6) if len(known) <= FEW else []
    return f"Did you mean “{near[0]}”?" if near else ""
