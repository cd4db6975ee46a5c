"""Prepare an import step by step: files, mapping, trial run, and the import itself, which is a job."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from upswing.actions.founding import refuse_demo
from upswing.actions.heartbeat import Heartbeat
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.keeping import holders, place_of
from upswing.actions.known import known
from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.trial import Trial, try_out
from upswing.connectors.connector import Unreadable, printable
from upswing.connectors.files.connector import Files
from upswing.connectors.files.format import Format
from upswing.connectors.files.guess.guess import guess
from upswing.connectors.files.guess.guessed import Guess
from upswing.connectors.files.guess.mapping import toml
from upswing.connectors.files.mapping import Mapping as FileMapping
from upswing.connectors.files.mapping import mapping_of
from upswing.connectors.files.ready.recognised import Match, recognised
from upswing.connectors.files.unpacking import Material, unpacked
from upswing.intake.models import Batch, DraftFile, SavedMapping, Source, Upload
from upswing.intake.models import Draft as Draft  # noqa: PLC0414  (jobs name it)
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.problems import grouped

TRIED = 100_000
"""Rows of a trial run at most; the import reads all."""
TRIAL, IMPORT = "trial", "import"


@transaction.atomic
def begin(viewer: Viewer, files: Mapping[str, Upload], now: datetime, by: int | None = None) -> Draft:
    """A draft of these files, by name; raises NotAllowed, and Unreadable where there is none."""
    needs_operator(viewer, "import data")
    refuse_demo()
    if not files:
        raise Unreadable("There is no file to read. Drop one, or choose it.")
    draft = Draft.objects.create(begun=now, by_id=by)
    add(viewer, draft, files)
    return draft


@transaction.atomic
def add(viewer: Viewer, draft: Draft, files: Mapping[str, Upload]) -> None:
    """Add files, or bring them again under the same name. What was mapped and tried has to be looked at again."""
    _changeable(viewer, draft)
    for name, upload in files.items():
        DraftFile.objects.update_or_create(draft=draft, name=name[-255:], defaults={"upload": upload})
    _change(draft, trial=None, failure="")


@transaction.atomic
def leave_out(viewer: Viewer, draft: Draft, name: str) -> None:
    """Take a file out of the draft."""
    _changeable(viewer, draft)
    draft.files.filter(name=name).delete()
    _change(draft, trial=None, failure="")


@transaction.atomic
def discard(viewer: Viewer, draft: Draft) -> None:
    """Forget a draft that was not imported."""
    _changeable(viewer, draft)
    draft.delete()


def draft_of(viewer: Viewer, uid: UUID) -> Draft:
    """The draft; raises NotAllowed, and NotVisible when there is none."""
    needs_operator(viewer, "import data")
    found = Draft.objects.filter(uid=uid).select_related("batch__source").first()
    if found is None:
        raise NotVisible("There is no such import. It may have been discarded.")
    return found


@transaction.atomic
def claim(viewer: Viewer, draft: Draft, job: str, now: datetime) -> None:
    """Have the draft to oneself for a job; raises NotAllowed while another one of it is under way."""
    needs_operator(viewer, "import data")
    free = Draft.objects.filter(pk=draft.pk, job="")
    if not free.update(job=job, failure="", done=0, expected=0, alive=now):
        raise NotAllowed("This import is being worked on already. Wait until that has ended.")


def claimed(uid: str) -> Draft:
    """The draft a job is for."""
    return Draft.objects.select_related("by", "batch__source").get(uid=uid)


def let_go(draft: Draft, failure: str) -> None:
    """The job has ended; `failure` says why it did before its time."""
    Draft.objects.filter(pk=draft.pk).update(job="", failure=failure)


@contextmanager
def material(draft: Draft) -> Iterator[Material]:
    """The tables in the draft's files, unpacked for as long as they are looked at."""
    files = {
        file.name: place_of(file.upload) for file in draft.files.select_related("upload").order_by("name")
    }
    with unpacked(files) as found:
        yield found


def fitting(viewer: Viewer, found: Material) -> list[Match]:
    """The mappings that fit the tables, the best first: saved ones, those of last imports, those that come ready."""
    needs_operator(viewer, "import data")
    saved = SavedMapping.objects.order_by("-saved")
    told = [_of_other_files(mapping.toml, {"name": mapping.name}) for mapping in saved]
    kept = {raw["source"] for raw in told}
    return recognised(found.tables(), [*told, *(raw for raw in _last_used() if raw["source"] not in kept)])


def _last_used() -> Iterator[dict[str, Any]]:
    """How the last import of every source was read."""
    last = Batch.objects.filter(undone=None).exclude(toml="").order_by("source", "-pk")
    for source in Source.objects.all():
        if batch := last.filter(source=source).first():
            about = {"name": source.name, "sentence": f"As the last import of {source.name} was read."}
            yield _of_other_files(batch.toml, about)


def _of_other_files(text: str, about: dict[str, str]) -> dict[str, Any]:
    """A mapping to use again, less the day on which its own files were made."""
    raw = tomllib.loads(text) | {"ready": about}
    raw.pop("read_on", None)
    return raw


def guessed(
    viewer: Viewer,
    found: Material,
    today: date,
    like: Mapping[str, Any],
    hows: Mapping[str, Format] | None = None,
) -> Guess:
    """What the tables hold; `like` is a mapping that is taken as it stands."""
    needs_operator(viewer, "import data")
    return guess(found.tables(), known("", "", today), today, like, dict(hows or {}))


@transaction.atomic
def map_as(viewer: Viewer, draft: Draft, raw: Mapping[str, Any], name: str = "") -> None:
    """Give the draft its mapping; raises Unreadable naming what is wrong with it."""
    _changeable(viewer, draft)
    mapping_of(raw, _where(draft))
    _change(draft, toml=toml(raw), mapping=name[:200], trial=None, failure="")


@transaction.atomic
def save_mapping(viewer: Viewer, draft: Draft, name: str, now: datetime) -> None:
    """Keep the draft's mapping under a name, for the next files like these."""
    _changeable(viewer, draft)
    if not (clean := printable(name.strip(), 200)):
        raise Unreadable("Give the mapping a name, so that you find it again.")
    SavedMapping.objects.update_or_create(name=clean, defaults={"toml": draft.toml, "saved": now})
    _change(draft, mapping=clean)


def mapping_in(draft: Draft) -> FileMapping:
    """The draft's mapping; raises Unreadable where it has none."""
    if not draft.toml:
        raise Unreadable("This import has no mapping yet. Say what its columns hold first.")
    return mapping_of(tomllib.loads(draft.toml), _where(draft))


def tried(viewer: Viewer, draft: Draft, now: datetime, clock: Callable[[], datetime] | None = None) -> Trial:
    """The trial run of the draft, kept with it; raises Unreadable."""
    mapping = mapping_in(draft)
    with material(draft) as found:
        trial = try_out(
            viewer, Files(found, mapping), _about(draft, mapping), now, TRIED, Heartbeat(draft, clock)
        )
    _change(draft, trial=as_told(trial), failure="")
    return trial


def as_told(trial: Trial) -> dict[str, Any]:
    """A trial as JSON: counts and samples by kind, the problems grouped by what mends them."""
    return {
        "kinds": trial.kinds, "samples": trial.samples, "rows": trial.rows, "expected": trial.expected,
        "whole": trial.whole, "refused": trial.refused,
        "groups": [asdict(group) for group in grouped(trial.problems)],
    }  # fmt: skip


def brought_in(
    viewer: Viewer, draft: Draft, now: datetime, clock: Callable[[], datetime] | None = None
) -> Imported:
    """Import the draft; an import of it that was interrupted goes on. Raises Unreadable, NotAllowed."""
    if draft.batch and draft.batch.finished:
        raise NotAllowed("These files are in already. Drop them again to import them anew.")
    mapping = mapping_in(draft)
    with material(draft) as found:
        about = replace(_about(draft, mapping), kept=_kept(draft, mapping), resumed=draft.batch)
        return import_batch(
            viewer,
            Files(found, mapping),
            about,
            now,
            clock=clock,
            opened=lambda batch: _change(draft, batch=batch),
        )


def _about(draft: Draft, mapping: FileMapping) -> About:
    return About(
        mapping.source, mapping.name, mapping.currency, mapping.organisation, mapping.read_on, draft.mapping,
        toml=draft.toml, by=draft.by_id,
    )  # fmt: skip


def _kept(draft: Draft, mapping: FileMapping) -> dict[str, int]:
    uploads = dict(draft.files.values_list("name", "upload_id"))
    return {table: uploads[name] for table, name in holders(mapping, uploads).items()}


def _where(draft: Draft) -> Path:
    """Where the mapping would stand: what a source is called that has no name is the name of its first file."""
    first = draft.files.order_by("name").values_list("name", flat=True).first() or "mapping"
    return Path(f"{Path(first).stem}.toml")


def _changeable(viewer: Viewer, draft: Draft) -> None:
    needs_operator(viewer, "import data")
    now = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if now is None:
        raise NotVisible("There is no such import. It may have been discarded.")
    if now.job:
        raise NotAllowed("This import is being worked on. Wait until that has ended.")
    if now.batch_id:
        raise NotAllowed("This import has begun; its files and mapping stay as they are. Start another one.")


def _change(draft: Draft, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(fields))
