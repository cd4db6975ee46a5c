"""Add the tiers up over stretches of days: in one statement of many reps, in Python of a few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from upswing.core.measures import Flow
from upswing.ledger.counting.statement import DAYS, MONTHS, listed, rows
from upswing.ledger.dialect import dialect

FEW = 12
"""Up to so many reps the rows of the tiers are fetched and added in Python."""


@dataclass(frozen=True, slots=True)
class Part:
    """Days [start, end) of some flows to be summed from one tier into one slot."""

    slot: str
    tier: str
    start: date
    end: date
    flows: tuple[Flow, ...]


Sums = dict[tuple[str, int], dict[str, int]]
"""(slot, rep) → sums by the key of the flow."""


def summed(parts: Sequence[Part], reps: Collection[int]) -> Sums:
    """(slot, rep) → sums of the flows over the slot's parts; of everybody without `reps`.

    Of a few reps the rows are few: fetched as they are and added here. Of many, a statement adds them; parts of one
    slot are of the same flows.
    """
    if 0 < len(reps) <= FEW:
        return _added([part for part in parts if part.flows], reps)
    found: Sums = {}
    for flows in dict.fromkeys(part.flows for part in parts if part.flows):
        found |= _grouped([part for part in parts if part.flows == flows], reps, flows)
    return found


def _added(parts: Sequence[Part], reps: Collection[int]) -> Sums:
    found: Sums = defaultdict(lambda: defaultdict(int))
    for tier in dict.fromkeys(part.tier for part in parts):
        mine = [part for part in parts if part.tier == tier]
        keys = list(dict.fromkeys(flow.key for part in mine for flow in part.flows))
        places = {key: place for place, key in enumerate(keys)}
        wanted = [(part, [(flow.key, places[flow.key]) for flow in part.flows]) for part in mine]
        sql = f"SELECT rep_id, day, {', '.join(keys)} FROM {tier} WHERE rep_id IN ({listed(reps)})"
        bounds = [min(part.start for part in mine), max(part.end for part in mine)]
        for rep, written, *values in rows(f"{sql} AND day >= %s AND day < %s ORDER BY rep_id, day", bounds):
            day = date.fromisoformat(written) if isinstance(written, str) else written
            for part, columns in wanted:
                if part.start <= day < part.end:
                    counts = found[part.slot, rep]
                    for key, place in columns:
                        counts[key] += values[place]
    return found


def _grouped(parts: Sequence[Part], reps: Collection[int], flows: Sequence[Flow]) -> Sums:
    tiers = [tier for tier in (MONTHS, DAYS) if any(part.tier == tier for part in parts)]
    tables: list[str] = []
    selects: list[str] = []
    bounds: list[Any] = []
    wanted: list[Any] = []
    for tier in tiers:
        mine = [part for part in parts if part.tier == tier]
        tables.append(_rows_of(tier, reps, flows))
        selects.append(_select(tier, len(mine), flows))
        bounds += [min(part.start for part in mine), max(part.end for part in mine)]
        wanted += [value for part in mine for value in (part.slot, part.start, part.end)]
    sql, bound = f"WITH {', '.join(tables)} {' UNION ALL '.join(selects)}", bounds + wanted
    found: Sums = defaultdict(lambda: defaultdict(int))
    if selects:
        for slot, rep, *values in rows(sql, bound):
            counts = found[slot, rep]
            for flow, value in zip(flows, values, strict=True):
                counts[flow.key] += value
    return found


def _rows_of(tier: str, reps: Collection[int], flows: Sequence[Flow]) -> str:
    """The rows of one tier that matter, found by index once; materialized, else a planner may scan for each part."""
    columns = ", ".join(flow.key for flow in flows)
    whose = f" AND rep_id IN ({listed(reps)})" if reps else ""
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
