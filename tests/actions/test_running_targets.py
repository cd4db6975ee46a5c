"""A target of a period that has begun never changes silently: quotas from files wait, and every change is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import import_module

import pytest
from django.apps import apps

from tests import world
from tests.actions.told import off
from tests.world import NOW, TODAY, bring, operator, person, quota, viewer
from upswing.actions import calendaring, targeting
from upswing.actions.owners import merge
from upswing.actions.permission import NotAllowed
from upswing.actions.publishing import publish_targets
from upswing.actions.targets import Change, accept
from upswing.actions.undoing import undo
from upswing.actions.waiting import Unexplained, accept_waiting, dismiss_waiting
from upswing.actions.workplaces import choose_holidays, set_part_time
from upswing.core.metrics import metric
from upswing.core.period import parse_period
from upswing.core.targets import Target
from upswing.goals.models import Quota
from upswing.goals.targets import TargetTable
from upswing.intake.models import Batch, Problem
from upswing.people.models import Membership, Person
from upswing.queries.shaping import asked_of
from upswing.queries.targeting import one_target, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

OCTOBER, NOVEMBER = (parse_period(slug, TODAY) for slug in ("2026-10", "2026-11"))
LATER = NOW + timedelta(hours=1)


def asked(name: str = "Tess") -> Target:
    found = asked_of([person(name)], OCTOBER, "won_value").target(
        metric("won_value"), person(name).id, OCTOBER
    )
    assert isinstance(found, Target)
    return found


def told(name: str = "Tess") -> list[tuple[str, str, str]]:
    """What the rep reads on the target's own page."""
    found = one_target(viewer(name.lower()), person(name).uid, "won_value", OCTOBER, TODAY)
    return [(one.kind, one.was, one.becomes) for one in found.happened]


def standing(period: str = "2026-10") -> tuple[Decimal, Decimal | None]:
    rows = Quota.objects.unscoped("test").filter(
        person=person("Tess"), starts=parse_period(period, TODAY).start
    )
    return rows.values_list("value", "waiting").get()


def changed(value: int = 15_000, period: str = "2026-10", now: datetime = LATER) -> Batch:
    done = bring(quota("Tess", period, value), now=now)
    assert done.updated == 1
    return Batch.objects.get(uid=done.batch)


def test_a_file_that_changes_a_running_quota_sets_it_aside_and_says_so():
    batch = changed()
    assert standing() == (2_000_000, 1_500_000)
    assert asked().value == 2_000_000
    (problem,) = Problem.objects.filter(batch=batch, code="quota_waits")
    assert problem.sentence == (
        "Tess’s won value for 2026-10 stays at 20,000 EUR: the period has begun. "
        "The file says 15,000 EUR; accept it with a reason under Targets."
    )
    assert batch.notices == 1
    (one,) = waiting(operator())
    assert (one.rep, str(one.stands), str(one.says)) == ("Tess", "20000.00 EUR", "15000.00 EUR")


def test_a_new_quota_waits_where_it_would_take_the_place_of_one_of_a_begun_period():
    """Tess's October stands: a week's quota would count on some of its days, a quarter's on none of them."""
    done = bring(quota("Tess", "2026-Q4", 900_000), quota("Tess", "2026-W42", 90_000), now=LATER)
    assert done.created == 2
    assert asked().value == 2_000_000
    problems = Problem.objects.filter(batch__uid=done.batch, code="quota_waits")
    assert all(
        "is set aside: the period has begun, and another quota covers its days" in one.sentence
        for one in problems
    )
    assert [row.period.start for row in waiting(operator())] == [date(2026, 10, 12)]
    assert len(problems) == 1
    again = bring(quota("Tess", "2026-W42", 95_000), now=LATER)
    assert asked().value == 2_000_000
    for batch in (again.batch, done.batch):
        undo(operator(), batch, LATER)
    assert asked().value == 2_000_000


def test_quotas_that_come_together_for_the_first_time_count_at_once():
    bring(quota("Stan", "2026-Q4", 60_000), quota("Stan", "2026-10", 30_000), now=LATER)
    assert asked("Stan").value == 3_000_000


def test_the_same_file_again_changes_nothing_and_the_old_value_ends_the_wait():
    changed()
    assert bring(quota("Tess", "2026-10", 15_000), now=LATER).unchanged == 1
    assert standing() == (2_000_000, 1_500_000)
    changed(20_000)
    assert standing() == (2_000_000, None)
    assert waiting(operator()) == ()


def test_a_quota_of_a_period_to_come_is_changed_by_its_file():
    bring(quota("Tess", "2026-11", 10_000))
    changed(12_000, "2026-11")
    assert standing("2026-11") == (1_200_000, None)


def test_a_quota_of_a_period_that_is_over_stands_as_firm():
    bring(quota("Tess", "2026-09", 10_000))
    changed(12_000, "2026-09")
    assert standing("2026-09") == (1_000_000, 1_200_000)


def test_a_quota_that_waits_has_changed_nothing_yet():
    changed()
    assert [words for kind, *words in told() if kind == "quota"] == []


def test_a_quota_of_nothing_makes_room_for_one():
    bring(quota("Stan", "2026-10", 0))
    assert bring(quota("Stan", "2026-10", 9_000), now=LATER).updated == 1
    assert asked("Stan").value == 900_000
    assert ("quota", "0 EUR", "9,000 EUR, 1 October 2026 to 31 October 2026") in told("Stan")


def test_once_accepted_the_rep_reads_who_changed_it_from_what_to_what_and_why():
    changed()
    (one,) = waiting(operator())
    assert accept_waiting(viewer("olga"), [one.id], "Two markets\nclosed.", LATER) == 1
    found = asked()
    assert (found.value, found.base) == (1_500_000, 1_500_000)
    assert dict(found.factors[0].words) == {
        "by": "olga@example.com", "on": "2026-10-15", "was": "20,000 EUR", "becomes": "15,000 EUR", "reason": "Two markets closed.",
    }  # fmt: skip
    assert found.factors[0].share == 1
    assert ("quota", "20,000 EUR", "15,000 EUR") in told()


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_without_a_reason_nothing_is_accepted(reason: str):
    changed()
    with pytest.raises(Unexplained):
        accept_waiting(viewer("olga"), [one.id for one in waiting(operator())], reason, LATER)
    assert standing() == (2_000_000, 1_500_000)


def test_what_is_let_go_is_forgotten_and_what_does_not_wait_is_refused():
    changed()
    ids = [one.id for one in waiting(operator())]
    assert dismiss_waiting(viewer("olga"), ids) == 1
    assert standing() == (2_000_000, None)
    with pytest.raises(NotAllowed, match="None of these quotas waits any more"):
        accept_waiting(viewer("olga"), ids, "Why.", LATER)


@pytest.mark.parametrize("who", ["tess", "mona", "otto", "ada"])
def test_only_operators_see_and_accept_what_waits(who: str):
    changed()
    ids = [one.id for one in waiting(operator())]
    assert waiting(viewer(who)) == ()
    for deed in (
        lambda: accept_waiting(viewer(who), ids, "Why.", LATER),
        lambda: dismiss_waiting(viewer(who), ids),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert standing() == (2_000_000, 1_500_000)


@pytest.mark.parametrize("accepted", [False, True])
def test_taking_the_import_back_puts_the_quota_back_and_what_was_told_goes_with_it(accepted: bool):
    batch = changed()
    if accepted:
        accept_waiting(viewer("olga"), [one.id for one in waiting(operator())], "Why.", LATER)
    undo(operator(), batch.uid, LATER)
    assert standing() == (2_000_000, None)
    assert asked().factors == ()
    assert ("quota", "20,000 EUR", "15,000 EUR") not in told()


def test_everything_that_changes_a_running_target_is_told_on_its_page():
    olga, tess = viewer("olga"), person("Tess").uid
    Membership.objects.filter(person=person("Tess")).update(role="SDR")
    flat = [Fraction(1)] * 12
    calendaring.set_working_week(olga, range(4), NOW)
    calendaring.set_working_week(olga, range(5), NOW, date(2026, 10, 1), "Fridays again.")
    calendaring.set_holiday(olga, date(2026, 10, 7), "Founders’ day", NOW)
    calendaring.set_days_off(olga, tess, date(2026, 10, 8), date(2026, 10, 9), "leave", NOW)
    targeting.set_season(olga, date(2026, 10, 1), flat, "Flat.", NOW)
    targeting.set_ramp(olga, date(2026, 10, 1), [Fraction(1, 2)], "", "New.", NOW)
    targeting.set_role_share(olga, date(2026, 10, 1), "SDR", Fraction(4, 5), "They share.", NOW)
    targeting.set_role_share(olga, date(2026, 10, 1), "AE", Fraction(4, 5), "Not Tess.", NOW)
    choose_holidays(olga, "Denmark", "", date(2026, 10, 1), "We moved.", NOW, rep=tess)
    choose_holidays(olga, "Germany", "Bayern", date(2026, 10, 1), "Not Tess.", NOW, rep=person("Stan").uid)
    set_part_time(olga, tess, date(2026, 10, 1), Fraction(4, 5), [], True, "By agreement.", NOW)
    targeting.set_override(olga, tess, "won_value", OCTOBER, Fraction(500), "By hand.", NOW)
    bring(off("2026-10-20", "Tess", "sick"), now=LATER)
    assert set(told()) >= {
        ("week", "Monday to Friday", "Monday to Thursday"), ("week", "Monday to Thursday", "Monday to Friday"),
        ("holiday", "a working day", "Founders’ day"), ("time_off", "available", "leave"),
        ("ramp", "no ramp", "50 %"), ("role", "100 %", "80 %"),
        ("calendar", "none of their own", "Denmark"),
        ("part_time", "full time", "80 % of full time; quotas of full time are lowered"),
        ("time_off", "", "20 October 2026"), ("quota", "", "20,000 EUR, 1 October 2026 to 31 October 2026"),
    }  # fmt: skip
    (was,) = [was for kind, was, becomes in told() if (kind, becomes) == ("override", "5 EUR")]
    assert was.endswith(" EUR")
    assert was < "20,000 EUR"
    kinds = [kind for kind, *_ in told()]
    assert [kinds.count(kind) for kind in ("season", "role", "calendar")] == [1, 1, 1]


def test_what_was_changed_before_the_period_began_or_for_other_days_is_not_told():
    olga, before = viewer("olga"), NOW - timedelta(days=30)
    calendaring.set_holiday(olga, date(2026, 10, 7), "Known long ago", before)
    calendaring.set_holiday(olga, date(2026, 11, 4), "Another month", NOW)
    assert not [kind for kind, *_ in told() if kind == "holiday"]


def test_the_first_week_holds_for_all_days_and_a_later_one_leaves_those_before_alone():
    olga = viewer("olga")
    calendaring.set_working_week(olga, range(4), NOW)
    calendaring.set_working_week(olga, range(5), NOW, date(2026, 10, 15), "Fridays again.")
    calendar = asked_of([person("Tess")], OCTOBER).calendars[person("Tess").id]
    assert calendar.working_days(parse_period("2026-09", TODAY)) == 18
    assert calendar.working_days(OCTOBER) == 22 - 2
    assert TargetTable.objects.count() == 2


@pytest.mark.parametrize(
    ("starts", "note"), [(date(2026, 10, 1), ""), (date(2025, 12, 1), "Why."), (None, "")]
)
def test_another_week_needs_a_reason_and_no_closed_year(starts: date | None, note: str):
    calendaring.set_working_week(viewer("olga"), range(5), NOW)
    with pytest.raises(NotAllowed):
        calendaring.set_working_week(viewer("olga"), range(4), NOW, starts, note)


def test_a_target_for_somebody_who_has_left_is_refused_with_the_day():
    Person.objects.unscoped("test").filter(name="Tess").update(ends=date(2026, 10, 20))
    olga, tess = viewer("olga"), person("Tess").uid
    sentence = "Tess left on 20 October 2026: nothing is asked of them in 2026-11"
    with pytest.raises(NotAllowed, match=sentence):
        targeting.set_override(olga, tess, "won_value", NOVEMBER, Fraction(5), "Why.", NOW)
    with pytest.raises(NotAllowed, match=sentence):
        publish_targets(olga, "won_value", NOVEMBER, {tess: Fraction(5)}, "", NOW)
    targeting.set_override(olga, tess, "won_value", OCTOBER, Fraction(5), "Their last month.", NOW)
    assert asked().value == 5


def test_a_move_in_the_middle_of_a_period_changes_the_role_s_share_from_that_day_on():
    Membership.objects.filter(person=person("Tess")).update(role="AE", ends=date(2026, 10, 15))
    first = Membership.objects.get(person=person("Tess"))
    Membership.objects.create(person=person("Tess"), team=first.team, role="SDR", starts=date(2026, 10, 15))
    targeting.set_role_share(viewer("olga"), date(2026, 10, 1), "SDR", Fraction(1, 2), "They share.", NOW)
    assert asked().value == 2_000_000 * (Fraction(10, 22) + Fraction(12, 22) / 2)


def test_who_joins_in_the_middle_is_asked_for_the_rest():
    Person.objects.unscoped("test").filter(name="Tess").update(starts=date(2026, 10, 15))
    assert asked().value == 2_000_000 * Fraction(12, 22)


def test_a_week_that_was_set_before_weeks_had_days_still_holds_for_all_of_them():
    for starts, week in ((date(2026, 10, 5), "456"), (date(2026, 10, 1), "0123")):
        TargetTable.objects.create(kind="week", starts=starts, shares=list(week), by="Olga", at=NOW)
    import_module("upswing.goals.migrations.0007_target_changes").weeks_held_for_all_days(apps, None)
    calendar = asked_of([person("Tess")], OCTOBER).calendars[person("Tess").id]
    assert {calendar.week(day) for day in (date(2020, 1, 1), OCTOBER.start, OCTOBER.last)} == {
        frozenset(range(4))
    }


def test_a_workbook_s_change_is_told_until_it_is_taken_back():
    (rep,) = world.people(["Tess"])
    change = Change(rep.uid, "Tess", "won_value", "2026-10", Decimal(20_000), Decimal(15_000), "Targets!F4")
    batch = accept(viewer("olga"), [change], None, LATER, "Two markets closed.")
    assert (asked().value, asked().factors[0].key) == (1_500_000, "changed")
    assert ("quota", "20,000 EUR", "15,000 EUR") in told()
    undo(operator(), batch, LATER)
    assert (asked().value, asked().factors) == (2_000_000, ())
    assert ("quota", "20,000 EUR", "15,000 EUR") not in told()


def test_two_who_turn_out_to_be_one_keep_where_and_how_much_they_work():
    olga, rami, tess = viewer("olga"), person("Rami"), person("Tess")
    set_part_time(olga, rami.uid, date(2026, 10, 1), Fraction(4, 5), [], True, "By agreement.", NOW)
    merge(operator(), rami.uid, tess.uid, NOW)
    assert asked().value == 1_600_000


def test_a_season_that_changes_a_running_target_is_told_with_the_target():
    bring(quota("Tess", "2026-10", 1_000))
    heavy = [Fraction(12, 11) if month != 10 else Fraction(0) + Fraction(1, 100) for month in range(1, 13)]
    targeting.set_season(operator(), date(2026, 10, 1), heavy, "October is slow.", NOW, scaled=True)

    def told(slug: str, key: str) -> list[dict[str, str]]:
        period = parse_period(slug, TODAY)
        found = asked_of([person("Tess")], period).target(metric(key), person("Tess").pk, period)
        factors = found.factors if isinstance(found, Target) else ()
        return [dict(factor.words) for factor in factors if factor.key == "reshaped"]

    (one,) = told("2026-10", "won_value")
    assert (one["kind"], one["reason"], one["on"]) == ("season", "October is slow.", NOW.date().isoformat())


def test_a_quota_of_somebody_who_has_left_is_kept_and_said_to_ask_nothing():
    bring(quota("Tess", "2026-10", 1_000))
    Person.objects.unscoped("test").filter(pk=person("Tess").pk).update(ends=date(2026, 10, 20))
    done = bring(quota("Tess", "2026-12", 1_000), quota("Stan", "2026-12", 1_000))
    (notice,) = Problem.objects.filter(batch__uid=done.batch, code="quota_after_leaving")
    assert notice.sentence.startswith(
        "Tess left on 20 October 2026: a quota for 2026-12 asks nothing of them."
    )
    assert Batch.objects.get(uid=done.batch).notices == 1
