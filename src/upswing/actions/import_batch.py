"""Import: read a source, put every usable record in place, keep every problem. Importing twice equals once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from upswing.actions.bulk import durable_at_the_next_commit
from upswing.actions.known import DEFAULT_CURRENCY, known
from upswing.actions.permission import needs_operator
from upswing.actions.shelf import CREATED, UNCHANGED, UPDATED
from upswing.actions.taking import Taking
from upswing.connectors.connector import Connector, Unreadable, folded, printable
from upswing.core.records import (
    ActivityRecord,
    DealRecord,
    LeadRecord,
    Origin,
    PersonRecord,
    Problem,
    Record,
    Severity,
)
from upswing.intake import models as intake
from upswing.people.models import Organisation
from upswing.people.viewer import Viewer

BLOCK = 1_000
WINDOW = 50_000
"""Records in memory at once: among so many the order of the source does not matter, and each rep's are together."""
LENGTHS = {"code": 64, "record": 200, "field": 64, "value": 200, "sentence": 2_000}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class About:
    """What an import says of itself: where it comes from, in which currency, when its files were made."""

    source: str
    name: str
    currency: str
    organisation: str
    read_on: Any
    mapping: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import did. `problems` are all of them, in file order."""

    batch: str
    created: int
    updated: int
    unchanged: int
    refused: int
    notices: int
    problems: tuple[Problem, ...]


def import_batch(
    viewer: Viewer,
    connector: Connector,
    about: About,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Imported:
    """Bring in one source. Good rows land, each chunk whole or not at all; problems are kept beside them.

    Records are read and put in place a window at a time, so memory does not grow with the source. Raises
    Unreadable, before anything is written, when the source as a whole cannot be read, and NotAllowed.
    """
    needs_operator(viewer, "import data")
    organisation = Organisation.objects.first()
    if organisation and about.currency and about.currency != organisation.currency:
        raise Unreadable(
            f"The mapping says {about.currency}, the organisation counts in {organisation.currency}. "
            "Convert the amounts first, or correct the mapping's currency."
        )
    found = known(about.source, about.currency, now.date())
    stream = iter(connector.read(found))
    first = next(stream, None)
    batch, read, counts = _open(about, now), _Read(), Counter[str]()
    taking = Taking(batch, found, now.date())
    with durable_at_the_next_commit():
        for window in read.windows([] if first is None else [first], stream):
            for step in taking.take(window):
                counts.update(step)
                progress(counts.total(), max(found.expected, counts.total()))
        taking.finish()
    problems = list(dict.fromkeys([*read.problems, *read.without_deals()]))  # two kinds may share a file
    return _close(batch, counts, problems, now)


@dataclass(slots=True)
class _Read:
    """What has been read so far: the problems, and who had any record."""

    problems: list[Problem] = field(default_factory=list)
    people: list[PersonRecord] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)

    def windows(
        self, first: Iterable[Record | Problem], rest: Iterator[Record | Problem]
    ) -> Iterator[list[Any]]:
        """Records of one kind at a time, in the order of the source."""
        window: list[Any] = []
        for items in (first, rest):
            for item in items:
                if isinstance(item, Problem):
                    self.problems.append(_clean(item))
                    continue
                if window and (type(item) is not type(window[0]) or len(window) >= WINDOW):
                    yield self._seen(window)
                    window = []
                window.append(item)
        if window:
            yield self._seen(window)

    def _seen(self, window: list[Any]) -> list[Any]:
        if isinstance(window[0], PersonRecord):
            self.people += window
        elif isinstance(window[0], DealRecord):
            self.busy |= {folded(rep) for deal in window for rep, _ in deal.credit}
        elif isinstance(window[0], LeadRecord | ActivityRecord):
            self.busy |= {folded(rep) for rep in {record.rep for record in window}}
        return window

    def without_deals(self) -> Iterator[Problem]:
        """People of this import without any deal, lead or activity in it: a scorecard of zeros explains nothing."""
        for person in self.people if self.busy else ():
            if folded(person.name) not in self.busy:
                name = person.name
                sentence = f"{name} has no deal in this import; their scorecard shows zeros and says so."
                yield _clean(
                    Problem(Severity.NOTICE, "rep_without_deals", person.origin, name, "name", name, sentence)
                )


@transaction.atomic
def _open(about: About, now: datetime) -> intake.Batch:
    name, currency = about.organisation or about.name, about.currency or DEFAULT_CURRENCY
    Organisation.objects.get_or_create(id=1, defaults={"name": name, "currency": currency})
    source, _ = intake.Source.objects.get_or_create(key=about.source, defaults={"name": about.name})
    mapping = printable(about.mapping, 200)
    return intake.Batch.objects.create(source=source, mapping=mapping, started=now, read_on=about.read_on)


@transaction.atomic
def _close(batch: intake.Batch, counts: Counter[str], problems: list[Problem], now: datetime) -> Imported:
    """Keep the problems (the source's earlier ones are superseded) and finish the batch."""
    intake.Problem.objects.filter(batch__source=batch.source).delete()
    intake.Problem.objects.bulk_create((_problem(batch, problem) for problem in problems), batch_size=BLOCK)
    severities = Counter(problem.severity for problem in problems)
    batch.created, batch.updated, batch.unchanged = counts[CREATED], counts[UPDATED], counts[UNCHANGED]
    batch.refused, batch.notices = severities[Severity.REFUSED], severities[Severity.NOTICE]
    batch.finished = now
    batch.save()
    return Imported(
        str(batch.uid), batch.created, batch.updated, batch.unchanged, batch.refused, batch.notices,
        tuple(problems),
    )  # fmt: skip


def _clean(problem: Problem) -> Problem:
    """The problem as it can be stored on every engine and printed on a terminal."""
    texts: dict[str, Any] = {name: printable(getattr(problem, name), most) for name, most in LENGTHS.items()}
    return replace(problem, origin=Origin(printable(problem.origin.file, 255), problem.origin.row), **texts)


def _problem(batch: intake.Batch, problem: Problem) -> intake.Problem:
    return intake.Problem(
        batch=batch, severity=problem.severity.value, file=problem.origin.file, row=problem.origin.row,
        **{name: getattr(problem, name) for name in LENGTHS},
    )  # fmt: skip
