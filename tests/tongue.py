"""A language of the tests: every text said as a test wants it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from django.utils.translation import trans_real

Said = str | tuple[str, ...]


def speak(
    language: str,
    told: Iterable[tuple[Said, Said, str | None]],
    folder: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Let pages in a language say these texts: what stands in the product, what is said, its context."""
    made = Catalog(language)
    for text, said, context in told:
        made.add(text, said, context=context)
    place = folder / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as kept:
        write_mo(kept, made)
    settings.LOCALE_PATHS = [folder]
    monkeypatch.setattr(trans_real, "_translations", {})
