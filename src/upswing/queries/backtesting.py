"""How well the forecast would have done, and how the snapshots that were really taken did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.cache import cache

from upswing.core.forecast.backtest import PUBLISHED, Backtest, backtest
from upswing.core.forecast.publishing import METHODS
from upswing.core.forecast.said import REP_COMMIT, PastForecast, Pooled, score_of_commits
from upswing.core.forecast.scoring import Scores
from upswing.core.period import Period, PeriodKind, period_of
from upswing.core.wording import worded
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.circle import may_read_of_all
from upswing.queries.commit_history import KINDS, commits_of_all
from upswing.queries.organisation import organisation
from upswing.queries.outlooks import past, version_on
from upswing.queries.written import written_before, written_since

LONGEST = 120
"""Periods of one back-test."""
RECENT = 12
"""Past periods that the accuracy page replays."""
_KEPT = 24 * 60 * 60


class NothingToReplay(ValueError):
    """There is no such stretch of the past: the sentence says why."""


@dataclass(frozen=True, slots=True)
class Replay:
    """A back-test of the organisation: its periods end at the latest with the day it was asked on.

    `names` are what the stages are called, by key; `commits` what the reps committed to, of the periods where any did.
    `written` are the forecasts that were really written down before their period, by its slug, and `since` is the
    first day of which any was.
    """

    currency: str
    first: Period
    last: Period
    found: Backtest
    names: Mapping[str, str]
    commits: tuple[Pooled, ...] = ()
    written: Mapping[str, PastForecast] = field(default_factory=dict)
    since: date | None = None

    @property
    def scores(self) -> Mapping[str, Scores]:
        """Of every way, the reps' commits among them where there were any."""
        own = {REP_COMMIT: score_of_commits(self.commits)} if self.commits else {}
        return {**self.found.scores, **own}


def replayed(viewer: Viewer, first: date, last: date, kind: PeriodKind, at: date) -> Replay:
    """Every period of a kind from that of one day to that of another, each from what was known before it.

    Raises NotVisible for those who see only some of the deals, NothingToReplay with what to write instead.
    """
    if not viewer.sight.everyone:
        raise NotVisible("There is no such page for you.")
    facts = organisation()
    begin, end = (period_of(kind, day, facts.fiscal_start) for day in (first, last))
    periods = list(_between(begin, end))
    _refuse(periods, begin, end, at)
    return _replay(periods, at)


def recent_accuracy(viewer: Viewer, kind: PeriodKind, at: date) -> Replay | None:
    """The latest months or quarters replayed, beside what was written down; None where the past is too short.

    It concerns the whole organisation and names nobody; where fewer sell than may be compared, only those who see
    everybody see it. Commits added up are theirs alone: whoever knows some could reckon the others. Raises NotVisible.
    """
    if not may_read_of_all(viewer):
        raise NotVisible("There is no such page for you.")
    found = worked_out(kind, at)
    if found is None:
        return None
    return replace(
        found, commits=found.commits if viewer.sight.everyone else (),
        written=written_before([each.period for each in found.found.periods]), since=written_since(at),
    )  # fmt: skip


def worked_out(kind: PeriodKind, at: date) -> Replay | None:
    """The replay of the latest periods as everybody's page of a day shows it, worked out once and kept."""
    facts = organisation()
    name = f"accuracy@1:{version_on(at)}:{kind}:{facts.currency}:{facts.fiscal_start}:{facts.time_zone}"
    kept: tuple[Replay | None] | None = cache.get(name)
    if kept is None:
        periods = _recent(at, kind)
        kept = (_replay(periods, at) if periods else None,)
        cache.set(name, kept, _KEPT)
    return kept[0]


def work_out(at: date) -> None:
    """The same of months and of quarters, before anybody asks."""
    for kind in KINDS:
        worked_out(kind, at)


def _replay(periods: list[Period], at: date) -> Replay:
    known = past(at)
    return Replay(
        organisation().currency, periods[0], periods[-1], backtest(known.forecaster, periods),
        known.naming.names, commits_of_all(periods, at),
    )  # fmt: skip


def _recent(at: date, kind: PeriodKind) -> list[Period]:
    """The latest periods of a kind that are over and of which something could be forecast, the earliest first."""
    book = past(at).forecaster.learner.book
    running = period_of(kind, at, organisation().fiscal_start)
    last = running if running.last <= at else running.previous()
    decided = book.closed[book.closed <= at.toordinal()]
    first = date.fromordinal(int(decided.min())) if len(decided) else at
    return [period for period in [*last.before(RECENT - 1), last] if period.start > first]


def _between(first: Period, last: Period) -> Iterator[Period]:
    period = first
    for _ in range(LONGEST + 1):
        if period.start > last.start:
            return
        yield period
        period = period.next()


def _refuse(periods: list[Period], begin: Period, end: Period, at: date) -> None:
    if not periods:
        raise NothingToReplay(
            worded(
                "“{last}” comes before “{first}”. Give the earlier one first.",
                first=begin.slug, last=end.slug,
            )
        )  # fmt: skip
    if len(periods) > LONGEST:
        raise NothingToReplay(
            worded(
                "“{first}” to “{last}” are more than {most} periods. Ask for fewer.",
                first=begin.slug, last=end.slug, most=LONGEST,
            )
        )  # fmt: skip
    if periods[-1].last > at:
        raise NothingToReplay(
            worded(
                "“{last}” is not over on {at}: what it brings is not known yet. End with an earlier one.",
                last=periods[-1].slug, at=at,
            )
        )  # fmt: skip


def plain_backtest(found: Replay) -> dict[str, Any]:
    """As JSON: errors as shares of what came, 0.1 is a tenth; money in minor units."""
    told = found.found
    return {
        "chosen": told.chosen,
        "currency": found.currency,
        "methods": [
            {
                "method": method, "mape": scores.mape, "wape": scores.wape, "bias": scores.bias,
                "coverage": scores.coverage, "windows": scores.n,
            }
            for method in (PUBLISHED, *METHODS, REP_COMMIT)
            if (scores := found.scores.get(method))
        ],
        "windows": [
            {
                "period": each.period.slug, "published": each.chosen, "actual": round(each.came),
                "low": round(each.said[PUBLISHED].low), "high": round(each.said[PUBLISHED].high),
                "verified": each.said[PUBLISHED].verified,
                "forecasts": {method: round(said.middle) for method, said in each.said.items()},
            }
            for each in told.periods
        ],
        "deals": {"log_loss_learned": told.learned_loss, "log_loss_fixed": told.fixed_loss},
        "stages": [
            {
                "stage": each.stage, "deals": each.n, "won": each.won, "expected": round(each.expected, 2),
                "log_loss_learned": each.learned, "log_loss_fixed": each.fixed,
            }
            for each in told.stages
        ],
    }  # fmt: skip
