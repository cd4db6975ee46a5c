"""A period's forecast for whoever asks: parts add up to the whole, and nobody sees more than they may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.world import bring, deal, operator, person, viewer
from upswing.actions import pipelines as actions
from upswing.actions import stages
from upswing.actions.losing import lose
from upswing.book.models import Deal
from upswing.core.forecast.lives import Life
from upswing.core.forecast.movement import Step
from upswing.core.period import month_of, quarter_of
from upswing.core.pipelines import Criterion, Proof, Stage
from upswing.core.records import Outcome, StageMove
from upswing.people.viewer import NotVisible
from upswing.queries.forecast import forecast
from upswing.queries.lives import lives
from upswing.queries.movement import moved
from upswing.queries.outlooks import _MANY as MANY
from upswing.queries.outlooks import forget_outlooks, past, prepared

pytestmark = pytest.mark.django_db
AT = date(2026, 10, 15)
OCTOBER, QUARTER = month_of(AT), quarter_of(AT)


@pytest.fixture
def shared(cast: None) -> None:
    """Beside the cast's book a deal that Tess and Stan share, in two stages, put off once."""
    bring(
        deal(
            "X1", "Tess", "2026-09-01", amount=1_001, credit=(("Tess", 1), ("Stan", 2)), stage="Offer",
            moves=(StageMove("Need", date(2026, 9, 1)), StageMove("Offer", date(2026, 10, 2))),
            expected_close=date(2026, 11, 20), closes=((date(2026, 9, 1), date(2026, 10, 20)),),
            amounts=((date(2026, 10, 12), 150_100),), outcome=Outcome.OPEN,
        )
    )  # fmt: skip


def told(key: str) -> Life:
    """The life of a deal of the book."""
    number = Deal.objects.unscoped("test").get(external_id=key).id
    return next(life for life in lives() if life.id == number)


def test_a_deal_s_life_is_what_the_book_holds_of_it(shared: None) -> None:
    life = told("X1")
    assert life.entered == date(2026, 9, 1)
    assert life.worths == ((date(2026, 9, 1), 100_100), (date(2026, 10, 12), 150_100))
    assert life.stays == ((date(2026, 9, 1), "Need"), (date(2026, 10, 2), "Offer"))
    assert life.closes == ((date(2026, 9, 1), date(2026, 10, 20)), (world.TODAY, date(2026, 11, 20)))
    assert sorted(life.credit) == sorted([(person("Tess").id, 1), (person("Stan").id, 2)])
    won = told("T1")
    assert (won.outcome, won.won, won.closed) == (Outcome.WON, 1_200_000, date(2026, 10, 5))


def test_the_whole_is_the_sum_of_its_people(shared: None) -> None:
    found = forecast(operator(), OCTOBER, AT)
    assert found.total.won == 2_900_000
    for name in ("won", "due", "stalled", "staged"):
        parts = sum(getattr(row.figures, name) for row in found.rows)
        assert parts == pytest.approx(getattr(found.total, name), abs=len(found.rows))
    assert sum(row.figures.likely for row in found.rows) == pytest.approx(found.total.likely, abs=10)
    assert found.total.asked == 2_000_000
    assert found.total.low <= found.total.likely <= found.total.high


def test_what_is_put_off_to_november_is_not_due_in_october(shared: None) -> None:
    october, quarter = (forecast(operator(), period, AT).total for period in (OCTOBER, QUARTER))
    assert quarter.due - october.due == 150_100


def test_a_rep_sees_their_own_part_and_a_manager_their_people(shared: None) -> None:
    tess = forecast(viewer("tess"), QUARTER, AT, rep=person("Tess").uid)
    assert [row.name for row in tess.rows] == ["Tess"]
    assert tess.total.due == 700_000 + 50_033
    stan = forecast(operator(), QUARTER, AT, rep=person("Stan").uid)
    assert stan.total.due + tess.total.due == 700_000 + 3_000_000 + 150_100
    mona = forecast(viewer("mona"), QUARTER, AT)
    assert [row.name for row in mona.rows] == ["Rami", "Stan", "Tess"]


@pytest.mark.parametrize("name", ["tess", "otto", "ada"])
def test_nobody_sees_a_forecast_they_may_not_see(cast: None, name: str) -> None:
    with pytest.raises(NotVisible):
        forecast(viewer(name), QUARTER, AT, rep=person("Stan").uid)


def test_a_rep_has_no_forecast_of_everybody(cast: None) -> None:
    with pytest.raises(NotVisible):
        forecast(viewer("tess"), QUARTER, AT)


def test_what_changed_balances_to_the_cent(shared: None) -> None:
    bring(
        deal("M1", "Tess", "2026-10-05", "2026-10-12", "won", 1_000, expected_minor=90_000),
        deal("M2", "Tess", "2026-10-05", "2026-10-13", "lost", 700),
    )
    everybody = moved(operator(), OCTOBER, AT, AT - timedelta(days=7))
    assert everybody.start + sum(everybody.total(step) for step in Step) == everybody.end
    tess, stan = (
        moved(operator(), OCTOBER, AT, AT - timedelta(days=7), rep=person(name).uid)
        for name in ("Tess", "Stan")
    )
    assert (tess.total(Step.WON), tess.total(Step.LOST)) == (-90_000, -70_000)
    assert tess.total(Step.PUSHED_OUT) + stan.total(Step.PUSHED_OUT) == -100_100


def test_what_is_said_for_the_first_time_pushes_nothing(cast: None) -> None:
    bring(deal("Y1", "Tess", "2026-09-20", amount=900, expected_close=date(2026, 12, 1)))
    found = moved(operator(), OCTOBER, AT, AT - timedelta(days=7), rep=person("Tess").uid)
    assert found.total(Step.PUSHED_OUT) == 0


def test_a_period_that_is_over_foresees_nothing(cast: None) -> None:
    found = forecast(operator(), month_of(date(2026, 9, 1)), AT)
    assert found.over
    assert found.total.won == found.total.likely == found.total.low == found.total.high == 400_000


def test_an_import_makes_a_new_outlook_and_asking_again_the_same(cast: None) -> None:
    first, _ = prepared(AT, OCTOBER)
    assert prepared(AT, OCTOBER)[0] is first
    bring(deal("Z1", "Tess", "2026-10-01", amount=10))
    assert len(prepared(AT, OCTOBER)[0].ids) == len(first.ids) + 1
    before = past(AT)
    forget_outlooks()
    assert past(AT) is not before


@pytest.mark.usefixtures("shared")
def test_looking_back_before_the_stages_changed_loads_no_deals_anew():
    olga = viewer("olga")
    uid = actions.begin(olga, "Deals", world.NOW)
    stages.settle_rules(olga, uid, "Deals", None, 5)
    stages.save_stage(
        olga, uid, Stage("", "Offer", "They ask.", (Criterion("", "The day of it", Proof.DATE),))
    )
    actions.publish(olga, uid, AT, "", world.NOW)
    now, then = past(AT), past(AT - timedelta(days=1))
    assert now is not then
    assert (past(AT), past(AT - timedelta(days=1))) == (now, then)
    forget_outlooks()
    assert past(AT) not in (now, then)


def test_what_was_worked_out_is_remembered_however_much_else_is_asked(cast: None) -> None:
    periods = [month_of(date(2020 + number // 12, number % 12 + 1, 1)) for number in range(MANY + 3)]
    for period in periods:
        assert prepared(AT, period)[0] is prepared(AT, period)[0]


def test_as_many_statements_for_many_people_as_for_few(shared: None) -> None:
    prepared(AT, QUARTER)
    counted = []
    for who in ("mona", "olga"):
        asking = viewer(who)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            forecast(asking, QUARTER, AT)
        counted.append(len(asked))
    assert counted[0] <= counted[1] + 1 <= 25


def test_amounts_nobody_told_count_as_nothing_and_are_no_reason_to_fail(cast: None) -> None:
    nothing = replace(deal("W1", "Tess", "2026-10-01"), amount_minor=None, expected_minor=None)
    before = forecast(operator(), OCTOBER, AT).total.due
    bring(nothing)
    assert forecast(operator(), OCTOBER, AT).total.due == before


def test_a_foreign_deal_counts_in_the_organisation_s_currency(cast: None) -> None:
    foreign = replace(deal("V1", "Tess", "2026-10-01", amount=100), currency="USD", stated=Decimal(110))
    before = forecast(operator(), OCTOBER, AT).total.due
    bring(foreign)
    assert forecast(operator(), OCTOBER, AT).total.due - before == 10_000


def test_what_is_done_with_a_deal_today_leaves_earlier_pages_as_they_were(cast: None) -> None:
    """Losing it here, whose closing day was read before, moves nothing of a day before."""
    read = world.NOW - timedelta(days=40)
    bring(deal("L1", "Tess", "2026-08-01", amount=9_000, expected_close=date(2027, 6, 30)), now=read)
    before = forecast(operator(), QUARTER, AT - timedelta(days=5)).total
    lose(viewer("tess"), Deal.objects.unscoped("test").get(external_id="L1").uid, "No budget", world.NOW)
    assert forecast(operator(), QUARTER, AT - timedelta(days=5)).total == before
