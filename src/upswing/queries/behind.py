"""The facts behind a number: those its measures count, each with what it adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import or_

from django.db.models import Q

from upswing.core.expressions import is_own
from upswing.core.measures import Flow, Measure, Of, Stock, Sum, flows_of, records_of
from upswing.core.metrics.metric import Metric, OfQuota, Plain, Ratio, Unit
from upswing.core.metrics.value import records_measure
from upswing.core.money import rounded
from upswing.core.period import Period
from upswing.ledger.counting.filtering import facts_of
from upswing.ledger.models import Fact
from upswing.people.models import Person


@dataclass(frozen=True, slots=True)
class Counted:
    """A record's part in the number: credit in millionths, amount in minor units."""

    record_kind: str
    record: int
    day: date
    outcome: str
    kind: str
    share: int
    amount: int


def behind(asked: Metric, person: Person, period: Period, at: date) -> list[Counted]:
    """What a number is made of, newest first.

    A metric of the catalogue stands on one measure, whose facts these are; one that the organisation wrote on every
    fact that any part of its expression counts, each once.
    """
    close, until = min(period.last, at), period.until(at)
    if is_own(asked.key):
        found = _of_parts(asked, person, until, close)
    elif (stock := _stock(asked)) is not None:
        found = list(_standing(stock, person, close))
    else:
        found = _counted(asked, person, until)
    return sorted(found, key=lambda fact: (fact.day, fact.record), reverse=True)


def adds_money(asked: Metric) -> bool:
    """Whether its records add money up."""
    return asked.unit is Unit.MONEY or isinstance(asked.value, OfQuota)


def _stock(asked: Metric) -> Stock | None:
    measure = asked.value.measure if isinstance(asked.value, Plain) else None
    return measure if isinstance(measure, Stock) else None


def _own_flow(asked: Metric) -> Flow | None:
    """Time has no count beside it: its records are those it adds up."""
    measure = asked.value.measure if isinstance(asked.value, Plain) else None
    return measure if isinstance(measure, Flow) else None


def _counted(asked: Metric, person: Person, period: Period) -> list[Counted]:
    """The facts of the measure the number stands on; with those that only change its value."""
    counts = records_measure(asked) or _own_flow(asked)
    if counts is None:
        return []
    return [_fact(f, f.amount) for f in _facts(counts, person, period) if f.share or adds_money(asked)]


def _of_parts(asked: Metric, person: Person, period: Period, close: date) -> list[Counted]:
    """Everything that any part of the expression counts; amounts are what is added above the line."""
    facts: dict[int, Counted] = {}
    standing: list[Counted] = []
    for part, times in _terms(asked):
        if isinstance(part, Stock):
            rows = _standing(part, person, close)
            standing += [replace(row, amount=rounded(times * row.amount)) for row in rows]
            continue
        for fact in _facts(part, person, period):
            if fact.share or part.of is Of.AMOUNT:
                added = rounded(times * fact.amount) if part.of is Of.AMOUNT else 0
                before = facts.get(fact.id)
                facts[fact.id] = _fact(fact, added + (before.amount if before else 0))
    return [*facts.values(), *standing]


def _terms(asked: Metric) -> Iterator[tuple[Flow | Stock, Fraction]]:
    """The parts of the value, each with how many times its amount is added."""
    above = asked.value.of if isinstance(asked.value, Ratio) else asked.value.measure
    yield from ((part, times) for times, part in _added(above))
    if isinstance(asked.value, Ratio):
        yield from ((part, Fraction(0)) for _, part in _added(asked.value.per))


def _added(measure: Measure) -> tuple[tuple[Fraction, Flow | Stock], ...]:
    return measure.terms if isinstance(measure, Sum) else ((Fraction(1), measure),)


def _facts(measure: Measure, person: Person, period: Period) -> list[Fact]:
    counted: Q = reduce(or_, map(facts_of, flows_of(measure)))
    return list(Fact.objects.filter(counted, rep=person, day__gte=period.start, day__lt=period.end))


def _fact(fact: Fact, amount: int) -> Counted:
    return Counted(fact.record_kind, fact.record, fact.day, fact.outcome, fact.kind, fact.share, amount)


def _standing(stock: Stock, person: Person, close: date) -> Iterator[Counted]:
    """What entered by the close of the day and has not left, with what each still adds: together they are the stock."""
    counts = records_of(stock)
    assert isinstance(counts, Stock)  # noqa: S101  (what counts a stock is one)
    first: dict[tuple[str, int], Fact] = {}
    share: dict[tuple[str, int], int] = defaultdict(int)
    amount: dict[tuple[str, int], int] = defaultdict(int)
    for measure, sums, column in ((counts, share, Of.CREDIT), (stock, amount, Of.AMOUNT)):
        for sign, flows in ((1, measure.enters), (-1, measure.leaves)):
            for fact in _until(flows, person, close) if flows[0].of is column else ():
                sums[fact.record_kind, fact.record] += sign * getattr(fact, column)
                if sign > 0:
                    first.setdefault((fact.record_kind, fact.record), fact)
    for deal, fact in first.items():
        if share[deal] or amount[deal]:
            yield replace(_fact(fact, amount[deal]), outcome="open", share=share[deal])


def _until(flows: tuple[Flow, ...], person: Person, close: date) -> list[Fact]:
    counted: Q = reduce(or_, map(facts_of, flows))
    return list(Fact.objects.filter(counted, rep=person, day__lte=close).order_by("day", "id"))
