"""What a line is judged by, and single lines of people beside those whose cards are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from upswing.core.bands import Borders
from upswing.core.benchmarks import MINIMUM_PEOPLE
from upswing.core.measures import BOOKED_REVENUE, DEALS_UNVALUED, DEALS_WON, WON_VALUE, name_of
from upswing.core.metrics import metric
from upswing.core.metrics.metric import Metric, OfQuota
from upswing.core.metrics.value import measures_of, quantity
from upswing.core.money import Money, rounded
from upswing.core.period import Period
from upswing.core.scorecard import Line, Terms, line
from upswing.core.targets import NoTarget, Target
from upswing.ledger.counting import Counts
from upswing.queries.card_templates import followed
from upswing.queries.loading import Loaded
from upswing.queries.material import first_days
from upswing.queries.peers import Peers

ATTAINED = {"won_value": "attainment", "booked_revenue": "booked_attainment"}
OF_SIZES = (DEALS_WON, DEALS_UNVALUED, WON_VALUE)
"""What the average deal is made of, of which money borrows its evidence."""


def terms_of(rep: int, loaded: Loaded) -> Terms:
    """What the lines of a rep whose card is shown are judged by."""
    return _terms(rep, loaded.peers, loaded.given[rep].borders, loaded)


def _terms(rep: int, peers: Peers, borders: Borders, loaded: Loaded) -> Terms:
    average = _average(peers.pooled(rep, MINIMUM_PEOPLE, OF_SIZES), loaded.currency)
    return Terms(
        loaded.period, loaded.at, peers.told.calendars[rep], loaded.currency, borders, average_deal=average,
        habits=loaded.habits,
    )  # fmt: skip


def known_until(each: Metric, loaded: Loaded) -> date:
    """The day up to which a line can be judged: what is booked, as far as invoices have come."""
    if all(name_of(measure) != BOOKED_REVENUE.key for measure in measures_of(each)):
        return loaded.at
    return min(loaded.at, loaded.booked_until or date.min)


def aimed(each: Metric, rep: int, loaded: Loaded) -> Target | NoTarget:
    """What is aimed at; nothing as long as no invoice of the period has come, of a period that has begun."""
    if _unbooked(known_until(each, loaded), loaded):
        return NoTarget("no_data")
    return target_for(each, rep, loaded.period, loaded)


def _unbooked(known: date, loaded: Loaded) -> bool:
    return known < loaded.period.start <= loaded.at


def target_for(each: Metric, rep: int, period: Period, loaded: Loaded) -> Target | NoTarget:
    """A share of quota is aimed at through the money quota itself; nothing is asked of the unknown."""
    if rep not in loaded.first:
        return NoTarget("no_records")
    return loaded.asked.target(_asked_through(each, loaded), rep, period)


def _asked_through(each: Metric, loaded: Loaded) -> Metric:
    """What a target is looked up by: a share of quota by the money quota itself."""
    return metric(loaded.money) if isinstance(each.value, OfQuota) else each


def _average(pooled: Counts, currency: str) -> Money | None:
    """The group's won value per deal won, of the deals whose amount is known."""
    known = quantity(DEALS_WON, pooled) - quantity(DEALS_UNVALUED, pooled)
    return Money(rounded(quantity(WON_VALUE, pooled) / known), currency) if known > 0 else None


@dataclass(slots=True)
class Others:
    """Lines of other people in the metrics of a card, judged as they are on it; each once.

    `judged` are the lines that are already known, by rep and metric.
    """

    loaded: Loaded
    judged: dict[int, dict[str, Line]]

    def marked(self, rep: int, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """The lines of a rep, with those marked on which more than half of the group are short."""
        return tuple(replace(each, common=each.short and self._most_short(rep, each)) for each in lines)

    def _most_short(self, rep: int, each: Line) -> bool:
        _, others = self.loaded.peers.around(rep, MINIMUM_PEOPLE)
        if len(others) < MINIMUM_PEOPLE:
            return False
        self._judge(rep, others, each.metric)
        borders = self.loaded.given[rep].borders
        found = [self.judged[other][each.metric.key] for other in (rep, *others)]
        told = [line.attainment for line in found if line.band is not None and line.attainment is not None]
        return 2 * sum(attainment <= borders.support for attainment in told) > len(told)

    def _judge(self, rep: int, others: Sequence[int], asked: Metric) -> None:
        """Judge the line of those of the group of whom it is not known, by the rep's own borders."""
        missing = [other for other in others if asked.key not in self.judged.get(other, {})]
        peers = self.loaded.peers
        peers.learn(missing)
        mine = replace(terms_of(rep, self.loaded), at=known_until(asked, self.loaded))
        for other in missing:
            terms = replace(mine, calendar=peers.told.calendars[other])
            target = peers.target(_asked_through(asked, self.loaded), other)
            self.judged.setdefault(other, {})[asked.key] = line(asked, peers.counts[other], target, terms)


def standing(people: Sequence[int], loaded: Loaded) -> dict[int, Line]:
    """Person → quota attainment as on their own card, of those of whom it can be told; without comparisons."""
    attained, close = metric(ATTAINED[loaded.money]), loaded.peers.slot.close
    peers = loaded.peers.counting((*OF_SIZES, *measures_of(attained)))
    peers.teams.load_members()
    peers.gather(people)
    peers.learn(people)
    given, known = followed(people, close, loaded.money), known_until(attained, loaded)
    found = {}
    for rep in first_days(people, close):
        target = NoTarget("no_data") if _unbooked(known, loaded) else peers.target(metric(loaded.money), rep)
        terms = replace(_terms(rep, peers, given[rep].borders, loaded), at=known)
        told = line(attained, peers.counts[rep], target, terms)
        if told.attainment is not None:
            found[rep] = told
    return found
