"""The builder: the wording as it is typed, what may be put into it, and what it would show."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from upswing.core.expressions import KINDS, MEASURES, Wording, fits
from upswing.core.expressions.totals import unit_of
from upswing.core.measures import Dimension, Filter
from upswing.core.metrics.metric import Unit
from upswing.queries.formula_setup import DraftShown, Preview
from upswing.web.formulas.sent import SIGNS
from upswing.web.formulas.shown import Tried, tried
from upswing.web.shared.marks import marked
from upswing.web.shared.wordings import METRIC_KINDS

GROUPS = {
    Unit.COUNT: marked("Numbers of records"),
    Unit.MONEY: marked("Money"),
    Unit.HOURS: marked("Hours"),
    Unit.DAYS: marked("Days"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Something a button puts at the end of the expression."""

    piece: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the template draws. `refused` are sentences, `saved` whether the draft was kept all the same."""

    draft: DraftShown
    wording: Wording
    title: str
    minimum: str
    signs: tuple[str, ...]
    measures: tuple[tuple[str, tuple[Piece, ...]], ...]
    metrics: tuple[Piece, ...]
    filters: tuple[tuple[str, tuple[Piece, ...]], ...]
    kinds: tuple[Choice, ...]
    preview: Tried | None
    effective: str
    earliest: str
    note: str
    refused: tuple[str, ...]
    saved: bool


def form_of(
    draft: DraftShown, wording: Wording, found: Preview | None, given: QueryDict, refused: tuple[str, ...], saved: bool
) -> Form:  # fmt: skip
    """The builder of a draft; `given` is the form as it was sent."""
    kinds = tuple(Choice(kind.value, _(METRIC_KINDS[kind]), kind is wording.kind) for kind in KINDS)
    return Form(
        draft, wording, draft.wording.label or draft.key, given.get("minimum", str(wording.minimum)), SIGNS,
        _measures(draft), tuple(Piece(key, _(label), key) for key, label in draft.metrics), _filters(draft), kinds,
        tried(found) if found else None, given.get("effective", draft.earliest.isoformat()),
        draft.earliest.isoformat(), given.get("note", ""), refused, saved,
    )  # fmt: skip


def _measures(draft: DraftShown) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """The measures by what they are told in, each with the filters that fit it."""
    return tuple(
        (_(title), tuple(_piece(key) for key in draft.measures if unit_of(MEASURES[key]) is unit))
        for unit, title in GROUPS.items()
    )


def _piece(key: str) -> Piece:
    fitting = ", ".join(each for each in Dimension if fits(each, MEASURES[key]))
    return Piece(key, key, fitting)


def _filters(draft: DraftShown) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    return tuple(
        (dimension, tuple(Piece(f"[{Filter(Dimension(dimension), (value,))}]", value) for value in values))
        for dimension, values in draft.values.items()
    )
