"""Counting: the only place that writes SQL for measures.

Reading: whole months from the month tier, edges from the day tier, all slots of a question in one statement.
Writing: `lock`, change facts, `recount` — in one transaction, in that order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from upswing.core.measures import FLOWS, Flow, Measure, Of, Stock, flows_of
from upswing.core.period import Period, edges, month_of, whole_months
from upswing.ledger.dialect import dialect
from upswing.people.viewer import NotVisible, Sight

MANY = 100
"""Above so many reps a viewer who sees everybody counts everybody: shorter than a list of them."""
BEGINNING = date(1990, 1, 1)
MONTHS, DAYS = "ledger_repmonth", "ledger_repday"
COLUMNS = ", ".join(flow.key for flow in FLOWS)

NOBODY = 0
"""Locked instead of a rep by whoever writes records that belong to no rep: people, accounts, products, quotas."""

Counts = Mapping[str, int]
"""Measure key → credits in millionths, or minor units."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A question of counting: flows over `period` cut at the close of `at`, stocks at that same close."""

    name: str
    period: Period
    at: date

    @property
    def close(self) -> date:
        """The last day that counts."""
        return min(self.period.last, self.at)


# Reading -------------------------------------------------------------------------------------------------


def count(
    sight: Sight, reps: Collection[int], slots: Sequence[Slot], measures: Collection[Measure]
) -> dict[tuple[str, int], dict[str, int]]:
    """(slot name, rep) → counts, for reps the sight may see one by one; raises NotVisible otherwise.

    Every asked rep has an entry in every slot; nothing counted is 0.
    """
    if hidden := [rep for rep in reps if not sight.may_see(rep)]:
        raise NotVisible(f"{len(hidden)} of the asked people may not be seen by this viewer.")
    return _counted(reps, slots, measures, sight)


def pool(
    sight: Sight, reps: Collection[int], slot: Slot, measures: Collection[Measure]
) -> dict[int, dict[str, int]]:
    """Counts of each rep, for group figures only: never hand these on one by one."""
    if any(not sight.may_pool(rep) for rep in reps):
        raise NotVisible("Some of the asked people are outside this viewer's groups.")
    return {rep: counts for (_, rep), counts in _counted(reps, [slot], measures, sight).items()}


def _counted(
    reps: Collection[int], slots: Sequence[Slot], measures: Collection[Measure], sight: Sight
) -> dict[tuple[str, int], dict[str, int]]:
    flows = [measure for measure in measures if isinstance(measure, Flow)]
    stocks = [measure for measure in measures if isinstance(measure, Stock)]
    parts = [Part(slot.name, *span) for slot in slots for span in _spans(slot)]
    if stocks:
        parts += [Part(STANDING + slot.name, *span) for slot in slots for span in _until(slot.close)]
    needed = list(dict.fromkeys([*flows, *(flow for stock in stocks for flow in flows_of(stock))]))
    sums = _summed(parts, () if sight.everyone and len(reps) > MANY else reps, needed) if reps else {}
    counted = {}
    for slot in slots:
        for rep in reps:
            within, standing = sums.get((slot.name, rep), {}), sums.get((STANDING + slot.name, rep), {})
            counts = {flow.key: within.get(flow.key, 0) for flow in flows}
            counted[slot.name, rep] = counts | {stock.key: _net(stock, standing) for stock in stocks}
    return counted


def _net(stock: Stock, sums: Mapping[str, int]) -> int:
    return sum(sums.get(flow.key, 0) for flow in stock.enters) - sum(
        sums.get(flow.key, 0) for flow in stock.leaves
    )


STANDING = "standing "
"""Before the name of a slot: the sums from the beginning to its close, of which stocks are made."""


@dataclass(frozen=True, slots=True)
class Part:
    """Days [start, end) to be summed from one tier into one slot."""

    slot: str
    tier: str
    start: date
    end: date


Span = tuple[str, date, date]


def _spans(slot: Slot) -> list[Span]:
    if slot.close < slot.period.start:
        return []
    period = slot.period.until(slot.at)
    months = whole_months(period)
    whole = [(MONTHS, months[0].start, months[-1].end)] if months else []
    return whole + [(DAYS, edge.start, edge.end) for edge in edges(period)]


def _until(close: date) -> list[Span]:
    """Everything from the beginning to the close of a day."""
    month = month_of(close)
    if close == month.last:
        return [(MONTHS, BEGINNING, month.end)]
    return [(MONTHS, BEGINNING, month.start), (DAYS, month.start, month.until(close).end)]


def _summed(
    parts: Sequence[Part], reps: Collection[int], flows: Sequence[Flow]
) -> dict[tuple[str, int], dict[str, int]]:
    """(slot, rep) → sums of the flows over the slot's parts, all in one statement; of everybody without `reps`."""
    tiers = [tier for tier in (MONTHS, DAYS) if any(part.tier == tier for part in parts)]
    rows: list[str] = []
    selects: list[str] = []
    bounds: list[Any] = []
    wanted: list[Any] = []
    for tier in tiers:
        mine = [part for part in parts if part.tier == tier]
        rows.append(_rows_of(tier, reps, flows))
        selects.append(_select(tier, len(mine), flows))
        bounds += [min(part.start for part in mine), max(part.end for part in mine)]
        wanted += [value for part in mine for value in (part.slot, part.start, part.end)]
    sql, bound = f"WITH {', '.join(rows)} {' UNION ALL '.join(selects)}", bounds + wanted
    found: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    if selects:
        for slot, rep, *values in _rows(sql, bound):
            counts = found[slot, rep]
            for flow, value in zip(flows, values, strict=True):
                counts[flow.key] += value
    return found


def _rows_of(tier: str, reps: Collection[int], flows: Sequence[Flow]) -> str:
    """The rows of one tier that matter, found by index once; materialized, else a planner may scan for each part."""
    columns = ", ".join(flow.key for flow in flows)
    whose = f" AND rep_id IN ({_listed(reps)})" if reps else ""
    return (
        f"of_{tier} AS MATERIALIZED (SELECT rep_id, day, {columns} FROM {tier}"
        f" WHERE day >= %s AND day < %s{whose})"
    )


def _select(tier: str, parts: int, flows: Sequence[Flow]) -> str:
    """The sums of one tier's rows by part and rep."""
    sums = ", ".join(f"CAST(SUM({flow.key}) AS BIGINT)" for flow in flows)
    part = "SELECT CAST(%s AS TEXT) AS slot, {0} AS start, {0} AS until".format(dialect().a_day)
    return (
        f"SELECT slot, rep_id, {sums} FROM ({' UNION ALL '.join([part] * parts)}) AS part JOIN of_{tier} AS tier"
        f" ON tier.day >= part.start AND tier.day < part.until GROUP BY slot, rep_id"
    )


def _listed(reps: Collection[int]) -> str:
    return ", ".join(str(int(rep)) for rep in reps)


def count_raw(
    reps: Collection[int], period: Period, at: date, flows: Sequence[Flow]
) -> dict[int, dict[str, int]]:
    """The same flows straight from the facts: slower, for filters no tier holds, and to check the tiers."""
    sums = ", ".join(f"{_sum(flow)} AS {flow.key}" for flow in flows)
    ids, cut = _listed(reps), period.until(at)
    sql = f"SELECT rep_id, {sums} FROM ledger_fact WHERE rep_id IN ({ids}) AND day >= %s AND day < %s GROUP BY rep_id"
    found = {
        rep: dict(zip((f.key for f in flows), map(int, v), strict=True))
        for rep, *v in _rows(sql, [cut.start, cut.end])
    }
    return {rep: found.get(rep, dict.fromkeys((f.key for f in flows), 0)) for rep in reps}


# Writing -------------------------------------------------------------------------------------------------


def lock(reps: Iterable[int]) -> None:
    """Hold these reps until the transaction ends; call it before the first write."""
    with connection.cursor() as cursor:
        dialect().lock_reps(cursor, reps)


def recount(touched: Mapping[int, Collection[date]]) -> None:
    """Recompute the tiers of the touched days (rep → days) from the facts."""
    with connection.cursor() as cursor:
        for rep in sorted(touched):
            days = sorted(touched[rep])
            months = sorted({day.replace(day=1) for day in days})
            marks = ", ".join(["%s"] * len(days))
            cursor.execute(f"DELETE FROM ledger_repday WHERE rep_id = %s AND day IN ({marks})", [rep, *days])
            cursor.execute(_fill_days(f"WHERE rep_id = %s AND day IN ({marks})"), [rep, *days])
            marks = ", ".join(["%s"] * len(months))
            cursor.execute(
                f"DELETE FROM ledger_repmonth WHERE rep_id = %s AND day IN ({marks})", [rep, *months]
            )
            inside = " OR ".join(["day >= %s AND day < %s"] * len(months))
            spans = [bound for month in months for bound in (month, month_of(month).end)]
            cursor.execute(_fill_months(f"WHERE rep_id = %s AND ({inside})"), [rep, *spans])


def recount_everything() -> None:
    """Recompute both tiers from all facts."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_repday", [])
        cursor.execute(_fill_days(""), [])
        cursor.execute("DELETE FROM ledger_repmonth", [])
        cursor.execute(_fill_months(""), [])


def differences() -> list[str]:
    """Where the tiers do not equal what the facts say; empty when all is well."""
    days = f"SELECT rep_id, day, {_sums()} FROM ledger_fact GROUP BY rep_id, day"
    month = dialect().month_of_day
    added = ", ".join(f"SUM({flow.key})" for flow in FLOWS)
    months = f"SELECT rep_id, {month} AS first, {added} FROM ledger_repday GROUP BY rep_id, {month}"
    return [*_unequal("rep_day", days), *_unequal("rep_month", months)]


def _unequal(tier: str, expected: str) -> list[str]:
    kept = f"SELECT rep_id, day, {COLUMNS} FROM ledger_{tier.replace('_', '')}"
    found = []
    for word, left, right in (("lacks", expected, kept), ("should not have", kept, expected)):
        for rep, day, *_ in _rows(f"SELECT * FROM ({left}) AS a EXCEPT SELECT * FROM ({right}) AS b", []):
            found.append(f"{tier} {word} the figures of person {rep} on {day}.")
    return found


def _fill_days(where: str) -> str:
    return (
        f"INSERT INTO ledger_repday (rep_id, day, {COLUMNS})"
        f" SELECT rep_id, day, {_sums()} FROM ledger_fact {where} GROUP BY rep_id, day"
    )


def _fill_months(where: str) -> str:
    month, sums = dialect().month_of_day, ", ".join(f"SUM({flow.key})" for flow in FLOWS)
    return (
        f"INSERT INTO ledger_repmonth (rep_id, day, {COLUMNS})"
        f" SELECT rep_id, {month}, {sums} FROM ledger_repday {where} GROUP BY rep_id, {month}"
    )


def _sums() -> str:
    return ", ".join(_sum(flow) for flow in FLOWS)


def _sum(flow: Flow) -> str:
    column = "share" if flow.of is Of.CREDIT else "amount"
    outcome = f" AND outcome = '{flow.outcome}'" if flow.outcome else ""
    return f"CAST(SUM(CASE WHEN kind = '{flow.kind.value}'{outcome} THEN {column} ELSE 0 END) AS BIGINT)"


def _rows(sql: str, bound: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return list(cursor.fetchall())
