"""What the preview shows: counts, first rows as they were read, problems by what mends them."""

from __future__ import annotations

from collections.abc import Mapping as Map
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from upswing.actions.drafts import Draft
from upswing.core.money import Money
from upswing.queries.problems import Group
from upswing.web.shared import format as fmt
from upswing.web.shared import problems
from upswing.web.shared.naming import field_name, kind_name

FIRST, MOST = 5, 8
"""Rows that stand open of each kind, and columns of them at most."""
HIDDEN = {"quantity"}
ORDER = ("id", "name", "credit", "rep", "account", "product", "stage", "outcome", "amount_minor")


@dataclass(frozen=True, slots=True)
class Counted:
    """One kind with how many records of it are new, changed, and as they were."""

    kind: str
    new: str
    changed: str
    unchanged: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The first records of a kind as a table."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    further: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything a trial run found, in words."""

    headline: str
    detail: str
    counted: tuple[Counted, ...]
    samples: tuple[Sample, ...]
    refused: tuple[problems.Shown, ...]
    notices: tuple[problems.Shown, ...]
    any_refused: bool
    nothing: bool


def preview_of(draft: Draft, currency: str) -> Preview:
    """The preview of a draft that was tried out."""
    told: dict[str, Any] = draft.trial or {}
    totals = [sum(counts[place] for counts in told["kinds"].values()) for place in range(3)]
    mapping = reverse("import_map", kwargs={"draft": draft.uid})
    links = {
        problems.IN_THE_MAPPING: (mapping, _("Change the mapping")),
        problems.HERE: (f"{mapping}#add", _("Bring a file with all people")),
    }
    anything = bool(totals[0] or totals[1])
    groups = problems.groups((Group(**group) for group in told["groups"]), links)
    return Preview(
        _headline(totals[0], totals[1], totals[2], told["refused"]), _detail(told, anything=anything),
        tuple(Counted(kind_name(kind), *map(fmt.number, counts)) for kind, counts in told["kinds"].items()),
        tuple(_sample(kind, rows, currency) for kind, rows in told["samples"].items() if rows),
        tuple(one for one in groups if one.refused), tuple(one for one in groups if not one.refused),
        bool(told["refused"]), not anything,
    )  # fmt: skip


def _headline(new: int, changed: int, unchanged: int, refused: int) -> str:
    if not new and not changed and unchanged and not refused:
        return _("Everything in these files is in already: there is nothing to do.")
    return _("{new} new, {changed} changed, {refused} refused.").format(
        new=fmt.number(new), changed=fmt.number(changed), refused=fmt.number(refused)
    )


def _detail(told: Map[str, Any], *, anything: bool) -> str:
    if not told["whole"]:
        sentence = _(
            "Only the first {read} of about {expected} rows were tried. The import reads all of them."
        )
        return sentence.format(read=fmt.number(told["rows"]), expected=fmt.number(told["expected"]))
    if not anything and not told["refused"]:
        return _("The numbers stand as they are.")
    if told["refused"]:
        return _(
            "Nothing is in yet. What is refused stays out; the rest can go in now, and mended rows later."
        )
    return _("Nothing is in yet. The import can be taken back as one.")


def _sample(kind: str, rows: list[dict[str, str]], currency: str) -> Sample:
    present = dict.fromkeys(name for row in rows for name in row if name not in HIDDEN)
    names = [name for name in ORDER if name in present]
    names += [name for name in present if name not in names]
    shown = tuple(tuple(said(name, row.get(name, ""), currency) for name in names[:MOST]) for row in rows)
    columns = tuple(
        _("Rep") if name in {"credit", "rep"} else field_name(name.removesuffix("_minor"))
        for name in names[:MOST]
    )
    return Sample(kind_name(kind), columns, shown[:FIRST], shown[FIRST:])


def said(name: str, value: str, currency: str) -> str:
    """A field of a record as it is read: money, days and names in words."""
    with suppress(ValueError):
        if not value:
            return ""
        if name.endswith("_minor"):
            return fmt.money(Money(int(value), currency))
        if len(value) == 10 and value[4:5] == "-":
            return fmt.day(date.fromisoformat(value))
    return value
