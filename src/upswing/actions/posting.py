"""Post facts: what records say now takes the place of what they said, and the touched days are counted again.

Use inside the transaction that changes the records, after `lock`; then `close`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from upswing.actions.bulk import find, insert, pieces
from upswing.core import facts as core
from upswing.ledger.counting import recount
from upswing.ledger.models import Fact

COLUMNS = (
    "kind", "day", "rep", "share", "amount", "seconds", "outcome", "stage", "how", "channel", "source",
    "record_kind", "record", "ordinal",
)  # fmt: skip
DAY, REP = COLUMNS.index("day"), COLUMNS.index("rep")

Row = tuple[Any, ...]
Made = Mapping[int, Sequence[core.Fact]]
"""Record → the facts it settles into."""


class Posting:
    """The facts that one transaction changes. `person` maps a rep as records name them to the internal id."""

    def __init__(self, person: Callable[[str], int]) -> None:
        self.person = person
        self.touched: dict[int, set[date]] = defaultdict(set)

    def put(self, kind: str, made: Made, fresh: Collection[int] = ()) -> None:
        """These records of a kind settle into these facts now; `fresh` ones had none before."""
        wanted = list(rows(kind, made, self.person))
        known = [record for record in made if record not in fresh] if fresh else list(made)
        if known:
            standing = dict(standing_rows(kind, known))
            gone = standing.keys() - set(wanted)
            self._note(gone)
            _delete([standing[row] for row in gone])
            wanted = [row for row in wanted if row not in standing]
        insert(Fact, COLUMNS, wanted)
        self._note(wanted)

    def close(self) -> None:
        """Count the touched days again."""
        recount(self.touched)

    def _note(self, changed: Iterable[Row]) -> None:
        for row in changed:
            self.touched[row[REP]].add(row[DAY])


def rows(kind: str, made: Made, person: Callable[[str], int]) -> Iterator[Row]:
    """The facts as rows of the ledger, in the order of COLUMNS."""
    for record, facts in made.items():
        for f in facts:
            yield (
                f.kind.value, f.day, person(f.rep), f.share, f.amount, f.seconds, str(f.outcome), f.stage, f.how,
                str(f.channel), f.source, kind, record, f.ordinal,
            )  # fmt: skip


def standing_rows(kind: str, records: Sequence[int]) -> Iterator[tuple[Row, int]]:
    """What these records say as posted: each fact as a row, and its id."""
    for fact, *row in find(Fact, ("id", *COLUMNS), "record", records, record_kind=kind):
        if isinstance(row[DAY], str):  # as SQLite keeps it
            row[DAY] = date.fromisoformat(row[DAY])
        yield tuple(row), fact


def _delete(facts: Sequence[int]) -> None:
    for part in pieces(facts):
        Fact.objects.filter(id__in=part).delete()


def reps_of(kind: str, records: Collection[int]) -> set[int]:
    """The people credited by the facts these records made so far."""
    return {rep for (rep,) in find(Fact, ("rep",), "record", list(records), record_kind=kind)}
