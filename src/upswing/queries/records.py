"""The records behind a number: exactly those that were counted, and what was left out and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from uuid import UUID

from upswing.core.facts import UNVALUED, WHOLE
from upswing.core.measures import Filter, Flow, Measure, Stock, Sum, name_of
from upswing.core.metrics import metric
from upswing.core.metrics.metric import Metric, OfQuota, Ratio
from upswing.core.metrics.value import measures_of, value_of
from upswing.core.money import Money
from upswing.core.period import Period
from upswing.core.scorecard import Value
from upswing.core.targets import Target
from upswing.core.wording import Either, in_a_row, worded
from upswing.ledger.counting import Slot, count
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.behind import Counted, adds_money, behind
from upswing.queries.formulas import named
from upswing.queries.habits import habits
from upswing.queries.listed import Listed, listed
from upswing.queries.organisation import organisation
from upswing.queries.problems import standing
from upswing.queries.scorecard import seen
from upswing.queries.shaping import asked_of
from upswing.queries.targeting import Aimed, aimed

BLOCK = 5_000
PAGE = 100
"""Rows a page: only these are looked up in the book."""
PARTS = {
    "deal_created": "created", "lead_created": "lead", "lead_attempted": "lead", "lead_contacted": "lead",
    "lead_qualified": "lead", "lead_disqualified": "lead", "proposal_sent": "proposal", "prospecting": "time",
    "deal_cycle": "won",
}  # fmt: skip
"""What facts without an outcome count as; others by their kind."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record behind a number.

    `value` is what it adds (None for a plain count); `part` says what it counts as: an outcome, "created", "open".
    `detail` is what tells it from its like: a deal's product, a lead's source, how long a call lasted.
    """

    name: str
    account: str
    detail: str
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
    """What the import said of `count` of the records shown, as the code of its problem."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class RecordList:
    """All records behind a number, of which `rows` are a page, newest first, from place `first` on.

    `value` is the number on the card. It equals what all `total` records add up to: `sum` where they add money. `parts`
    are how many count as what, most first. `aim` is None where nothing was asked.
    """

    rep: str
    rep_id: UUID
    metric: Metric
    formula: str
    period: Period
    at: date
    value: Value | None
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    total: int
    first: int
    parts: tuple[tuple[str, int], ...]
    sum: Money | None
    aim: Aimed | None = None


def records(
    viewer: Viewer, rep: UUID, metric_key: str, period: Period, at: date, page: int | None = None
) -> RecordList:
    """The records behind one number of a rep: all of them, or a page of PAGE (from 1; beyond the last the last).

    Raises UnknownMetric, and NotVisible when there is no such rep for this viewer.
    """
    close, currency = min(period.last, at), organisation().currency
    asked, person = named(metric_key, close), seen(viewer, rep)
    facts = behind(asked, person, period, at)
    first = 0 if page is None else PAGE * max(0, min(page, ceil(len(facts) / PAGE)) - 1)
    shown = facts if page is None else facts[first : first + PAGE]
    found = listed({(fact.record_kind, fact.record) for fact in shown})
    rows = [_row(asked, fact, found[fact.record_kind, fact.record], currency, close) for fact in shown]
    value = _value(viewer, person, asked, period, at, currency)
    return RecordList(
        person.name, person.uid, asked, formula(asked), period, at, value, tuple(rows), _notes(found.values()),
        total=len(facts), first=first, parts=tuple(Counter(map(part_of, facts)).most_common()),
        sum=_sum(asked, facts, currency), aim=_aim(person, asked, period, at, currency),
    )  # fmt: skip


def part_of(fact: Counted) -> str:
    """What a record counts as: how it ended, else what it is."""
    return fact.outcome or PARTS.get(fact.kind, fact.kind)


def _sum(asked: Metric, facts: Collection[Counted], currency: str) -> Money | None:
    told = [fact.amount for fact in facts if fact.outcome != UNVALUED]
    return Money(sum(told), currency) if told and adds_money(asked) else None


def _value(
    viewer: Viewer, person: Person, asked: Metric, period: Period, at: date, currency: str
) -> Value | None:
    """The number itself, counted as for the card."""
    slot = Slot("now", period, at)
    counted = count(viewer.sight, [person.id], [slot], measures_of(asked))["now", person.id]
    quota = _quota(person, asked, period) if isinstance(asked.value, OfQuota) else None
    return value_of(asked, counted, currency, quota)


def _quota(person: Person, asked: Metric, period: Period) -> Fraction | None:
    each = _aimed_at(asked)
    found = asked_of([person], period, each.key).target(each, person.id, period)
    return found.value if isinstance(found, Target) else None


def _aim(person: Person, asked: Metric, period: Period, at: date, currency: str) -> Aimed | None:
    """The target in steps; None where nothing is asked."""
    each = _aimed_at(asked)
    told = asked_of([person], period, each.key)
    found = aimed(each, person.id, told, period, at, currency, habits(period, at))
    return found if found.target is not None else None


def _aimed_at(asked: Metric) -> Metric:
    """A share of quota is aimed at through the money quota itself."""
    return metric(asked.value.measure.key) if isinstance(asked.value, OfQuota) else asked


def _row(asked: Metric, fact: Counted, record: Listed, currency: str, close: date) -> Row:
    return Row(
        record.name,
        record.account,
        record.detail,
        record.stage_on(close),
        part_of(fact),
        fact.day,
        Money(fact.amount, currency) if adds_money(asked) and fact.outcome != UNVALUED else None,
        "" if fact.share in (WHOLE, 0) else f"{float(Fraction(fact.share, WHOLE)):.0%}",
        record.source,
        record.file,
        record.row,
    )


def formula(asked: Metric) -> str:
    """How the number is made, in words."""
    match asked.value:
        case Ratio(of, per):
            return worded("{of} ÷ {per}", of=_said(of), per=_said(per))
        case OfQuota(measure):
            return worded("{measure} ÷ the quota of the period", measure=told(measure))
        case _:
            return _worded(asked.value.measure)


def _worded(measure: Measure) -> str:
    if isinstance(measure, Flow):
        return worded("{measure}, added up over the period", measure=told(measure))
    if isinstance(measure, Sum):
        return told(measure)
    if measure.enters[0].where:
        return worded("{measure}, as they stand at the close of the day", measure=told(measure))
    return worded("what entered the pipeline up to the day, with later changes of value, less what left it")


def _said(measure: Measure) -> str:
    """A side of a division, in brackets where it is a sum."""
    if isinstance(measure, Sum) and len(measure.terms) > 1:
        return worded("({measure})", measure=told(measure))
    return told(measure)


def told(measure: Measure) -> str:
    """A measure in words: deals won with source “fair” or “referral”; 2 × calls − visits."""
    if isinstance(measure, Sum):
        first, *others = measure.terms
        parts = ["−"] * (first[0] < 0) + [_times(abs(first[0]), first[1])]
        for times, part in others:
            parts += [" − " if times < 0 else " + ", _times(abs(times), part)]
        return in_a_row(parts, "")
    found: str = worded(name_of(measure).replace("_", " "))
    for number, one in enumerate((measure.enters[0] if isinstance(measure, Stock) else measure).where):
        found = _narrowed(found, one, first=not number)
    return found


def _times(times: Fraction, part: Flow | Stock) -> str:
    return told(part) if times == 1 else in_a_row((f"{float(times):.6g} × ", told(part)), "")


def _narrowed(found: str, one: Filter, first: bool) -> str:
    """A measure of those records alone that a filter leaves: the first filter, or one more."""
    values = Either(f"“{value}”" if value else worded("nothing told") for value in one.values)
    if first:
        with_it = worded("{measure} with {dimension} {values}")
        without = worded("{measure} without {dimension} {values}")
    else:
        with_it = worded("{measure} and with {dimension} {values}")
        without = worded("{measure} and without {dimension} {values}")
    return worded(
        without if one.without else with_it, measure=found, dimension=str(one.dimension), values=values
    )


def _notes(found: Collection[Listed]) -> tuple[Note, ...]:
    """What the imports said about these very records, counted by kind."""
    said: Counter[str] = Counter()
    keys = _by_file(found)
    for (source, file), ids in keys.items():
        mine = standing().filter(batch__source=source, file=file)
        for start in range(0, len(ids), BLOCK):
            told = mine.filter(record__in=ids[start : start + BLOCK])
            said.update(told.values_list("code", flat=True))
    return tuple(Note(code, count) for code, count in said.most_common())


def _by_file(found: Collection[Listed]) -> dict[tuple[int, str], list[str]]:
    """(source, file) → ids: a lead and a call may have the same one."""
    keys: dict[tuple[int, str], list[str]] = defaultdict(list)
    for record in found:
        keys[record.source_id, record.file].append(record.key)
    return keys
