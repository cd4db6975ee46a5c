"""What a person said on the mapping page, read from its form: plain values, nothing decided yet."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.format import Format, read_format

Form = Map[str, Sequence[str]]
"""Every name of the form with its values in their order."""
DRAFT, NOTHING = "draft", "none"
"""Where the page began: from the draft's own mapping, from the columns alone, else from the mapping of that name."""
HOW = {"encoding": "encoding", "delimiter": "delimiter", "header": "header_row"}
"""How a file is written: key of the mapping → name in the form."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One table of the page.

    `kind` is what was chosen (empty: not used), `shown` the kind whose fields its `columns` (header, field) were
    offered for. `words` are (field, written) → meant. `how` says how the file is written, `was` the same when the
    page was made; `marks` and `days` are styles chosen for numbers and days. A table that is not `own` was derived
    from another one.
    """

    file: str
    kind: str
    shown: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    words: Map[tuple[str, str], str] = field(default_factory=dict)
    how: Map[str, str] = field(default_factory=dict)
    was: str = ""
    marks: str = ""
    days: str = ""
    own: bool = True

    @property
    def anew(self) -> bool:
        """Whether its columns have to be looked at anew: it is of another kind, or written otherwise, than shown."""
        return self.kind != self.shown or self.was != written(self.how)


@dataclass(frozen=True, slots=True)
class About:
    """What holds for all the files; the organisation's name is asked for at the first import only."""

    name: str = ""
    currency: str = ""
    read_on: str = ""
    time_zone: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that was said."""

    start: str
    slots: tuple[Slot, ...]
    answers: Map[str, str]
    about: About
    save_as: str = ""

    def hows(self) -> dict[str, Format]:
        """How files are written, as far as somebody corrected it; raises Unreadable."""
        return {slot.file: _format(slot) for slot in self.slots if any(slot.how.values())}


def said(form: Form) -> Said:
    """What the form says; whatever it lacks is empty."""
    places = range(len(form.get("file", ())))
    asked = [key.removeprefix("answer:") for key in form if key.startswith("answer:")]
    about = About(*(one(form, name) for name in ("name", "currency", "read_on", "time_zone", "organisation")))
    return Said(
        one(form, "start"),
        tuple(_slot(form, place) for place in places),
        {key: one(form, f"answer:{key}") for key in asked},
        about,
        one(form, "save_as"),
    )


def one(form: Form, name: str) -> str:
    """The value of a name; empty where there is none."""
    values = form.get(name) or [""]
    return values[-1].strip(" ")


def written(how: Map[str, str]) -> str:
    """How a file is said to be written, as one text that the page carries along."""
    return "\n".join(how.get(key, "") for key in HOW)


def _slot(form: Form, place: int) -> Slot:
    def many(name: str) -> Sequence[str]:
        return form.get(f"{place}.{name}", ())

    words = (word.partition(":") for word in many("word"))
    return Slot(
        file=form["file"][place],
        kind=one(form, f"{place}.kind"),
        shown=one(form, f"{place}.shown"),
        columns=tuple(zip(many("header"), many("field"), strict=False)),
        words={
            (name, text): meant for (name, _, text), meant in zip(words, many("meant"), strict=False)
        },
        how={key: one(form, f"{place}.{name}") for key, name in HOW.items()},
        was=one(form, f"{place}.was").replace("\r\n", "\n"),
        marks=(form.get(f"{place}.marks") or [""])[-1],
        days=one(form, f"{place}.days"),
        own=one(form, f"{place}.own") != "no",
    )  # fmt: skip


def _format(slot: Slot) -> Format:
    header = slot.how.get("header", "")
    if header and not header.isdecimal():
        told = _("“{file}”: “{text}” is no row. Write the number of the row that names the columns.")
        raise Unreadable(told.format(file=slot.file, text=header))
    raw = {key: value for key, value in slot.how.items() if value and key != "header"}
    return read_format(f"“{slot.file}”", {**raw, **({"header": int(header)} if header else {})})
