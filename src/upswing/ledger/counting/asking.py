"""Ask: counts of reps over slots of time, from the tiers; filtered, or told apart by a word, from the facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from upswing.core.measures import FLOWS, Flow, Measure, Stock, flows_of, parts_of
from upswing.core.period import Period, PeriodKind, edges, month_of, whole_months
from upswing.ledger.counting.filtering import Stretch, summed_raw
from upswing.ledger.counting.statement import DAYS, FACTS, MONTHS, listed, rows, sum_of
from upswing.ledger.counting.summing import Part, Sums, summed
from upswing.people.viewer import NotVisible, Sight

MANY = 100
"""Above so many reps a viewer who sees everybody counts everybody: shorter than a list of them."""
BEGINNING = date(1990, 1, 1)
ONE_DAY = timedelta(days=1)
COLUMNS = frozenset(flow.key for flow in FLOWS)
"""What the tiers hold; everything else is counted from the facts."""

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
    wanted = list(dict.fromkeys(part for measure in measures for part in parts_of(measure)))
    flows = [measure for measure in wanted if isinstance(measure, Flow)]
    stocks = [measure for measure in wanted if isinstance(measure, Stock)]
    moving = tuple(dict.fromkeys(flow for stock in stocks for flow in flows_of(stock)))
    needed = list(dict.fromkeys([*flows, *moving]))
    asked = () if sight.everyone and len(reps) > MANY else reps
    parts = [Part(slot.name, *span, _kept(flows)) for slot in slots for span in _spans(slot)]
    parts += [
        Part(STANDING + slot.name, *span, _kept(moving)) for slot in slots for span in _until(slot.close)
    ]
    sums = summed(parts, asked) if reps else {}
    if loose := [flow for flow in needed if flow.key not in COLUMNS]:
        sums = _merged(sums, summed_raw(_stretches(slots, bool(stocks)), asked, loose) if reps else {})
    counted = {}
    for slot in slots:
        for rep in reps:
            within, standing = sums.get((slot.name, rep), {}), sums.get((STANDING + slot.name, rep), {})
            counts = {flow.key: within.get(flow.key, 0) for flow in flows}
            counted[slot.name, rep] = counts | {stock.key: _net(stock, standing) for stock in stocks}
    return counted


def _kept(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """Those that the tiers hold."""
    return tuple(flow for flow in flows if flow.key in COLUMNS)


def _stretches(slots: Sequence[Slot], stocks: bool) -> list[Stretch]:
    """The days of the slots that have any and, where stocks are asked for, all days until their close."""
    found = [Stretch(slot.name, slot.period.start, slot.close + ONE_DAY) for slot in slots]
    if stocks:
        found += [Stretch(STANDING + slot.name, BEGINNING, slot.close + ONE_DAY) for slot in slots]
    return [each for each in found if each.start < each.end]


def _merged(sums: Sums, others: Sums) -> Sums:
    return {
        place: {**sums.get(place, {}), **others.get(place, {})} for place in dict.fromkeys([*sums, *others])
    }


def _net(stock: Stock, sums: Mapping[str, int]) -> int:
    return sum(sums.get(flow.key, 0) for flow in stock.enters) - sum(
        sums.get(flow.key, 0) for flow in stock.leaves
    )


STANDING = "standing "
"""Before the name of a slot: the sums from the beginning to its close, of which stocks are made."""


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


def count_raw(
    reps: Collection[int], period: Period, at: date, flows: Sequence[Flow]
) -> dict[int, dict[str, int]]:
    """The same flows straight from the facts: slower, for filters no tier holds, and to check the tiers."""
    sums = ", ".join(f"{sum_of(flow)} AS {flow.key}" for flow in flows)
    ids, cut = listed(reps), period.until(at)
    sql = f"SELECT rep_id, {sums} FROM {FACTS} WHERE rep_id IN ({ids}) AND day >= %s AND day < %s GROUP BY rep_id"
    found = {
        rep: dict(zip((f.key for f in flows), map(int, v), strict=True))
        for rep, *v in rows(sql, [cut.start, cut.end])
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
        f"SELECT {by.value}, {', '.join(sum_of(flow) for flow in flows)} FROM {FACTS}"
        f" WHERE rep_id IN ({listed(reps)}) AND day >= %s AND day < %s AND kind IN ({kinds}) GROUP BY {by.value}"
    )
    for word, *values in rows(sql, [period.start, period.end]):
        yield word, dict(zip((flow.key for flow in flows), map(int, values), strict=True))
