"""What the sheet of targets shows, in words: made from the query's answer alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.people import AccessRole
from upswing.core.targets import Factor
from upswing.queries.targeting import Aimed, Row, Sheet
from upswing.web.shared import factors
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.request import link, viewer
from upswing.web.shared.sentences import reason
from upswing.web.shared.stepper import Step, Stepper, stepper
from upswing.web.targets.held import headline

SHORT = {
    "part_of_quota": marked("{share} of its days"),
    "employed": marked("{share} of them in the team"),
    "changed": marked("quota changed"),
    "reshaped": marked("changed for everybody"),
    "time_off": marked("time off {share}"),
    "season": marked("season {share}"),
    "part_time": marked("part-time {share}"),
    "ramp": marked("ramp {share}"),
    "role": marked("role {share}"),
}
"""What changes a target, in few words; what was set by hand is told in full."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One target: what it is, what it rests on, and what of it is due."""

    label: str
    url: str
    target: str
    base: str
    factors: tuple[str, ...]
    due: str
    by_hand: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Person:
    """A rep and their targets."""

    name: str
    left: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    period: str
    slug: str
    by: str
    people: tuple[Person, ...]
    stepper: Stepper
    own: bool
    operates: bool
    headline: str
    waiting: str


def page_of(request: HttpRequest, sheet: Sheet, waiting: int = 0) -> Page:
    """The page of a sheet; so many quotas of periods that have begun wait to be accepted."""
    who = viewer(request)
    people = tuple(_person(request, sheet, row) for row in sheet.rows)
    aimed = sum(any(aim.target is not None for aim in row.aims) for row in sheet.rows)
    return Page(
        period=fmt.period_name(sheet.period),
        slug=sheet.period.slug,
        by=fmt.day(sheet.at) if sheet.period.start <= sheet.at < sheet.period.last else "",
        people=people,
        stepper=with_next(request, stepper(request, sheet.period, sheet.at, "targets_of"), sheet),
        own=who.role is AccessRole.REP,
        operates=who.operates,
        headline=_headline(aimed, len(people), fmt.period_name(sheet.period), who.role is AccessRole.REP),
        waiting=headline(waiting) if waiting else "",
    )


def with_next(request: HttpRequest, found: Stepper, sheet: Sheet) -> Stepper:
    """Targets reach into the future: the next period is there even where it has not begun."""
    after = sheet.period.next()
    return replace(found, next=Step(fmt.period_name(after), link(request, "targets_of", slug=after.slug)))


def _headline(aimed: int, people: int, period: str, own: bool) -> str:
    if own:
        words = (
            _("What is asked of you in {period}, and why")
            if aimed
            else _("Nothing is asked of you in {period} yet")
        )
        return words.format(period=period)
    if not aimed:
        return _("Nobody has a target for {period} yet").format(period=period)
    words = ngettext(
        "{aimed} of {people} person has a target for {period}",
        "{aimed} of {people} people have a target for {period}",
        people,
    )
    return words.format(aimed=fmt.number(aimed), people=fmt.number(people), period=period)


def _person(request: HttpRequest, sheet: Sheet, row: Row) -> Person:
    if row.left and row.left < sheet.period.start:
        return Person(row.rep, _("has left on {day}: no target").format(day=fmt.day(row.left)), ())
    left = _("leaves on {day}").format(day=fmt.day(row.left)) if row.left else ""
    return Person(row.rep, left, tuple(_cell(request, sheet, row, aim) for aim in row.aims))


def _cell(request: HttpRequest, sheet: Sheet, row: Row, aim: Aimed) -> Cell:
    unit = aim.metric.unit
    override = next((one for one in aim.factors if one.key == "override"), None)
    others = tuple(one for one in aim.factors if one.key != "override")
    started = sheet.period.start <= sheet.at < sheet.period.last
    return Cell(
        label=_(aim.metric.label),
        url=link(request, "target", slug=sheet.period.slug, person=row.rep_id, key=aim.metric.key),
        target="" if aim.target is None else fmt.value(aim.target, unit),
        base=fmt.value(aim.base, unit) if aim.base is not None and others else "",
        factors=() if override else tuple(_short(one) for one in others),
        due=fmt.value(aim.expected, unit) if started and aim.expected is not None else "",
        by_hand=factors.steps((override,))[0].why if override else "",
        why_not="" if aim.target is not None else reason(aim.reason),
    )


def _short(factor: Factor) -> str:
    """A factor in few words: “32.3% of its days”, “ramp 50%”."""
    return _(SHORT[factor.key]).format(share=fmt.percent(factor.share, 1))
