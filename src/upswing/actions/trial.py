"""A trial run: what an import would do, counted kind by kind, and nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from upswing.actions.bulk import as_long_as_there_is_room
from upswing.actions.heartbeat import Heartbeat
from upswing.actions.import_batch import About, Reading, refuse_other_currency
from upswing.actions.known import known
from upswing.actions.naming import Naming
from upswing.actions.permission import needs_operator
from upswing.actions.shelf import CREATED, UNCHANGED, UPDATED, weigh
from upswing.actions.taking import KINDS, SHELVES, Taking
from upswing.connectors.connector import Connector
from upswing.core.records import Problem, Severity
from upswing.intake.models import Batch, Source
from upswing.people.viewer import Viewer

SAMPLES = 20
"""Records of each kind that are shown."""
UNTOLD = {"origin", "amounts", "moves", "closes", "lines", "counts", "conversion"}
"""Where a record comes from, and what stands under it."""
Told = dict[str, str]


@dataclass(frozen=True, slots=True)
class Trial:
    """What an import would do: kind → (new, changed, unchanged), and the first records of each kind as they read.

    `rows` were read, of about `expected`; `whole` says whether these are all.
    """

    kinds: dict[str, tuple[int, int, int]]
    samples: dict[str, list[Told]]
    problems: tuple[Problem, ...]
    rows: int
    expected: int
    whole: bool

    @property
    def refused(self) -> int:
        """Rows that would not be taken."""
        return sum(problem.severity is Severity.REFUSED for problem in self.problems)


@as_long_as_there_is_room()
def try_out(
    viewer: Viewer,
    connector: Connector,
    about: About,
    now: datetime,
    most: int | None = None,
    beat: Heartbeat | None = None,
) -> Trial:
    """Read the source, at most so many rows of it, and weigh every record.

    Raises Unreadable when the source as a whole cannot be read or the disk is full, and NotAllowed.
    """
    needs_operator(viewer, "import data")
    refuse_other_currency(about)
    found, read = known(about.source, about.currency, now.date()), Reading()
    kinds, samples = dict[str, Counter[str]](), dict[str, list[Told]]()
    stream = Naming.load().read(connector, found)
    with ExitStack() as passing:
        passing.enter_context(_coming_to_nothing())
        taking = _Weighing(_batch(about, now), found, now.date(), passing)
        for window in read.windows(islice(stream, most)):
            kind = KINDS[type(window[0])]
            shown = samples.setdefault(kind, [])
            shown.extend(_told(record) for record in window[: SAMPLES - len(shown)])
            for counts in taking.take(window):
                kinds.setdefault(kind, Counter()).update(counts)
                done = sum(one.total() for one in kinds.values())
                if beat:
                    beat(done, max(found.expected, done))
        whole = most is None or next(stream, None) is None
    if found.rates.told or found.rates.again:
        kinds["rates"] = Counter({CREATED: len(found.rates.told), UNCHANGED: found.rates.again})
    rows = sum(one.total() for one in kinds.values()) + len(read.found)
    weighed = {kind: (one[CREATED], one[UPDATED], one[UNCHANGED]) for kind, one in kinds.items()}
    return Trial(weighed, samples, (*read.problems, *taking.told), rows, max(found.expected, rows), whole)


class _Weighing(Taking):
    """An import that only looks. People are put in place, in a transaction that ends before the rest is weighed."""

    def __init__(self, *given: Any) -> None:
        *rest, self.passing = given
        super().__init__(*rest)
        self.told: list[Problem] = []

    def take(self, records: list[Any]) -> Iterator[Counter[str]]:
        """What would be done with records of one kind."""
        if type(records[0]) not in SHELVES:
            yield from super().take(records)
            return
        desk, shelf = self.desk(), SHELVES[type(records[0])]()
        self.passing.close()
        for counts, told in weigh(desk, shelf, sorted(records, key=shelf.order)):
            self.told.extend(told)
            yield counts


@contextmanager
def _coming_to_nothing() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _batch(about: About, now: datetime) -> Batch:
    source, _ = Source.objects.get_or_create(key=about.source, defaults={"name": about.name})
    return Batch.objects.create(source=source, started=now, read_on=about.read_on)


def _told(record: Any) -> Told:
    """The record's fields as text, those that say something."""
    cells = ((one.name, getattr(record, one.name)) for one in fields(record) if one.name not in UNTOLD)
    return {name: _cell(name, value) for name, value in cells if value not in (None, "", ())}


def _cell(name: str, value: Any) -> str:
    return ", ".join(rep for rep, _ in value) if name == "credit" else str(value)
