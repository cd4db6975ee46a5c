"""Metrics that an organisation writes: their wording, what it lacks, and the metric it makes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from upswing.core.expressions.meaning import meaning
from upswing.core.expressions.reading import Misstated, read
from upswing.core.expressions.relations import apart, within
from upswing.core.expressions.totals import Divided, Total
from upswing.core.expressions.tree import Tree
from upswing.core.measures import Flow, Measure, Of, Sum, records_of
from upswing.core.metrics.metric import Better, Kind, Metric, Plain, Ratio, Timing, Unit
from upswing.core.metrics.value import counting
from upswing.core.wording import worded

PREFIX = "our_"
"""What the keys of an organisation's own metrics begin with, so that none of the catalogue is ever called alike."""
LONGEST_KEY, LONGEST_LABEL, LONGEST_WORDS = 64, 60, 300
LEAST, MOST = 1, 1_000
KINDS = tuple(kind for kind in Kind if kind is not Kind.ADOPTION)


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a metric: `text` is its expression, `percent` whether a ratio is told in per cent.

    Below `minimum` records the value is shown and not judged.
    """

    label: str
    help: str = ""
    purpose: str = ""
    text: str = ""
    percent: bool = False
    kind: Kind = Kind.VOLUME
    timing: Timing = Timing.LEADING
    better: Better = Better.HIGHER
    minimum: int = 10


def is_own(key: str) -> bool:
    """Whether a key is of the kind that an organisation's own metrics have."""
    return key.startswith(PREFIX)


def key_for(label: str, taken: Collection[str]) -> str:
    """A key that says what the label says, and that nothing else has."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    base = (PREFIX + re.sub(r"[^a-z0-9]+", "_", plain).strip("_"))[: LONGEST_KEY - 4].rstrip("_")
    base = base if len(base) > len(PREFIX) else f"{PREFIX}metric"
    numbered = (f"{base}_{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(key for key in numbered if key not in taken)


def metric_of(key: str, wording: Wording, own: Mapping[str, Tree]) -> Metric:
    """The metric that a wording makes; `own` are the expressions of the organisation's other metrics.

    Raises Misstated as `read` and `meaning` do, and where per cent are asked of what is no share.
    """
    found = meaning(read(wording.text), own, key)
    value = (
        Plain(_measure(found))
        if isinstance(found, Total)
        else Ratio(_measure(found.above), _measure(found.below))
    )
    return Metric(
        key, wording.label, wording.help, wording.purpose, wording.kind, _unit(found, value, wording.percent),
        wording.timing, wording.better, value, _evidence(value), wording.minimum,
    )  # fmt: skip


def _measure(total: Total) -> Measure:
    """The total as a measure: the one it consists of, else a sum."""
    if len(total.terms) == 1 and total.terms[0][0] == 1:
        return total.terms[0][1]
    told = (f"{'' if times == 1 else f'{times} * '}{part.key}" for times, part in total.terms)
    return Sum(" + ".join(told), total.terms)


def _unit(found: Total | Divided, value: Plain | Ratio, percent: bool) -> Unit:
    if isinstance(found, Total):
        if percent:
            raise Misstated(
                worded("Per cent are told of a ratio; this adds up and divides nothing. Untick “per cent”."),
                1,
            )
        return found.unit
    same = found.above.unit is found.below.unit
    if percent and not same:
        raise Misstated(
            worded(
                "Per cent are told of one thing within another of its kind; this is {above} per "
                "{below}. Untick “per cent”.",
                above=worded(found.above.unit),
                below=worded(found.below.unit),
            ),
            1,
        )
    if percent and found.above.unit is Unit.COUNT and not _is_part(value):
        raise Misstated(
            worded(
                "Not every record above the line is one of those below it, so there may be more "
                "than 100 %. Untick “per cent”; it is then told as so many per one."
            ),
            1,
        )
    if same:
        return Unit.SHARE if percent else Unit.RATIO
    return Unit.RATIO if found.above.unit is Unit.COUNT else found.above.unit


def _is_part(value: Plain | Ratio) -> bool:
    """Whether each record above the line is counted once there, and below it too."""
    if not isinstance(value, Ratio):
        return False
    above, below = _flows(value.of), _flows(value.per)
    return (
        bool(above and below)
        and _separate(above)
        and all(any(within(one, other) for other in below) for one in above)
    )


def _flows(measure: Measure) -> tuple[Flow, ...]:
    """The flows that it adds up once each; none where anything else is in it."""
    terms = measure.terms if isinstance(measure, Sum) else ((Fraction(1), measure),)
    flows = tuple(part for times, part in terms if isinstance(part, Flow) and times == 1)
    return flows if len(flows) == len(terms) else ()


def _separate(flows: Collection[Flow]) -> bool:
    return all(apart(one, other) for one, other in combinations(flows, 2))


def _evidence(value: Plain | Ratio) -> Measure | None:
    """The count that tells how much luck is in the value, and how many records are behind it.

    A count of separate records, and money of one kind of record, are judged as those of the catalogue are; of other
    sums nothing tells how much luck is in them. A ratio stands on what it is divided by, or on what is above it where
    that is time.
    """
    if isinstance(value, Ratio):
        return counting(value.per) or counting(value.of)
    flows = _flows(value.measure)
    if not flows or flows[0].of is Of.SECONDS:
        return None
    if flows[0].of is Of.AMOUNT:
        return records_of(flows[0]) if len(flows) == 1 else None
    return value.measure if _separate(flows) else None


def lacking(wording: Wording) -> tuple[str, ...]:
    """Sentences about the words of a metric that cannot be published; empty: they are complete."""
    return tuple(_lacking(wording))


def _lacking(wording: Wording) -> Iterator[str]:
    for name, text, most in (
        (worded("name"), wording.label, LONGEST_LABEL),
        (worded("sentence that says what it counts"), wording.help, LONGEST_WORDS),
        (worded("sentence that says how it helps"), wording.purpose, LONGEST_WORDS),
    ):
        if not text:
            yield worded(
                "The {name} is empty. Whoever reads the number reads it first: write one.", name=name
            )
        elif len(text) > most:
            yield worded(
                "The {name} has {length} characters; write at most {most}.",
                name=name,
                length=len(text),
                most=most,
            )
    if not LEAST <= wording.minimum <= MOST:
        yield worded(
            "It is judged from {minimum} records on. Write a whole number from {least} to {most}.",
            minimum=wording.minimum,
            least=LEAST,
            most=MOST,
        )
    if wording.kind not in KINDS:
        yield worded(
            "What shows how the tools are used is no line of a card. Choose what else the metric tells about."
        )
