"""Stalled deals: proposed by night with a grace, answered by people, settled by a rule, and everything can be undone.

Stan's S1 has been open since 12 January; on 15 October 2026, a Thursday, it is the one deal over its limit of 28 days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from tests import world
from upswing.actions import pipelines, stages, stall_several, stalls
from upswing.actions.nightly_stalls import propose_stalls, settle_overdue
from upswing.actions.permission import NotAllowed
from upswing.actions.stall_steps import steps_of
from upswing.actions.undoing import undo
from upswing.book.models import Deal
from upswing.core.forecast.cases import Ended, Kind, replayed
from upswing.core.forecast.lives import Life
from upswing.core.money import Money
from upswing.core.pipelines import Criterion, Policy, Proof, Stage
from upswing.goals.stalls import StallCase, StallStep
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.lives import lives
from upswing.queries.outlooks import past
from upswing.queries.stall_trial import Tried, trial
from upswing.queries.stall_waits import aside, re_entries
from upswing.queries.stalls import Pile, stall
from upswing.queries.stalls import stalls as listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
TODAY, NOW, DAY, MINUTE = world.TODAY, world.NOW, timedelta(days=1), timedelta(minutes=1)
DUE = date(2026, 10, 22)
OWN = {"stan", "mona", "olga"}


def at(day: date) -> datetime:
    return NOW + (day - TODAY)


def who(name: str, day: date = TODAY) -> Viewer:
    return replace(world.viewer(name), at=day)


def night(day: date = TODAY) -> tuple[dict[Ended, int], int]:
    """What a night does that follows a day."""
    installation = replace(world.operator(), at=day)
    return settle_overdue(installation, day, at(day)), propose_stalls(installation, day, at(day))


def case(number: int = 0) -> StallCase:
    return StallCase.objects.unscoped("test").order_by("pk")[number]


def cases_of(key: str) -> int:
    return StallCase.objects.unscoped("test").filter(deal__external_id=key).count()


def proposed() -> UUID:
    night()
    return case().uid


def stalled(day: date) -> set[str]:
    """The names that sources give to deals that are stalled on a day, as every forecast sees it."""
    learner = past(day).forecaster.learner
    places = learner.standing(day.toordinal()).deal[learner.stalled(day.toordinal())]
    keys = dict(Deal.objects.unscoped("test").values_list("pk", "external_id"))
    return {keys[int(learner.book.ids[place])] for place in places}


def test_a_night_proposes_each_stalled_deal_once_with_its_reason_and_a_grace():
    assert night() == ({}, 1)
    assert night() == ({}, 0)
    found = case()
    assert (found.deal.external_id, found.age, found.limit, found.rule) == ("S1", 276, 28, "cycle")
    assert (found.since, found.due, found.outcome) == (date(2026, 1, 12), DUE, "")
    (step,) = StallStep.objects.all()
    assert (step.kind, step.by, step.day, step.at) == ("proposed", "", DUE, NOW)


@pytest.mark.parametrize("name", ["stan", "mona", "olga", "tess", "otto"])
def test_only_whose_deal_it_is_who_leads_them_and_operations_see_it(name: str):
    uid = proposed()
    shown = listed(who(name), TODAY)[Pile.OPEN]
    assert shown.count == len(shown.cases) == (1 if name in OWN else 0)
    if name in OWN:
        (one,) = shown.cases
        assert shown.value == one.amount == Money(3_000_000, "EUR")
        assert (one.reps, one.left, one.hands.own, one.hands.leads) == (
            ("Stan",),
            6,
            name == "stan",
            name != "stan",
        )
        assert stall(who(name), uid, TODAY) == one
    else:
        with pytest.raises(NotVisible):
            stalls.snooze(who(name), uid, TODAY + DAY, "They are away.", NOW)


def test_a_reasoned_wait_silences_the_flag_until_its_day_and_then_it_is_proposed_anew():
    uid, until = proposed(), date(2026, 11, 20)
    assert stalled(TODAY) == {"S1"}
    stalls.snooze(who("stan"), uid, until, "Their budget is decided in November.", NOW)
    assert "S1" not in stalled(TODAY) | stalled(until)
    assert stalled(TODAY - DAY) == {"S1"}
    for day in (TODAY + DAY, DUE, until):
        night(day)
        assert cases_of("S1") == 1
    assert "S1" in stalled(until + DAY)
    night(until + DAY)
    assert cases_of("S1") == 2
    (life,) = (life for life in lives() if life.id == case().deal_id)
    assert life.waits == ((TODAY, until),)


def test_a_dated_step_of_the_buyer_is_waited_for():
    uid = proposed()
    stalls.next_step(who("stan"), uid, date(2026, 12, 1), "They present it to their board.", NOW)
    shown = stall(who("mona"), uid, TODAY)
    assert (shown.outcome, shown.rests) == (Ended.WAITS, date(2026, 12, 1))
    assert (shown.steps[-1].kind, shown.steps[-1].by) == (Kind.NEXT_STEP, "Stan")
    lying = listed(who("stan"), TODAY)
    assert {pile: each.count for pile, each in lying.items()} == {Pile.OPEN: 0, Pile.WAITS: 1, Pile.ASIDE: 0}
    assert lying[Pile.WAITS].cases == (stall(who("stan"), uid, TODAY),)


def test_after_the_grace_the_rule_sets_it_aside_and_not_a_day_before():
    uid = proposed()
    assert night(DUE - DAY)[0] == {}
    assert aside(DUE - DAY) == {}
    assert night(DUE)[0] == {Ended.ASIDE: 1}
    assert aside(DUE) == {case().deal_id: ("", date(2026, 1, 12))}
    assert aside(DUE - DAY) == {}
    assert night(DUE + DAY)[0] == {}
    assert case().settled == at(DUE)
    stalls.take_back(who("mona", DUE + DAY), uid, at(DUE + DAY))
    found = case()
    assert (found.outcome, found.settled, found.due) == ("", None, date(2026, 10, 30))
    assert aside(DUE + DAY) == {}
    assert aside(DUE) == {found.deal_id: ("", date(2026, 1, 12))}


def test_who_has_the_deal_agrees_and_who_leads_them_confirms():
    uid = proposed()
    with pytest.raises(NotAllowed, match="confirms the proposal"):
        stalls.agree(who("mona"), uid, NOW)
    with pytest.raises(NotAllowed, match="You can agree to it"):
        stalls.confirm(who("stan"), uid, NOW)
    stalls.agree(who("stan"), uid, NOW)
    assert case().outcome == "aside"
    stalls.take_back(who("stan"), uid, NOW)
    stalls.confirm(who("mona"), uid, NOW)
    assert case().outcome == "aside"
    with pytest.raises(NotAllowed, match="What Mona did is taken back by them or by who leads the rep"):
        stalls.take_back(who("stan"), uid, NOW)
    kinds = [Kind.PROPOSED, Kind.AGREED, Kind.TAKEN_BACK, Kind.CONFIRMED]
    assert [step.kind for step in stall(who("stan"), uid, TODAY).steps] == kinds


def test_a_deal_comes_back_by_what_its_buyer_did_and_that_is_counted():
    uid = proposed()
    night(DUE)
    day = DUE + 3 * DAY
    until = stalls.re_enter(who("stan", day), uid, DUE + 2 * DAY, "They asked for new terms.", at(day))
    assert until == DUE + 30 * DAY
    assert re_entries() == {case().deal_id: 1}
    assert aside(day) == {}
    assert "S1" not in stalled(day) | stalled(until)
    assert "S1" in stalled(until + DAY)
    assert stall(who("stan", day), uid, day).re_entries == 1
    stalls.take_back(who("stan", day), uid, at(day))
    assert (case().outcome, re_entries()) == ("aside", {})


def refused(sentence: str, deed: Callable[[UUID], object]) -> None:
    uid = proposed()
    before = list(StallStep.objects.values_list())
    with pytest.raises(NotAllowed, match=sentence):
        deed(uid)
    assert list(StallStep.objects.values_list()) == before


@pytest.mark.parametrize(
    ("sentence", "deed"),
    [
        ("15 October 2026 is no day to wait for. Choose one from 16 October 2026 to 13 April 2027",
         lambda uid: stalls.next_step(who("stan"), uid, TODAY, "They sign.", NOW)),
        ("14 April 2027 is no day", lambda uid: stalls.next_step(who("stan"), uid, TODAY + 181 * DAY, "They sign.", NOW)),
        ("14 January 2027 is no day to wait for. Choose one from 16 October 2026 to 13 January 2027",
         lambda uid: stalls.snooze(who("stan"), uid, TODAY + 91 * DAY, "A merger.", NOW)),
        ("Say what the buyer does", lambda uid: stalls.next_step(who("stan"), uid, TODAY + DAY, "  ", NOW)),
        ("Say why the deal waits", lambda uid: stalls.snooze(who("stan"), uid, TODAY + DAY, "", NOW)),
        ("at most 500 characters; this has 501", lambda uid: stalls.snooze(who("stan"), uid, TODAY + DAY, "x" * 501, NOW)),
        ("There is no answer", lambda uid: stalls.take_back(who("mona"), uid, NOW)),
        ("is not set aside; it counts already", lambda uid: stalls.re_enter(who("stan"), uid, TODAY, "A call.", NOW)),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence_and_leaves_no_trace(
    sentence: str, deed: Callable[[UUID], object]
):
    refused(sentence, deed)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [("is still to come", DUE + 2 * DAY), ("too long ago to bring “.*” back", TODAY - DAY)],
)
def test_a_deal_comes_back_only_by_what_happened_since_the_proposal(sentence: str, day: date):
    uid = proposed()
    night(DUE)
    with pytest.raises(NotAllowed, match=sentence):
        stalls.re_enter(who("stan", DUE + DAY), uid, day, "They called.", at(DUE + DAY))
    with pytest.raises(NotAllowed, match="has its answer already"):
        stalls.confirm(who("mona", DUE + DAY), uid, at(DUE + DAY))


@pytest.mark.parametrize("change", [{"stage": "Offer"}, {"closed": "2026-10-16", "outcome": "won"}])
def test_a_deal_that_moves_or_is_decided_is_asked_nothing_any_more(change: dict[str, str]):
    uid, later = proposed(), TODAY + DAY
    stage = change.get("stage", "Won")
    fields = {"stage": stage, "moves": (world.StageMove(stage, later),)} if "closed" not in change else {}
    moved = world.deal(
        "S1", "Stan", "2026-01-12", change.get("closed", ""), change.get("outcome", "open"), 30_000, **fields
    )
    told = [
        world.deal(f"X{number}", "Stan", "2026-08-01", "2026-09-01", "lost", stage="Lost",
                   moves=(world.StageMove("Offer", date(2026, 8, 2)), world.StageMove("Lost", date(2026, 9, 1), world.Outcome.LOST)))
        for number in range(20)
    ]  # fmt: skip
    world.bring(moved, *told, now=at(later))
    with pytest.raises(NotAllowed, match="moved on since|decided by now"):
        stalls.agree(who("stan", later), uid, at(later))
    assert listed(who("stan", later), later)[Pile.OPEN].count == 0
    assert night(later)[0] == {Ended.MOVED_ON: 1}
    assert case().outcome == "moved_on"


def test_where_stalled_deals_count_as_before_none_is_proposed_and_what_was_is_withdrawn():
    need = (world.StageMove("Need", date(2026, 2, 1)),)
    lost = (
        world.deal(f"N{number}", "Stan", "2026-02-01", "2026-09-01", "lost", moves=need)
        for number in range(20)
    )
    world.bring(world.deal("S9", "Stan", "2026-02-01", stage="Need", moves=need), *lost, source="other")
    night()
    assert cases_of("S9") == 1
    olga = who("olga")
    uid = pipelines.begin(olga, "Sales", NOW)
    shown = (Criterion("", "The day they saw it", Proof.DATE),)
    for name, policy in (("Need", Policy.NONE), ("Open", None)):
        stages.save_stage(olga, uid, Stage("", name, "They have answered.", shown, policy=policy))
    pipelines.publish(olga, uid, TODAY, "", NOW)
    night(TODAY + DAY)
    night(TODAY + 2 * DAY)
    found = StallCase.objects.unscoped("test").get(deal__external_id="S9")
    assert (found.outcome, found.settled) == ("dropped", at(TODAY + DAY))


def test_the_cases_columns_are_what_a_replay_of_its_steps_says():
    uid, draw, day = proposed(), Random(7), TODAY
    deeds: tuple[Callable[[], object], ...] = (
        lambda: stalls.snooze(
            who("stan", day), uid, day + draw.randint(1, 9) * DAY, "They are away.", at(day)
        ),
        lambda: stalls.next_step(
            who("stan", day), uid, day + draw.randint(1, 9) * DAY, "They sign.", at(day)
        ),
        lambda: stalls.agree(who("stan", day), uid, at(day)),
        lambda: stalls.confirm(who("mona", day), uid, at(day)),
        lambda: stalls.take_back(who("mona", day), uid, at(day)),
        lambda: stalls.take_back(who("mona", day), uid, at(day)),
        lambda: stalls.re_enter(who("stan", day), uid, day, "They called.", at(day)),
    )
    reached = set()
    for _ in range(60):
        try:
            draw.choice(deeds)()
        except NotAllowed:
            day += DAY * (draw.random() < 0.2)
        found = case()
        state = replayed(
            steps_of(tuple(StallStep.objects.filter(case=found).order_by("number"))), found.limit
        )
        told = (found.due, found.outcome, found.rests, found.settled is not None)
        assert told == (state.due, state.ended or "", state.rests, state.ended is not None)
        assert (found.deal_id in aside(day)) == (state.ended is Ended.ASIDE)
        assert ("S1" in stalled(day)) == (state.rests is None or state.rests < day)
        reached.add(state.by)
    assert reached >= {
        Kind.SNOOZED,
        Kind.NEXT_STEP,
        Kind.AGREED,
        Kind.CONFIRMED,
        Kind.RE_ENTERED,
        Kind.PROPOSED,
    }


def brought() -> str:
    """A stalled deal of an import of its own."""
    batch = str(world.bring(world.deal("Q1", "Stan", "2026-02-01", amount=9_000), source="other").batch)
    night()
    return batch


def test_an_import_whose_stalled_deals_nobody_answered_can_be_taken_back():
    batch = brought()
    assert StallCase.objects.unscoped("test").count() == 2
    undo(world.operator(), UUID(batch), NOW)
    assert case().deal.external_id == "S1"
    assert StallCase.objects.unscoped("test").count() == StallStep.objects.count() == 1


def test_an_import_stays_once_somebody_has_answered_for_a_deal_of_it():
    batch = brought()
    uid = StallCase.objects.unscoped("test").get(deal__external_id="Q1").uid
    stalls.snooze(who("stan"), uid, TODAY + DAY, "They are away.", NOW)
    with pytest.raises(NotAllowed, match="1 answered proposal for deals it brought: that cannot be undone"):
        undo(world.operator(), UUID(batch), NOW)
    assert StallCase.objects.unscoped("test").filter(uid=uid).exists()


def test_a_change_of_a_deal_that_is_taken_back_leaves_what_was_said_of_it():
    uid = proposed()
    stalls.snooze(who("stan"), uid, TODAY + 9 * DAY, "They are away.", NOW)
    batch = world.bring(world.deal("S1", "Stan", "2026-01-12", amount=31_000), now=NOW + DAY).batch
    undo(world.operator(), UUID(str(batch)), NOW + DAY)
    assert [step.kind for step in stall(who("stan"), uid, TODAY).steps] == [Kind.PROPOSED, Kind.SNOOZED]


def test_the_rule_on_the_last_quarter_names_what_was_won_all_the_same():
    """By the 31 days known then S1, S2, T1 and T2 would have been set aside; the last three were won, for 4, 12 and 8 thousand."""
    found = trial(who("mona"), TODAY)
    assert (found.period.slug, found.moved, found.first, found.won) == ("2026-Q3", 4, 1, 3)
    assert (found.value.minor, found.won_value.minor) == (5_400_000, 2_400_000)
    assert sorted(each.won.minor for each in found.names) == [400_000, 800_000, 1_200_000]
    assert trial(who("otto"), TODAY).moved == 0
    with pytest.raises(NotVisible):
        trial(who("stan"), TODAY)


def test_a_longer_limit_and_another_policy_can_be_tried():
    longer = trial(who("mona"), TODAY, Tried("", days=90))
    assert (longer.moved, longer.won) == (2, 1)
    dropped = trial(who("mona"), TODAY, Tried("", policy=Policy.DROP))
    assert (dropped.moved, dropped.after.minor) == (4, 0)
    assert dropped.before == trial(who("mona"), TODAY).before
    assert trial(who("mona"), TODAY, Tried("", policy=Policy.NONE)).moved == 0
    assert trial(who("mona"), TODAY, Tried("", grace=60)).moved == 1


def several(*, more: int = 3) -> list[UUID]:
    """Cases of deals that only Stan has, and S1's."""
    world.bring(
        *(world.deal(f"B{number}", "Stan", "2026-01-05", amount=100) for number in range(more)), source="more"
    )
    night()
    return list(StallCase.objects.unscoped("test").order_by("pk").values_list("uid", flat=True))


def ends() -> list[str]:
    return list(StallCase.objects.unscoped("test").order_by("pk").values_list("outcome", flat=True))


@pytest.mark.parametrize(("name", "kind"), [("stan", Kind.AGREED), ("mona", Kind.CONFIRMED)])
def test_several_are_set_aside_at_once_each_as_if_it_were_alone_and_taken_back(name: str, kind: Kind):
    cases = several()
    assert stall_several.set_aside(who(name), cases[:3], NOW) == 3
    assert ends() == ["aside"] * 3 + [""]
    assert {step.kind for step in StallStep.objects.filter(at=NOW, number=1)} == {kind.value}
    stalls.take_back(who(name), cases[0], NOW + MINUTE)
    stalls.snooze(who(name), cases[0], TODAY + 5 * DAY, "Away", NOW + MINUTE)
    assert stall_several.take_back_all(who(name), NOW, NOW + 2 * MINUTE) == 2
    assert ends() == ["waits", "", "", ""]
    with pytest.raises(NotAllowed, match="nothing is left to be taken back"):
        stall_several.take_back_all(who(name), NOW, NOW + 2 * MINUTE)


def test_of_several_only_what_waits_for_its_answer_is_set_aside():
    cases = several()
    stalls.snooze(who("stan"), cases[1], TODAY + 5 * DAY, "Away", NOW)
    assert stall_several.set_aside(who("mona"), cases, NOW) == 3
    assert ends() == ["aside", "waits", "aside", "aside"]
    with pytest.raises(NotAllowed, match="has its answer already"):
        stall_several.set_aside(who("mona"), cases, NOW)


def test_several_are_set_aside_by_none_who_may_not_see_one_of_them():
    cases = several()
    for name in ("tess", "otto"):
        with pytest.raises(NotVisible):
            stall_several.set_aside(who(name), cases, NOW)
    assert ends() == [""] * 4
    with pytest.raises(NotAllowed, match="Tick those"):
        stall_several.set_aside(who("mona"), [], NOW)
    with pytest.raises(NotAllowed, match="201 deals are more"):
        stall_several.set_aside(who("mona"), [uuid4() for _ in range(201)], NOW)
    with pytest.raises(NotAllowed, match="nothing is left"):
        stall_several.take_back_all(who("mona"), NOW, NOW)
    stall_several.set_aside(who("mona"), cases, NOW)
    with pytest.raises(NotAllowed, match="nothing is left"):
        stall_several.take_back_all(who("stan"), NOW, NOW)


def test_several_are_set_aside_and_taken_back_with_the_deals_loaded_once(monkeypatch: pytest.MonkeyPatch):
    cases, loaded = several(), list[int]()

    def counted(*args: object) -> list[Life]:
        loaded.append(1)
        return list(lives(*args))

    monkeypatch.setattr("upswing.queries.outlooks.lives", counted)
    stall_several.set_aside(who("mona"), cases, NOW)
    stall_several.take_back_all(who("mona"), NOW, NOW + MINUTE)
    assert len(loaded) <= 2
