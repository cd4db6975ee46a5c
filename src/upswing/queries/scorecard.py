"""One rep's scorecard."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from upswing.core.benchmarks import BenchmarkKind
from upswing.core.metrics.metric import Metric
from upswing.core.period import Period
from upswing.core.scorecard import Line, Scorecard
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.cards import cards, made
from upswing.queries.loading import load
from upswing.queries.once import once
from upswing.queries.pacing import Pacing, pacing


def scorecard(
    viewer: Viewer, rep: UUID, period: Period, at: date, against: BenchmarkKind = BenchmarkKind.TEAM
) -> Scorecard:
    """The scorecard of a rep for a period, as it stood at the close of `at`, compared with the past and `against`.

    Raises NotVisible when there is no such rep for this viewer.
    """
    return cards(viewer, [seen(viewer, rep)], period, at, history=True, against=(against,))[0]


def scorecard_and_pacing(
    viewer: Viewer, rep: UUID, period: Period, at: date, against: BenchmarkKind = BenchmarkKind.TEAM
) -> tuple[Scorecard, Pacing | None]:
    """The same, with how its main line runs; None where nothing is running."""
    loaded = load(viewer, [seen(viewer, rep)], period, at, history=True, against=(against,))
    card = made(loaded)[0]
    return card, pacing(loaded, card)


OTHERS = tuple(kind for kind in BenchmarkKind if kind is not BenchmarkKind.OWN_PAST)


def number(viewer: Viewer, rep: UUID, metric: Metric, period: Period, at: date) -> Line:
    """One line of a rep, on the card or not, beside everything it can be compared with.

    Raises NotVisible when there is no such rep for this viewer.
    """
    return cards(viewer, [seen(viewer, rep)], period, at, history=True, against=OTHERS, only=metric)[0].lines[
        0
    ]


@once
def seen(viewer: Viewer, rep: UUID) -> Person:
    """The person, when the viewer may see them; hidden and missing look alike."""
    person = Person.objects.seen_by(viewer).filter(uid=rep).first()
    if person is None:
        raise NotVisible("There is no such rep.")
    return person
