"""The records behind a number: exactly those that were counted, and what was left out and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from upswing.book.models import Deal
from upswing.core.facts import WHOLE
from upswing.core.measures import Flow, Measure, Stock, flows_of
from upswing.core.metrics import metric
from upswing.core.metrics.metric import Metric, OfQuota, Plain, Ratio, Unit
from upswing.core.metrics.value import records_measure
from upswing.core.money import Money
from upswing.core.period import Period
from upswing.core.scorecard import Value
from upswing.intake.models import Problem
from upswing.ledger.models import Fact
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.organisation import organisation
from upswing.queries.scorecard import scorecard, seen

BLOCK = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One deal behind a number.

    `value` is what it adds (None for a plain count); `part` is "won", "lost", "created" or "open".
    """

    deal: str
    account: str
    product: str
    stage: str
    part: str
    day: date
    value: Value | None
    share: str
    source: str
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Note:
    """What the import said of `count` of the listed deals, as the code of its problem."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class RecordList:
    """Rows newest first. `value` is the number on the card; it equals what the rows add up to."""

    rep: str
    rep_id: UUID
    metric: Metric
    formula: str
    period: Period
    at: date
    value: Value | None
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


def records(viewer: Viewer, rep: UUID, metric_key: str, period: Period, at: date) -> RecordList:
    """The records behind one number of a rep's card.

    Raises UnknownMetric, and NotVisible when there is no such rep for this viewer.
    """
    asked, person = metric(metric_key), seen(viewer, rep)
    close = min(period.last, at)
    listed = _standing(asked, person, close) if _stock(asked) else _counted(asked, person, period.until(at))
    deals = _deals({fact.record for fact in listed})
    card = scorecard(viewer, rep, period, at)
    value = next((line.actual for line in card.lines if line.metric == asked), None)
    currency = organisation().currency
    rows = sorted(
        (_row(asked, fact, deals[fact.record], currency, close) for fact in listed),
        key=lambda row: (row.day, row.deal),
    )
    return RecordList(
        person.name,
        person.uid,
        asked,
        formula(asked),
        period,
        at,
        value,
        tuple(reversed(rows)),
        _notes(deals.values()),
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """A deal's part in the number: credit in millionths, amount in minor units."""

    record: int
    day: date
    outcome: str
    kind: str
    share: int
    amount: int


def _stock(asked: Metric) -> Stock | None:
    measure = asked.value.measure if isinstance(asked.value, Plain) else None
    return measure if isinstance(measure, Stock) else None


def _counted(asked: Metric, person: Person, period: Period) -> list[_Listed]:
    """The facts of the measure the number stands on."""
    counts = records_measure(asked)
    kinds = [flow.kind.value for flow in flows_of(counts)] if counts else []
    facts = Fact.objects.filter(rep=person, kind__in=kinds, day__gte=period.start, day__lt=period.end)
    return [_Listed(f.record, f.day, f.outcome, f.kind, f.share, f.amount) for f in facts]


def _standing(asked: Metric, person: Person, close: date) -> list[_Listed]:
    """Deals that entered by the close of the day and have not left: what each still adds."""
    stock = _stock(asked)
    assert stock is not None  # noqa: S101  (asked for stocks only)
    enters, leaves = ({flow.kind.value for flow in side} for side in (stock.enters, stock.leaves))
    facts = Fact.objects.filter(rep=person, kind__in=enters | leaves, day__lte=close).order_by("day", "id")
    by_deal: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_deal[fact.record].append(fact)
    return [
        _Listed(deal, made[0].day, "open", made[0].kind, made[0].share, sum(fact.amount for fact in made))
        for deal, made in by_deal.items()
        if not any(fact.kind in leaves for fact in made)
    ]


def _deals(ids: Iterable[int]) -> Mapping[int, Deal]:
    found = Deal.objects.unscoped("the rep is seen; shared deals belong to the list").filter(id__in=list(ids))
    return {
        deal.id: deal
        for deal in found.select_related("account", "product", "source").prefetch_related("moves")
    }


def _row(asked: Metric, fact: _Listed, deal: Deal, currency: str, close: date) -> Row:
    adds_money = asked.unit is Unit.MONEY or isinstance(asked.value, OfQuota)
    return Row(
        deal=deal.name or deal.external_id,
        account=deal.account.name if deal.account else "",
        product=deal.product.name if deal.product else "",
        stage=_stage(deal, close),
        part=fact.outcome or "created",
        day=fact.day,
        value=Money(fact.amount, currency) if adds_money else None,
        share="" if fact.share == WHOLE else f"{float(Fraction(fact.share, WHOLE)):.0%}",
        source=deal.source.name,
        file=deal.file,
        row=deal.row,
    )


def _stage(deal: Deal, close: date) -> str:
    """The stage the deal stood in at the close of the day; empty where the source does not tell."""
    if deal.closed is None or deal.closed <= close:
        return deal.stage
    earlier = [move for move in deal.moves.all() if move.day <= close]
    return max(earlier, key=lambda move: move.number).stage if earlier else ""


def formula(asked: Metric) -> str:
    """How the number is made, in words."""
    match asked.value:
        case Ratio(of, per):
            return f"{_name(of)} ÷ {_name(per)}"
        case OfQuota(measure):
            return f"{_name(measure)} ÷ the quota of the period"
        case _:
            return _worded(asked.value.measure)


def _worded(measure: Measure) -> str:
    if isinstance(measure, Flow):
        return f"{_name(measure)}, added up over the period"
    return "what entered the pipeline up to the day, with later changes of value, less what left it"


def _name(measure: Measure) -> str:
    return measure.key.replace("_", " ")


def _notes(deals: Collection[Deal]) -> tuple[Note, ...]:
    """What the imports said about these very deals, counted by kind."""
    said: Counter[str] = Counter()
    for source in {deal.source_id for deal in deals}:
        ids = [deal.external_id for deal in deals if deal.source_id == source]
        for start in range(0, len(ids), BLOCK):
            told = Problem.objects.filter(batch__source=source, record__in=ids[start : start + BLOCK])
            said.update(told.values_list("code", flat=True))
    return tuple(Note(code, count) for code, count in said.most_common())
