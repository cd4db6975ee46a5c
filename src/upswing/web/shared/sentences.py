"""The words for what the core says in keys: headlines, reasons, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from string import Formatter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.benchmarks import BenchmarkKind
from upswing.core.measures import name_of, parts_of
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, Ratio, Unit
from upswing.core.metrics.value import records_measure
from upswing.core.money import Money
from upswing.core.scorecard import Line, Scorecard, Sentence
from upswing.web.shared import format as fmt
from upswing.web.shared.headlines import OVER, RUNNING, Wordings
from upswing.web.shared.spans import Phrases
from upswing.web.shared.wordings import DEALS, MIXED, REASONS, RECORDS

Known = Mapping[str, object]
"""What a sentence of the core says, by name."""
Metrics = Mapping[str, Metric]
"""The metrics it may speak of: those of the catalogue, and whatever stands on the card."""


@dataclass(frozen=True, slots=True)
class Said:
    """A headline in words: the sentence, a quieter second one, and the line it speaks of."""

    headline: str
    detail: str
    line: Line | None


def say(card: Scorecard) -> Said:
    """The headline of a card in words."""
    known = dict(card.headline.values)
    line = next((found for found in card.lines if found.metric.key == known.get("metric")), None)
    over = card.at >= card.period.last
    metrics = CATALOGUE | {found.metric.key: found.metric for found in card.lines}
    words = _so_far(card) | _words(known, line, metrics) | _dues(known, over, metrics)
    words |= {"period": fmt.period_name(card.period)}
    table = OVER if over else RUNNING
    headline, detail = _fitting(table.get(card.headline.key, ()), words)
    return Said(headline, detail, line)


def reason(key: str | None) -> str:
    """Why something cannot be said; an unknown key reads as its own words."""
    if key in REASONS:
        return _(REASONS[key])
    return (key or "").replace("_", " ").capitalize()


def judging(sentence: Sentence) -> bool:
    """Whether the headline speaks of a line worth opening."""
    return sentence.key in {
        "ahead",
        "ahead_unclear",
        "on_pace",
        "behind_clear",
        "behind_unclear",
        "most_below",
    }


def records(count: int, metric: Metric | None = None) -> str:
    """A number of the records that a metric stands on, in words; of deals where none is named."""
    measure = records_measure(metric) if metric else None
    words = (
        {RECORDS.get(name_of(part).split("_")[0], DEALS) for part in parts_of(measure)}
        if measure
        else {DEALS}
    )
    return many(words.pop() if len(words) == 1 else MIXED, count)


def people(count: int) -> str:
    """A number of people in words."""
    return ngettext("{count} person", "{count} people", count).format(count=fmt.number(count))


def many(words: tuple[str, str], amount: Fraction | int) -> str:
    """A number in words that hold their `{count}`, one and more; what is no whole number reads as more."""
    whole = int(amount) if amount == int(amount) else 2
    return ngettext(*words, whole).format(count=fmt.number(amount))


def in_sentence(metric: Metric) -> str:
    """A metric's name inside a sentence."""
    label = _(metric.label)
    return label[:1].lower() + label[1:]


def _fitting(wordings: Wordings, words: dict[str, str]) -> tuple[str, str]:
    for headline, detail in wordings:
        if _names(headline + detail) <= words.keys():
            return _(headline).format(**words), _(detail).format(**words)
    return _("Here is what was counted."), ""


def _names(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


def _words(known: Known, line: Line | None, metrics: Metrics) -> dict[str, str]:
    words = {key: _word(key, value, known, metrics) for key, value in known.items() if value is not None}
    usual = (
        next((mark for mark in line.benchmarks if mark.kind is BenchmarkKind.OWN_PAST), None)
        if line
        else None
    )
    if line and usual and usual.value is not None:
        words["usual"] = fmt.value(usual.value, line.metric.unit)
        words["before"] = fmt.period_name(usual.whole or usual.period)
    if isinstance(count := known.get("n"), int):
        words["records"] = records(count, line.metric if line else None)
    if line and line.actual is not None:
        words.setdefault("actual", fmt.value(line.actual, line.metric.unit))
    if "metric" in words:
        words["Metric"] = words["metric"][:1].upper() + words["metric"][1:]
    return words


def _so_far(card: Scorecard) -> dict[str, str]:
    """What was counted, for sentences that judge nothing."""
    actual = {line.metric.key: line.actual for line in card.lines}
    created, won = actual.get("deals_created"), actual.get("won_value")
    words = {"created": _word("deals_created", created, {}, CATALOGUE)} if created is not None else {}
    return words | ({"won": fmt.value(won, Unit.MONEY)} if won is not None else {})


def _dues(known: Known, over: bool, metrics: Metrics) -> dict[str, str]:
    """What was expected: a part of the target so far, or the target itself, which rates always have."""
    words = {}
    for prefix in ("", "second_"):
        key, expected = known.get(f"{prefix}metric"), known.get(f"{prefix}expected")
        if expected is None:
            continue
        said = _word(f"{prefix}expected", expected, known, metrics)
        rate = key in metrics and isinstance(metrics[str(key)].value, Ratio)
        due = _("target {value}") if over or rate else _("{value} due by now")
        words[f"{prefix}due"] = due.format(value=said)
    return words


def _word(key: str, value: object, known: Known, metrics: Metrics) -> str:
    prefix = "second_" if key.startswith("second_") else ""
    if key.removeprefix(prefix) == "metric":
        return in_sentence(metrics[str(value)]) if value in metrics else str(value).replace("_", " ")
    if key in {"deals_won", "deals_created"} and isinstance(value, Fraction | int):
        return many(DEALS, value)
    if isinstance(value, Money | Fraction):
        return fmt.value(value, _unit(key, known.get(f"{prefix}metric"), metrics))
    return fmt.number(value) if isinstance(value, int) else str(value)


def _unit(key: str, metric: object, metrics: Metrics) -> Unit:
    if key == "percent":
        return Unit.SHARE
    return metrics[metric].unit if isinstance(metric, str) and metric in metrics else Unit.COUNT


def fallen_due(periods: int, phrases: Phrases) -> str:
    """How the part due by a day was found: by days alone, or also as so many periods before came in."""
    if not periods:
        return _("by the working days gone")
    if periods == 1:
        return phrases.due_as_before
    return phrases.due_as_last.format(count=fmt.number(periods))
