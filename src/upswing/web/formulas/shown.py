"""Parts that several pages of the own metrics show: a preview, words that are gone, what a wording says."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.expressions import Wording
from upswing.core.metrics.metric import Better, Timing, Unit
from upswing.queries.filter_values import Gone
from upswing.queries.formula_setup import Preview
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.wordings import METRIC_KINDS

UNITS = {
    Unit.COUNT: marked("told as a number of records"),
    Unit.SHARE: marked("told as per cent"),
    Unit.RATIO: marked("told as so many of one per another"),
    Unit.MONEY: marked("told as money"),
    Unit.HOURS: marked("told as hours"),
    Unit.DAYS: marked("told as days"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What one person has."""

    name: str
    now: str
    behind: str
    before: str
    behind_before: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A preview in words; `trouble` is why there is none."""

    trouble: str
    formula: str
    unit: str
    period: str
    before: str
    lines: tuple[Line, ...]
    gone: tuple[str, ...]


def tried(found: Preview) -> Tried:
    """A preview as it is drawn."""
    metric = found.metric
    lines = (
        Line(
            row.name, fmt.value(row.now, metric.unit), _records(row.n),
            fmt.value(row.before, metric.unit), _records(row.n_before),
        )
        for row in found.rows
    ) if metric else ()  # fmt: skip
    return Tried(
        found.trouble, found.formula, _(UNITS[metric.unit]) if metric else "", fmt.period_name(found.period),
        fmt.period_name(found.period.previous()), tuple(lines), tuple(map(missing, found.gone)),
    )  # fmt: skip


def _records(count: int) -> str:
    return ngettext("{count} record", "{count} records", count).format(count=fmt.number(count))


def missing(gone: Gone) -> str:
    """What is to know of a word that no record has any more."""
    said = _ever(gone).format(
        value=gone.value, dimension=gone.dimension, count=fmt.number(gone.ever),
        day=fmt.day(gone.last) if gone.last else "",
    )  # fmt: skip
    if gone.near:
        return said + " " + _("Did you mean “{word}”?").format(word=gone.near)
    if gone.known:
        return said + " " + _("There are: {words}.").format(words=fmt.in_a_row(gone.known))
    return said


def _ever(gone: Gone) -> str:
    if not gone.ever:
        return _("No record was ever of the {dimension} “{value}”: that part counts nothing.")
    if gone.last:
        return ngettext(
            "“{value}” is no {dimension} any more: no record of the last year has it. "
            "One record was ever of it, the last on {day}.",
            "“{value}” is no {dimension} any more: no record of the last year has it. "
            "{count} records were ever of it, the last on {day}.",
            gone.ever,
        )
    return ngettext(
        "“{value}” is no {dimension} any more: no record of the last year has it. One record was ever of it.",
        "“{value}” is no {dimension} any more: no record of the last year has it. "
        "{count} records were ever of it.",
        gone.ever,
    )


def says(wording: Wording) -> tuple[tuple[str, str], ...]:
    """What a wording says, part by part."""
    return (
        (_("Name"), wording.label),
        (_("Expression"), wording.text),
        (_("Told in per cent"), _("yes") if wording.percent else _("no")),
        (_("What it counts"), wording.help),
        (_("How it helps"), wording.purpose),
        (_("Tells about"), _(METRIC_KINDS[wording.kind]).lower()),
        (_("Timing"), _("leading") if wording.timing is Timing.LEADING else _("lagging")),
        (_("Better"), _("lower") if wording.better is Better.LOWER else _("higher")),
        (_("Judged from"), _("{count} records on").format(count=fmt.number(wording.minimum))),
    )
