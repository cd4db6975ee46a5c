"""What somebody may have meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process

from upswing.core.wording import worded

FEW = 2_000
"""Among more ids than this none is near: they are counted up, and each looks like the next. Among more names, only
those with the same first letter are compared: comparing takes time."""
NEAR = 75
"""How alike two names are that a person would take for one, of 100."""


def nearest(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?”, whatever the case; or what there is."""
    options = sorted(known)
    if len(options) > FEW:
        options = [name for name in options if name[:1].casefold() == word[:1].casefold()]
    if found := near(word, options):
        return worded("Did you mean “{near}”?", near=found)
    return worded("There are: {there}.", there=", ".join(options[:30])) if options else ""


def near(word: str, known: Collection[str]) -> str:
    """The name that is spelt most like it, else one that has the same words (“Tess”, “Lund, Tess”); empty for none."""
    for scorer in (fuzz.ratio, fuzz.token_set_ratio):
        found = process.extractOne(word, list(known), scorer=scorer, processor=_words, score_cutoff=NEAR)
        if found:
            return str(found[0])
    return ""


def _words(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().casefold()


def nearest_id(key: str, known: Collection[str]) -> str:
    """“Did you mean …?” for an id, where few are known and one is near; else nothing."""
    found = (
        process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
        if len(known) <= FEW
        else None
    )
    return worded("Did you mean “{near}”?", near=str(found[0])) if found else ""
