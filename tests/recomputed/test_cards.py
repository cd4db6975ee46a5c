"""Every number on every card of twenty generated organisations equals a recomputation in plain Python, exactly.

The rows are read twice: by the importer into records, facts and tiers, and by loops over the same files that know nothing
of them.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from fractions import Fraction
from pathlib import Path

import pytest

from tests.recomputed.expected import Card, Line, Recomputed
from tests.recomputed.organisations import SEEDS, Organisation, organisation
from upswing.actions.import_batch import About, import_batch
from upswing.actions.targeting import set_override, set_ramp, set_role_share, set_season
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.benchmarks import BenchmarkKind
from upswing.core.metrics.value import Value
from upswing.core.money import Money
from upswing.core.period import Period
from upswing.core.scorecard import Line as Shown
from upswing.core.scorecard import Scorecard
from upswing.goals.targets import Kind, TargetTable
from upswing.people.models import Organisation as Founded
from upswing.people.models import Person
from upswing.people.viewer import Viewer, system_viewer
from upswing.queries.scorecard import scorecard
from upswing.queries.team import team

pytestmark = pytest.mark.django_db

AT_NIGHT = os.environ.get("UPSWING_HYPOTHESIS") == "nightly"
SOME = (
    tuple(SEEDS)[:2] if os.environ.get("UPSWING_TEST_DATABASE_URL") else tuple(SEEDS)[:: 1 if AT_NIGHT else 2]
)
"""Every other one at a commit and all at night, two of them on the second database; each is looked at every other time that its rows allow."""
WHY = "for the comparison"


def bring(made: Organisation) -> None:
    """Import the rows, and set what is set by hand."""
    Founded.objects.create(id=1, name="Twenty", currency=made.currency, fiscal_start=made.fiscal_start)
    mapping = read_mapping(made.folder / "mapping.toml")
    about = About(mapping.source, mapping.name, mapping.currency, "Twenty", mapping.read_on, "test")
    week = sorted(map(str, made.week))
    TargetTable.objects.create(
        kind=Kind.WEEK, starts=made.begin, shares=week, by="test", at=moment(made.begin)
    )
    done = import_batch(
        system_viewer(made.last, "test"), Files(made.folder, mapping), about, moment(made.last)
    )
    assert not done.refused, done.problems[:3]
    now = moment(made.last)
    for season in made.seasons:
        set_season(on(season.starts), season.starts, season.shares, WHY, now, scaled=True)
    for ramp in made.ramps:
        set_ramp(on(ramp.starts), ramp.starts, ramp.shares, ramp.role, WHY, now)
    for role in made.roles:
        set_role_share(on(role.starts), role.starts, role.role, role.shares[0], WHY, now)
    uids = dict(Person.objects.unscoped("test").values_list("name", "uid"))
    for each in made.by_hand:
        set_override(on(each.period.start), uids[each.rep], each.metric, each.period, each.value, WHY, now)


def on(day: date) -> Viewer:
    """The installation itself, on a day."""
    return system_viewer(day, "test")


def moment(day: date) -> datetime:
    """Noon."""
    return datetime.combine(day, time(12), UTC)


def plain(value: Value | None) -> Fraction | None:
    """Money in minor units."""
    return Fraction(value.minor) if isinstance(value, Money) else value


def line_of(shown: Shown) -> Line:
    """A line of the product in the words of the recomputation."""
    marks = {mark.kind: mark for mark in shown.benchmarks}
    past, group = marks[BenchmarkKind.OWN_PAST], marks[BenchmarkKind.TEAM]
    return Line(
        shown.metric.key, plain(shown.actual), shown.n, plain(shown.target), plain(shown.expected), shown.attainment,
        shown.band.value if shown.band else None, shown.evidence.value if shown.evidence else None, shown.due,
        shown.reason, (plain(past.value), past.n, past.period.last), (plain(group.value), group.n, group.group),
        [(point.period.slug, plain(point.value)) for point in shown.history],
    )  # fmt: skip


def card_of(shown: Scorecard) -> Card:
    """A card of the product in the words of the recomputation."""
    return Card(
        shown.rep, shown.working_days, shown.working_days_gone, [line_of(line) for line in shown.lines]
    )


@pytest.mark.parametrize("seed", SOME)
def test_every_number_of_every_card_equals_the_rows(seed: int, tmp_path: Path) -> None:
    made = organisation(seed, tmp_path)
    bring(made)
    recomputed = Recomputed(made)
    for period, at in made.looks[seed % 2 :: 2]:
        cards = shown_to_all(period, at)
        assert sorted(card.rep for card in cards) == sorted(recomputed.reps)
        for card in cards:
            found = card_of(card)
            assert found == recomputed.card(card.rep, period, at), (period.slug, at, card.rep)
    assert scorecard(on(at), card.rep_id, period, at) == card


def shown_to_all(period: Period, at: date) -> tuple[Scorecard, ...]:
    """The cards of everybody, with their history."""
    return team(on(at), period, at, history=True).cards
