"""The words that filters find in the data, and those that an expression names and the data know no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from django.db.models import Max

from upswing.book.models import Account, Deal, Lead, Product
from upswing.core.expressions import FITS, Tree, names_in
from upswing.core.measures import Dimension
from upswing.core.records import Happened, Outcome
from upswing.ledger.models import Fact

LATELY = timedelta(days=365)
MOST = 200
"""Words offered of each dimension."""
SHOWN = 8
"""Of them named where a word is gone."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A word that a filter names and that no record of the last year has: how many ever had it, the last one when.

    `near` is a word that there is and that reads almost alike; `known` are some that there are.
    """

    dimension: Dimension
    value: str
    ever: int
    last: date | None
    near: str
    known: tuple[str, ...]


def values() -> dict[str, tuple[str, ...]]:
    """Dimension → the words it finds in the data, at most MOST of each. They name nobody."""
    return {each.value: tuple(sorted(_words(each), key=str.casefold)[:MOST]) for each in Dimension}


def _words(dimension: Dimension) -> set[str]:
    if dimension is Dimension.OUTCOME:
        return {each.value for each in Happened if each} | {Outcome.WON.value, Outcome.LOST.value}
    if dimension is Dimension.PRODUCT:
        return set(Product.objects.values_list("name", flat=True)[:MOST])
    if dimension is Dimension.SEGMENT:
        return set(Account.objects.exclude(industry="").values_list("industry", flat=True).distinct()[:MOST])
    if dimension is Dimension.SOURCE:
        found: set[str] = set()
        for model in (Lead, Deal):
            rows = model.objects.unscoped("the names of sources name nobody").exclude(lead_source="")
            found |= set(rows.values_list("lead_source", flat=True).distinct()[:MOST])
        return found
    column = dimension.value
    facts = Fact.objects.filter(kind__in=[kind.value for kind in FITS[dimension]]).exclude(**{column: ""})
    return set(facts.values_list(column, flat=True).distinct()[:MOST])


def gone(tree: Tree, today: date) -> tuple[Gone, ...]:
    """The words of its filters that no record of the last year has, each once."""
    wanted = dict.fromkeys(
        (each.dimension, value)
        for name in names_in(tree)
        for each in name.filters
        for value in each.values
        if value
    )
    return tuple(_missing(wanted, today))


def _missing(wanted: Mapping[tuple[Dimension, str], None], today: date) -> Iterator[Gone]:
    there: dict[Dimension, set[str]] = {}
    for dimension, value in wanted:
        ever, last = _had(dimension, value)
        stands = dimension is Dimension.STAGE and _open_in(value)
        if (ever and last is None) or (last and last >= today - LATELY) or stands:
            continue
        if dimension not in there:
            there[dimension] = _words(dimension)
        near = [word for word in get_close_matches(value, there[dimension], n=2) if word != value]
        known = tuple(sorted(there[dimension] - {value}, key=str.casefold)[:SHOWN])
        yield Gone(dimension, value, ever, last, near[0] if near else "", known)


def _had(dimension: Dimension, value: str) -> tuple[int, date | None]:
    """How many records ever had the word, and the last day of one; of products and segments no day is asked."""
    if dimension is Dimension.PRODUCT:
        return Product.objects.filter(name=value).count(), None
    if dimension is Dimension.SEGMENT:
        return Account.objects.filter(industry=value).count(), None
    kinds = [kind.value for kind in FITS[dimension]]
    facts = Fact.objects.filter(kind__in=kinds, **{dimension.value: value})
    last: date | None = facts.aggregate(last=Max("day"))["last"]
    return facts.values("record_kind", "record").distinct().count(), last


def _open_in(stage: str) -> bool:
    deals = Deal.objects.unscoped("whether a stage is in use names nobody")
    return deals.filter(stage=stage, outcome=Outcome.OPEN.value).exists()
