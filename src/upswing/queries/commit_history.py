"""What people committed to for periods that are over, beside what they won: one person's, and everybody's added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upswing.core.forecast.said import Named, Pooled, Since, pooled, stood
from upswing.core.period import Period, PeriodKind, period_of
from upswing.goals.commits import Commit, Whose
from upswing.people.viewer import Viewer
from upswing.queries.organisation import day_after, local, organisation
from upswing.queries.outlooks import past
from upswing.queries.scorecard import seen

KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER)
BACK = 6
"""Periods that a person's own history looks back."""

Words = Mapping[tuple[Whose, str, int], Sequence[Named]]
"""Everything said, in order: by whose it is, the period's slug and the person it is about."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One sum that counts for a period, in minor units, the day it was named, and by when that was."""

    amount: int
    day: date
    since: Since


@dataclass(frozen=True, slots=True)
class Committed:
    """A period of one person: their commit, the view of whoever leads them, and what was won, in minor units.

    `more` is what was won less what was committed to; None unless a commit was there in time.
    """

    period: Period
    commit: Kept | None
    view: Kept | None
    won: int

    @property
    def more(self) -> int | None:
        """Below 0 where less was won."""
        if self.commit is None or self.commit.since is Since.LATER:
            return None
        return self.won - self.commit.amount


def commit_history(viewer: Viewer, rep: UUID, kind: PeriodKind, at: date) -> tuple[Committed, ...]:
    """The latest months or quarters that are over and of which something was said, the latest first.

    Empty for other kinds. Raises NotVisible where there is no such rep for this viewer.
    """
    person = seen(viewer, rep)
    if kind not in KINDS:
        return ()
    running = period_of(kind, at, organisation().fiscal_start)
    periods = [*running.before(BACK), *([running] if running.last <= at else [])][-BACK:]
    words = _words(periods, at, person.id)
    told = [period for period in periods[::-1] if any(slug == period.slug for _, slug, _ in words)]
    return tuple(_outcome(words, period, person.id, at) for period in told)


def _outcome(words: Words, period: Period, person: int, at: date) -> Committed:
    commit, view = (_kept(words.get((whose, period.slug, person), ()), period) for whose in Whose)
    return Committed(period, commit, view, _won(period, at).get(person, 0))


def _kept(words: Sequence[Named], period: Period) -> Kept | None:
    found = stood(words, period)
    return Kept(found[0].amount, found[0].day, found[1]) if found else None


def commits_of_all(periods: Sequence[Period], at: date) -> tuple[Pooled, ...]:
    """The reps' commits of each period added up, against what the same people won; periods without any are left out."""
    words = _words(periods, at)
    found = []
    for period in periods:
        said = {
            who: told
            for (whose, slug, who), told in words.items()
            if (whose, slug) == (Whose.REP, period.slug)
        }
        if said and (whole := pooled(period, said, _won(period, at))):
            found.append(whole)
    return tuple(found)


def _won(period: Period, at: date) -> Mapping[int, int]:
    """What each person won in a period, shared deals in part."""
    return past(at).won(period.start.toordinal() - 1, period.last.toordinal())


def _words(periods: Sequence[Period], at: date, person: int | None = None) -> Words:
    """What was said of these periods by the close of a day, of one person or of all."""
    rows = Commit.objects.unscoped("of somebody seen, or added up").filter(
        period__in=[period.slug for period in periods], at__lt=day_after(at)
    )
    mine = rows if person is None else rows.filter(person_id=person)
    found: dict[tuple[Whose, str, int], list[Named]] = defaultdict(list)
    for row in mine.order_by("at", "id"):
        found[Whose(row.whose), row.period, row.person_id].append(
            Named(local(row.at).date(), row.amount_minor)
        )
    return dict(found)
