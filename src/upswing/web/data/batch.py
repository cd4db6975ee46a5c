"""What the pages of imports show, in words: made from the queries' answers alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from upswing.actions import standing_on
from upswing.queries.intake import PAGE, BatchShown, State
from upswing.queries.owners import UNKNOWN_REP
from upswing.queries.problems import Group
from upswing.web.data.page import STATES
from upswing.web.shared import format as fmt
from upswing.web.shared import problems
from upswing.web.shared.progress import Progress, progress

OPERATOR = "the server’s operator"


@dataclass(frozen=True, slots=True)
class Row:
    """One import in the list."""

    name: str
    url: str
    when: str
    by: str
    state: str
    new: str
    changed: str
    refused: str


@dataclass(frozen=True, slots=True)
class List:
    """A page of the list; `before` and `after` are the addresses beside it."""

    rows: tuple[Row, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What stands on an import, and the address of the one to take back first."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template of one import draws. A file's address is empty where it was not kept."""

    batch: BatchShown
    title: str
    headline: str
    detail: str
    when: str
    by: str
    counts: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    refused: tuple[problems.Shown, ...]
    notices: tuple[problems.Shown, ...]
    mended: bool
    repeatable: bool
    undoing: bool
    undone: bool
    going: str
    progress: Progress


def list_of(batches: Sequence[BatchShown], place: int, now: datetime) -> List:
    """A page of imports."""
    here = reverse("batches")
    return List(
        tuple(_row(batch, now) for batch in batches),
        f"{here}?page={place - 1}" if place > 1 else "",
        f"{here}?page={place + 1}" if len(batches) == PAGE else "",
    )


def _row(batch: BatchShown, now: datetime) -> Row:
    at = batch.started.astimezone(now.tzinfo)
    return Row(
        batch.source, reverse("batch", kwargs={"batch": batch.id}), fmt.ago(at, now), batch.by or OPERATOR,
        "" if batch.state is State.DONE else STATES[batch.state], fmt.number(batch.created), fmt.number(batch.updated),
        fmt.number(batch.refused) if batch.refused else "–",
    )  # fmt: skip


def page_of(batch: BatchShown, groups: Iterable[Group], kept: Collection[str], now: datetime) -> Page:
    """The page of one import."""
    shown = problems.groups(groups, {UNKNOWN_REP: (reverse("owners"), "Say who they are")})
    refused = tuple(one for one in shown if one.refused)
    headline, detail = _opening(batch)
    counts = (("New", batch.created), ("Changed", batch.updated), ("As they were", batch.unchanged),
              ("Refused", batch.refused))  # fmt: skip
    return Page(
        batch, f"Import of {batch.source}", headline, detail, fmt.ago(batch.started.astimezone(now.tzinfo), now),
        batch.by or OPERATOR, tuple((label, fmt.number(count)) for label, count in counts),
        tuple((name, _address(batch, name) if name in kept else "") for name in batch.files), refused,
        tuple(one for one in shown if not one.refused), bool(refused and kept and batch.toml),
        bool(kept and batch.toml),
        batch.state is State.UNDOING, batch.state is State.UNDONE, _going(batch),
        progress(headline, batch.done, batch.expected, batch.alive, now),
    )  # fmt: skip


def _going(batch: BatchShown) -> str:
    """What taking it back would do."""
    new, changed = batch.created, batch.updated
    gone = f"{fmt.number(new)} {'record goes' if new == 1 else 'records go'}" if new else ""
    before = (
        f"{fmt.number(changed)} {'stands' if changed == 1 else 'stand'} again as before" if changed else ""
    )
    return (
        f"{', '.join(filter(None, (gone, before)))}."
        if new or changed
        else "It changed nothing, so nothing goes."
    )


def _opening(batch: BatchShown) -> tuple[str, str]:
    if batch.state is State.UNDONE and batch.undone:
        return (
            "This import was taken back.",
            f"Everything stands as before it, since {fmt.day(batch.undone.date())}.",
        )
    if batch.state is State.UNDOING:
        return "This import is being taken back.", "Until that is done, nothing else can be imported."
    if batch.state in {State.RUNNING, State.CUT_OFF}:
        return (
            "This import is under way, or was cut off.",
            "It can go on where it stopped: nothing comes in twice.",
        )
    if not batch.created and not batch.updated:
        return "Nothing was new in these files.", "All of it was in already."
    said = f"{fmt.number(batch.created)} new and {fmt.number(batch.updated)} changed."
    return (
        said,
        _refused(batch.refused) if batch.refused else "Every row was taken.",
    )


def _refused(count: int) -> str:
    return f"{fmt.number(count)} {'row was' if count == 1 else 'rows were'} refused."


def _address(batch: BatchShown, name: str) -> str:
    return f"{reverse('batch_file', kwargs={'batch': batch.id})}?{urlencode({'name': name})}"


def reasons(found: Iterable[standing_on.Reason]) -> tuple[Reason, ...]:
    """The reasons as a page says them: an import that is named is a link."""
    return tuple(
        Reason(one.sentence, reverse("batch_undo", kwargs={"batch": one.batch}))
        if one.batch
        else Reason(str(one), "")
        for one in found
    )
