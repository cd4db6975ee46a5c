"""Benchmarks: what to compare a value with. Never judged by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from upswing.core.metrics.metric import Better, Metric, OfQuota, Plain, Ratio
from upswing.core.metrics.value import Counted, Value, exact, in_its_unit, measures_of, quantity
from upswing.core.percentiles import percentile
from upswing.core.period import Period

MINIMUM_PEOPLE = 5
"""Fewer other people than this are no team to be compared with, and could be recognised."""

MINIMUM_FOR_QUARTILE = 8
"""Fewer people than this have no top quarter to speak of."""


class BenchmarkKind(StrEnum):
    """Own past; the team, those of the same role, or everybody, without the rep; the top quarter; an industry."""

    OWN_PAST = "own_past"
    TEAM = "team"
    ROLE_PEERS = "role_peers"
    ORGANISATION = "organisation"
    TOP_QUARTILE = "top_quartile"
    INDUSTRY = "industry"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The same calculation with another period or population.

    `value` is None when it cannot be said, and `reason` then says why in a key
    ("no_data", "too_few_people"). `n` counts records (own past) or people (team). `group` names the people
    compared with; empty is the rep themself, or the whole organisation. `whole` is the period of which
    `period` is a part, cut at the same share of working days. `source` is where an outside figure comes from.
    """

    kind: BenchmarkKind
    value: Value | None
    n: int
    period: Period
    reason: str | None = None
    group: str = ""
    whole: Period | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Industry:
    """An outside figure: its value, where it was published, when, over how many cases, and what it counts.

    Raises ValueError naming what is missing.
    """

    value: Value
    source: str
    published: date | None
    n: int
    definition: str

    def __post_init__(self) -> None:
        needed = {
            "source": self.source.strip(), "date": self.published, "number of cases": self.n > 0,
            "definition": self.definition.strip(),
        }  # fmt: skip
        if missing := [name for name, given in needed.items() if not given]:
            raise ValueError(
                f"An industry figure stands only with its source, date, number of cases and definition. "
                f"{self.value} lacks its {' and '.join(missing)}: add what is missing, or leave the figure out."
            )


def own_past(value: Value | None, n: int, period: Period, whole: Period | None = None) -> Benchmark:
    """The rep's own value of an earlier period, standing on `n` records; None is "no_data"."""
    reason = "no_data" if value is None else None
    return Benchmark(BenchmarkKind.OWN_PAST, value, n, period, reason, whole=whole)


def team_of(
    others: Sequence[Counted],
    metric: Metric,
    currency: str,
    period: Period,
    minimum: int = MINIMUM_PEOPLE,
    quotas: Sequence[Fraction | None] = (),
    group: str = "",
    hidden: Sequence[bool] = (),
    kind: BenchmarkKind = BenchmarkKind.TEAM,
) -> Benchmark:
    """The team without the rep, from what each other person has in the period.

    `kind` says whether the others are the team, the role peers, or the organisation.
    A count, amount or stock is the mean per person with any record; a ratio is pooled, then divided once,
    over the people with a denominator. A share of quota pools those with a quota: `quotas` runs parallel to
    `others`. Fewer than `minimum` such people: None, "too_few_people"; likewise where those whom the asking
    person may not see one by one (`hidden`, parallel to `others`) are some, but fewer than `minimum`: the
    figures of the rest could be subtracted.
    """
    blanks = [None] * len(others)
    rows = [
        (counted, quota, unseen)
        for counted, quota, unseen in zip(others, quotas or blanks, hidden or blanks, strict=True)
        if has_part(metric, counted, quota)
    ]
    unseen = sum(1 for *_, is_hidden in rows if is_hidden)
    if len(rows) < max(minimum, 1) or 0 < unseen < minimum:
        return Benchmark(kind, None, len(rows), period, "too_few_people", group)
    quota = sum((quota for _, quota, _ in rows if quota), Fraction(0))
    value = exact(metric, _pooled(metric, [counted for counted, *_ in rows]), quota)
    if value is None:
        return Benchmark(kind, None, len(rows), period, "no_data", group)
    if isinstance(metric.value, Plain):
        value /= len(rows)
    return Benchmark(kind, in_its_unit(metric, value, currency), len(rows), period, None, group)


def top_quartile(
    shrunken: Sequence[float],
    metric: Metric,
    currency: str,
    period: Period,
    expected: Fraction = Fraction(1),
    group: str = "",
) -> Benchmark:
    """Where the better quarter of the group begins: the 75th percentile (25th where lower is better) of true values.

    `shrunken` are posterior means, never raw values: of rates, or of actual / expected, which `expected`, what is
    expected of the asking rep, turns into the metric's unit. Fewer than 8 people: None, "too_few_people".
    """
    if len(shrunken) < MINIMUM_FOR_QUARTILE:
        return Benchmark(BenchmarkKind.TOP_QUARTILE, None, len(shrunken), period, "too_few_people", group)
    share = Fraction(3, 4) if metric.better is Better.HIGHER else Fraction(1, 4)
    value = in_its_unit(metric, percentile([Fraction(mean) for mean in shrunken], share) * expected, currency)
    return Benchmark(BenchmarkKind.TOP_QUARTILE, value, len(shrunken), period, None, group)


def industry(figure: Industry, period: Period) -> Benchmark:
    """An outside figure beside a period of one's own, with its source, date and definition in words."""
    said = f"{figure.source}, {figure.published}: {figure.definition}"
    return Benchmark(BenchmarkKind.INDUSTRY, figure.value, figure.n, period, source=said)


def has_part(metric: Metric, counted: Counted, quota: Fraction | None) -> bool:
    """Whether somebody's figures are in a group's: any record, a denominator, or a quota."""
    match metric.value:
        case Ratio(per=per):
            return quantity(per, counted) > 0
        case OfQuota():
            return bool(quota)
        case _:
            return any(counted.values())


def _pooled(metric: Metric, counts: Sequence[Counted]) -> Counted:
    keys = (measure.key for measure in measures_of(metric))
    return {key: sum(counted.get(key, 0) for counted in counts) for key in keys}
