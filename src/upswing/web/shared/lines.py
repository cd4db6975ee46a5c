"""A scorecard line as it is shown: words, chip, drawing. Pages draw these and decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from upswing.core.bands import Band
from upswing.core.benchmarks import Benchmark, BenchmarkKind
from upswing.core.evidence import Evidence
from upswing.core.metrics.metric import Better, Unit
from upswing.core.money import Money
from upswing.core.scorecard import Line, Value
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import bullet, mini, sparkline
from upswing.web.shared.sentences import reason, records
from upswing.web.shared.spans import Phrases
from upswing.web.shared.wordings import SPOKEN

TONES = {Band.OUTSTANDING: "out", Band.ON_TRACK: "on", Band.NEEDS_SUPPORT: "sup"}
ICONS = {Band.OUTSTANDING: "chevrons-up", Band.ON_TRACK: "check", Band.NEEDS_SUPPORT: "life-buoy"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A band in words: `look` is its colour and whether it is filled, outlined or dashed."""

    look: str
    icon: str
    word: str
    note: str = ""


def tone(line: Line) -> str:
    """The colour of a line's bar: its band's, or grey while it is too early."""
    if line.evidence is Evidence.TOO_EARLY or line.band is None:
        return "early"
    return TONES[line.band]


def chip(line: Line) -> Chip | None:
    """The chip of a line; None where there is nothing to judge."""
    if line.evidence is Evidence.TOO_EARLY:
        note = _("{records}: may still be chance").format(records=records(line.n, line.metric))
        return Chip("early", "hourglass", _("Too early"), note)
    if line.band is None:
        return None
    if line.evidence is Evidence.LEANING and line.band is not Band.ON_TRACK:
        note = _("{records}: likely, not yet sure").format(records=records(line.n, line.metric))
        return Chip(f"{TONES[line.band]} outline", ICONS[line.band], _leaning(line.band), note)
    return Chip(TONES[line.band], ICONS[line.band], band_name(line.band))


def band_name(band: Band) -> str:
    """A band in words."""
    match band:
        case Band.OUTSTANDING:
            return pgettext("band", "Outstanding")
        case Band.ON_TRACK:
            return pgettext("band", "On track")
        case _:
            return pgettext("band", "Needs support")


def _leaning(band: Band) -> str:
    if band is Band.OUTSTANDING:
        return pgettext("band", "Leaning: outstanding")
    return pgettext("band", "Leaning: needs support")


def drawing(line: Line) -> SafeString:
    """The bullet of a line with both comparisons; empty where nothing was expected."""
    if line.attainment is None:
        return SafeString("")
    others, own = (ratio(line, found) for found in (beside(line), mark(line, BenchmarkKind.OWN_PAST)))
    return bullet(line.attainment, tone(line), spoken(line), others, own)


def small_drawing(line: Line) -> SafeString:
    """The bar of a line on a board."""
    return SafeString("") if line.attainment is None else mini(line.attainment, tone(line))


def spoken(line: Line) -> str:
    """What a bullet shows, as a sentence."""
    unit = line.metric.unit
    said = _("{label}: {actual} against {expected}, {percent}").format(
        label=_(line.metric.label),
        actual=fmt.value(line.actual, unit),
        expected=fmt.value(line.expected, unit),
        percent=fmt.percent(line.attainment or Fraction(0)),
    )
    found = chip(line)
    others = sorted(line.benchmarks, key=lambda one: one.kind is BenchmarkKind.OWN_PAST)
    told = [
        _(SPOKEN[other.kind.value]).format(value=fmt.value(other.value, unit))
        for other in others
        if other.value is not None
    ]
    return "; ".join([said, *([found.word] if found else []), *told]) + "."


def mark(line: Line, kind: BenchmarkKind) -> Benchmark | None:
    """The line's comparison of that kind."""
    return next((found for found in line.benchmarks if found.kind is kind), None)


def beside(line: Line) -> Benchmark | None:
    """What the line is compared with beside the own past: the team, or whom else was asked for."""
    return next((found for found in line.benchmarks if found.kind is not BenchmarkKind.OWN_PAST), None)


def ratio(line: Line, other: Benchmark | None) -> Fraction | None:
    """A comparison as a share of what was expected, turned round where less is better."""
    if other is None or other.value is None or line.expected is None:
        return None
    one, expected = exact(other.value), exact(line.expected)
    upper, lower = (one, expected) if line.metric.better is Better.HIGHER else (expected, one)
    return upper / lower if lower else None


def exact(value: Value) -> Fraction:
    """A value as a number; money in minor units."""
    return Fraction(value.minor) if isinstance(value, Money) else value


def trend(line: Line, phrases: Phrases) -> SafeString:
    """The line's last periods, small."""
    values = [None if point.value is None else float(exact(point.value)) for point in line.history]
    shown = [fmt.value(point.value, line.metric.unit) for point in line.history if point.value is not None]
    if len(shown) < 2:
        return SafeString("")
    label = phrases.trend.format(
        label=_(line.metric.label), count=fmt.number(len(values)), first=shown[0], last=shown[-1]
    )
    return sparkline(values, label, tone(line), counts=line.metric.unit is Unit.COUNT)


def why_not(line: Line) -> str:
    """Why a line has no band, in words."""
    return reason(line.reason) if line.reason else _("Not judged")
