"""What stands in the book and the ledger, without internal ids."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from tests.world import operator, people, person
from upswing.actions.desk import everybodys
from upswing.actions.settling import SETTLERS
from upswing.core.measures import FLOWS, Measure
from upswing.core.period import Period, PeriodKind
from upswing.ledger.counting import BEGINNING, By, Slot, count_by
from upswing.ledger.models import Fact, RepDay, RepMonth

KEYS = [flow.key for flow in FLOWS]
FACT = (
    "kind",
    "day",
    "rep__key",
    "share",
    "amount",
    "seconds",
    "outcome",
    "stage",
    "how",
    "channel",
    "source",
    "ordinal",
)
WHOLE = 1_000_000


def facts() -> list[tuple[object, ...]]:
    """Every fact, with the source's own id of its record."""
    ids: dict[str, dict[int, str]] = {}
    for kind, (model, number, _) in SETTLERS.items():
        path = "external_id" if number == "id" else "deal__external_id"
        ids[kind] = dict(everybodys(model).values_list(number, path))
    rows = Fact.objects.values_list("record_kind", "record", *FACT)
    return sorted(((kind, ids[kind][record], *rest) for kind, record, *rest in rows), key=str)


def digests() -> list[tuple[str, str, str]]:
    """(model, the source's id, digest) of every record that makes facts."""
    models = {model for model, _, _ in SETTLERS.values()}
    rows = ((m.__name__, *row) for m in models for row in everybodys(m).values_list("external_id", "digest"))
    return sorted(rows)


def tiers() -> list[tuple[object, ...]]:
    """Every row of both tiers."""
    return [
        (tier.__name__, *row)
        for tier in (RepDay, RepMonth)
        for row in tier.objects.order_by("rep__key", "day").values_list("rep__key", "day", *KEYS)
    ]


def everything() -> tuple[list[tuple[object, ...]], ...]:
    """Records, facts and tiers."""
    return [*digests()], facts(), tiers()


def sums(name: str) -> dict[str, int]:
    """All that a rep's days say, where it is not nothing; credits in whole records."""
    total: Counter[str] = Counter()
    for row in RepDay.objects.filter(rep=person(name)).values(*KEYS):
        total.update(row)
    credited = {flow.key for flow in FLOWS if flow.of.value == "share"}
    return {key: value // WHOLE if key in credited else value for key, value in total.items() if value}


def days(name: str, key: str) -> dict[str, int]:
    """“10-05” → a flow of a rep on that day, where it is not nothing; credits in millionths."""
    rows = RepDay.objects.filter(rep=person(name)).exclude(**{key: 0}).order_by("day")
    return {f"{day:%m-%d}": value for day, value in rows.values_list("day", key)}


def by(word: By, measure: Measure, at: date, *names: str) -> dict[str, int]:
    """Word → what was counted of these reps together, until the close of a day."""
    slot = Slot("all", Period(PeriodKind.CUSTOM, BEGINNING, at + timedelta(days=1)), at)
    found = count_by(operator().sight, [one.id for one in people(names)], slot, [measure], word)
    return {key: counts[measure.key] for key, counts in found.items()}
