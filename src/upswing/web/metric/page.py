"""What the metric page shows, in words: made from the query's answer alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.money import Money
from upswing.core.scorecard import Line
from upswing.queries.excluded import LeftOut
from upswing.queries.records import PAGE, RecordList, Row
from upswing.web.metric.compared import Compared, compared_of
from upswing.web.metric.parts import part_name, parts_counted
from upswing.web.shared import factors
from upswing.web.shared import format as fmt
from upswing.web.shared.lines import Chip, chip, why_not
from upswing.web.shared.request import link, viewer
from upswing.web.shared.sentences import fallen_due
from upswing.web.shared.spans import Phrases, phrases_of
from upswing.web.shared.stepper import Step, Stepper, stepper
from upswing.web.shared.wordings import NOTICES, TIMINGS


@dataclass(frozen=True, slots=True)
class Shown:
    """One record in words."""

    name: str
    account: str
    detail: str
    stage: str
    part: str
    day: str
    value: str
    share: str
    origin: str


@dataclass(frozen=True, slots=True)
class Aim:
    """The target in words, step by step; `expected` is empty for what does not add up over days."""

    quota: str
    steps: tuple[factors.Shown, ...]
    target: str
    expected: str
    by: str
    how: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    listed: RecordList
    title: str
    period: str
    timing: str
    value: str
    back: Step
    stepper: Stepper
    total: str
    parts: str
    sum: str
    amounts: bool
    rows: tuple[Shown, ...]
    span: str
    before: Step | None
    after: Step | None
    notes: tuple[str, ...]
    aim: Aim | None
    phrases: Phrases
    chip: Chip | None
    why_not: str
    judged: str
    compared: Compared
    left_out: tuple[str, ...]
    address: str


def page_of(request: HttpRequest, listed: RecordList, line: Line, left: LeftOut) -> Page:
    """The page of a number, with the rows that were asked for, beside everything it is compared with."""
    phrases = phrases_of(listed.period.kind)
    place, last = listed.first // PAGE + 1, listed.first + len(listed.rows)
    return Page(
        listed=listed,
        title=_(listed.metric.label),
        period=fmt.period_name(listed.period),
        timing=_(TIMINGS[listed.metric.timing.value]),
        value=_amount(listed.value) or fmt.value(listed.value, listed.metric.unit),
        back=_back(request, listed),
        stepper=stepper(
            request, listed.period, listed.at, "metric", rep=listed.rep_id, key=listed.metric.key
        ),
        total=fmt.number(listed.total),
        parts=_parts(listed.parts),
        sum=fmt.money(listed.sum) if listed.sum else "",
        amounts=listed.sum is not None,
        rows=tuple(_shown(row) for row in listed.rows),
        span=_("{first} to {last} of {total}").format(
            first=fmt.number(listed.first + 1), last=fmt.number(last), total=fmt.number(listed.total)
        ),
        before=_step(request, listed, place - 1, _("Newer")) if place > 1 else None,
        after=_step(request, listed, place + 1, _("Older")) if last < listed.total else None,
        notes=tuple(f"{fmt.number(note.count)}: {said(note.code)}" for note in listed.notes),
        aim=_aim(listed, phrases),
        phrases=phrases,
        chip=chip(line),
        why_not="" if chip(line) else why_not(line),
        judged=_judged(line),
        compared=compared_of(line, phrases),
        left_out=_left_out(left),
        address=link(
            request, "metric", listed.at, rep=listed.rep_id, key=listed.metric.key, slug=listed.period.slug
        ),
    )


def _judged(line: Line) -> str:
    """The number against what was due, in one line; empty without a target."""
    if line.attainment is None:
        return ""
    percent, expected = fmt.percent(line.attainment), fmt.value(line.expected, line.metric.unit)
    if line.expected == line.target:
        return _("{percent} of {expected}").format(percent=percent, expected=expected)
    return _("{percent} of the {expected} due by now").format(percent=percent, expected=expected)


def _left_out(left: LeftOut) -> tuple[str, ...]:
    """What was not counted and why, a sentence each."""
    others = [parts_counted(outcome, count) for outcome, count in left.outcomes]
    return (*others, *(_refused(rows, file) for file, rows in left.refused))


def _refused(rows: int, file: str) -> str:
    said = ngettext(
        "{count} refused row of {file}, whoever it belongs to",
        "{count} refused rows of {file}, whoever they belong to",
        rows,
    )
    return said.format(count=fmt.number(rows), file=file)


def _aim(listed: RecordList, phrases: Phrases) -> Aim | None:
    aim, unit = listed.aim, listed.metric.unit
    if aim is None:
        return None
    return Aim(
        fmt.value(aim.base, unit),
        factors.steps(aim.factors),
        fmt.value(aim.target, unit),
        "" if aim.expected is None or listed.at >= listed.period.last else fmt.value(aim.expected, unit),
        fmt.day(listed.at),
        fallen_due(aim.habit, phrases),
    )


def said(code: str) -> str:
    """What the import noticed, in words."""
    return _(NOTICES[code]) if code in NOTICES else code.replace("_", " ") + "."


def _back(request: HttpRequest, listed: RecordList) -> Step:
    own = viewer(request).person_id == listed.rep_id
    url = link(request, "scorecard", rep=listed.rep_id, slug=listed.period.slug)
    return Step(_("My scorecard") if own else listed.rep, url)


def _step(request: HttpRequest, listed: RecordList, place: int, label: str) -> Step:
    url = link(request, "metric", rep=listed.rep_id, key=listed.metric.key, slug=listed.period.slug)
    return Step(label, f"{url}{'&' if '?' in url else '?'}page={place}")


def _parts(counted: Sequence[tuple[str, int]]) -> str:
    """How many records stand on each side of a ratio; empty when all are of one kind."""
    if len(counted) < 2:
        return ""
    return fmt.in_a_row(parts_counted(part, count) for part, count in counted)


def _shown(row: Row) -> Shown:
    value, origin = row.value, row.file or row.source
    if row.row:  # what is made here stands in no file
        origin = _("{file}, row {row}").format(file=origin, row=row.row)
    return Shown(
        row.name, row.account, row.detail, _stage(row), part_name(row.part),
        fmt.day(row.day), _amount(value), row.share, origin,
    )  # fmt: skip


def _stage(row: Row) -> str:
    """The stage as its source calls it; empty where it says no more than what the record counts as."""
    return "" if row.stage == row.part.capitalize() else row.stage


def _amount(value: object) -> str:
    return fmt.money(value) if isinstance(value, Money) else ""
