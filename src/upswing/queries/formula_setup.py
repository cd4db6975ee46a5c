"""The setting up of own metrics: all of them, one with its versions, a draft with a preview on the data there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from upswing.core.expressions import MEASURES, Misstated, Tree, Wording, lacking, metric_of, names_in
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, OfQuota
from upswing.core.metrics.value import Value, measures_of, n_of, value_of
from upswing.core.period import Period, month_of
from upswing.core.rubrics import Issue, signable
from upswing.goals.cards import CardVersion
from upswing.goals.formulas import Formula, FormulaVersion, wording_of
from upswing.ledger.counting import Slot, count
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries.card_drafts import sellers
from upswing.queries.card_templates import issued
from upswing.queries.filter_values import Gone, gone, values
from upswing.queries.formulas import Own, Version, own, trees
from upswing.queries.freshness import latest_day
from upswing.queries.organisation import organisation
from upswing.queries.records import formula

MOST_PEOPLE = 8
"""People of a preview."""


@dataclass(frozen=True, slots=True)
class Row:
    """An own metric in the list: the version in force (or to come), the cards and metrics that name it."""

    own: Own
    version: Version
    to_come: bool
    cards: tuple[str, ...]
    named_by: tuple[str, ...]
    gone: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft: its key, what it is called, who began it."""

    key: str
    label: str
    author: str
    begun: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """All own metrics, by name: those in use, drafts, and archived ones."""

    rows: tuple[Row, ...]
    drafts: tuple[DraftRow, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What one person has: in the running period, of `n` records, and in the whole one before."""

    id: UUID
    name: str
    now: Value | None
    n: int
    before: Value | None
    n_before: int


@dataclass(frozen=True, slots=True)
class Preview:
    """An expression on the data there are: its unit and formula in words, what some people have, what is gone.

    Without a metric it means nothing yet, and `trouble` says why.
    """

    metric: Metric | None
    trouble: str
    formula: str
    period: Period
    rows: tuple[Tried, ...]
    gone: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft to work on: what it lacks, and what its expression may be made of.

    `earliest` is the first day it may hold from, `changed` whether it differs from `latest`. `values` are the words
    that each filter finds in the data.
    """

    key: str
    wording: Wording
    author: str
    number: int
    latest: Version | None
    earliest: date
    changed: bool
    lacking: tuple[str, ...]
    measures: tuple[str, ...]
    metrics: tuple[tuple[str, str], ...]
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class MetricShown:
    """One own metric with all its versions, the last one first; `holds` is the number in force today."""

    row: Row
    holds: int
    preview: Preview
    drafted: bool


def overview(viewer: Viewer) -> Overview:
    """All own metrics; raises NotVisible for whoever does not operate."""
    operators_only(viewer)
    mine = own()
    rows = _rows(mine, viewer.at, mine)
    waiting = FormulaVersion.objects.filter(number=None).select_related("formula").order_by("begun")
    return Overview(
        tuple(sorted(rows, key=lambda row: (row.own.archived, row.version.wording.label.casefold()))),
        tuple(
            DraftRow(each.formula.key, wording_of(each.data).label, each.author, each.begun)
            for each in waiting
        ),
    )


def _rows(mine: Mapping[str, Own], day: date, keys: Iterable[str]) -> list[Row]:
    """The metrics of those keys, the cards read once for all."""
    told = trees({key: each.on(day).wording for key, each in mine.items()})
    on_cards = cards_by_metric(day)
    rows = []
    for key in keys:
        version = mine[key].on(day)
        missing = gone(told[key], day) if key in told else ()
        rows.append(
            Row(
                mine[key],
                version,
                version.effective > day,
                on_cards.get(key, ()),
                naming(key, mine, day),
                missing,
            )
        )
    return rows


def cards_by_metric(day: date) -> dict[str, tuple[str, ...]]:
    """Key → the names of the cards on which it stands: those that hold, or will, and drafts."""
    found: dict[str, set[str]] = defaultdict(set)
    for versions in issued().values():
        numbers = signable([Issue(each.number, each.effective) for each in versions], day)
        for each in versions:
            for key in each.card.lines if each.number in numbers else ():
                found[key].add(each.card.name)
    for row in CardVersion.objects.filter(number=None):
        for key in row.data["lines"]:
            found[key].add(str(row.data["name"]))
    return {key: tuple(sorted(names)) for key, names in found.items()}


def naming(key: str, mine: Mapping[str, Own], day: date) -> tuple[str, ...]:
    """The keys of the own metrics whose expression names this one, in a version that holds or will."""
    return tuple(
        other
        for other, each in mine.items()
        if other != key
        and any(name.key == key for tree in trees(_current(each, day)).values() for name in names_in(tree))
    )


def _current(each: Own, day: date) -> dict[str, Wording]:
    """The wordings in force and to come, by number."""
    numbers = {each.on(day).number} | set(
        signable([Issue(one.number, one.effective) for one in each.versions], day)
    )
    return {str(one.number): one.wording for one in each.versions if one.number in numbers}


def metric_shown(viewer: Viewer, key: str) -> MetricShown:
    """One own metric and its versions; raises NotVisible."""
    operators_only(viewer)
    mine = own()
    if key not in mine:
        raise NotVisible("There is no such metric.")
    row = _rows(mine, viewer.at, [key])[0]
    drafted = FormulaVersion.objects.filter(number=None, formula__key=key).exists()
    return MetricShown(row, row.version.number, preview(viewer, key, row.version.wording), drafted)


def draft(viewer: Viewer, key: str) -> DraftShown:
    """A draft to work on; raises NotVisible."""
    operators_only(viewer)
    row = FormulaVersion.objects.filter(number=None, formula__key=key).first()
    if row is None:
        raise NotVisible("There is no such draft.")
    mine = own()
    wording, latest = wording_of(row.data), mine[key].versions[-1] if key in mine else None
    others = {other: each for other, each in mine.items() if other != key and not each.archived}
    return DraftShown(
        key, wording, row.author, latest.number + 1 if latest else 1, latest,
        max(viewer.at, latest.effective) if latest else viewer.at, latest is None or latest.wording != wording,
        lacking(wording), tuple(MEASURES),
        (
            *((other, each.on(viewer.at).wording.label) for other, each in others.items()),
            *((each.key, each.label) for each in CATALOGUE.values() if _may_be_named(each)),
        ),
        values(),
    )  # fmt: skip


def _may_be_named(each: Metric) -> bool:
    """Metrics of the catalogue that say more than the measure of their name, and whose denominator is no quota."""
    return each.judged and each.key not in MEASURES and not isinstance(each.value, OfQuota)


def expressions(viewer: Viewer) -> dict[str, Tree]:
    """The expressions in force of all own metrics."""
    return trees({key: each.on(viewer.at).wording for key, each in own().items()})


def preview(viewer: Viewer, key: str, wording: Wording) -> Preview:
    """What a wording would show of some people in the running month and the one before, counted from the data."""
    operators_only(viewer)
    at = latest_day(viewer) or viewer.at
    period, told = month_of(at), expressions(viewer)
    try:
        metric = metric_of(key, wording, told)
    except Misstated as error:
        return Preview(None, error.sentence, "", period, (), ())
    mine = trees({key: wording})[key]
    return Preview(
        metric, "", formula(metric), period, _tried(viewer, metric, period, at), gone(mine, viewer.at)
    )


def _tried(viewer: Viewer, metric: Metric, period: Period, at: date) -> tuple[Tried, ...]:
    """Those with most records first: a preview without any would tell nothing."""
    people, currency = sellers(viewer), organisation().currency
    slots = (Slot("now", period, at), Slot("before", period.previous(), at))
    counted = count(viewer.sight, [one.id for one in people], slots, measures_of(metric)) if people else {}
    rows = [
        Tried(
            one.uid, one.name,
            value_of(metric, counted["now", one.id], currency), n_of(metric, counted["now", one.id]),
            value_of(metric, counted["before", one.id], currency), n_of(metric, counted["before", one.id]),
        )
        for one in people
    ]  # fmt: skip
    rows.sort(key=lambda row: (-(row.n + row.n_before), row.name.casefold()))
    return tuple(sorted(rows[:MOST_PEOPLE], key=lambda row: row.name.casefold()))


def taken_keys() -> Collection[str]:
    """Every key there is."""
    known: Iterable[str] = Formula.objects.values_list("key", flat=True)
    return {*known}
