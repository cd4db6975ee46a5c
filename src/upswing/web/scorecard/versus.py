"""The card beside: each line against the rep's own past, and against whom the address asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.metrics.metric import Metric
from upswing.core.scorecard import Line, Scorecard
from upswing.web.shared import format as fmt
from upswing.web.shared.lines import beside, mark
from upswing.web.shared.request import UnknownChoice
from upswing.web.shared.sentences import reason
from upswing.web.shared.stepper import Step
from upswing.web.shared.wordings import OTHERS

CHOICES: dict[str, tuple[str, BenchmarkKind | None]] = {
    "team": ("Team", BenchmarkKind.TEAM),
    "peers": ("Role peers", BenchmarkKind.ROLE_PEERS),
    "organisation": ("Everybody", BenchmarkKind.ORGANISATION),
    "top": ("Better quarter", BenchmarkKind.TOP_QUARTILE),
    "industry": ("Industry", BenchmarkKind.INDUSTRY),
    "own": ("Own past only", None),
    "none": ("Nobody", None),
}
"""What `?vs=` may say: its words, and the others it compares with."""
USUAL = "team"


def asked(request: HttpRequest) -> str:
    """What `?vs=` asks for; the team where it says nothing. Raises UnknownChoice."""
    text = request.GET.get("vs", "") or USUAL
    if text not in CHOICES:
        raise UnknownChoice(f"Nothing called “{text}” is compared with. Write one of: {', '.join(CHOICES)}.")
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
    own: str
    name: str
    others: str
    sources: tuple[str, ...]
    choices: tuple[Step, ...]


def versus_of(card: Scorecard, urls: Mapping[str, str], choices: Sequence[Step] = ()) -> Versus:
    """The comparisons of a card."""
    rows = tuple(_row(line, urls[line.metric.key]) for line in card.lines if line.benchmarks)
    own = [found for line in card.lines if (found := mark(line, BenchmarkKind.OWN_PAST))]
    others = [found for line in card.lines if (found := beside(line))]
    told = [found for found in others if found.value is not None]
    return Versus(
        rows,
        fmt.day_of_or_range(own[0].period) if own else "",
        OTHERS[others[0].kind.value] if others else "",
        _people(max(told, key=lambda found: found.n)) if told else "",
        tuple(dict.fromkeys(_source(found) for found in told if found.source)),
        tuple(choices),
    )


def choices_of(request: HttpRequest, chosen: str) -> tuple[Step, ...]:
    """Links to the same page with other comparisons."""
    kept = {name: value for name, value in request.GET.items() if name != "vs"}
    return tuple(
        Step(words, f"?{urlencode(kept | ({'vs': name} if name != USUAL else {}))}", name == chosen)
        for name, (words, _) in CHOICES.items()
    )


def _source(found: Benchmark) -> str:
    return f"{found.source} (n = {fmt.number(found.n)})"


def _people(found: Benchmark) -> str:
    """What a column of others stands on."""
    where = f" in {found.group}" if found.group else " in the organisation"
    if found.kind is BenchmarkKind.INDUSTRY:
        return ""
    if found.kind is BenchmarkKind.TOP_QUARTILE:
        return f"where the better quarter of {fmt.number(found.n)} people{where} begins, chance taken out"
    return f"mean of {fmt.number(found.n)} other people{where}"


def _row(line: Line, url: str) -> VersusRow:
    own, others = _other(line, mark(line, BenchmarkKind.OWN_PAST)), _other(line, beside(line))
    return VersusRow(line.metric, url, fmt.value(line.actual, line.metric.unit), own, others)


def _other(line: Line, found: Benchmark | None) -> Other:
    if found is None:
        return Other("–", "Not compared")
    if found.value is None:
        return Other("–", reason(found.reason))
    return Other(fmt.value(found.value, line.metric.unit), "")
