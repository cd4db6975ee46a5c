"""What the data page shows: sources, what is under way, what is left to mend. Made from the queries' answers alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.queries.intake import BatchShown, DraftShown, SourceShown, State
from upswing.queries.owners import UNKNOWN_REP
from upswing.queries.problems import Group
from upswing.queries.unattributed import Queue
from upswing.web.shared import format as fmt
from upswing.web.shared import problems
from upswing.web.shared.marks import marked

STEPS = {"trial": marked("being tried out"), "import": marked("being imported")}
RECENT = 5
"""Imports that stand on the page; the list has all."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source: when it last arrived, by whom, and what of it is not in."""

    name: str
    url: str
    when: str
    by: str
    state: str
    refused: str
    notices: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An import that is not finished: its files, how far it is, and where to go on."""

    name: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a decision: how many, what, about how much money."""

    count: str
    what: str
    sum: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    headline: str
    detail: str
    empty: bool
    sources: tuple[SourceRow, ...]
    under_way: tuple[UnderWay, ...]
    waiting: tuple[Waiting, ...]
    refused: tuple[problems.Shown, ...]
    notices: tuple[problems.Shown, ...]


def page_of(
    sources: Sequence[SourceShown],
    batches: Sequence[BatchShown],
    drafts: Sequence[DraftShown],
    groups: Sequence[Group],
    queue: Queue,
    now: datetime,
    disputes: int = 0,
) -> Page:
    """The page of everything that came in."""
    shown = problems.groups(groups, {UNKNOWN_REP: (reverse("owners"), _("Say who they are"))})
    headline, detail = _opening(sources, groups, queue)
    return Page(
        headline, detail, not batches, tuple(_source(one, now) for one in sources),
        (*_running(batches), *_prepared(drafts)), tuple(_waiting(groups, queue, disputes)),
        tuple(one for one in shown if one.refused), tuple(one for one in shown if not one.refused),
    )  # fmt: skip


def _opening(sources: Sequence[SourceShown], groups: Sequence[Group], queue: Queue) -> tuple[str, str]:
    """The answer to “can the numbers be trusted?”, and what it rests on."""
    rows = sum(group.count for group in groups if group.severity == "refused")
    count = len(sources)
    if not sources:
        return _("Nothing has been brought in yet."), _(
            "Scorecards appear as soon as the first deals are in."
        )
    if not rows and not queue.total:
        headline = _("Every row of the latest imports is in.")
        basis = ngettext(
            "{count} source, as their latest imports left them.",
            "{count} sources, as their latest imports left them.",
            count,
        )
    else:
        headline = _not_in(rows, queue.total)
        basis = ngettext(
            "The rest can be trusted: {count} source, as their latest imports left them.",
            "The rest can be trusted: {count} sources, as their latest imports left them.",
            count,
        )
    return headline, basis.format(count=fmt.number(count))


def _not_in(rows: int, invoices: int) -> str:
    if not invoices:
        said = ngettext("{rows} row is not in.", "{rows} rows are not in.", rows)
    elif not rows:
        said = ngettext("An invoice counts for nobody.", "{invoices} invoices count for nobody.", invoices)
    elif rows == 1:
        said = ngettext(
            "{rows} row is not in and an invoice counts for nobody.",
            "{rows} row is not in and {invoices} invoices count for nobody.",
            invoices,
        )
    else:
        said = ngettext(
            "{rows} rows are not in and an invoice counts for nobody.",
            "{rows} rows are not in and {invoices} invoices count for nobody.",
            invoices,
        )
    return said.format(rows=fmt.number(rows), invoices=fmt.number(invoices))


def _source(source: SourceShown, now: datetime) -> SourceRow:
    last = source.last
    at = last.finished or last.started
    return SourceRow(
        source.name, reverse("batch", kwargs={"batch": last.id}), fmt.ago(at.astimezone(now.tzinfo), now), last.by,
        "" if last.state is State.DONE else _(STATES[last.state]),
        fmt.number(source.refused) if source.refused else "–", fmt.number(source.notices) if source.notices else "–",
    )  # fmt: skip


STATES = {
    State.RUNNING: marked("under way, or cut off"),
    State.DONE: marked("done"),
    State.UNDOING: marked("being taken back"),
    State.UNDONE: marked("taken back"),
    State.CUT_OFF: marked("cut off"),
}


def _running(batches: Iterable[BatchShown]) -> Iterable[UnderWay]:
    for batch in batches:
        if batch.state in {State.RUNNING, State.CUT_OFF} and batch.draft:
            yield UnderWay(
                batch.source, _(STATES[batch.state]), reverse("import_run", kwargs={"draft": batch.draft})
            )
        elif batch.state in {State.RUNNING, State.UNDOING}:
            yield UnderWay(batch.source, _(STATES[batch.state]), reverse("batch", kwargs={"batch": batch.id}))


def _prepared(drafts: Iterable[DraftShown]) -> Iterable[UnderWay]:
    for draft in drafts:
        state = _("tried out, not imported") if draft.tried else _("not mapped yet")
        if draft.job in STEPS:
            state = _(STEPS[draft.job])
        name = "import_preview" if draft.tried or draft.job else "import_map"
        yield UnderWay(", ".join(draft.files), state, reverse(name, kwargs={"draft": draft.id}))


def _waiting(groups: Iterable[Group], queue: Queue, disputes: int) -> Iterable[Waiting]:
    if disputes:
        what = ngettext("number is in dispute", "numbers are in dispute", disputes)
        yield Waiting(fmt.number(disputes), what, "", reverse("disputes"))
    if queue.total:
        what = ngettext("invoice counts for nobody", "invoices count for nobody", queue.total)
        sums = fmt.listed([fmt.money_whole(one) for one in queue.sums])
        yield Waiting(fmt.number(queue.total), what, sums, reverse("invoices"))
    owners = [value for group in groups if group.code == UNKNOWN_REP for value, _rows in group.values]
    if names := len(set(owners)):
        what = ngettext("name is no rep’s", "names are no rep’s", names)
        yield Waiting(fmt.number(names), what, "", reverse("owners"))
