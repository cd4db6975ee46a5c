"""What the scorecard page shows, in words and drawings: made from the query's answer alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upswing.core.funnel import Step
from upswing.core.metrics.metric import Metric, Timing, Unit
from upswing.core.scorecard import Line, Scorecard
from upswing.queries.pacing import Pacing
from upswing.queries.standards import Cited
from upswing.web.scorecard import focus as focusing
from upswing.web.scorecard.funnel import Funnel, funnel_shown
from upswing.web.scorecard.hero import Hero, hero_of
from upswing.web.scorecard.versus import Versus, versus_of
from upswing.web.shared import format as fmt
from upswing.web.shared import stepper as stepping
from upswing.web.shared.lines import Chip, chip, drawing, tone, trend, why_not
from upswing.web.shared.request import link, viewer
from upswing.web.shared.sentences import Said, judging, records, say
from upswing.web.shared.spans import Phrases, phrases_of
from upswing.web.shared.wordings import TIMINGS


@dataclass(frozen=True, slots=True)
class Marks:
    """What people have said about lines, by metric: in dispute, judged by which standard, pinned by whom and why."""

    disputed: Collection[str] = ()
    judged_by: Mapping[str, Cited] = field(default_factory=dict)
    pinned: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `standard` is (address, words) of the version that judges it."""

    metric: Metric
    url: str
    second: str
    actual: str
    expected: str
    percent: str
    tone: str
    chip: Chip | None
    why_not: str
    drawing: SafeString
    trend: SafeString
    disputed: bool
    standard: tuple[str, str] | None
    pinned: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    card: Scorecard
    own: bool
    title: str
    period: str
    phrases: Phrases
    over: bool
    shared_with: str
    said: Said
    action: tuple[str, str] | None
    stepper: stepping.Stepper
    hero: Hero | None
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    versus: Versus
    funnel: Funnel | None
    focus: tuple[focusing.Step, ...]

    @property
    def compared(self) -> bool:
        """Whether anybody asked not to be compared at all."""
        return not self.versus.choices or not self.versus.choices[-1].here

    @property
    def targeted(self) -> bool:
        """Whether any line has a target: without one there is nothing to draw or to judge against."""
        return any(line.target is not None for line in self.card.lines)


def page_of(
    request: HttpRequest,
    card: Scorecard,
    marks: Marks | None = None,
    pacing: Pacing | None = None,
    steps: Sequence[Step] = (),
    choices: Sequence[stepping.Step] = (),
) -> Page:
    """The page of a card, with what people have said about it, how its main line runs, funnel and comparisons."""
    marks = marks or Marks()
    own = viewer(request).person_id == card.rep_id
    phrases, over, said = phrases_of(card.period.kind), card.at >= card.period.last, say(card)
    urls = {line.metric.key: _url(request, card, line) for line in card.lines}
    return Page(
        card=card,
        own=own,
        title=_("My scorecard") if own else card.rep,
        period=fmt.period_name(card.period),
        phrases=phrases,
        over=over,
        shared_with=(card.manager or "") if own else card.rep,
        said=said,
        action=_action(card, said, urls),
        stepper=stepping.stepper(request, card.period, card.at, "scorecard", rep=card.rep_id),
        hero=hero_of(card, urls, phrases, over, pacing),
        groups=_groups(card.lines, urls, phrases, _with_pins(marks, card)),
        versus=versus_of(card, urls, phrases, choices),
        funnel=funnel_shown(steps, urls),
        focus=focusing.focus_of(card, urls, marks.judged_by),
    )


def _url(request: HttpRequest, card: Scorecard, line: Line) -> str:
    return link(request, "metric", rep=card.rep_id, key=line.metric.key, slug=card.period.slug)


def _action(card: Scorecard, said: Said, urls: dict[str, str]) -> tuple[str, str] | None:
    """The one step the headline offers: the very records it speaks of."""
    if said.line is None or not said.line.n or not judging(card.headline):
        return None
    words = _("See the {records}").format(records=records(said.line.n, said.line.metric))
    return words, urls[said.line.metric.key]


def _groups(
    lines: Sequence[Line], urls: dict[str, str], phrases: Phrases, marks: Marks
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    groups = []
    for timing in (Timing.LEADING, Timing.LAGGING):
        rows = tuple(
            _row(line, urls[line.metric.key], phrases, marks)
            for line in lines
            if line.metric.timing is timing
        )
        groups.append((_(TIMINGS[timing.value]), rows))
    return tuple((title, rows) for title, rows in groups if rows)


def _row(line: Line, url: str, phrases: Phrases, marks: Marks) -> Row:
    unit = line.metric.unit
    return Row(
        metric=line.metric,
        url=url,
        second=_second(line, phrases),
        actual=fmt.value(line.actual, unit),
        expected="" if line.expected is None else fmt.value(line.expected, unit),
        percent="–" if line.attainment is None else fmt.percent(line.attainment),
        tone=tone(line),
        chip=chip(line),
        why_not=why_not(line),
        drawing=drawing(line),
        trend=trend(line, phrases),
        disputed=line.metric.key in marks.disputed,
        standard=focusing.standard_link(marks.judged_by.get(line.metric.key)),
        pinned=marks.pinned.get(line.metric.key, ""),
    )


def _with_pins(marks: Marks, card: Scorecard) -> Marks:
    said = _("pinned by {by}: {reason}")
    return replace(marks, pinned={key: said.format(by=by, reason=reason) for key, by, reason in card.pins})


def _second(line: Line, phrases: Phrases) -> str:
    """The quiet line below a name: the period's target, or for rates how many records it stands on."""
    parts = []
    if line.target is not None and not _whole_quota(line):
        by_hand = any(factor.key == "override" for factor in line.factors)
        said = phrases.target_by_hand if by_hand else phrases.target
        parts.append(said.format(target=fmt.value(line.target, line.metric.unit)))
    if line.metric.unit is Unit.SHARE and line.n:
        parts.append(records(line.n, line.metric))
    return fmt.in_a_row(parts)


def _whole_quota(line: Line) -> bool:
    """Attainment's target is always the whole quota; saying so adds nothing."""
    return line.metric.unit is Unit.SHARE and line.target == Fraction(1)
