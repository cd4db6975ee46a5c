"""What people say of a deal: kept beside the forecast, or left out of it, with a reason that can be read.

On 15 October 2026 Tess has T4, 7,000.00 that are due; Stan has S1, 30,000.00, which stalled long ago.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests import world
from tests.world import operator, person, viewer
from upswing.actions.categorising import categorise
from upswing.actions.nightly_stalls import propose_stalls
from upswing.actions.permission import NotAllowed
from upswing.actions.snapshots import take
from upswing.actions.standing_on import standing_on
from upswing.actions.undoing import undo
from upswing.book.models import Deal
from upswing.core.forecast.categories import Category
from upswing.core.forecast.movement import Step
from upswing.core.period import month_of
from upswing.goals.categories import DealCategory
from upswing.intake.models import Batch
from upswing.ledger.snapshots import SnapshotDeal
from upswing.people.viewer import NotVisible
from upswing.queries.categories import said_of
from upswing.queries.forecast import Figures, forecast
from upswing.queries.holding import State
from upswing.queries.movement import moved
from upswing.queries.pipeline import Asked, pipeline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
OCTOBER, TODAY, NOW, DAY = month_of(world.TODAY), world.TODAY, world.NOW, timedelta(days=1)


def row(key: str = "T4") -> Deal:
    return Deal.objects.unscoped("test").get(external_id=key)


def say(who: str, category: Category, reason: str = "", key: str = "T4", day: date = TODAY) -> None:
    categorise(replace(viewer(who), at=day), row(key).uid, category, reason, NOW + (day - TODAY))


def of(name: str, day: date = TODAY) -> Figures:
    return forecast(operator(), OCTOBER, day, rep=person(name).uid).total


def test_what_is_counted_on_stands_beside_the_figure_and_never_changes_it() -> None:
    before = of("Tess")
    assert before.commit == before.best_case == before.won
    say("tess", Category.COMMIT)
    after = of("Tess")
    assert (after.commit, after.best_case) == (before.won + 700_000, before.won + 700_000)
    assert replace(after, commit=before.commit, best_case=before.best_case) == before
    say("tess", Category.BEST_CASE, "The board meets on the 28th.")
    assert (of("Tess").commit, of("Tess").best_case) == (before.won, before.won + 700_000)


def test_the_whole_s_words_are_those_of_its_people() -> None:
    say("tess", Category.COMMIT)
    say("stan", Category.BEST_CASE, key="S1")
    found = forecast(operator(), OCTOBER, TODAY)
    assert found.total.commit == sum(each.figures.commit for each in found.rows)
    assert found.total.best_case == sum(each.figures.best_case for each in found.rows)
    assert found.total.best_case - found.total.commit == 3_000_000


def test_what_a_manager_leaves_out_is_gone_from_every_figure_and_its_reason_is_read() -> None:
    before, everybody = of("Tess"), forecast(operator(), OCTOBER, TODAY).total
    say("mona", Category.OMITTED, "Their budget was stopped on Monday.")
    after, less = of("Tess"), forecast(operator(), OCTOBER, TODAY).total
    assert (before.due - after.due, everybody.due - less.due) == (700_000, 700_000)
    assert after.staged < before.staged
    assert after.likely <= before.likely
    assert less.likely <= everybody.likely
    (said,) = said_of(row().pk)
    assert (said.category, said.reason, said.by) == (
        Category.OMITTED,
        "Their budget was stopped on Monday.",
        "Mona",
    )
    assert of("Tess", TODAY - DAY) == forecast(operator(), OCTOBER, TODAY - DAY, rep=person("Tess").uid).total
    assert of("Tess", TODAY - DAY).due == 700_000


def test_taken_in_again_it_counts_as_before_and_both_stay_to_be_read() -> None:
    before = forecast(operator(), OCTOBER, TODAY)
    say("mona", Category.OMITTED, "No answer since August.")
    say("olga", Category.PIPELINE, "They called back.")
    assert forecast(operator(), OCTOBER, TODAY).total == before.total
    assert [each.category for each in said_of(row().pk)] == [Category.PIPELINE, Category.OMITTED]


def test_what_changed_names_what_was_left_out_and_balances() -> None:
    yesterday, tomorrow = TODAY - DAY, TODAY + DAY
    say("mona", Category.OMITTED, "Gone.", day=TODAY)
    found = moved(operator(), OCTOBER, TODAY, yesterday, rep=person("Tess").uid)
    assert found.start + sum(found.total(step) for step in Step) == found.end
    assert (found.total(Step.OMITTED), found.count(Step.OMITTED)) == (-700_000, 1)
    say("mona", Category.PIPELINE, day=tomorrow)
    back = moved(operator(), OCTOBER, tomorrow, TODAY, rep=person("Tess").uid)
    assert (back.total(Step.RE_ENTERED), back.count(Step.RE_ENTERED)) == (700_000, 1)


def test_tiles_of_what_is_said_and_of_states_add_up_to_all_open_deals() -> None:
    say("mona", Category.OMITTED, "Gone.")
    say("stan", Category.COMMIT, key="S1")
    found = pipeline(operator(), OCTOBER, TODAY)
    for tiles in (found.states, found.said):
        assert sum(tile.deals for tile in tiles) == found.whole.deals
        assert sum(tile.value for tile in tiles) == found.whole.value
    left = pipeline(operator(), OCTOBER, TODAY, asked=Asked(state=State.OMITTED))
    assert [item.id for item in left.items] == [row().uid]
    assert [item.said for item in left.items] == [Category.OMITTED]
    assert left.chosen.weighted == 0
    sure = pipeline(operator(), OCTOBER, TODAY, asked=Asked(said=Category.COMMIT))
    assert [item.id for item in sure.items] == [row("S1").uid]


@pytest.mark.parametrize(("name", "key"), [("stan", "T4"), ("otto", "T4"), ("tess", "S1")])
def test_nobody_speaks_of_a_deal_they_do_not_see(name: str, key: str) -> None:
    with pytest.raises(NotVisible):
        say(name, Category.COMMIT, key=key)


def test_who_may_not_say_it_reads_what_to_do_instead() -> None:
    with pytest.raises(NotAllowed, match="Whoever leads you leaves a deal out"):
        say("tess", Category.OMITTED, "I do not believe in it.")
    say("mona", Category.OMITTED, "No answer.")
    with pytest.raises(NotAllowed, match="Tell them what the buyer did"):
        say("tess", Category.COMMIT)
    assert len(said_of(row().pk)) == 1


def test_leaving_out_needs_a_reason_and_a_short_one() -> None:
    with pytest.raises(NotAllowed, match="Say in a sentence why"):
        say("mona", Category.OMITTED, " \n ")
    with pytest.raises(NotAllowed, match="has 501 characters; write at most 500"):
        say("mona", Category.OMITTED, "x" * 501)
    assert not DealCategory.objects.unscoped("test").exists()


def test_of_a_decided_deal_nothing_is_said_any_more() -> None:
    with pytest.raises(NotAllowed, match="was won on"):
        say("tess", Category.COMMIT, key="T1")


def test_the_same_said_twice_is_kept_once() -> None:
    say("tess", Category.PIPELINE)
    say("tess", Category.COMMIT)
    say("mona", Category.COMMIT)
    assert [each.by for each in said_of(row().pk)] == ["Tess"]


def test_a_snapshot_keeps_what_was_said_by_then() -> None:
    say("tess", Category.COMMIT)
    take(operator(), TODAY, NOW)
    kept = dict(SnapshotDeal.objects.values_list("deal", "category"))
    assert kept[row().pk] == "commit"
    assert kept[row("S1").pk] == "pipeline"


def test_of_a_deal_that_is_left_out_the_night_asks_nothing() -> None:
    say("mona", Category.OMITTED, "Gone.", key="S1")
    assert propose_stalls(operator(), TODAY, NOW) == 0
    say("mona", Category.PIPELINE, key="S1")
    assert propose_stalls(operator(), TODAY, NOW) == 1


def test_an_import_is_not_taken_back_over_what_people_said() -> None:
    say("tess", Category.COMMIT)
    batch = Batch.objects.get(pk=row().batch_id)
    assert any("word about a forecast" in str(each) for each in standing_on(batch, NOW))
    with pytest.raises(NotAllowed):
        undo(operator(), UUID(str(batch.uid)), NOW)
