"""What to think of before a template holds: cautions, which stop nobody, but are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from upswing.core.measures import BOOKED_REVENUE, WON_VALUE, Measure
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Kind, Metric, OfQuota, Plain, Ratio, Timing
from upswing.core.templates.template import FEWEST_LINES, MOST_LINES, Template, timings
from upswing.core.wording import Either, worded, worded_many

LEAST, MOST = (3, 2), (3, 1)
"""Leading lines for lagging ones: from 1.5 up to 3."""
NEW_MONTHS = 6
"""Tenure below which a conversion rate asks for what only experience brings."""
MONEY = {WON_VALUE, BOOKED_REVENUE}
"""Won or booked, in money or of quota: one result, told more than once."""
WORTH_ADDING = (
    "conversations", "meetings_held", "proposals_sent", "open_value", "meetings_booked", "leads_qualified",
    "deals_created", "calls", "won_value", "deals_won", "win_rate", "booked_revenue", "average_deal",
)  # fmt: skip
"""What a card lacks most often, of either kind, the most telling first."""


@dataclass(frozen=True, slots=True)
class Caution:
    """`key` changes with what it is about, so that what was read is what is still so."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom a template concerns: how many `people`, and how many of them are `new` (in their first six months)."""

    people: int
    new: int = 0


def is_new(starts: date | None, day: date) -> bool:
    """Is somebody in their first six months on a day? Whoever began on an unknown day is not."""
    if starts is None:
        return False
    months = (day.year - starts.year) * 12 + day.month - starts.month - (day.day < starts.day)
    return months < NEW_MONTHS


def cautions(template: Template, recorded: Collection[str], concerned: Concerned) -> tuple[Caution, ...]:
    """All there is to think of; `recorded` are the keys of metrics with any record in the data."""
    metrics = template.metrics
    return (
        *_balance(metrics, recorded),
        *_nobody(concerned),
        *_new_people(metrics, concerned),
        *_one_result(metrics),
        *_follows(metrics),
        *_without_volume(metrics),
        *_without_records(metrics, recorded),
    )


def balanced(leading: int, lagging: int) -> bool:
    """Are there 1.5 to 3 leading lines for each lagging one?"""
    return LEAST[0] * lagging <= LEAST[1] * leading and leading <= MOST[0] * lagging


def _balance(metrics: Sequence[Metric], recorded: Collection[str]) -> Iterator[Caution]:
    """Leading to lagging out of balance, and what to add or leave."""
    leading, lagging = timings(metrics)
    if len(metrics) < FEWEST_LINES or balanced(leading, lagging):
        return
    rare = Timing.LEADING if LEAST[1] * leading < LEAST[0] * lagging else Timing.LAGGING
    told = worded("{out} {mended}", out=_out(leading, lagging, rare), mended=_mended(metrics, rare, recorded))
    yield Caution(f"balance:{leading}:{lagging}", told)


def _out(leading: int, lagging: int, rare: Timing) -> str:
    """How leading and lagging lines stand to each other."""
    if not leading:
        return worded(
            "All {lagging} lines lag: they tell what came of it, none tells what to do today.",
            lagging=lagging,
        )
    if not lagging:
        return worded(
            "{leading} leading for no lagging lines: the card hardly tells what comes of the work.",
            leading=leading,
        )
    pattern = (
        worded(
            "{leading} leading for {lagging} lagging lines: the card tells more of results than of the work."
        )
        if rare is Timing.LEADING
        else worded(
            "{leading} leading for {lagging} lagging lines: the card hardly tells what comes of the work."
        )
    )
    return worded(pattern, leading=leading, lagging=lagging)


def _mended(metrics: Sequence[Metric], rare: Timing, recorded: Collection[str]) -> str:
    """Lines of the rare timing to add, lines of the other to leave out, or both where neither is enough."""
    there = [each for each in metrics if each.timing is not rare]
    ways = list(_ways(len(metrics) - len(there), len(there), rare))
    adding, leaving = (min((way for way in ways if not way[other]), default=None) for other in (1, 0))
    offered = _offer(metrics, rare, recorded)
    if adding and leaving:
        return worded(
            "Add {added}, or leave {left} out.",
            added=_labels(offered[: adding[0]]),
            left=_labels(there[-leaving[1] :]),
        )
    if adding:
        return worded("Add {added}.", added=_labels(offered[: adding[0]]))
    if leaving:
        return worded("Leave {left} out.", left=_labels(there[-leaving[1] :]))
    add, leave = min(ways, key=_changes)
    return worded(
        "Add {added} and leave {left} out.", added=_labels(offered[:add]), left=_labels(there[-leave:])
    )


def _changes(way: tuple[int, int]) -> tuple[int, int]:
    """As few as may be, and rather added than left."""
    return sum(way), way[1]


def _ways(few: int, many: int, rare: Timing) -> Iterator[tuple[int, int]]:
    """How many of the rare to add and of the others to leave so that a card of lawful length is in balance."""
    for add, leave in product(range(MOST_LINES + 1), range(many)):
        pair = (few + add, many - leave)
        in_balance = balanced(*(pair if rare is Timing.LEADING else pair[::-1]))
        if in_balance and FEWEST_LINES <= sum(pair) <= MOST_LINES:
            yield add, leave


def _offer(metrics: Sequence[Metric], timing: Timing, recorded: Collection[str]) -> list[Metric]:
    """Metrics of that timing that the card lacks, first those with records."""
    known = [CATALOGUE[key] for key in WORTH_ADDING]
    left = [each for each in known if each.timing is timing and each not in metrics]
    left = [each for each in left if not (_is_money(each) and any(map(_is_money, metrics)))]
    return sorted(left, key=lambda each: each.key not in recorded)


def _nobody(concerned: Concerned) -> Iterator[Caution]:
    if not concerned.people:
        yield Caution(
            "nobody",
            worded(
                "Nobody has this card today: no one is meant, or all have one meant for them more closely."
            ),
        )


def _new_people(metrics: Sequence[Metric], concerned: Concerned) -> Iterator[Caution]:
    rates = [each for each in metrics if each.kind is Kind.CONVERSION]
    if rates and concerned.new:
        yield Caution(
            f"new:{concerned.new}:{concerned.people}:{','.join(each.key for each in rates)}",
            worded_many(
                "{count} of {people} is in their first six months; a conversion rate asks of them what experience "
                "brings ({rates}). Give them a template of their own, or leave the rate out.",
                "{count} of {people} are in their first six months; a conversion rate asks of them what experience "
                "brings ({rates}). Give them a template of their own, or leave the rate out.",
                concerned.new,
                people=concerned.people,
                rates=_labels(rates),
            ),
        )


def _one_result(metrics: Sequence[Metric]) -> Iterator[Caution]:
    same = [each for each in metrics if _is_money(each)]
    if len(same) > 1:
        yield Caution(
            f"same:{','.join(each.key for each in same)}",
            worded(
                "{lines} say the same: they rise and fall together. Keep the one that pay rests on.",
                lines=_labels(same),
            ),
        )


def _follows(metrics: Sequence[Metric]) -> Iterator[Caution]:
    """A ratio with both its parts beside it."""
    plain = {each.value.measure: each for each in metrics if isinstance(each.value, Plain)}
    for each in metrics:
        if isinstance(each.value, Ratio) and {each.value.of, each.value.per} <= plain.keys():
            parts = [plain[each.value.of], plain[each.value.per]]
            yield Caution(
                f"follows:{each.key}",
                worded(
                    "{line} follows from {parts}: of three lines one tells nothing new. Leave one out.",
                    line=worded(each.label),
                    parts=_labels(parts),
                ),
            )


def _without_volume(metrics: Sequence[Metric]) -> Iterator[Caution]:
    """A ratio beside which nothing tells of how much it is."""
    there = {part for each in metrics if not isinstance(each.value, Ratio) for part in _counted(each)}
    for each in metrics:
        if isinstance(each.value, Ratio) and there.isdisjoint({each.value.of, each.value.per}):
            volumes = [one for one in _volumes(each.value) if one.judged]
            yield Caution(f"alone:{each.key}", _alone(each, volumes[:2]))


def _alone(each: Metric, volumes: Sequence[Metric]) -> str:
    if not volumes:
        return worded(
            "{line} stands without its volume: fewer tries can raise it. Put a count beside it.",
            line=worded(each.label),
        )
    return worded(
        "{line} stands without its volume: fewer tries can raise it. Put a count beside it, such as {volumes}.",
        line=worded(each.label),
        volumes=Either(_labels(volumes)),
    )


def _without_records(metrics: Sequence[Metric], recorded: Collection[str]) -> Iterator[Caution]:
    empty = [each for each in metrics if each.key not in recorded]
    if empty:
        yield Caution(
            f"empty:{','.join(each.key for each in empty)}",
            worded_many(
                "No record of {lines} has come in yet: the line stays empty until one does. Bring in the data first, "
                "or leave it out.",
                "No record of {lines} has come in yet: the lines stay empty until one does. Bring in the data first, "
                "or leave it out.",
                len(empty),
                lines=Either(_labels(empty)),
            ),
        )


def _volumes(ratio: Ratio) -> Iterable[Metric]:
    plain = {each.value.measure: each for each in CATALOGUE.values() if isinstance(each.value, Plain)}
    return (plain[part] for part in (ratio.of, ratio.per) if part in plain)


def _counted(each: Metric) -> Iterator[Measure]:
    """What a line tells the amount of: its measure, and the records behind it."""
    if not isinstance(each.value, Ratio):
        yield each.value.measure
    if each.evidence:
        yield each.evidence


def _is_money(each: Metric) -> bool:
    return isinstance(each.value, Plain | OfQuota) and each.value.measure in MONEY


def _labels(metrics: Iterable[Metric]) -> tuple[str, ...]:
    return tuple(worded(each.label) for each in metrics)
