"""Is the plan fair, is it reached? How attainment is spread, and how many reached it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from upswing.core.scorecard import Line
from upswing.queries.team import Board
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import Dot, dot_strip, share_bar
from upswing.web.shared.lines import tone
from upswing.web.shared.sentences import people

MARKS = (Fraction(4, 5), Fraction(1), Fraction(6, 5))
FEWEST = 5
"""People with a quota below which a share of them says nothing about the plan."""
ZONE = (Fraction(7, 10), Fraction(4, 5))
"""The share of people at quota that plans usually aim for."""


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
    reached = f"{fmt.number(board.attained)} of {people(board.judged)}"
    headline = f"{reached} reached the quota." if over else f"{reached} at or above today’s pace."
    share = Fraction(board.attained, board.judged)
    if board.judged < FEWEST:
        return Plan(headline, "", _strip(dots, over), SafeString(""))
    return Plan(headline, _detail(share, over), _strip(dots, over), _bar(share, reached, over))


def _without(board: Board) -> tuple[str, str]:
    headline = f"{people(board.people)}, {fmt.period_name(board.period)}."
    return headline, "No targets are set for it, so nothing is judged."


def _detail(share: Fraction, over: bool) -> str:
    """What the share says about the plan, never about the people."""
    if not over:
        return "Pace counts the working days gone. Every name opens the page that person sees."
    if share < ZONE[0]:
        return "Plans usually aim for 70–80% of people at quota: look at the quotas before the people."
    if share > ZONE[1]:
        return "More than the 70–80% that plans usually aim for: quotas may have room."
    return "Within the 70–80% of people at quota that plans usually aim for."


def _dot(line: Line) -> Dot:
    assert line.attainment is not None  # noqa: S101  asked for lines with one
    return Dot(line.attainment, "early" if tone(line) == "early" else "on")


def _strip(dots: list[Dot], over: bool) -> SafeString:
    near = sum(MARKS[0] < dot.attainment < MARKS[2] for dot in dots)
    of = "quota" if over else "today’s pace"
    label = f"Attainment of {people(len(dots))} against {of}: {near} between 80% and 120%."
    return dot_strip(dots, label, [(mark, fmt.percent(mark)) for mark in MARKS])


def _bar(share: Fraction, reached: str, over: bool) -> SafeString:
    said = "reached the quota" if over else "at or above today’s pace"
    label = f"{reached} {said}: {fmt.percent(share)}. Plans usually aim for 70% to 80%."
    return share_bar(share, ZONE, label, [fmt.percent(end) for end in ZONE])
