"""The card beside: each line against the rep's own past, and against whom the address asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.metrics.metric import Metric
from upswing.core.scorecard import Line, Scorecard
from upswing.web.shared import format as fmt
from upswing.web.shared.lines import beside, mark
from upswing.web.shared.marks import marked
from upswing.web.shared.request import UnknownChoice
from upswing.web.shared.sentences import people, reason
from upswing.web.shared.spans import Phrases
from upswing.web.shared.stepper import Step
from upswing.web.shared.wordings import OTHERS

CHOICES: dict[str, tuple[str, BenchmarkKind | None]] = {
    "team": (marked("Team"), BenchmarkKind.TEAM),
    "peers": (marked("Role peers"), BenchmarkKind.ROLE_PEERS),
    "organisation": (marked("Everybody"), BenchmarkKind.ORGANISATION),
    "top": (marked("Top quarter of people"), BenchmarkKind.TOP_QUARTILE),
    "industry": (marked("Industry"), BenchmarkKind.INDUSTRY),
    "own": (marked("Own past only"), None),
    "none": (marked("Nobody"), None),
}
"""What `?vs=` may say: its words, and the others it compares with."""
CAPTIONS = {
    BenchmarkKind.TEAM: marked("Each line beside the own past and team"),
    BenchmarkKind.ROLE_PEERS: marked("Each line beside the own past and role peers"),
    BenchmarkKind.ORGANISATION: marked("Each line beside the own past and everybody"),
    BenchmarkKind.TOP_QUARTILE: marked("Each line beside the own past and better quarter"),
    BenchmarkKind.INDUSTRY: marked("Each line beside the own past and industry"),
}
USUAL = "team"


def asked(request: HttpRequest) -> str:
    """What `?vs=` asks for; the team where it says nothing. Raises UnknownChoice."""
    text = request.GET.get("vs", "") or USUAL
    if text not in CHOICES:
        said = _("Nothing called “{text}” is compared with. Write one of: {choices}.")
        raise UnknownChoice(said.format(text=text, choices=", ".join(CHOICES)))
    return text


def kind_of(choice: str) -> BenchmarkKind:
    """The others to ask the card for."""
    return CHOICES[choice][1] or BenchmarkKind.TEAM


def without(card: Scorecard, choice: str) -> Scorecard:
    """The card with those comparisons only that were asked for."""
    if choice not in ("own", "none"):
        return card
    kept = {BenchmarkKind.OWN_PAST} if choice == "own" else set()
    lines = (
        replace(line, benchmarks=tuple(each for each in line.benchmarks if each.kind in kept))
        for line in card.lines
    )
    return replace(card, lines=tuple(lines))


@dataclass(frozen=True, slots=True)
class Other:
    """One comparison: its value, or why there is none."""

    value: str
    why_not: str


@dataclass(frozen=True, slots=True)
class VersusRow:
    """One line with both comparisons."""

    metric: Metric
    url: str
    actual: str
    own: Other
    others: Other


@dataclass(frozen=True, slots=True)
class Versus:
    """The rows; what the two columns are called and stand on, empty where not asked for; and what else to choose."""

    rows: tuple[VersusRow, ...]
    title: str
    caption: str
    own: str
    name: str
    team: bool
    others: str
    sources: tuple[str, ...]
    choices: tuple[Step, ...]


def versus_of(
    card: Scorecard, urls: Mapping[str, str], phrases: Phrases, choices: Sequence[Step] = ()
) -> Versus:
    """The comparisons of a card, whose kind of period has these `phrases`."""
    rows = tuple(_row(line, urls[line.metric.key]) for line in card.lines if line.benchmarks)
    own = [found for line in card.lines if (found := mark(line, BenchmarkKind.OWN_PAST))]
    others = [found for line in card.lines if (found := beside(line))]
    told = [found for found in others if found.value is not None]
    kind = others[0].kind if others else None
    return Versus(
        rows,
        _title(phrases, kind, bool(own)),
        _(CAPTIONS[kind]) if kind else _("Each line beside the own past"),
        _before(card, own[0], phrases) if own else "",
        _(OTHERS[kind.value]) if kind else "",
        kind is BenchmarkKind.TEAM,
        _people(max(told, key=lambda found: found.n)) if told else "",
        tuple(dict.fromkeys(_source(found) for found in told if found.source)),
        tuple(choices),
    )


def _before(card: Scorecard, own: Benchmark, phrases: Phrases) -> str:
    """What the column of the own past stands on; a running period is compared with as much of the one before."""
    said = _("Before: {days}.") if card.at >= card.period.last else phrases.as_far_into
    return said.format(days=fmt.day_of_or_range(own.period))


def _title(phrases: Phrases, kind: BenchmarkKind | None, own: bool) -> str:
    if kind is BenchmarkKind.TEAM:
        return phrases.against_both
    if kind:
        return _("Against others")
    return phrases.against_own if own else _("Not compared")


def choices_of(request: HttpRequest, chosen: str) -> tuple[Step, ...]:
    """Links to the same page with other comparisons."""
    kept = {name: value for name, value in request.GET.items() if name != "vs"}
    return tuple(
        Step(_(words), f"?{urlencode(kept | ({'vs': name} if name != USUAL else {}))}", name == chosen)
        for name, (words, __) in CHOICES.items()
    )


def _source(found: Benchmark) -> str:
    return f"{found.source} (n = {fmt.number(found.n)})"


def _people(found: Benchmark) -> str:
    """What a column of others stands on."""
    if found.kind is BenchmarkKind.INDUSTRY:
        return ""
    if found.kind is BenchmarkKind.TOP_QUARTILE:
        begins = _("where the better quarter of {people} in {group} begins, chance taken out")
        anywhere = _("where the better quarter of {people} in the organisation begins, chance taken out")
        return (begins if found.group else anywhere).format(people=people(found.n), group=found.group)
    mean = _("mean of {count} other people in {group}")
    of_all = _("mean of {count} other people in the organisation")
    return (mean if found.group else of_all).format(count=fmt.number(found.n), group=found.group)


def _row(line: Line, url: str) -> VersusRow:
    own, others = _other(line, mark(line, BenchmarkKind.OWN_PAST)), _other(line, beside(line))
    return VersusRow(line.metric, url, fmt.value(line.actual, line.metric.unit), own, others)


def _other(line: Line, found: Benchmark | None) -> Other:
    if found is None:
        return Other("–", _("Not compared"))
    if found.value is None:
        return Other("–", reason(found.reason))
    return Other(fmt.value(found.value, line.metric.unit), "")
