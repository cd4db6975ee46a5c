"""The one sentence a card opens with: the first kind that fits, values raw, wording elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from upswing.core.bands import Band
from upswing.core.benchmarks import BenchmarkKind
from upswing.core.evidence import MINIMUM_EXPECTED, Evidence
from upswing.core.metrics.metric import Better, OfQuota, Plain, Ratio, Timing
from upswing.core.metrics.value import Value
from upswing.core.money import Money
from upswing.core.period import Period
from upswing.core.scorecard.card import Line, Sentence

NAMED = 2
"""At most so many lines are ever named."""

_MONEY_FIRST = ("won_value", "booked_revenue", "attainment", "booked_attainment")


def headline(lines: Sequence[Line], working_days: int, gone: int, at: date, period: Period) -> Sentence:
    """What a card of these lines says first, `gone` of `working_days` days into the period.

    The first that fits:

    - "no_data": no line has a record
    - "no_days": nothing is asked, for none of the working days is worked
    - "no_targets", or "partly_set" where targets cover a part of the period: no line has a target; values:
      `won_value` and `deals_won` where the card has them
    - "too_early": `day`, `days`; before a third of the days is gone, or while the period runs and every
      line weighed is too early, or when nothing could be judged
    - "too_few": `metric`, `n`; fewer than 10 records were expected of the main line, and no line is clear
    - "ahead": `metric`, `percent` (a Fraction); the main line is at or above what was expected, and of the
      lines clearly above their targets this one improved most on the rep's own past
    - "on_pace": `metric`, `percent`; the main line is on track
    - "ahead_unclear": `metric`, `percent`; the main line is above, which chance alone may explain
    - "most_below": `metric`; no line may prompt, and on this one more than half of the group need support
    - "behind_clear": `metric`, `actual`, `expected`, `n`, and the same with `second_` for a second line;
      lines that may prompt, those a rep steers first, then those furthest behind
    - "behind_unclear": `metric`, `behind`; nothing stands out

    The main line is won value or booked revenue, else attainment, else the first judged lagging line, else any judged
    line.
    """
    main = _main(lines)
    if not any(line.n or _number(line.actual) for line in lines):
        return Sentence("no_data")
    if unasked := _unasked(lines):
        return unasked
    if main is None or main.attainment is None or _is_early(lines, working_days, gone, at, period):
        return Sentence("too_early", (("day", gone), ("days", working_days)))
    best = _most_improved(lines)
    clear = _clear(lines)
    if _is_small(main) and not best and not clear:
        return Sentence("too_few", (("metric", main.metric.key), ("n", main.n)))
    if main.attainment >= 1 and best:
        return _standing("ahead", best)
    if main.band is Band.ON_TRACK:
        return _standing("on_pace", main)
    if main.attainment >= 1:
        return _standing("ahead_unclear", main)
    if clear:
        return Sentence("behind_clear", tuple(_named(clear)))
    if most := next((line for line in lines if line.common and line.short), None):
        return Sentence("most_below", (("metric", most.metric.key),))
    return Sentence("behind_unclear", (("metric", main.metric.key), ("behind", _behind(main))))


def _unasked(lines: Sequence[Line]) -> Sentence | None:
    """Why nothing is asked, where nothing is; rates are asked for whatever the days."""
    spread = any(line.target is not None and not isinstance(line.metric.value, Ratio) for line in lines)
    if not spread and any(line.reason == "no_days" for line in lines):
        return Sentence("no_days")
    if any(line.target is not None for line in lines):
        return None
    partly = any(line.reason == "partly_set" for line in lines)
    return Sentence("partly_set" if partly else "no_targets", tuple(_won(lines)))


def _main(lines: Sequence[Line]) -> Line | None:
    judged = [line for line in lines if line.band]
    order = {key: place for place, key in enumerate(_MONEY_FIRST)}
    return min(
        judged,
        key=lambda line: (order.get(line.metric.key, len(order)), line.metric.timing is not Timing.LAGGING),
        default=None,
    )


def _is_early(lines: Sequence[Line], working_days: int, gone: int, at: date, period: Period) -> bool:
    weighed = [line for line in lines if line.evidence and line.metric.evidence]
    settled = [line for line in lines if line.band and not line.evidence and line.metric.evidence]
    unsure = all(line.evidence is Evidence.TOO_EARLY for line in weighed) and not settled
    return at < period.last and (gone * 3 < working_days or unsure)


def _is_small(line: Line) -> bool:
    return line.evidence is Evidence.TOO_EARLY and (line.due is None or line.due < MINIMUM_EXPECTED)


def _standing(key: str, line: Line) -> Sentence:
    return Sentence(key, (("metric", line.metric.key), ("percent", line.attainment)))


def _most_improved(lines: Iterable[Line]) -> Line | None:
    """The line clearly beyond its target that rose most on the rep's own past; None if none is clear and rose.

    A line without a past to compare with comes after those that rose.
    """
    gains = [(_gain(line), line) for line in lines if _is_beyond(line)]
    risen = [(gain or Fraction(0), line) for gain, line in gains if gain is None or gain > 0]
    return max(risen, key=lambda found: found[0], default=(None, None))[1]


def _is_beyond(line: Line) -> bool:
    return line.band is Band.OUTSTANDING and line.evidence is Evidence.CLEAR


def _gain(line: Line) -> Fraction | None:
    """Change on the own past as a share of it; None where there is none to compare with."""
    past = next((mark.value for mark in line.benchmarks if mark.kind is BenchmarkKind.OWN_PAST), None)
    before, now = _number(past), _number(line.actual)
    if before <= 0:
        return None
    return (now - before) / before * (1 if line.metric.better is Better.HIGHER else -1)


def _clear(lines: Iterable[Line]) -> list[Line]:
    """Lines that may prompt: those a rep steers first, then those furthest behind; quota as an amount."""
    found = [line for line in lines if line.prompts]
    amounts = {line.metric.value.measure for line in found if isinstance(line.metric.value, Plain)}

    def is_said_twice(value: Plain | Ratio | OfQuota) -> bool:
        return isinstance(value, OfQuota) and value.measure in amounts

    apart = [line for line in found if not is_said_twice(line.metric.value)]
    return sorted(apart, key=lambda line: (line.metric.timing is not Timing.LEADING, line.attainment))[:NAMED]


def _named(lines: Iterable[Line]) -> Iterator[tuple[str, object]]:
    for prefix, line in zip(("", "second_"), lines, strict=False):
        yield f"{prefix}metric", line.metric.key
        yield f"{prefix}actual", line.actual
        yield f"{prefix}expected", line.expected
        yield f"{prefix}n", line.n


def _won(lines: Iterable[Line]) -> Iterator[tuple[str, object]]:
    by_key = {line.metric.key: line.actual for line in lines}
    return ((key, by_key[key]) for key in ("won_value", "deals_won") if key in by_key)


def _behind(line: Line) -> Value | None:
    if isinstance(line.expected, Money) and isinstance(line.actual, Money):
        return line.expected - line.actual
    return abs(_number(line.expected) - _number(line.actual))


def _number(value: Value | None) -> Fraction:
    return Fraction(value.minor) if isinstance(value, Money) else value or Fraction(0)
