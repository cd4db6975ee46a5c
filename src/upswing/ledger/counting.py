"""Counting: the only place that writes SQL for measures.

Reading: whole months from the month tier, edges from the day tier, all slots of a question in one statement.
Writing: `lock`, change facts, `recount` — in one transaction, in that order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from upswing.core.measures import FLOWS, Flow, Measure, Stock, flows_of
from upswing.core.period import Period, PeriodKind, edges, month_of, whole_months
from upswing.ledger.dialect import dialect
from upswing.people.viewer import NotVisible, Sight

MANY = 100
"""Above so many reps a viewer who sees everybody counts everybody: shorter than a list of them."""
FEW = 12
"""Up to so many reps the rows of the tiers are fetched and added in Python."""
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


Sums = dict[tuple[str, int], dict[str, int]]
"""(slot, rep) → sums by the key of the flow."""


def _summed(parts: Sequence[Part], reps: Collection[int], flows: Sequence[Flow]) -> Sums:
    """(slot, rep) → sums of the flows over the slot's parts; of everybody without `reps`.

    Of a few reps the rows are few: fetched as they are and added here. Of many, one statement adds them.
    """
    return _added(parts, reps, flows) if 0 < len(reps) <= FEW else _grouped(parts, reps, flows)


def _added(parts: Sequence[Part], reps: Collection[int], flows: Sequence[Flow]) -> Sums:
    found: Sums = defaultdict(lambda: defaultdict(int))
    columns, keys = ", ".join(flow.key for flow in flows), [flow.key for flow in flows]
    for tier in dict.fromkeys(part.tier for part in parts):
        mine = [part for part in parts if part.tier == tier]
        sql = f"SELECT rep_id, day, {columns} FROM {tier} WHERE rep_id IN ({_listed(reps)}) AND day >= %s AND day < %s"
        bounds = [min(part.start for part in mine), max(part.end for part in mine)]
        for rep, written, *values in _rows(f"{sql} ORDER BY rep_id, day", bounds):
            day = date.fromisoformat(written) if isinstance(written, str) else written
            for part in mine:
                if part.start <= day < part.end:
                    counts = found[part.slot, rep]
                    for key, value in zip(keys, values, strict=True):
                        counts[key] += value
    return found


def _grouped(parts: Sequence[Part], reps: Collection[int], flows: Sequence[Flow]) -> Sums:
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
    found: Sums = defaultdict(lambda: defaultdict(int))
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


class By(StrEnum):
    """What facts can be told apart by: how the lead was found, the stage, the way of reaching out."""

    SOURCE = "source"
    STAGE = "stage"
    CHANNEL = "channel"


def count_by(
    sight: Sight, reps: Collection[int], slot: Slot, measures: Collection[Measure], by: By
) -> dict[str, dict[str, int]]:
    """Word → counts of all these reps together, straight from the facts; words without any fact are absent.

    Stocks stand at the close of the slot. Raises NotVisible as `count` does.
    """
    if hidden := [rep for rep in reps if not sight.may_see(rep)]:
        raise NotVisible(f"{len(hidden)} of the asked people may not be seen by this viewer.")
    found: dict[str, dict[str, int]] = {}
    whole = Period(PeriodKind.CUSTOM, BEGINNING, slot.close + timedelta(days=1))
    for measure in measures if reps else ():
        stands = isinstance(measure, Stock)
        for word, sums in _by(reps, whole if stands else slot.period.until(slot.at), flows_of(measure), by):
            value = _net(measure, sums) if isinstance(measure, Stock) else sums[measure.key]
            if value or word in found:
                found.setdefault(word, {})[measure.key] = value
    return {word: {m.key: counts.get(m.key, 0) for m in measures} for word, counts in found.items()}


def _by(
    reps: Collection[int], period: Period, flows: Sequence[Flow], by: By
) -> Iterator[tuple[str, dict[str, int]]]:
    """Word → sums of the flows; only facts of their kinds are read."""
    kinds = ", ".join(f"'{kind.value}'" for kind in dict.fromkeys(flow.kind for flow in flows))
    sql = (
        f"SELECT {by.value}, {', '.join(_sum(flow) for flow in flows)} FROM ledger_fact"
        f" WHERE rep_id IN ({_listed(reps)}) AND day >= %s AND day < %s AND kind IN ({kinds}) GROUP BY {by.value}"
    )
    for word, *values in _rows(sql, [period.start, period.end]):
        yield word, dict(zip((flow.key for flow in flows), map(int, values), strict=True))


# Writing -------------------------------------------------------------------------------------------------


def lock(reps: Iterable[int]) -> None:
    """Hold these reps until the transaction ends; call it before the first write."""
    with connection.cursor() as cursor:
        dialect().lock_reps(cursor, reps)


def recount(touched: Mapping[int, Collection[date]]) -> None:
    """Recompute the tiers of the touched days (rep → days) from the facts."""
    days = sorted((rep, day) for rep, several in touched.items() for day in several)
    months = sorted({(rep, day.replace(day=1)) for rep, day in days})
    with connection.cursor() as cursor:
        for pairs in _blocks(days):
            touch, bound = _touch(pairs)
            cursor.execute(f"DELETE FROM {DAYS} WHERE (rep_id, day) IN ({touch})", bound)
            cursor.execute(_fill_days(_touched(touch, "fact.day = touched.day")), bound)
        for pairs in _blocks(months):
            touch, bound = _touch(pairs)
            cursor.execute(f"DELETE FROM {MONTHS} WHERE (rep_id, day) IN ({touch})", bound)
            inside = f"fact.day >= touched.day AND fact.day < {dialect().month_after}"
            cursor.execute(_fill_months(_touched(touch, inside)), bound)


PAIRS = 2_000
"""Rep and day pairs a statement: far below what either database takes as parameters."""


def _blocks(pairs: Sequence[tuple[int, date]]) -> Iterator[Sequence[tuple[int, date]]]:
    return (pairs[start : start + PAIRS] for start in range(0, len(pairs), PAIRS))


def _touch(pairs: Sequence[tuple[int, date]]) -> tuple[str, list[Any]]:
    """The pairs as a table, and the days to bind."""
    rows = ", ".join(f"({int(rep)}, {dialect().a_day})" for rep, _ in pairs)
    return f"VALUES {rows}", [day for _, day in pairs]


def _touched(touch: str, when: str) -> str:
    """Rows of a fact or tier table (called `fact`) that belong to the touched pairs."""
    return f"JOIN {dialect().named_pairs.format(touch)} ON fact.rep_id = touched.rep_id AND {when}"


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
    months = f"SELECT rep_id, {month} AS first, {added} FROM {DAYS} AS fact GROUP BY rep_id, {month}"
    return [*_unequal("rep_day", days), *_unequal("rep_month", months)]


def _unequal(tier: str, expected: str) -> list[str]:
    kept = f"SELECT rep_id, day, {COLUMNS} FROM ledger_{tier.replace('_', '')}"
    found = []
    for word, left, right in (("lacks", expected, kept), ("should not have", kept, expected)):
        for rep, day, *_ in _rows(f"SELECT * FROM ({left}) AS a EXCEPT SELECT * FROM ({right}) AS b", []):
            found.append(f"{tier} {word} the figures of person {rep} on {day}.")
    return found


def _fill_days(which: str) -> str:
    """Days from facts, in two steps: first one narrow sum a kind and outcome, which an index can feed in order."""
    narrow = (
        "SELECT fact.rep_id, fact.day, kind, outcome, CAST(SUM(share) AS BIGINT) AS share,"
        " CAST(SUM(amount) AS BIGINT) AS amount, CAST(SUM(seconds) AS BIGINT) AS seconds"
        f" FROM ledger_fact AS fact {which} GROUP BY fact.rep_id, fact.day, kind, outcome"
    )
    return (
        f"INSERT INTO {DAYS} (rep_id, day, {COLUMNS})"
        f" SELECT rep_id, day, {_sums()} FROM ({narrow}) AS narrow GROUP BY rep_id, day"
    )


def _fill_months(which: str) -> str:
    month, sums = dialect().month_of_day, ", ".join(f"SUM({flow.key})" for flow in FLOWS)
    return (
        f"INSERT INTO {MONTHS} (rep_id, day, {COLUMNS})"
        f" SELECT fact.rep_id, {month}, {sums} FROM {DAYS} AS fact {which} GROUP BY fact.rep_id, {month}"
    )


def _sums() -> str:
    return ", ".join(_sum(flow) for flow in FLOWS)


def _sum(flow: Flow) -> str:
    """A flow over fact rows; a row of a kind alone is told by it, outcomes are listed."""
    ended = ", ".join(f"'{outcome}'" for outcome in flow.outcomes)
    outcome = f" AND outcome IN ({ended})" if flow.outcomes else ""
    return (
        f"CAST(SUM(CASE WHEN kind = '{flow.kind.value}'{outcome} THEN {flow.of.value} ELSE 0 END) AS BIGINT)"
    )


def _rows(sql: str, bound: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        return list(cursor.fetchall())
