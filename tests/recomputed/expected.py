"""The lines of every card as the guide says they are, from the counts and what was asked; evidence by scipy's own tails."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache

from scipy.stats import beta, gamma

from tests.recomputed.asked import Asked, Planner, holds
from tests.recomputed.counted import Counts, counted
from tests.recomputed.habit import Habit, habit_before
from tests.recomputed.organisations import Organisation
from upswing.core.period import Period

FUNNEL = ("conversations", "meetings_held", "proposals_sent", "open_value", "won_value", "win_rate")
STARTER = (
    "deals_created", "open_value", "attainment", "won_value", "deals_won", "win_rate", "average_deal",
)  # fmt: skip
PLAIN = {
    "conversations": "conversations", "meetings_held": "held", "proposals_sent": "proposals", "deals_created": "created",
    "deals_won": "won", "won_value": "won_value", "booked_revenue": "booked", "open_value": "open_value",
}  # fmt: skip
RATIO = {"win_rate": ("won", "decided"), "average_deal": ("won_value", "won")}
SHARE = {"attainment": "won_value", "booked_attainment": "booked"}
BEHIND = {
    "won_value": "won", "booked_revenue": "invoices", "attainment": "won", "booked_attainment": "invoices",
    "open_value": "open_deals", "win_rate": "decided", "average_deal": "won",
}  # fmt: skip
"""What n counts, where that is not the value itself."""
AMOUNTS = ("won_value", "booked_revenue", "open_value", "average_deal")
EARLY, LEANING, CLEAR = "too_early", "leaning", "clear"
FEWEST, OTHERS = 10, 5


@dataclass(slots=True)
class Line:
    """What a line should show; `value`, `target` and `expected` of money in whole minor units."""

    metric: str
    value: Fraction | None
    n: int
    target: Fraction | None = None
    expected: Fraction | None = None
    attainment: Fraction | None = None
    band: str | None = None
    evidence: str | None = None
    due: Fraction | None = None
    reason: str | None = None
    past: tuple[object, ...] = ()
    team: tuple[object, ...] = ()
    history: list[tuple[str, Fraction | None]] = field(default_factory=list)
    """Whether it is money weighed beside others' deals of unknown amount."""


@dataclass(slots=True)
class Card:
    """What one card should show."""

    rep: str
    working_days: int
    gone: int
    lines: list[Line]


class Recomputed:
    """Every card of an organisation."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation, self.book, self.plan = organisation, counted(organisation), Planner(organisation)
        self.reps = [row["name"] for row in organisation.rows("people")]
        self.above = {row["team"]: row["region"] for row in organisation.rows("people")}
        metrics = {row["metric"] for row in organisation.rows("quotas")}
        self.money = "booked_revenue" if "booked_revenue" in metrics else "won_value"
        recorded = FUNNEL if organisation.rows("activities") else STARTER
        self.habit = lru_cache(maxsize=None)(self._habit)
        booked = {"won_value": "booked_revenue", "attainment": "booked_attainment"}
        self.lines = (
            recorded if self.money == "won_value" else tuple(booked.get(key, key) for key in recorded)
        )

    def card(self, rep: str, period: Period, at: date) -> Card:
        """The card of a rep for a period, as at the close of a day."""
        self._counts = {each: self._between(each, period, at) for each in self.reps}
        self._others = self._around(rep, period, at)
        plan = self.plan
        lines = [self._line(metric, rep, period, at) for metric in self.lines]
        return Card(rep, plan.working(period), plan.working(period, at), lines)

    def _habit(self, what: str, period: Period) -> Habit:
        """How it came in over the four periods before, of everybody together."""
        return habit_before(self.book, self.plan, self.reps, what, period)

    def _between(self, rep: str, period: Period, at: date) -> Counts:
        return self.book.between(rep, period.start, min(at, period.last))

    def _line(self, metric: str, rep: str, period: Period, at: date) -> Line:
        counts, first = self._counts[rep], self.book.first(rep, min(at, period.last))
        known = at
        if metric in ("booked_revenue", "booked_attainment"):
            known = min(at, max((on for on in self.book.booked if on <= at), default=date.min))
        target: Asked | str = "no_records" if first is None else self._target(metric, rep, period)
        if known < period.start <= at:
            target = "no_data"
        quota = target.value if isinstance(target, Asked) else None
        line = Line(metric, self._value(metric, counts, quota), self._n(metric, counts))
        self._judge(line, rep, counts, target, period, known)
        for name in ("value", "target", "expected"):
            setattr(line, name, self._shown(metric, getattr(line, name)))
        line.past = self._past(metric, rep, period, at, first)
        line.team = self._team(metric, rep, period, at)
        line.history = self._history(metric, rep, period, at, first)
        return line

    def _target(self, metric: str, rep: str, period: Period) -> Asked | str:
        return self.plan.target(rep, self.money if metric in SHARE else metric, period)

    def _value(self, metric: str, counts: Counts, quota: Fraction | None) -> Fraction | None:
        """Before rounding; None where nothing can be divided, and where amounts are unknown."""
        unknown = "won_value" in (metric, SHARE.get(metric), *RATIO.get(metric, ())) and counts["unknown"]
        if metric in RATIO:
            above, below = (counts[key] for key in RATIO[metric])
            return above / below if below > 0 and not unknown else None
        number = counts[PLAIN.get(metric) or SHARE[metric]]
        if unknown and not number:
            return None
        if metric in PLAIN:
            return number
        return number / quota if quota else None

    def _n(self, metric: str, counts: Counts) -> int:
        return int(counts[BEHIND.get(metric) or PLAIN[metric]])

    def _shown(self, metric: str, value: Fraction | None) -> Fraction | None:
        """Money in whole minor units, halves away from zero."""
        if value is None or metric not in AMOUNTS:
            return value
        size = int(abs(value) + Fraction(1, 2))
        return Fraction(size if value >= 0 else -size)

    def _judge(
        self, line: Line, rep: str, counts: Counts, target: Asked | str, period: Period, at: date
    ) -> None:
        metric, value = line.metric, line.value
        if isinstance(target, str):
            line.reason = "no_data" if value is None and metric not in SHARE else target
            return
        line.target = whole = Fraction(1) if metric in SHARE else target.value
        if metric in ("won_value", "attainment", "average_deal") and counts["unknown"]:
            line.reason = "unvalued"
            return
        spread = (metric in PLAIN and metric != "open_value") or metric in SHARE
        due = self._due(metric, target, period, at) if spread else target.value
        line.expected = due * whole / target.value
        if value is None:
            line.expected, line.reason = target.value, "no_data"
            return
        if metric != "open_value" and not self.plan.gone(rep, period, at):
            line.reason = "not_started"
            return
        self._band(line, value, line.expected)
        if spread:
            self._weigh(line, rep, counts, value * target.value / whole, due)
        elif metric == "win_rate":
            self._weigh_rate(line, counts, target.value)
        elif metric == "average_deal":
            line.evidence = EARLY if line.n < FEWEST else None if line.band == "on_track" else LEANING
            if line.n < FEWEST:
                line.band, line.reason = None, "too_few"

    def _due(self, metric: str, target: Asked, period: Period, at: date) -> Fraction:
        """By the days; while the period runs also as the four before it came in, n / (n + 4) of the whole."""
        by_days = target.by(at)
        if not period.start <= at < period.last:
            return by_days
        habit = self.habit(PLAIN.get(metric) or SHARE[metric], period)
        trust = Fraction(habit.periods, habit.periods + 4)
        return trust * target.usual(at, habit.on) + (1 - trust) * by_days if trust else by_days

    def _band(self, line: Line, value: Fraction, expected: Fraction) -> None:
        """120 % and 80 %, both belonging to the outer bands."""
        if expected <= 0:
            return
        line.attainment = value / expected
        if line.attainment >= Fraction(120, 100):
            line.band = "outstanding"
        else:
            line.band = "needs_support" if line.attainment <= Fraction(80, 100) else "on_track"

    def _weigh(self, line: Line, rep: str, counts: Counts, made: Fraction, due: Fraction) -> None:
        """Counts: Gamma prior of 10. Money in deals of average size, scattering 1.6 times as much."""
        records, money = Fraction(line.n), line.metric in (*AMOUNTS, *SHARE)
        size = max(made / records if records else 0, self._average(rep) or 0) if money else Fraction(1)
        if not size or not due:
            line.evidence = EARLY
            return
        phi, line.due = (1.6 if money else 1.0), due / size
        shape, rate = 10 + float(made / size) / phi, 10 + float(line.due) / phi
        low = float(gamma.cdf(0.8, shape, scale=1 / rate))
        high = float(gamma.sf(1.2, shape, scale=1 / rate))
        self._state(line, low, high)

    def _weigh_rate(self, line: Line, counts: Counts, target: Fraction) -> None:
        """Beta prior at the target worth 50 trials; no band while it is too early, or under ten records."""
        hits, trials, rate = float(counts["won"]), float(counts["decided"]), float(target)
        a, b = rate * 50 + hits, (1 - rate) * 50 + trials - hits
        line.due = counts["decided"] * target
        self._state(line, float(beta.cdf(0.8 * rate, a, b)), float(beta.sf(min(1.0, 1.2 * rate), a, b)))
        if line.evidence == EARLY or line.n < FEWEST:
            line.band, line.reason = None, "too_few"

    def _state(self, line: Line, low: float, high: float) -> None:
        """An outer band by the probability of its own side; on track nothing is to be said from ten expected on."""
        if line.band is None:
            return
        if line.band == "on_track":
            line.evidence = EARLY if line.due is None or line.due < FEWEST else None
            return
        sure = low if line.band == "needs_support" else high
        line.evidence = CLEAR if sure > 0.8 else LEANING if sure > 0.6 else EARLY

    def _past(
        self, metric: str, rep: str, period: Period, at: date, first: date | None
    ) -> tuple[object, ...]:
        """The period before, cut at the same share of working days; value, n, last day."""
        before = period.previous()
        last = self.plan.counterpart(period, at, before)
        counts = self.book.between(rep, before.start, last)
        target = self._target(metric, rep, before) if first else "no_records"
        quota = target.value if isinstance(target, Asked) else None
        value = self._shown(metric, self._value(metric, counts, quota))
        covered = first is not None and first.replace(day=1) <= before.start
        return value if covered else None, self._n(metric, counts), last

    def _around(self, rep: str, period: Period, at: date) -> tuple[str, list[str]]:
        """The team, the one above it, everybody, as on the day of asking: the first in which five others have data."""
        on = at
        teams = {
            each: next((row["team"] for row in self.plan.places[each] if holds(row, on)), "")
            for each in self.reps
        }
        found: list[str] = []
        for name in (teams[rep], self.above.get(teams[rep], "")):
            if not name:
                continue
            found = [
                each for each in self._with_data(rep) if name in (teams[each], self.above.get(teams[each]))
            ]
            if len(found) >= OTHERS:
                return name, found
        return "", self._with_data(rep)

    def _with_data(self, rep: str) -> list[str]:
        return [each for each in self.reps if each != rep and any(self._counts[each].values())]

    def _average(self, rep: str) -> Fraction | None:
        """Won value per deal won for a known amount of the others around the rep, in whole minor units."""
        pooled = self._pooled(self._others[1])
        known = pooled["won"] - pooled["unknown"]
        return self._shown("average_deal", pooled["won_value"] / known) if known else None

    def _pooled(self, reps: list[str]) -> Counts:
        keys = {key for rep in reps for key in self._counts[rep]} | {"unknown", "won", "won_value"}
        return _Zero({key: sum((self._counts[rep][key] for rep in reps), Fraction(0)) for key in keys})

    def _team(self, metric: str, rep: str, period: Period, at: date) -> tuple[object, ...]:
        """The mean, or the pooled ratio, of the others; value, people, group."""
        group, others = self._others
        quotas: dict[str, Fraction] = {}
        if metric in SHARE:
            asked = {each: self.plan.target(each, self.money, period, False) for each in others}
            quotas = {each: found.value for each, found in asked.items() if isinstance(found, Asked)}
            others = list(quotas)
        elif metric in RATIO:
            others = [each for each in others if self._counts[each][RATIO[metric][1]] > 0]
        if len(others) < OTHERS:
            return None, len(others), group
        value = self._value(metric, self._pooled(others), sum(quotas.values(), Fraction(0)))
        if value is not None and metric in PLAIN:
            value /= len(others)
        return self._shown(metric, value), len(others), group

    def _history(
        self, metric: str, rep: str, period: Period, at: date, first: date | None
    ) -> list[tuple[str, Fraction | None]]:
        """Twelve periods, the oldest first; nothing before the first record."""
        found: list[tuple[str, Fraction | None]] = []
        each = period
        for _ in range(12):
            value = None
            if first is not None and each.last >= first:
                target = self._target(metric, rep, each)
                quota = target.value if isinstance(target, Asked) else None
                value = self._shown(metric, self._value(metric, self._between(rep, each, at), quota))
            found.append((each.slug, value))
            each = each.previous()
        return found[::-1]


class _Zero(dict[str, Fraction]):
    """What was not counted is 0."""

    def __missing__(self, key: str) -> Fraction:
        return Fraction(0)
