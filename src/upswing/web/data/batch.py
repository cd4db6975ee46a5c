"""What the pages of imports show, in words: made from the queries' answers alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from upswing.actions import standing_on
from upswing.queries.batch_rates import NONE, BatchRates, Kept
from upswing.queries.intake import PAGE, BatchShown, State
from upswing.queries.owners import UNKNOWN_REP
from upswing.queries.problems import Group
from upswing.web.data.page import STATES
from upswing.web.shared import format as fmt
from upswing.web.shared import problems
from upswing.web.shared.marks import marked
from upswing.web.shared.progress import Progress, progress

OPERATOR = marked("the server’s operator")


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
    """Everything the template of one import draws. A file's address is empty where it was not kept.

    `rates` are the exchange rates it keeps, `more_rates` how many others there are.
    """

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
    rates: tuple[str, ...]
    more_rates: str


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
        batch.source, reverse("batch", kwargs={"batch": batch.id}), fmt.ago(at, now), batch.by or _(OPERATOR),
        "" if batch.state is State.DONE else _(STATES[batch.state]), fmt.number(batch.created),
        fmt.number(batch.updated), fmt.number(batch.refused) if batch.refused else "–",
    )  # fmt: skip


def page_of(
    batch: BatchShown, groups: Iterable[Group], kept: Collection[str], now: datetime, rates: BatchRates = NONE
) -> Page:
    """The page of one import."""
    shown = problems.groups(groups, {UNKNOWN_REP: (reverse("owners"), _("Say who they are"))})
    refused = tuple(one for one in shown if one.refused)
    headline, detail = _opening(batch)
    counts = (
        (pgettext("records", "New"), batch.created),
        (pgettext("records", "Changed"), batch.updated),
        (pgettext("records", "As they were"), batch.unchanged),
        (pgettext("records", "Refused"), batch.refused),
    )
    return Page(
        batch, _("Import of {source}").format(source=batch.source), headline, detail,
        fmt.ago(batch.started.astimezone(now.tzinfo), now), batch.by or _(OPERATOR),
        tuple((label, fmt.number(count)) for label, count in counts),
        tuple((name, _address(batch, name) if name in kept else "") for name in batch.files), refused,
        tuple(one for one in shown if not one.refused), bool(refused and kept and batch.toml),
        bool(kept and batch.toml),
        batch.state is State.UNDOING, batch.state is State.UNDONE, _going(batch),
        progress(headline, batch.done, batch.expected, batch.alive, now),
        tuple(map(_rate, rates.first)), _more(rates.count - len(rates.first)),
    )  # fmt: skip


def _rate(kept: Kept) -> str:
    return _("1 {currency} is {rate} {own}, from {day} on").format(
        currency=kept.currency, rate=fmt.number(kept.rate, 20), own=kept.into, day=fmt.day(kept.day)
    )


def _more(left: int) -> str:
    """How many rates are not named; empty where all are."""
    if not left:
        return ""
    return ngettext("and {count} more", "and {count} more", left).format(count=fmt.number(left))


def _going(batch: BatchShown) -> str:
    """What taking it back would do."""
    new, changed = batch.created, batch.updated
    if not new and not changed:
        return _("It changed nothing, so nothing goes.")
    if not changed:
        said = ngettext("{new} record goes.", "{new} records go.", new)
    elif not new:
        said = ngettext("{changed} stands again as before.", "{changed} stand again as before.", changed)
    elif new == 1:
        said = ngettext(
            "{new} record goes, {changed} stands again as before.",
            "{new} record goes, {changed} stand again as before.",
            changed,
        )
    else:
        said = ngettext(
            "{new} records go, {changed} stands again as before.",
            "{new} records go, {changed} stand again as before.",
            changed,
        )
    return said.format(new=fmt.number(new), changed=fmt.number(changed))


def _opening(batch: BatchShown) -> tuple[str, str]:
    if batch.state is State.UNDONE and batch.undone:
        return (
            _("This import was taken back."),
            _("Everything stands as before it, since {day}.").format(day=fmt.day(batch.undone.date())),
        )
    if batch.state is State.UNDOING:
        return _("This import is being taken back."), _("Until that is done, nothing else can be imported.")
    if batch.state in {State.RUNNING, State.CUT_OFF}:
        return (
            _("This import is under way, or was cut off."),
            _("It can go on where it stopped: nothing comes in twice."),
        )
    if not batch.created and not batch.updated:
        return _("Nothing was new in these files."), _("All of it was in already.")
    said = _("{new} new and {changed} changed.").format(
        new=fmt.number(batch.created), changed=fmt.number(batch.updated)
    )
    return said, _refused(batch.refused) if batch.refused else _("Every row was taken.")


def _refused(count: int) -> str:
    return ngettext("{count} row was refused.", "{count} rows were refused.", count).format(
        count=fmt.number(count)
    )


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
