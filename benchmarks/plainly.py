"""What a user would write instead: views over the facts without tiers, and the same over a copy in DuckDB.

They answer the counts of a card and nothing else: no targets by day, no bands, no evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.filling import AT

QUARTERS = 12
COLUMNS = "kind, day, rep_id, share, amount, outcome"
QUARTERLY = """
CREATE VIEW quarterly AS SELECT rep_id, date_trunc('quarter', day) AS quarter,
 SUM(CASE WHEN kind = 'deal_created' THEN share ELSE 0 END) / 1000000 AS deals_created,
 SUM(CASE WHEN kind = 'deal_won' THEN share ELSE 0 END) / 1000000 AS deals_won,
 SUM(CASE WHEN kind = 'deal_won' THEN amount ELSE 0 END) AS won_value,
 SUM(CASE WHEN kind = 'deal_closed' THEN share ELSE 0 END) / 1000000 AS deals_closed
FROM facts WHERE kind IN ('deal_created', 'deal_won', 'deal_closed') AND day <= DATE '{at}' GROUP BY 1, 2
"""
STANDING = """
CREATE VIEW standing AS SELECT rep_id,
 SUM(CASE WHEN kind = 'deal_closed' THEN -amount ELSE amount END) AS open_value
FROM facts WHERE kind IN ('deal_created', 'deal_observed', 'deal_amended', 'deal_closed') AND day <= DATE '{at}'
GROUP BY 1
"""
OWN = "SELECT * FROM quarterly WHERE rep_id = {rep} AND quarter >= DATE '{since}' ORDER BY quarter"
OPEN = "SELECT open_value FROM standing WHERE rep_id = {rep}"
TEAM = "SELECT AVG(deals_won), AVG(won_value) FROM quarterly WHERE rep_id IN ({others}) AND quarter = DATE '{now}'"
BOARD = """
SELECT s.rep_id, COALESCE(deals_created, 0), COALESCE(deals_won, 0), COALESCE(won_value, 0), COALESCE(deals_closed, 0),
 open_value FROM standing AS s LEFT JOIN quarterly AS q ON q.rep_id = s.rep_id AND quarter = DATE '{now}'
"""
Ask = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Plainly:
    """Questions in SQL, asked somewhere."""

    ask: Ask

    def card(self, rep: int) -> list[Sequence[Any]]:
        """Twelve quarters of a rep, the open pipeline, and the mean of nine others."""
        others = ", ".join(str(rep + n) for n in range(1, 10))
        now, since = _quarter(AT), _quarter(AT.replace(year=AT.year - QUARTERS // 4))
        asked = (OWN, OPEN, TEAM)
        return [
            row for sql in asked for row in self.ask(sql.format(rep=rep, others=others, now=now, since=since))
        ]

    def board(self) -> dict[int, dict[str, int]]:
        """The running quarter of everybody."""
        keys = ("deals_created", "deals_won", "won_value", "deals_closed", "open_value")
        rows = self.ask(BOARD.format(now=_quarter(AT)))
        return {
            int(rep): dict(zip(keys, (int(value) for value in values), strict=True)) for rep, *values in rows
        }


def views() -> Plainly:
    """Views in the database of the installation, over its own table with its own indexes."""
    from django.db import connection

    def ask(sql: str) -> Sequence[Sequence[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    with connection.cursor() as cursor:
        for view in (QUARTERLY, STANDING):
            cursor.execute(view.format(at=AT).replace("FROM facts", "FROM ledger_fact"))
    return Plainly(ask)


def duck(folder: Path) -> Plainly | None:
    """The same facts copied into a file of DuckDB, in order of rep and day; None where it is not installed."""
    try:
        import duckdb
    except ImportError:
        return None
    from django.db import connection

    copied = folder / "facts.csv"
    with connection.cursor() as cursor, copied.open("wb") as file:
        told = f"COPY (SELECT {COLUMNS} FROM ledger_fact ORDER BY rep_id, day) TO STDOUT (FORMAT CSV, HEADER)"
        with cursor.copy(told) as rows:
            for block in rows:
                file.write(block)
    known = duckdb.connect(str(folder / "facts.duckdb"))
    known.execute(f"CREATE TABLE facts AS SELECT * FROM read_csv('{copied}', header = true)")
    copied.unlink()
    for view in (QUARTERLY, STANDING):
        known.execute(view.format(at=AT))
    return Plainly(lambda sql: known.execute(sql).fetchall())


def _quarter(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
