"""Import: read a source, put every usable record in place, keep every problem. Importing twice equals once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from django.db import transaction
from django.db.models import F

from upswing.actions.bulk import as_long_as_there_is_room, durable_at_the_next_commit
from upswing.actions.heartbeat import Heartbeat
from upswing.actions.known import DEFAULT_CURRENCY, Among, known
from upswing.actions.naming import Naming
from upswing.actions.permission import needs_operator
from upswing.actions.shelf import CREATED, UNCHANGED, UPDATED
from upswing.actions.taking import Taking
from upswing.actions.told_rates import Keeping
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
from upswing.queries.problems import superseded

BLOCK = 1_000
WINDOW = 50_000
"""Records in memory at once: among so many the order of the source does not matter, and each rep's are together."""
LENGTHS = {"code": 64, "record": 200, "field": 64, "value": 200, "sentence": 2_000}
COUNTS = ("created", "updated", "unchanged", "refused", "notices")
BATCHES_BACK = 10
"""So many imports of a source can be taken back and show the problems that stood before them."""
Progress = Callable[[int, int], None]


class NotNow(Unreadable):
    """Other work is in the way; once it is over, the same import can be asked for again."""


@dataclass(frozen=True, slots=True)
class About:
    """What an import says of itself: where it comes from, in which currency, when its files were made.

    `toml` is what the mapping says, `by` the user who asked for it; `kept` says which kept file (its id) holds a table.
    `resumed` is a batch that goes on: it was interrupted, or takes more of the same. `among` is all that
    its records can refer to, where they are few.
    """

    source: str
    name: str
    currency: str
    organisation: str
    read_on: date | None
    mapping: str
    toml: str = ""
    by: int | None = None
    kept: Mapping[str, int] = field(default_factory=dict)
    resumed: intake.Batch | None = None
    among: Among | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import did; of what it created, so many are `rates`. `problems` are all of them, in file order."""

    batch: str
    created: int
    updated: int
    unchanged: int
    refused: int
    notices: int
    rates: int
    problems: tuple[Problem, ...]


@as_long_as_there_is_room()
def import_batch(
    viewer: Viewer,
    connector: Connector,
    about: About,
    now: datetime,
    progress: Progress = lambda done, total: None,
    clock: Callable[[], datetime] | None = None,
    opened: Callable[[intake.Batch], None] = lambda batch: None,
) -> Imported:
    """Bring in one source. Good rows land, each chunk whole or not at all; problems are kept beside them.

    Records are read and put in place a window at a time, so memory does not grow with the source. With a `clock` the
    batch says while it works how far it is; `opened` is told the batch before anything is in it. Raises Unreadable,
    before anything is written, when the source as a whole cannot be read, or at any time when the disk is full; and
    NotAllowed.
    """
    needs_operator(viewer, "import data")
    _refuse_during_undo()
    refuse_other_currency(about)
    found = known(about.source, about.currency, now.date(), about.among)
    stream = Naming.load().read(connector, found)
    first = list(islice(stream, 1))  # whatever makes the source unreadable is said before this
    batch, read, counts = _open(about, now, opened), Reading(), Counter[str]()
    taking, beat = Taking(batch, found, now.date(), about.among), Heartbeat(batch, clock)
    rates = Keeping(batch, found.rates)
    try:
        with durable_at_the_next_commit():
            for window in read.windows(chain(first, stream)):
                counts.update(rates.keep())
                for step in taking.take(window):
                    counts.update(step)
                    expected = max(found.expected, counts.total())
                    progress(counts.total(), expected)
                    beat(counts.total(), expected)
            taking.finish()
            counts.update(rates.close())
    except KeyboardInterrupt:
        _cut_off(batch, counts)
        raise
    progress(counts.total(), counts.total())
    done = _close(batch, about, counts, read, clock() if clock else now)
    return replace(done, rates=rates.kept)


def refuse_other_currency(about: About) -> None:
    """Raises Unreadable when the mapping counts in another currency than the organisation."""
    organisation = Organisation.objects.first()
    counted = intake.Batch.objects.filter(undone=None).exists()
    if organisation and counted and about.currency and about.currency != organisation.currency:
        raise Unreadable(
            f"The mapping says {about.currency}, the organisation counts in {organisation.currency}. "
            "Convert the amounts first, or correct the mapping's currency."
        )


def _refuse_during_undo() -> None:
    under_way = (
        intake.Batch.objects.exclude(undoing=None).filter(undone=None).select_related("source").first()
    )
    if under_way:
        raise NotNow(
            f"The import of {under_way.source.name} is being taken back. Wait until it is, "
            f"or complete it with `upswing undo {under_way.uid}` if that was interrupted."
        )


@dataclass(slots=True)
class Reading:
    """What has been read so far: from which files, the problems, and who had any record."""

    files: set[str] = field(default_factory=set)
    found: list[Problem] = field(default_factory=list)
    people: list[PersonRecord] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)

    def windows(self, items: Iterable[Record | Problem]) -> Iterator[list[Any]]:
        """Records of one kind at a time, in the order of the source."""
        window: list[Any] = []
        for item in items:
            if isinstance(item, Problem):
                self.found.append(_clean(item))
                self.files.add(item.origin.file)
                continue
            if window and (type(item) is not type(window[0]) or len(window) >= WINDOW):
                yield self._seen(window)
                window = []
            window.append(item)
        if window:
            yield self._seen(window)

    @property
    def problems(self) -> list[Problem]:
        """All of them, each once: two kinds may share a file."""
        return list(dict.fromkeys([*self.found, *self._without_deals()]))

    def _seen(self, window: list[Any]) -> list[Any]:
        self.files |= {record.origin.file for record in window}
        if isinstance(window[0], PersonRecord):
            self.people += window
        elif isinstance(window[0], DealRecord):
            self.busy |= {folded(rep) for deal in window for rep, _ in deal.credit}
        elif isinstance(window[0], LeadRecord | ActivityRecord):
            self.busy |= {folded(rep) for rep in {record.rep for record in window}}
        return window

    def _without_deals(self) -> Iterator[Problem]:
        """People of this import without any deal, lead or activity in it: a scorecard of zeros explains nothing."""
        for person in self.people if self.busy else ():
            if folded(person.name) not in self.busy:
                name = person.name
                sentence = f"{name} has no deal in this import; their scorecard shows zeros and says so."
                yield _clean(
                    Problem(Severity.NOTICE, "rep_without_deals", person.origin, name, "name", name, sentence)
                )


@transaction.atomic
def _open(about: About, now: datetime, opened: Callable[[intake.Batch], None]) -> intake.Batch:
    if about.resumed:
        return about.resumed
    name, currency = about.organisation or about.name, about.currency or DEFAULT_CURRENCY
    Organisation.objects.get_or_create(id=1, defaults={"name": name, "currency": currency})
    if about.currency:  # another one only where nothing is counted any more
        Organisation.objects.exclude(currency=about.currency).update(currency=about.currency)
    source, _ = intake.Source.objects.get_or_create(key=about.source, defaults={"name": about.name})
    mapping = printable(about.mapping, 200)
    batch = intake.Batch.objects.create(
        source=source,
        mapping=mapping,
        toml=about.toml,
        by_id=about.by,
        started=now,
        read_on=about.read_on,
        alive=now,
    )
    opened(batch)
    return batch


def _cut_off(batch: intake.Batch, counts: Counter[str]) -> None:
    """Keep what it did so far, and that it does no more; it is never finished."""
    did = {name: F(name) + counts[name] for name in (CREATED, UPDATED, UNCHANGED)}
    intake.Batch.objects.filter(pk=batch.pk).update(alive=None, **did)


@transaction.atomic
def _close(batch: intake.Batch, about: About, counts: Counter[str], read: Reading, now: datetime) -> Imported:
    """Keep the problems and the names of the files, and finish the batch; one that goes on is added to."""
    problems = read.problems
    severities = Counter(problem.severity for problem in problems)
    done = Imported(
        str(batch.uid), counts[CREATED], counts[UPDATED], counts[UNCHANGED],
        severities[Severity.REFUSED], severities[Severity.NOTICE], 0, tuple(problems),
    )  # fmt: skip
    names = {printable(name, 255) for name in read.files | about.kept.keys()}
    intake.BatchFile.objects.bulk_create(
        (intake.BatchFile(batch=batch, name=name, upload_id=about.kept.get(name)) for name in sorted(names)),
        ignore_conflicts=True,
    )
    _forget_superseded(batch.source)
    intake.Problem.objects.bulk_create((_problem(batch, problem) for problem in problems), batch_size=BLOCK)
    standing = intake.Batch.objects.select_for_update().get(pk=batch.pk)
    for name in COUNTS:
        setattr(standing, name, getattr(standing, name) + getattr(done, name))
    standing.done = standing.expected = standing.created + standing.updated + standing.unchanged
    standing.finished = standing.alive = now
    standing.save()
    return done


def _forget_superseded(source: intake.Source) -> None:
    """Delete the problems of files that later imports have read, once so many imports lie between."""
    for oldest in source.batches.order_by("-pk").values_list("pk", flat=True)[
        BATCHES_BACK : BATCHES_BACK + 1
    ]:
        old = intake.Problem.objects.filter(batch__source=source, batch__lte=oldest)
        old.filter(superseded()).delete()


def _clean(problem: Problem) -> Problem:
    """The problem as it can be stored on every engine and printed on a terminal."""
    texts: dict[str, Any] = {name: printable(getattr(problem, name), most) for name, most in LENGTHS.items()}
    return replace(problem, origin=Origin(printable(problem.origin.file, 255), problem.origin.row), **texts)


def _problem(batch: intake.Batch, problem: Problem) -> intake.Problem:
    return intake.Problem(
        batch=batch, severity=problem.severity.value, file=problem.origin.file, row=problem.origin.row,
        **{name: getattr(problem, name) for name in LENGTHS},
    )  # fmt: skip
