"""What came in: sources with how fresh they are, batches with what they brought, drafts under way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count

from upswing.book.rates import ALL_HERE
from upswing.core.records import Severity
from upswing.intake.models import Batch, Draft, Problem
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries.problems import Group, kept_groups, standing

PAGE = 50
LEAST = 6
"""Characters of an id that are enough to name an import."""
PARTS = ((0, 8), (8, 12), (12, 16), (16, 20), (20, None))
"""An id's figures from hyphen to hyphen."""
SILENT = timedelta(minutes=5)
"""An import that has not said for so long that it is at work was cut off."""
LISTED = "`upswing batches` lists them."


class State(StrEnum):
    """How far an import is."""

    RUNNING = "running"
    CUT_OFF = "cut off"
    DONE = "done"
    UNDOING = "being taken back"
    UNDONE = "taken back"


@dataclass(frozen=True, slots=True)
class BatchShown:
    """One import. `files` are the tables it read; `by` is who asked for it, empty for the server's operator."""

    id: UUID
    source: str
    source_key: str
    mapping: str
    by: str
    state: State
    started: datetime
    finished: datetime | None
    undone: datetime | None
    read_on: date | None
    created: int
    updated: int
    unchanged: int
    refused: int
    notices: int
    done: int
    expected: int
    alive: datetime | None
    files: tuple[str, ...]
    toml: str = ""
    draft: UUID | None = None


@dataclass(frozen=True, slots=True)
class DraftShown:
    """An import being prepared: who began it when, with which files, and the job that is under way for it."""

    id: UUID
    by: str
    begun: datetime
    files: tuple[str, ...]
    job: str
    tried: bool


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A source with its last import, and the problems that stand: rows refused, worth knowing."""

    key: str
    name: str
    last: BatchShown
    refused: int
    notices: int


def batches(
    viewer: Viewer, page: int = 1, source: str = "", now: datetime | None = None
) -> tuple[BatchShown, ...]:
    """The imports, the latest first, a page at a time; with `now` those that fell silent before it are cut off."""
    operators_only(viewer)
    found = (
        Batch.objects.filter(source__key=source)
        if source
        else Batch.objects.exclude(source__key__in=ALL_HERE)
    )
    return _shown(found.order_by("-pk").values_list("pk", flat=True)[(page - 1) * PAGE : page * PAGE], now)


def batch(viewer: Viewer, uid: UUID, now: datetime | None = None) -> BatchShown:
    """One import, with its mapping; `now` as for `batches`. Raises NotVisible when there is none."""
    operators_only(viewer)
    found = _shown(Batch.objects.filter(uid=uid).values_list("pk", flat=True), now)
    if not found:
        raise NotVisible("There is no such import.")
    return found[0]


def batch_called(viewer: Viewer, beginning: str) -> UUID:
    """The import whose id begins so; six characters or more. Raises NotVisible where none does, or several do."""
    operators_only(viewer)
    written = beginning.strip().lower().replace("-", "")
    if len(written) < LEAST:
        raise NotVisible(f"“{beginning}” is too short: write {LEAST} characters of an import's id. {LISTED}")
    whole = "-".join(written[start:end] for start, end in PARTS if written[start:])
    found = list(Batch.objects.filter(uid__startswith=whole).order_by("pk").values_list("uid", flat=True))
    if not found:
        raise NotVisible(f"No import begins with “{beginning}”. {LISTED}")
    if len(found) > 1:
        ids = f"{', '.join(map(str, found[:-1]))} and {found[-1]}"
        raise NotVisible(
            f"{len(found)} imports begin with “{beginning}”: {ids}. Write more of the one you mean."
        )
    return found[0]


def problems_of(viewer: Viewer, uid: UUID) -> tuple[Group, ...]:
    """What one import could not use, by what mends it."""
    operators_only(viewer)
    return kept_groups(Problem.objects.filter(batch__uid=uid))


def standing_problems(viewer: Viewer, source: str = "") -> tuple[Group, ...]:
    """What the latest import of every file could not use, by what mends it."""
    operators_only(viewer)
    found = standing().filter(batch__source__key=source) if source else standing()
    return kept_groups(found)


def sources(viewer: Viewer) -> tuple[SourceShown, ...]:
    """Every source that has an import, by name."""
    operators_only(viewer)
    brought = Batch.objects.filter(undone=None).exclude(source__key__in=ALL_HERE)
    latest = dict(brought.order_by("pk").values_list("source", "pk"))
    told = standing().order_by().values_list("batch__source", "severity").annotate(rows=Count("pk"))
    rows = {(source, severity): count for source, severity, count in told}
    uids = dict(Batch.objects.filter(pk__in=latest.values()).values_list("uid", "source"))
    found = [
        SourceShown(
            one.source_key,
            one.source,
            one,
            refused=rows.get((uids[one.id], Severity.REFUSED.value), 0),
            notices=rows.get((uids[one.id], Severity.NOTICE.value), 0),
        )
        for one in _shown(list(latest.values()))
    ]
    return tuple(sorted(found, key=lambda source: source.name.casefold()))


def source_names(viewer: Viewer) -> dict[str, str]:
    """Short name → name of every source that has an import, by name; without counting its problems."""
    operators_only(viewer)
    found = Batch.objects.filter(undone=None).order_by().values_list("source__key", "source__name").distinct()
    return dict(sorted(found, key=lambda source: source[1].casefold()))


def drafts(viewer: Viewer) -> tuple[DraftShown, ...]:
    """The imports that are being prepared, the latest first."""
    operators_only(viewer)
    rows = Draft.objects.filter(batch=None).select_related("by").prefetch_related("files").order_by("-pk")
    return tuple(_draft(row) for row in rows[:PAGE])


def _draft(row: Draft) -> DraftShown:
    by = row.by.email if row.by else ""
    return DraftShown(row.uid, by, row.begun, _names(row), row.job, row.trial is not None)


def _shown(pks: Collection[int], now: datetime | None = None) -> tuple[BatchShown, ...]:
    rows = Batch.objects.filter(pk__in=list(pks)).select_related("source", "by", "draft")
    return tuple(_batch(row, now) for row in rows.prefetch_related("files").order_by("-pk"))


def _batch(row: Batch, now: datetime | None) -> BatchShown:
    by, draft = row.by.email if row.by else "", row.draft.uid if hasattr(row, "draft") else None
    return BatchShown(
        row.uid, row.source.name, row.source.key, row.mapping, by, _state(row, now), row.started, row.finished,
        row.undone, row.read_on, row.created, row.updated, row.unchanged, row.refused, row.notices, row.done,
        row.expected, row.alive, _names(row), row.toml, draft,
    )  # fmt: skip


def _names(row: Batch | Draft) -> tuple[str, ...]:
    return tuple(sorted(file.name for file in row.files.all()))


def _state(row: Batch, now: datetime | None) -> State:
    if row.undone:
        return State.UNDONE
    if row.undoing:
        return State.UNDOING
    if row.finished:
        return State.DONE
    return State.CUT_OFF if row.alive is None or (now and now - row.alive > SILENT) else State.RUNNING
