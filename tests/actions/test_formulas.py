"""Own metrics are drafted and published by operators, never change for days that were judged, and open to their records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from tests import world
from tests.actions.told import call, lead, meeting
from upswing.actions import cards, formulas
from upswing.actions.disputing import Number, dispute
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.pins import pin
from upswing.core.expressions import Wording
from upswing.core.metrics import CATALOGUE, UnknownMetric
from upswing.core.metrics.metric import Unit
from upswing.core.money import Money
from upswing.core.period import parse_period
from upswing.core.records import StageMove
from upswing.core.templates import Template
from upswing.goals.formulas import Formula, FormulaVersion, data_of, wording_of
from upswing.people.viewer import NotVisible
from upswing.queries import formula_setup
from upswing.queries.card_drafts import draft as card_draft
from upswing.queries.card_templates import chosen
from upswing.queries.catalogue import catalogue
from upswing.queries.formulas import known, metrics_on, named, offered
from upswing.queries.records import RecordList, records
from upswing.queries.scorecard import scorecard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

TODAY, NOW, DAY = world.TODAY, world.NOW, timedelta(days=1)
OCTOBER = parse_period("2026-10", TODAY, 1)
OURS = Wording("Decided", "Deals won or lost.", "A clear no is a result too.", "deals_won + deals_lost")


def published(wording: Wording = OURS, effective: date = TODAY, note: str = "") -> str:
    olga = world.viewer("olga")
    key = formulas.begin(olga, wording.label, NOW)
    formulas.save_draft(olga, key, wording)
    formulas.publish(olga, key, effective, note, NOW)
    return key


def written(label: str, text: str, **more: object) -> str:
    return published(replace(OURS, label=label, text=text, **more))  # type: ignore[arg-type]


def again(key: str, effective: date = TODAY, note: str = "As agreed.", **changed: object) -> int:
    olga = world.viewer("olga")
    formulas.begin_again(olga, key, NOW)
    wording = replace(formula_setup.draft(olga, key).wording, **changed)  # type: ignore[arg-type]
    formulas.save_draft(olga, key, wording)
    return formulas.publish(olga, key, effective, note, NOW)


def refused(key: str, effective: date = TODAY, note: str = "", **changed: object) -> str:
    with pytest.raises(Incomplete) as error:
        again(key, effective, note, **changed)
    return " ".join(error.value.sentences)


def opened(key: str, who: str = "Tess") -> RecordList:
    return records(world.viewer("mona"), world.person(who).uid, key, OCTOBER, TODAY)


def test_a_metric_is_whatever_was_published_and_nothing_before():
    olga = world.viewer("olga")
    key = formulas.begin(olga, "Decided", NOW)
    assert key == "our_decided"
    with pytest.raises(UnknownMetric):
        named(key, TODAY)
    formulas.save_draft(olga, key, OURS)
    assert formulas.publish(olga, key, TODAY, "", NOW) == 1
    assert named(key, TODAY).label == "Decided"
    assert named("calls", TODAY) is CATALOGUE["calls"]
    assert list(known(["calls", key, "nonsense"], TODAY)) == ["calls", key]


def test_only_operators_write():
    key = published()
    for who in ("tess", "mona", "ada"):
        viewer = world.viewer(who)
        for deed in (
            lambda v: formulas.begin(v, "Mine", NOW), lambda v: formulas.begin_again(v, key, NOW),
            lambda v: formulas.save_draft(v, key, OURS), lambda v: formulas.discard(v, key),
            lambda v: formulas.publish(v, key, TODAY, "", NOW), lambda v: formulas.archive(v, key, NOW),
            lambda v: formulas.restore(v, key), formula_setup.overview, lambda v: formula_setup.preview(v, key, OURS),
        ):  # fmt: skip
            with pytest.raises(NotVisible):
                deed(viewer)
    with pytest.raises(NotVisible):
        formulas.archive(world.viewer("olga"), "our_nothing", NOW)


def test_a_day_is_told_by_the_version_in_force_on_it():
    key = published()
    assert again(key, TODAY + 7 * DAY, text="deals_won") == 2
    before, after = named(key, TODAY + 6 * DAY), named(key, TODAY + 7 * DAY)
    assert (before.value, after.value) != (after.value, before.value)
    assert after.value == CATALOGUE["deals_won"].value
    assert named(key, TODAY - 400 * DAY).value == before.value  # earlier periods are told by the first


def test_what_was_published_never_changes():
    key = published()
    row = FormulaVersion.objects.get(formula__key=key)
    was = dict(row.data)
    again(key, text="deals_won")
    row.refresh_from_db()
    assert (row.data, row.number, row.effective) == (was, 1, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        FormulaVersion.objects.create(formula=row.formula, data=was, author="x", begun=NOW, number=1,
                                      effective=TODAY, published=NOW)  # fmt: skip


def test_what_is_wrong_with_a_version_is_said_all_at_once():
    key = published()
    told = refused(key, TODAY - DAY, text="calls / 0", help="")
    assert "sentence that says what it counts is empty" in told
    assert "it divides by 0" in told
    assert "14 October 2026 is over" in told
    assert "Say in a sentence what version 2 changes" in told
    assert wording_of(FormulaVersion.objects.get(number=None).data).text == "calls / 0"  # nothing is lost
    formulas.discard(world.viewer("olga"), key)
    assert "Nothing has changed since version 1" in refused(key, note="x")


def test_a_version_holds_from_no_day_before_the_last():
    key = published(effective=TODAY + 5 * DAY)
    assert "cannot hold before that" in refused(key, TODAY, "Sooner.", text="deals_won")


def test_names_are_there_once():
    published()
    with pytest.raises(Incomplete, match="is what another metric is called"):
        published()
    with pytest.raises(Incomplete, match="is what another metric is called"):
        written("win RATE", "deals_won / deals_closed")
    with pytest.raises(NotAllowed, match="1 to 60 characters"):
        formulas.begin(world.viewer("olga"), " ", NOW)


def test_a_circle_cannot_be_published_whichever_way_it_is_closed():
    first = published()
    second = written("Twice", f"2 * {first}")
    assert "names itself by way of others" in refused(first, note="x", text=f"{second} + calls")


def test_a_version_that_would_leave_another_metric_without_meaning_is_refused():
    first = published()
    second = written("Decided and called", f"{first} + calls")
    told = refused(first, note="In money now.", text="won_value")
    assert f"“Decided and called” ({second}) names this metric" in told
    assert "one cannot be added to the other" in told
    assert second in metrics_on(TODAY)


def test_an_archived_metric_stays_on_its_card_and_is_offered_no_more():
    key, olga = published(), world.viewer("olga")
    uid = cards.begin(olga, "Few", NOW)
    cards.save_draft(olga, uid, Template("Few", lines=("deals_created", "open_value", key)))
    cards.publish(olga, uid, TODAY, "", [each.key for each in card_draft(olga, uid).cautions], NOW)
    tess = world.person("Tess")
    assert formula_setup.cards_by_metric(TODAY)[key] == ("Few",)
    formulas.archive(olga, key, NOW)
    assert named(key, TODAY) in chosen([tess.pk], TODAY, "won_value")[tess.pk]
    assert key not in {each.key for each in offered(TODAY)}
    assert "own" not in {family.name for family in catalogue(olga)}
    card = scorecard(world.viewer("mona"), tess.uid, OCTOBER, TODAY)
    shown = next(line for line in card.lines if line.metric.key == key)
    assert (shown.actual, shown.n) == (Fraction(3), 3)
    formulas.restore(olga, key)
    assert key in {each.key for each in offered(TODAY)}


def test_a_card_of_a_day_shows_the_version_of_that_day():
    key, olga, tess = published(), world.viewer("olga"), world.person("Tess")
    again(key, TODAY + DAY, text="deals_won")
    uid = cards.begin(olga, "Few", NOW)
    cards.save_draft(olga, uid, Template("Few", lines=("deals_created", "open_value", key)))
    cards.publish(olga, uid, TODAY, "", [each.key for each in card_draft(olga, uid).cautions], NOW)
    shown = [
        next(line.actual for line in scorecard(world.viewer("mona"), tess.uid, OCTOBER, day).lines if line.metric.key == key)
        for day in (TODAY, TODAY + DAY)
    ]  # fmt: skip
    assert shown == [3, 2]


def test_it_can_be_pinned_and_disputed():
    key, mona, tess = published(), world.viewer("mona"), world.person("Tess")
    pin(mona, tess.uid, key, "To see both sides.", TODAY, TODAY + DAY, NOW)
    assert key in {each.key for each in chosen([tess.pk], TODAY, "won_value")[tess.pk]}
    assert dispute(mona, Number(tess.uid, key, "2026-10", TODAY, "3"), "One is missing.", NOW)
    with pytest.raises(UnknownMetric, match="Did you mean “our_decided”"):
        dispute(mona, Number(tess.uid, "our_decide", "2026-10", TODAY, "3"), "One is missing.", NOW)


def test_a_sum_opens_to_every_record_it_counts_and_no_other():
    found = opened(published())
    assert (found.value, found.total) == (3, 3)
    assert {row.name for row in found.rows} == {"T1", "T2", "T3"}
    assert dict(found.parts) == {"won": 2, "lost": 1}
    assert found.formula == "deals won + deals lost"


def test_money_adds_up_to_the_number_on_the_card():
    found = opened(written("Half and pipeline", "won_value / 2 - created_value"))
    assert found.metric.unit is Unit.MONEY
    assert found.value == found.sum == Money(10_000_00 - 7_000_00, "EUR")
    assert {row.name: row.value for row in found.rows} == {
        "T1": Money(6_000_00, "EUR"), "T2": Money(4_000_00, "EUR"), "T4": Money(-7_000_00, "EUR"),
    }  # fmt: skip


def test_what_stands_is_opened_under_its_filters():
    world.bring(
        world.deal("X1", "Tess", "2026-09-01", amount=100, source="Fair"),
        world.deal("X2", "Tess", "2026-09-01", "2026-10-02", "won", amount=50, source="Fair"),
    )
    found = opened(written("Open from fairs", "open_value[source=Fair]"))
    assert (found.value, found.total) == (Money(100_00, "EUR"), 1)
    assert found.rows[0].name == "X1"
    assert opened(written("Open deals from fairs", "open_deals[source=Fair]")).value == 1


def test_a_deal_that_came_back_to_its_stage_stands_in_it_once():
    moves = [("Demo", "2026-09-02"), ("Offer", "2026-09-10"), ("Demo", "2026-09-20")]
    told = tuple(StageMove(stage, date.fromisoformat(day)) for stage, day in moves)
    world.bring(
        world.deal("X1", "Tess", "2026-09-01", amount=100, stage="Demo", moves=told),
        world.deal("X2", "Tess", "2026-09-01", amount=40, stage="Offer", moves=told[:2]),
    )
    found = opened(written("In a demo", "deals_in_stage[stage=Demo]"))
    assert (found.value, [row.name for row in found.rows]) == (1, ["X1"])
    worth = opened(written("Worth of demos", "value_in_stage[stage=Demo]"))
    assert worth.value == worth.sum == Money(100_00, "EUR")


def test_activities_are_told_apart_by_the_source_of_their_lead():
    world.bring(
        lead("L1", "Tess", "2026-10-01 09:00", source="Web form"), lead("L2", "Tess", "2026-10-01 09:00", source="Fair"),
        call("A1", "Tess", "2026-10-02 10:00", "conversation", lead="L1"), call("A2", "Tess", "2026-10-02 11:00", lead="L1"),
        call("A3", "Tess", "2026-10-02 12:00", "conversation", lead="L2"), call("A4", "Tess", "2026-10-05 12:00"),
        meeting("M1", "Tess", "2026-10-06 12:00", "held", lead="L1"),
    )  # fmt: skip
    key = written("Talks", 'conversations[source="Web form"] / calls[source="Web form"]', percent=True)
    found = opened(key)
    assert (found.value, found.total) == (Fraction(1, 2), 2)
    assert found.formula == "conversations with source “Web form” ÷ calls with source “Web form”"
    others = opened(written("Other calls", 'calls[source!="Web form"]'))
    assert (others.value, others.total) == (2, 2)
    both = opened(written("Touches", 'calls[source="Web form"] + 2 * meetings_held[source="Web form"]'))
    assert (both.value, both.total) == (4, 3)


def test_a_preview_counts_the_data_there_are_before_anything_is_published():
    olga = world.viewer("olga")
    key = formulas.begin(olga, "Decided", NOW)
    found = formula_setup.preview(olga, key, OURS)
    shown = {row.name.split()[0]: (row.now, row.before) for row in found.rows}
    assert shown["Tess"] == (3, 0)
    assert shown["Stan"] == (0, 1)
    assert formula_setup.preview(olga, key, replace(OURS, text="calls /")).trouble.startswith(
        "Something is missing"
    )


def test_a_stage_that_is_no_more_is_told_and_nothing_is_lost():
    key = written("Won after a demo", "deals_won[stage=Won] + deals_entered[stage=Demo]")
    missing = {each.value: each for each in formula_setup.metric_shown(world.viewer("olga"), key).row.gone}
    assert set(missing) == {"Demo"}
    assert (missing["Demo"].ever, missing["Demo"].last) == (0, None)
    assert opened(key).value == 2


def test_a_card_without_own_metrics_asks_nothing_of_them(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert set(known(["calls", "won_value"], TODAY)) == {"calls", "won_value"}


def test_a_wording_is_kept_as_it_was_written():
    for wording in (OURS, replace(OURS, percent=True, minimum=3, text='calls[source="a b"]')):
        assert wording_of(data_of(wording)) == wording
    assert Formula.objects.count() == 0
