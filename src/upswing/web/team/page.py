"""What the board shows, in words and drawings: made from the query's answer alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from upswing.core.evidence import Evidence
from upswing.core.metrics.metric import Metric
from upswing.core.scorecard import Line, Scorecard
from upswing.queries.team import PAGE, Board
from upswing.web.shared import format as fmt
from upswing.web.shared.lines import chip, small_drawing, tone
from upswing.web.shared.request import link
from upswing.web.shared.stepper import Step, Stepper, stepper
from upswing.web.team.plan import Plan, plan_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of one person. `icon` stands wherever the bar has an outer band's colour; `firm` unless it leans."""

    label: str
    url: str
    value: str
    percent: str
    tone: str
    icon: str
    word: str
    firm: bool
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the board."""

    name: str
    url: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    board: Board
    name: str
    period: str
    over: bool
    stepper: Stepper
    teams: tuple[Step, ...]
    metrics: tuple[Metric, ...]
    people: tuple[Person, ...]
    plan: Plan
    span: str
    before: Step | None
    after: Step | None


OUTER = {"out", "sup"}


def page_of(request: HttpRequest, board: Board) -> Page:
    """The page of a board."""
    name = "team" if board.team else "team_all"
    parts: dict[str, Any] = {"team": board.team} if board.team else {}
    metrics = _metrics(board.cards)
    return Page(
        board=board,
        name=board.name if board.team else _("All teams"),
        period=fmt.period_name(board.period),
        over=board.at >= board.period.last,
        stepper=stepper(request, board.period, board.at, name, **parts),
        teams=_teams(request, board),
        metrics=metrics,
        people=tuple(_person(request, card, metrics) for card in board.cards if card.rep not in board.quiet),
        plan=plan_of(board),
        span=_span(board),
        before=_page(request, board, board.first // PAGE) if board.first else None,
        after=_page(request, board, board.first // PAGE + 2) if _last(board) < board.people else None,
    )


def _last(board: Board) -> int:
    return board.first + len(board.cards)


def _span(board: Board) -> str:
    """Who is on this page; empty where it is everybody."""
    if len(board.cards) == board.people:
        return ""
    first, last = fmt.number(board.first + 1), fmt.number(_last(board))
    return _("{first} to {last} of {all}, by name").format(
        first=first, last=last, all=fmt.number(board.people)
    )


def _page(request: HttpRequest, board: Board, number: int) -> Step:
    name, parts = ("team", {"team": board.team}) if board.team else ("team_all", {})
    url = link(request, name, slug=board.period.slug, **parts)
    before = number <= board.first // PAGE
    label = pgettext("people of a list", "Before") if before else pgettext("people of a list", "After")
    return Step(label, f"{url}{'&' if '?' in url else '?'}page={number}")


def _teams(request: HttpRequest, board: Board) -> tuple[Step, ...]:
    """The other boards the viewer may open; none to choose from when there is but one."""
    if len(board.teams) < 2:
        return ()
    steps = [
        Step(pgettext("teams", "All"), link(request, "team_all", slug=board.period.slug), board.team is None)
    ]
    steps += [
        Step(team.name, link(request, "team", team=team.id, slug=board.period.slug), team.id == board.team)
        for team in board.teams
    ]
    return tuple(steps)


def _metrics(cards: Sequence[Scorecard]) -> tuple[Metric, ...]:
    """The lines of all cards, in the order of the first that has them."""
    found: dict[str, Metric] = {}
    for card in cards:
        for line in card.lines:
            found.setdefault(line.metric.key, line.metric)
    return tuple(found.values())


def _person(request: HttpRequest, card: Scorecard, metrics: Sequence[Metric]) -> Person:
    url = link(request, "scorecard", rep=card.rep_id, slug=card.period.slug)
    lines: Mapping[str, Line] = {line.metric.key: line for line in card.lines}
    cells = tuple(_cell(request, card, lines.get(metric.key)) for metric in metrics)
    return Person(card.rep, url, cells)


def _cell(request: HttpRequest, card: Scorecard, line: Line | None) -> Cell | None:
    if line is None:
        return None
    found = chip(line)
    marked = found if found and tone(line) in OUTER else None
    return Cell(
        label=_(line.metric.label),
        url=link(request, "metric", rep=card.rep_id, key=line.metric.key, slug=card.period.slug),
        value=fmt.value_compact(line.actual, line.metric.unit),
        percent=fmt.percent(line.attainment) if _says_more(line) and line.attainment is not None else "",
        tone=tone(line),
        icon=marked.icon if marked else "",
        word=marked.word if marked else "",
        firm=bool(marked) and line.evidence is not Evidence.LEANING,
        drawing=small_drawing(line),
    )


def _says_more(line: Line) -> bool:
    """Quota attainment is itself a share: beside a finished quota's share the same number stood twice."""
    return line.expected != Fraction(1)
