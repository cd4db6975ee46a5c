"""A card template: lines in order, for whom, with which borders; what it must not hold, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from upswing.core.bands import Borders
from upswing.core.metrics import CATALOGUE, UnknownMetric
from upswing.core.metrics.metric import Metric, OfQuota, Timing
from upswing.core.period import PeriodKind
from upswing.core.rubrics import NAME_LENGTH, Audience
from upswing.core.wording import worded, worded_many

EVERYBODY, DEFAULT = Audience(), Borders()
FEWEST_LINES, REASON_FROM, MOST_LINES = 3, 8, 9
MOST_PINS = 2
"""Lines that a manager may add to one rep's card at a time."""
MOST_WORDS = 500
"""Characters of a reason."""
HIGHEST = Fraction(10)
"""Ten times what was expected: a border beyond is a slip of the finger."""
PERIODS = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)


@dataclass(frozen=True, slots=True)
class Template:
    """The lines (metric keys) of a card, in order, and for whom: one `person` (an id as text), else an audience.

    `support` and `outstanding` are shares of what was expected, both inclusive. `period` is what the card opens with.
    `reason` is why there are more than seven lines. Without a line it says that the template has ended. `own` are the
    metrics of the organisation's own that its lines may name; they are no part of what is written.
    """

    name: str
    audience: Audience = EVERYBODY
    person: str = ""
    lines: tuple[str, ...] = ()
    support: Fraction = DEFAULT.support
    outstanding: Fraction = DEFAULT.outstanding
    period: PeriodKind = PeriodKind.MONTH
    reason: str = ""
    own: tuple[Metric, ...] = field(default=(), compare=False)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The lines that there are; a key whose metric is gone has none."""
        return tuple(found for key in self.lines if (found := self.named(key)))

    def named(self, key: str) -> Metric | None:
        """The metric of a line; None where it is gone."""
        return CATALOGUE.get(key) or next((each for each in self.own if each.key == key), None)

    @property
    def borders(self) -> Borders:
        """What its lines are judged by; raises ValueError where they are crossed."""
        return Borders(self.support, self.outstanding)

    @property
    def closeness(self) -> tuple[bool, bool, int]:
        """How closely it is meant: the greatest wins. One person, then teams, then role and level, then one of them."""
        meant = self.audience
        return bool(self.person), bool(meant.teams), bool(meant.roles) + bool(meant.levels)

    def fits(self, person: str, role: str, level: str, teams: Iterable[str]) -> bool:
        """Is it meant for somebody of that role and level in these teams, their own and those above it?"""
        return person == self.person if self.person else self.audience.concerns(role, level, teams)

    def same_whom(self, other: Template) -> bool:
        """Are both meant for exactly the same people, in whatever order those were ticked?"""
        return self._whom == other._whom

    @property
    def _whom(self) -> tuple[object, ...]:
        meant = self.audience
        return self.person, *(frozenset(each) for each in (meant.roles, meant.levels, meant.teams))


def timings(metrics: Iterable[Metric]) -> tuple[int, int]:
    """How many lines lead, and how many lag."""
    counted = Counter(each.timing for each in metrics)
    return counted[Timing.LEADING], counted[Timing.LAGGING]


def in_money(lines: Sequence[Metric], money: str) -> tuple[Metric, ...]:
    """The lines, each once, quota attainment read in the `money` (a measure's key) that quotas are of."""
    shares = {each.value.measure.key: each for each in CATALOGUE.values() if isinstance(each.value, OfQuota)}
    found = (shares.get(money, each) if isinstance(each.value, OfQuota) else each for each in lines)
    return tuple(dict.fromkeys(found))


def share_of(written: str) -> Fraction | None:
    """A percentage as people write it (120, 82.5, 82,5 %) as a share; None where it is no number."""
    try:
        found = Decimal(written.strip().rstrip("%").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return Fraction(found) / 100 if found.is_finite() and abs(found.adjusted()) < 9 else None


def excess(template: Template) -> tuple[str, ...]:
    """Sentences about what no draft may hold."""
    return (*_wrong_words(template), *_wrong_lines(template), *_wrong_borders(template))


def lacking(template: Template) -> tuple[str, ...]:
    """Sentences about what a draft lacks to be published; empty: it is complete."""
    found, count = [], len(template.lines)
    if count < FEWEST_LINES:
        found.append(_too_few(count))
    if count >= REASON_FROM and not template.reason:
        found.append(
            worded(
                "There are {count} lines: from the eighth on a card is read less. Say why these "
                "people need them all, or leave {over} out.",
                count=count,
                over=count - REASON_FROM + 1,
            )
        )
    return tuple(found)


def _too_few(count: int) -> str:
    lacking, least = FEWEST_LINES - count, FEWEST_LINES
    if not count:
        return worded(
            "There is no line yet: a card shows at least {least}. Add {lacking} or more.",
            least=least,
            lacking=lacking,
        )
    return worded_many(
        "There is one line: a card shows at least {least}. Add {lacking} or more.",
        "There are {count} lines: a card shows at least {least}. Add {lacking} or more.",
        count,
        least=least,
        lacking=lacking,
    )


def _wrong_words(template: Template) -> Iterator[str]:
    if not template.name:
        yield worded("The name is empty. A template needs one, so that it can be found again.")
    if len(template.name) > NAME_LENGTH:
        yield worded(
            "The name has {length} characters; write at most {most}.",
            length=len(template.name),
            most=NAME_LENGTH,
        )
    if len(template.reason) > MOST_WORDS:
        yield worded(
            "The reason has {length} characters; write at most {most}.",
            length=len(template.reason),
            most=MOST_WORDS,
        )
    if template.period not in PERIODS:
        yield worded("A card opens with a week, a month, a quarter or a year. Choose one of them.")
    if template.person and not template.audience.everybody:
        yield worded(
            "It is for one person and for roles, levels or teams as well. Choose the "
            "person, or untick the person."
        )


def _wrong_lines(template: Template) -> Iterator[str]:
    for key in dict.fromkeys(template.lines):
        found = template.named(key)
        if found is None:
            own = [each.key for each in template.own]
            yield worded("{unknown} Take that line off.", unknown=str(UnknownMetric(key[:NAME_LENGTH], own)))
        elif not found.judged:
            yield worded(
                "“{label}” never stands on a card: {help} It judges nobody. Take it off.",
                label=worded(found.label),
                help=worded(found.help),
            )
    labels = Counter(found.label if (found := template.named(key)) else key for key in template.lines)
    for label, times in labels.items():
        if times > 1:
            yield worded(
                "“{label}” stands on it {times} times. Keep it once.",
                label=worded(label[:NAME_LENGTH]),
                times=times,
            )
    if len(template.lines) > MOST_LINES:
        over = len(template.lines) - MOST_LINES
        yield worded(
            "There are {length} lines; a card has at most {most}. Leave {over} out.",
            length=len(template.lines),
            most=MOST_LINES,
            over=over,
        )


def _wrong_borders(template: Template) -> Iterator[str]:
    support, outstanding = template.support, template.outstanding
    for share, name in ((support, worded("needs support")), (outstanding, worded("outstanding"))):
        if (share * 1000).denominator != 1:
            yield worded(
                "The border of “{name}”, {share}, has more than one decimal. Write it like 82.5.",
                name=name,
                share=_percent(share),
            )
    if support >= outstanding:
        yield worded(
            "The borders cross: “needs support” up to {support}, “outstanding” from "
            "{outstanding} on. The lower one lies below 100 %, the upper one above.",
            support=_percent(support),
            outstanding=_percent(outstanding),
        )
    elif not 0 < support < 1:
        yield worded(
            "“Needs support” up to {support}: write a number above 0 and below 100.",
            support=_percent(support),
        )
    elif not 1 < outstanding <= HIGHEST:
        yield worded(
            "“Outstanding” from {outstanding} on: write a number above 100, up to {most}.",
            outstanding=_percent(outstanding),
            most=int(HIGHEST * 100),
        )


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.10g} %"
