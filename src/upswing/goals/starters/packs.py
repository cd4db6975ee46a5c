"""Read the starter packs, each a file beside this one, in the order in which a sale meets them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from upswing.core.rubrics import Text
from upswing.goals.standards import text_of

KEYS = ("prospecting", "rapport", "discovery", "presentation", "negotiation", "follow-up", "crm-hygiene")


@cache
def packs() -> dict[str, Text]:
    """Key → text, complete and for everybody."""
    folder = Path(__file__).parent
    return {key: text_of(tomllib.loads((folder / f"{key}.toml").read_text(encoding="utf-8"))) for key in KEYS}
