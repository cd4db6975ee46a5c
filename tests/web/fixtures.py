"""Invented answers of the queries, for pages without a database: a running month, a finished quarter, a board."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from uuid import UUID

from upswing.core.bands import Band
from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.evidence import Evidence
from upswing.core.facts import WHOLE
from upswing.core.funnel import ACTIVE, funnel_of
from upswing.core.metrics import metric
from upswing.core.metrics.metric import Metric, Unit
from upswing.core.money import Money
from upswing.core.period import Period, parse_period
from upswing.core.scorecard import Line, Point, Scorecard, Sentence, Value
from upswing.queries.pacing import Day, Ending, Pacing
from upswing.queries.records import PAGE, Note, RecordList, Row
from upswing.queries.team import Board, TeamName

TODAY = date(2026, 11, 20)
STEPS = [each.key for each in ACTIVE]
NAMES = (
    "Amara Diallo", "Bruno Keller", "Carla Nowak", "Dev Patel", "Edda Brandt", "Fadi Haddad", "Greta Olsen",
    "Hugo Laurent", "Ines Moreau", "Rami Haddad", "Stan Weber", "Tess Lund",
)  # fmt: skip
TESS = UUID(int=0x1D0C5A7E_0000_4000_8000_0000000000AA)
MONA = UUID(int=0x1D0C5A7E_0000_4000_8000_0000000000AB)


@dataclass(frozen=True)
class Plan:
    """One line of a fixture card: actual, target, share due, band, evidence, n, usual, team."""

    key: str
    actual: float | None
    target: float | None
    band: Band | None
    evidence: Evidence | None
    n: int
    usual: float | None
    team: float | None
    reason: str | None = None
    history: tuple[float, ...] = ()


ON, OUT, SUP = Band.ON_TRACK, Band.OUTSTANDING, Band.NEEDS_SUPPORT
CLEAR, LEANING, EARLY = Evidence.CLEAR, Evidence.LEANING, Evidence.TOO_EARLY
RUNNING = (
    Plan("deals_created", 24, 30, ON, None, 24, 21, 20.4, None, (22, 25, 31, 28, 27, 33, 30, 35, 29, 31, 38, 24)),
    Plan("open_value", 184_300, None, None, None, 41, 171_000, 160_250, "no_target", (120e3, 131e3, 142e3, 139e3, 151e3, 160e3, 158e3, 171e3, 168e3, 175e3, 180e3, 184.3e3)),
    Plan("attainment", 0.631, 1, ON, EARLY, 4, 0.66, None, None, (0.9, 1.02, 0.95, 0.88, 1.1, 0.97, 1.04, 0.92, 0.99, 1.08, 0.94, 0.631)),
    Plan("won_value", 54_300, 86_000, ON, EARLY, 4, 57_800, 63_100, None, (78e3, 91e3, 82e3, 76e3, 95e3, 84e3, 90e3, 79e3, 85e3, 93e3, 81e3, 54.3e3)),
    Plan("deals_won", 4, 6, ON, EARLY, 4, 4, 4.6, None, (6, 7, 5, 6, 8, 6, 7, 5, 6, 7, 6, 4)),
    Plan("win_rate", 0.2222, 0.35, SUP, CLEAR, 54, 0.36, 0.334, None, (0.34, 0.36, 0.33, 0.37, 0.35, 0.38, 0.36, 0.33, 0.3, 0.28, 0.26, 0.2222)),
    Plan("average_deal", 13_575, 14_333, ON, EARLY, 4, 14_450, 13_720, None, (13e3, 13e3, 16.4e3, 12.7e3, 11.9e3, 14e3, 12.9e3, 15.8e3, 14.2e3, 13.3e3, 13.5e3, 13.575e3)),
)  # fmt: skip
FINISHED = (
    Plan("deals_created", 118, 90, OUT, CLEAR, 118, 96, 91.3, None, (70, 82, 90, 88, 96, 118)),
    Plan("open_value", 412_000, None, None, None, 63, 388_500, None, "no_target", (300e3, 340e3, 351e3, 380e3, 388.5e3, 412e3)),
    Plan("attainment", 1.124, 1, ON, None, 33, 0.974, None, None, (0.8, 0.92, 1.01, 0.95, 0.974, 1.124)),
    Plan("won_value", 289_990, 258_000, ON, None, 33, 251_400, 241_900, None, (190e3, 210e3, 244e3, 231e3, 251.4e3, 289.99e3)),
    Plan("deals_won", 33, 24, OUT, LEANING, 33, 25, 22.8, None, (18, 20, 24, 22, 25, 33)),
    Plan("win_rate", None, None, None, None, 0, None, None, "no_data", ()),
    Plan("average_deal", 8_787, 10_750, ON, None, 33, 10_056, 10_610, None, (10e3, 10.5e3, 10.1e3, 10.5e3, 10.056e3, 8.787e3)),
)  # fmt: skip


FUNNEL = funnel_of(
    {key: count * WHOLE for key, count in zip(STEPS, (318, 66, 21, 6, 4), strict=True)},
    {key: count * WHOLE for key, count in zip(STEPS, (900, 180, 60, 25, 5), strict=True)},
)


def value(number: float | None, unit: Unit) -> Value | None:
    """A plain number as a metric's value."""
    if number is None:
        return None
    return (
        Money(round(number * 100), "EUR")
        if unit is Unit.MONEY
        else Fraction(number).limit_denominator(10_000)
    )


def running(card: Scorecard) -> Pacing | None:
    """The card's main line, due evenly, a third of it there after each third of what has gone."""
    line, period, at = card.main, card.period, card.at
    if line is None or not isinstance(line.target, Money) or at >= period.last:
        return None
    target, there, gone = line.target, line.actual, (at - period.start).days + 1
    assert isinstance(there, Money)
    days = [
        Day(
            period.start + timedelta(number - 1),
            Money(target.minor * number // period.days, "EUR"),
            Money(there.minor * (3 * number // gone) // 3, "EUR") if number <= gone else None,
        )
        for number in range(1, period.days + 1)
    ]
    ending = Ending(*(Money(target.minor * share // 100, "EUR") for share in (78, 88, 104)), reached=0.34)
    return Pacing(line.metric, period, at, target, tuple(days), ending)


def number(metric: Metric, period: Period, at: date) -> Line:
    """The line of a number's own page, beside two comparisons."""
    found = card(slug=period.slug, at=min(at, TODAY)).lines
    return next((each for each in found if each.metric == metric), found[0])


def line(plan: Plan, period: Period, due: Fraction) -> Line:
    """A line of a fixture card; flows are due in part, rates and averages in whole."""
    declared = metric(plan.key)
    flow = plan.key in {"deals_created", "attainment", "won_value", "deals_won"}
    share = due if flow else Fraction(1)
    expected = None if plan.target is None else float(Fraction(plan.target) * share)
    reached = None
    if plan.actual is not None and expected:
        reached = Fraction(plan.actual).limit_denominator(10**6) / Fraction(expected).limit_denominator(10**6)
    return Line(
        declared, value(plan.actual, declared.unit), value(plan.target, declared.unit), value(expected, declared.unit),
        reached, plan.band, plan.evidence, plan.n, _benchmarks(plan, period), _history(plan, period), plan.reason,
    )  # fmt: skip


def _benchmarks(plan: Plan, period: Period) -> tuple[Benchmark, ...]:
    unit, past = metric(plan.key).unit, period.previous().until(period.previous().start + timedelta(19))
    own = Benchmark(
        BenchmarkKind.OWN_PAST,
        value(plan.usual, unit),
        plan.n,
        past,
        None if plan.usual else "no_data",
        whole=period.previous(),
    )
    team = Benchmark(
        BenchmarkKind.TEAM, value(plan.team, unit), 11, period, None if plan.team else "too_few_people"
    )
    return own, team


def _history(plan: Plan, period: Period) -> tuple[Point, ...]:
    points = []
    for number in reversed(plan.history):
        points.append(Point(period, value(number, metric(plan.key).unit)))
        period = period.previous()
    return tuple(reversed(points))


def card(name: str = "Tess Lund", rep: UUID = TESS, slug: str = "2026-11", at: date = TODAY) -> Scorecard:
    """A card in the running month, or of a finished period."""
    period = parse_period(slug, TODAY)
    over = at >= period.last
    plans, days, gone = (FINISHED, 63, 63) if over else (RUNNING, 21, 15)
    lines = tuple(line(plan, period, Fraction(gone, days)) for plan in plans)
    return Scorecard(
        name, rep, "AE Nordics", "Mona Berg", period, at, days, gone, _headline(lines, over), lines
    )


def _headline(lines: tuple[Line, ...], over: bool) -> Sentence:
    by_key = {found.metric.key: found for found in lines}
    if over:
        best = by_key["deals_won"]
        return Sentence("ahead", (("metric", "deals_won"), ("percent", best.attainment)))
    low = by_key["win_rate"]
    return Sentence(
        "behind_clear",
        (("metric", "win_rate"), ("actual", low.actual), ("expected", low.expected), ("n", low.n)),
    )


def board(people: int = 12, slug: str = "2026-11", at: date = TODAY) -> Board:
    """A board of so many people, each a little different, always the same."""
    cards = tuple(_varied(number, slug, at) for number in range(people))
    judged = [
        found
        for card in cards
        for found in card.lines
        if found.metric.key == "attainment" and found.attainment
    ]
    teams = (
        TeamName(UUID(int=7), "AE Nordics"),
        TeamName(UUID(int=8), "AE South"),
        TeamName(UUID(int=9), "AE West"),
    )
    first = cards[0]
    return Board(
        "All teams", None, teams, first.period, at, first.working_days, first.working_days_gone, cards,
        ("Otto Lindqvist",), people, 0, tuple(judged),
    )  # fmt: skip


def _varied(number: int, slug: str, at: date) -> Scorecard:
    name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else f" {number // len(NAMES) + 1}")
    made = card(name, UUID(int=0x2F00_0000_0000_4000_8000_0000_0000_0000 + number * 7919**4), slug, at)
    lines = tuple(
        _shifted(found, 62 + (number * 37 + place * 23) % 71) for place, found in enumerate(made.lines)
    )
    return replace(made, lines=lines)


def _shifted(found: Line, percent: int) -> Line:
    """The same line at another share of what was due, with the band that belongs to it."""
    share = Fraction(percent, 91)
    actual = found.actual
    moved: Value | None = actual
    if isinstance(actual, Money):
        moved = actual.scaled(share)
    elif actual is not None:
        moved = Fraction(round(actual * share)) if found.metric.unit is Unit.COUNT else actual * share
    if found.attainment is None:
        return replace(found, actual=moved)
    reached = found.attainment * share
    band = OUT if reached >= Fraction(6, 5) else SUP if reached <= Fraction(4, 5) else ON
    evidence = EARLY if found.n < 10 else (None if band is ON else CLEAR if percent % 3 else LEANING)
    return replace(found, actual=moved, attainment=reached, band=band, evidence=evidence)


def listed(
    key: str = "won_value", count: int = 4, slug: str = "2026-11", at: date = TODAY, page: int = 1
) -> RecordList:
    """A page of the records behind a number."""
    rows = tuple(_row(number, at) for number in range(count))
    total = Money(sum(row.value.minor for row in rows if isinstance(row.value, Money)), "EUR")
    first = PAGE * max(0, min(page, ceil(count / PAGE)) - 1)
    return RecordList(
        "Tess Lund", TESS, metric(key), "won value, added up over the period", parse_period(slug, TODAY), at, total,
        rows[first : first + PAGE], (Note("lost_without_value", 2), Note("product_by_alias", 1)),
        total=count, first=first, parts=tuple(Counter(row.part for row in rows).most_common()), sum=total if rows else None,
    )  # fmt: skip


def _row(number: int, at: date) -> Row:
    product = ("Scanner Pro", "Scanner Basic", "Service plan")[number % 3]
    account = ("Nordhavn Logistics", "Bakker & Zoon", "Isbjerg Foods", "Plantagen")[number % 4]
    amount = Money(1_357_500 + number * 31_705 % 400_000, "EUR")
    share = "50%" if number % 4 == 3 else ""
    day = at - timedelta(number % 19)
    return Row(
        f"D-{1041 + number}",
        account,
        product,
        "Won",
        "won",
        day,
        amount,
        share,
        "CRM",
        "deals.csv",
        214 + number,
    )
