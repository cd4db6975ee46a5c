"""Is the plan fair, is it reached? How attainment is spread, and how many reached it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.scorecard import Line
from upswing.queries.team import Board
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import Dot, dot_strip, share_bar
from upswing.web.shared.lines import tone
from upswing.web.shared.marks import counted

MARKS = (Fraction(4, 5), Fraction(1), Fraction(6, 5))
FEWEST = 5
"""People with a quota below which a share of them says nothing about the plan."""
ZONE = (Fraction(7, 10), Fraction(4, 5))
"""The share of people at quota that plans usually aim for."""
OfPeople = Mapping[bool, tuple[str, str]]
"""By whether the period is over: a sentence of one person, and of several."""
REACHED: OfPeople = {
    True: counted(
        "{reached} of {count} person reached the quota.", "{reached} of {count} people reached the quota."
    ),
    False: counted(
        "{reached} of {count} person at or above today’s pace.",
        "{reached} of {count} people at or above today’s pace.",
    ),
}
SHARED: OfPeople = {
    True: counted(
        "{reached} of {count} person reached the quota: {share}. Plans usually aim for 70% to 80%.",
        "{reached} of {count} people reached the quota: {share}. Plans usually aim for 70% to 80%.",
    ),
    False: counted(
        "{reached} of {count} person at or above today’s pace: {share}. Plans usually aim for 70% to 80%.",
        "{reached} of {count} people at or above today’s pace: {share}. Plans usually aim for 70% to 80%.",
    ),
}
SPREAD: OfPeople = {
    True: counted(
        "Attainment of {count} person against quota: {near} between 80% and 120%.",
        "Attainment of {count} people against quota: {near} between 80% and 120%.",
    ),
    False: counted(
        "Attainment of {count} person against today’s pace: {near} between 80% and 120%.",
        "Attainment of {count} people against today’s pace: {near} between 80% and 120%.",
    ),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The two drawings and their sentences; empty drawings where nobody has a target."""

    headline: str
    detail: str
    strip: SafeString
    bar: SafeString


def plan_of(board: Board) -> Plan:
    """The board's opening: progress first, no name."""
    dots = [_dot(line) for line in board.standing]
    over = board.at >= board.period.last
    if not dots or not board.judged:
        return Plan(*_without(board), SafeString(""), SafeString(""))
    reached, share = fmt.number(board.attained), Fraction(board.attained, board.judged)
    headline = _of_people(REACHED[over], board.judged, reached=reached)
    if board.judged < FEWEST:
        return Plan(headline, "", _strip(dots, over), SafeString(""))
    return Plan(headline, _detail(share, over), _strip(dots, over), _bar(board, share, over))


def _without(board: Board) -> tuple[str, str]:
    words = counted("{count} person, {period}.", "{count} people, {period}.")
    headline = _of_people(words, board.people, period=fmt.period_name(board.period))
    return headline, _("No targets are set for it, so nothing is judged.")


def _of_people(words: tuple[str, str], count: int, **values: str) -> str:
    return ngettext(*words, count).format(count=fmt.number(count), **values)


def _detail(share: Fraction, over: bool) -> str:
    """What the share says about the plan, never about the people."""
    if not over:
        return _("Pace counts the working days gone. Every name opens the page that person sees.")
    if share < ZONE[0]:
        return _("Plans usually aim for 70–80% of people at quota: look at the quotas before the people.")
    if share > ZONE[1]:
        return _("More than the 70–80% that plans usually aim for: quotas may have room.")
    return _("Within the 70–80% of people at quota that plans usually aim for.")


def _dot(line: Line) -> Dot:
    assert line.attainment is not None  # noqa: S101  asked for lines with one
    return Dot(line.attainment, "early" if tone(line) == "early" else "on")


def _strip(dots: list[Dot], over: bool) -> SafeString:
    near = sum(MARKS[0] < dot.attainment < MARKS[2] for dot in dots)
    label = _of_people(SPREAD[over], len(dots), near=fmt.number(near))
    return dot_strip(dots, label, [(mark, fmt.percent(mark)) for mark in MARKS])


def _bar(board: Board, share: Fraction, over: bool) -> SafeString:
    values = {"reached": fmt.number(board.attained), "share": fmt.percent(share)}
    label = _of_people(SHARED[over], board.judged, **values)
    return share_bar(share, ZONE, label, [fmt.percent(end) for end in ZONE])
