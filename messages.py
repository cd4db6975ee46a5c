"""Bring the catalogues of the languages up to date with the texts of the product, as `make messages`.

Needs no GNU gettext: Django turns a template into Python, and Babel reads Python. What the core calls things is
asked of the core itself, which knows of no language but English.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "src/upswing"
LOCALES = SOURCES / "locale"
LANGUAGES = ("da", "zh_Hans", "ko")
"""The folder of each catalogue, which is its Babel locale too."""

CALLS = {
    "_": None, "gettext": None, "gettext_lazy": None, "marked": None, "ngettext": (1, 2), "counted": (1, 2),
    "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
    "worded": None, "worded_many": (1, 2), "needs_operator": (2,),
}  # fmt: skip
"""The functions whose texts are read, with the places of context, singular and plural."""
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
"""The day in every catalogue's head, so that making it again changes nothing."""

Text = tuple[str | tuple[str, ...], str | None, str, list[str]]
"""A text or a singular with its plural; its context; where it stands; what is said to the translator."""


def found() -> Iterator[Text]:
    """Every text of the product a person may read, in a fixed order."""
    for path in sorted(SOURCES.rglob("*.py")):
        yield from _read(path, path.read_bytes())
    for path in sorted(SOURCES.rglob("*.html")):
        yield from _read(path, templatize(path.read_text("utf-8"), origin=str(path)).encode())
    for where, text in _of_core():
        yield text, None, where, []


def template() -> Catalog:
    """All texts, translated into nothing."""
    made = _headed(Catalog(charset="utf-8", fuzzy=False))
    for text, context, where, comments in found():
        if text and not (isinstance(text, tuple) and not all(text)):
            made.add(text, context=context, locations=[(where, 1)], auto_comments=comments)
    return made


def catalogue(folder: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    path = LOCALES / folder / "LC_MESSAGES/django.po"
    if not path.is_file():
        return Catalog(folder, charset="utf-8", fuzzy=False)
    with path.open("rb") as kept:
        return read_po(kept, folder)


def write(made: Catalog, folder: str) -> None:
    """Keep a catalogue, sorted by where its texts stand; texts no longer used are left out."""
    path = LOCALES / folder / "LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as kept:
        write_po(kept, _headed(made), width=0, ignore_obsolete=True, include_lineno=False, sort_by_file=True)


def main() -> int:
    """Update every catalogue and say how many texts wait for a translation."""
    wanted, waiting = template(), 0
    for folder in LANGUAGES:
        made = catalogue(folder)
        made.update(wanted, no_fuzzy_matching=True)
        write(made, folder)
        missing = sum(bool(message.id) and not _said(message.string) for message in made)
        print(f"{folder}: {len(made)} texts, {missing} to translate")
        waiting += missing
    return 1 if waiting else 0


def _read(path: Path, source: bytes) -> Iterator[Text]:
    where = str(path.relative_to(ROOT))
    for _, text, comments, context in extract(
        "python",
        BytesIO(source),
        keywords=CALLS,
        comment_tags=("Translators:",),
        options={"encoding": "utf-8"},
    ):
        yield text, context, where, comments


def _of_core() -> Iterator[tuple[str, str]]:
    """What the core calls its metrics, and how it explains them."""
    from upswing.core.expressions import MEASURES
    from upswing.core.measures import name_of, parts_of
    from upswing.core.metrics import CATALOGUE
    from upswing.core.metrics.value import measures_of
    from upswing.core.templates import STARTERS

    for starter in STARTERS.values():
        yield "src/upswing/core/templates/starters.py", starter.name
    for pack in sorted((SOURCES / "goals/starters").glob("*.toml")):
        for part in _texts_of(tomllib.loads(pack.read_text("utf-8"))):
            yield str(pack.relative_to(ROOT)), part
    parts = {
        name_of(part)
        for metric in CATALOGUE.values()
        for whole in measures_of(metric)
        for part in parts_of(whole)
    }
    for name in sorted(parts | {name_of(measure) for measure in MEASURES.values()}):
        yield "src/upswing/core/measures.py", name.replace("_", " ")
    for weekday in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        yield "src/upswing/queries/workdays.py", weekday
    for metric in CATALOGUE.values():
        for text in (metric.label, metric.help, metric.purpose):
            yield f"src/upswing/core/metrics/{metric.key}", text


def _texts_of(standard: dict[str, Any]) -> Iterator[str]:
    """Every text of a starter standard; keys of metrics are none."""
    for key, told in standard.items():
        if key == "criteria":
            for criterion in told:
                yield from _texts_of(criterion)
        elif key != "metrics":
            yield from [told] if isinstance(told, str) else told


def _headed(made: Catalog) -> Catalog:
    made.project, made.version, made.copyright_holder = "Upswing", "", "Upswing"
    made.creation_date = made.revision_date = FIXED
    made.header_comment = "# The texts of Upswing's pages; `make messages` keeps them up to date."
    made.last_translator, made.language_team, made.msgid_bugs_address = "", "", ""
    made.fuzzy = False
    return made


def _said(text: object) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)


if __name__ == "__main__":
    sys.exit(main())
