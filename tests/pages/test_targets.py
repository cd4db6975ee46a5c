"""The pages of the targets: why a target is what it is, set one by hand with a reason, shape all of them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from tests import world
from tests.pages.reading import signed_in
from tests.world import person
from upswing.core.metrics import metric
from upswing.core.period import Period, PeriodKind, month_of
from upswing.core.targets import Target
from upswing.goals.models import Quota
from upswing.goals.targets import TargetOverride, TargetTable
from upswing.intake.models import Batch
from upswing.people.models import (
    HolidayCalendar,
    HolidayChoice,
    Membership,
    PartTime,
    Person,
    PublicHoliday,
    TimeOff,
)
from upswing.queries.shaping import asked_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def today() -> date:
    return datetime.now(tz=world.NOW.tzinfo).date()


MONTH = month_of(today())
NEXT = MONTH.next()


def sheet(period: Period = MONTH) -> str:
    return f"/targets/{period.slug}/"


def place(name: str = "Tess", key: str = "won_value", period: Period = MONTH) -> str:
    return f"/targets/{period.slug}/{person(name).uid}/{key}/"


def read(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status, where
    return words(answer)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def asked(name: str = "Tess", period: Period = MONTH, key: str = "won_value") -> Fraction | None:
    found = asked_of([person(name)], period, key).target(metric(key), person(name).id, period)
    return found.value if isinstance(found, Target) else None


@pytest.fixture
def quotas(cast: object) -> None:
    """Everybody is asked for 60,000 this month and the next."""
    world.bring(
        *(world.quota(rep, each.slug, 60_000) for rep in world.CAST for each in (MONTH, NEXT)), source="plan"
    )


def test_the_address_without_a_period_opens_one(quotas: None):
    answer = signed_in("mona").get("/targets/", follow=True)
    assert answer.status_code == 200
    assert "Targets" in words(answer)


@pytest.mark.parametrize(("who", "names"), [
    ("tess", {"Tess"}), ("mona", {"Rami", "Stan", "Tess"}), ("otto", {"Nina"}), ("olga", set(world.CAST)), ("ada", set()),
])  # fmt: skip
def test_everybody_reads_the_targets_they_may_see_and_no_others(who: str, names: set[str], quotas: None):
    html = signed_in(who).get(sheet()).content.decode()
    assert set(re.findall(r'<h3 translate="no">(\w+)', html)) == names


@pytest.mark.parametrize(("who", "there"), [("tess", True), ("mona", True), ("olga", True), ("ada", False)])
def test_whoever_has_or_sets_targets_finds_them_in_the_navigation(who: str, there: bool):
    html = signed_in(who).get("/standards/").content.decode()
    assert ('href="/targets/"' in html) is there
    assert html.count("<li><a href=") <= 12


def test_the_page_of_a_target_lists_its_factors(quotas: None):
    days = [MONTH.start + timedelta(number) for number in range(MONTH.days)]
    off = next(day for day in days if day.weekday() < 5)
    TimeOff.objects.create(person=person("Tess"), day=off)
    text = read(signed_in("tess"), place())
    assert "Quota €60,000" in text
    assert "Time off" in text
    assert "working days at work" in text


def test_a_rep_reads_but_sets_nothing(quotas: None):
    client = signed_in("tess")
    assert "Set the target" not in read(client, place())
    answer = client.post(place(), {"value": "1", "reason": "Less is nicer."})
    assert answer.status_code == 422
    assert "Ask their manager" in words(answer)
    assert asked() == 6_000_000


@pytest.mark.parametrize(
    ("who", "name"), [("otto", "Tess"), ("tess", "Stan"), ("mona", "Nina"), ("ada", "Tess")]
)
def test_whoever_is_not_seen_has_no_page(who: str, name: str, quotas: None):
    client = signed_in(who)
    read(client, place(name), 404)
    assert client.post(place(name), {"value": "1", "reason": "x"}).status_code == 404
    assert not TargetOverride.objects.unscoped("counted").exists()


def test_a_manager_sets_a_target_with_a_reason_and_the_rep_reads_it(quotas: None):
    answer = signed_in("mona").post(place(), {"value": "45,000", "reason": "Two markets\nclosed."})
    assert answer.status_code == 302
    assert asked() == 4_500_000
    tess = signed_in("tess")
    for where in (place(), sheet(), f"/reps/{person('Tess').uid}/metrics/won_value/{MONTH.slug}/"):
        text = read(tess, where)
        assert "Set by Mona" in text, where
        assert "Two markets closed." in text, where
        assert "€45,000" in text, where
    assert "Set by Mona" in read(tess, f"/reps/{person('Tess').uid}/scorecard/{MONTH.slug}/")
    assert [
        quota.value
        for quota in Quota.objects.unscoped("kept").filter(person=person("Tess"), starts=MONTH.start)
    ] == [6_000_000]


@pytest.mark.parametrize("reason", ["", "   ", "\0", "x" * 501])
def test_a_silent_change_is_refused_and_the_form_keeps_what_was_typed(reason: str, quotas: None):
    answer = signed_in("mona").post(place(), {"value": "45000", "reason": reason})
    assert answer.status_code == 422
    assert 'value="45000"' in answer.content.decode()
    assert asked() == 6_000_000


@pytest.mark.parametrize("value", ["", "many", "0", "-5", "1e9", "NaN", "9" * 30, "1.234", "٣"])
def test_what_is_no_amount_is_said_in_a_sentence(value: str, quotas: None):
    answer = signed_in("mona").post(place(), {"value": value, "reason": "It is so."})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert asked() == 6_000_000


def test_setting_again_and_taking_back_are_both_in_the_history(quotas: None):
    mona, tess = signed_in("mona"), None
    mona.post(place(), {"value": "45000", "reason": "First."})
    mona.post(place(), {"value": "50000", "reason": "Second."})
    assert asked() == 5_000_000
    standing = TargetOverride.objects.unscoped("one").get(withdrawn=None)
    back = f"{place()}{standing.uid}/withdrawal/"
    assert mona.post(back, {"reason": ""}).status_code == 422
    assert mona.post(back, {"reason": "All is as it was."}).status_code == 302
    assert asked() == 6_000_000
    answer = mona.post(back, {"reason": "Again."})
    assert answer.status_code == 422
    assert "took this back already" in words(answer)
    tess = signed_in("tess")
    text = read(tess, place())
    assert text.index("Second.") < text.index("First.")
    assert "All is as it was." in text
    assert tess.post(back, {"reason": "Mine."}).status_code == 422


def test_an_override_holds_for_exactly_its_period(quotas: None):
    signed_in("mona").post(place(), {"value": "45000", "reason": "Now."})
    both = Period(PeriodKind.CUSTOM, MONTH.start, NEXT.end)
    assert asked(period=both) == 12_000_000
    assert asked(period=NEXT) == 6_000_000


def test_a_manager_who_sells_does_not_set_their_own(quotas: None):
    mona = person("Mona")
    Person.objects.unscoped("test").filter(pk=mona.pk).update(sells=True)
    answer = signed_in("mona").post(place("Mona"), {"value": "1", "reason": "Mine."})
    assert answer.status_code == 422
    assert "Ask their manager" in words(answer)


def test_closed_periods_stay_as_they_are(quotas: None):
    before = MONTH.previous()
    answer = signed_in("olga").post(place(period=before), {"value": "1", "reason": "Late."})
    assert answer.status_code == 422
    assert "closed period" in words(answer)


def test_who_has_left_has_no_target(quotas: None):
    Person.objects.unscoped("test").filter(pk=person("Tess").pk).update(ends=MONTH.start - timedelta(3))
    assert "has left on" in read(signed_in("mona"), sheet())
    assert "has left on" in read(signed_in("mona"), place())


def weights(**more: str) -> dict[str, str]:
    year = date(today().year, 1, 1).isoformat()
    return (
        {"starts": year, "note": "Summer is slow.", "do": "save"}
        | {f"month-{n}": "1" for n in range(1, 13)}
        | more
    )


def test_weights_that_change_the_year_come_back_with_an_offer_to_scale_them():
    olga = signed_in("olga")
    sent = weights(**{"month-7": "0.5"})
    answer = olga.post("/targets/season/", sent)
    assert answer.status_code == 422
    assert "Scale them so that they keep the year" in words(answer)
    assert 'value="0.5"' in answer.content.decode()
    assert not TargetTable.objects.exists()
    assert olga.post("/targets/season/", sent | {"do": "scale"}).status_code == 302
    months = [Fraction(share) for share in TargetTable.objects.get().shares]
    assert months[6] * 2 == months[0]
    assert "Summer is slow." in read(signed_in("tess"), "/targets/season/")


def test_a_season_moves_the_months_of_a_year_s_quota_and_keeps_the_year():
    year = Period(PeriodKind.YEAR, date(today().year, 1, 1), date(today().year + 1, 1, 1))
    Quota.objects.unscoped("only the year's").all().delete()
    world.bring(world.quota("Tess", year.slug, 261_000), source="plan")
    plain = asked()
    signed_in("olga").post(
        "/targets/season/", weights(**{f"month-{MONTH.start.month}": "0.5", "do": "scale"})
    )
    season = asked()
    assert plain
    assert season
    assert season < plain
    assert asked(period=year) == 26_100_000
    months = [month_of(date(year.start.year, n, 1)) for n in range(1, 13)]
    assert sum(asked(period=month) or 0 for month in months) == 26_100_000
    assert "Season" in read(signed_in("tess"), place())


@pytest.mark.parametrize("more", [{"month-3": "x"}, {"month-3": "0"}, {"month-3": ""}, {"starts": "soon"}, {"note": ""},
                                  {"starts": "2001-01-01"}])  # fmt: skip
def test_what_is_wrong_with_a_season_is_said(more: dict[str, str]):
    answer = signed_in("olga").post("/targets/season/", weights(**more))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not TargetTable.objects.exists()


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
@pytest.mark.parametrize(("where", "sent"), [
    ("/targets/season/", weights()),
    ("/targets/ramp/", {"starts": "2099-01-01", "shares": "50", "note": "x"}),
    ("/targets/ramp/roles/", {"starts": "2099-01-01", "share": "50", "role": "SDR", "note": "x"}),
])  # fmt: skip
def test_only_operators_shape_targets(who: str, where: str, sent: dict[str, str]):
    assert signed_in(who).post(where, sent).status_code == 422
    assert not TargetTable.objects.exists()


def test_too_little_history_is_said():
    assert "Too little history" in read(signed_in("olga"), "/targets/season/")


def test_in_the_third_month_of_a_ramp_half_is_asked(quotas: None):
    starts = MONTH.previous().previous().start
    Person.objects.unscoped("test").filter(pk=person("Tess").pk).update(starts=starts)
    sent = {
        "starts": today().replace(month=1, day=1).isoformat(),
        "shares": "17 33 50 67 83 100",
        "note": "New here.",
    }
    assert signed_in("olga").post("/targets/ramp/", sent).status_code == 302
    assert asked() == 3_000_000
    assert "Month 3 of 6: half of the full target" in read(signed_in("tess"), place())
    assert "month 3 of 6" in read(signed_in("tess"), f"/reps/{person('Tess').uid}/scorecard/{MONTH.slug}/")
    assert asked("Stan") == 6_000_000


def test_a_role_s_share_is_shown_with_its_note(quotas: None):
    Membership.objects.filter(person=person("Tess")).update(role="SDR")
    sent = {"starts": MONTH.start.isoformat(), "role": "SDR", "share": "80", "note": "SDRs share the deal."}
    assert signed_in("olga").post("/targets/ramp/roles/", sent).status_code == 302
    assert asked() == 4_800_000
    assert "SDRs share the deal." in read(signed_in("tess"), place())


def proposals(period: Period = NEXT) -> str:
    return f"/targets/{period.slug}/proposals/"


def test_proposals_are_published_as_one_batch_that_can_be_taken_back():
    olga = signed_in("olga")
    field = f"target-{person('Tess').uid}"
    answer = olga.post(proposals(), {"metric": "won_value", field: "30,000"})
    assert "1 published" in words(answer)
    assert asked(period=NEXT) == 3_000_000
    assert "It is one batch" in words(answer)
    again = olga.post(proposals(), {"metric": "won_value", field: "30,000"})
    assert "stand already" in words(again)
    olga.post(proposals(), {"metric": "won_value", field: "35,000"})
    assert asked(period=NEXT) == 3_500_000
    assert Quota.objects.unscoped("one").filter(person=person("Tess"), starts=NEXT.start).count() == 1


def test_a_running_target_is_not_published_over_without_a_reason(quotas: None):
    olga, field = signed_in("olga"), f"target-{person('Tess').uid}"
    answer = olga.post(proposals(MONTH), {"metric": "won_value", field: "30000"})
    assert answer.status_code == 422
    assert "Say why it changes" in words(answer)
    assert asked() == 6_000_000
    answer = olga.post(
        proposals(MONTH), {"metric": "won_value", field: "30000", "reason": "Half the market."}
    )
    assert "1 changed with your reason" in words(answer)
    assert asked() == 3_000_000
    assert "Half the market." in read(signed_in("tess"), place())


def test_an_empty_field_leaves_somebody_out_and_a_refusal_names_whose_field_it_is():
    olga = signed_in("olga")
    tess, stan = (f"target-{person(name).uid}" for name in ("Tess", "Stan"))
    answer = olga.post(proposals(), {"metric": "won_value", tess: "30,000", stan: " "})
    assert "1 published" in words(answer)
    answer = olga.post(proposals(), {"metric": "won_value", tess: "lots", stan: ""})
    assert answer.status_code == 422
    assert "Tess: “lots” is no number" in words(answer)


def test_managers_read_proposals_and_reps_do_not():
    assert "Publish these" not in read(signed_in("mona"), proposals())
    read(signed_in("tess"), proposals(), 404)
    assert signed_in("mona").post(proposals(), {"metric": "won_value"}).status_code == 422


@pytest.mark.parametrize("key", ["target-x", "target-00000000-0000-0000-0000-000000000000"])
def test_a_form_made_up_publishes_nothing(key: str):
    assert signed_in("olga").post(proposals(), {"metric": "won_value", key: "5"}).status_code in (404, 422)
    assert not Quota.objects.unscoped("none").filter(starts=NEXT.start).exists()


def test_the_sheet_asks_as_many_questions_for_many_people(django_assert_max_num_queries: Any, quotas: None):
    client = signed_in("olga")
    client.get(sheet())
    with django_assert_max_num_queries(25):
        client.get(sheet())


CALENDAR = "/targets/calendar/"


def test_the_working_week_changes_the_working_days_of_everybody():
    olga = signed_in("olga")
    before = asked_of([person("Tess")], MONTH).calendars[person("Tess").id].working_days(MONTH)
    assert olga.post(f"{CALENDAR}week/", {"weekday": ["6", "0", "1", "2", "3", "4", "5"]}).status_code == 302
    after = asked_of([person("Tess")], MONTH).calendars[person("Tess").id].working_days(MONTH)
    assert (before < 24, after) == (True, MONTH.days)
    answer = olga.post(f"{CALENDAR}week/", {"weekday": ["9"]})
    assert answer.status_code == 422
    assert "Choose at least one weekday" in words(answer)


def test_holidays_come_and_go_and_show_their_name():
    olga = signed_in("olga")
    day = next(MONTH.start + timedelta(n) for n in range(7) if (MONTH.start + timedelta(n)).weekday() == 2)
    olga.post(f"{CALENDAR}holidays/", {"day": day.isoformat(), "name": "Founders’ day"})
    assert "Founders’ day" in read(signed_in("tess"), CALENDAR)
    olga.post(f"{CALENDAR}holidays/", {"day": day.isoformat(), "do": "remove"})
    assert "Founders’ day" not in read(olga, CALENDAR)


def test_days_off_are_seen_by_those_who_may(quotas: None):
    olga, rep = signed_in("olga"), str(person("Tess").uid)
    sent = {"rep": rep, "first": MONTH.start.isoformat(), "last": (MONTH.start + timedelta(9)).isoformat()}
    assert olga.post(f"{CALENDAR}off/", sent).status_code == 302
    assert (asked() or 0) < 6_000_000
    assert "Tess , 10 days" in read(signed_in("mona"), CALENDAR)
    assert "Tess" not in read(signed_in("otto"), CALENDAR)
    olga.post(f"{CALENDAR}off/", sent | {"do": "remove"})
    assert asked() == 6_000_000


@pytest.mark.parametrize("sent", [
    {"rep": "", "first": "2026-11-02"}, {"rep": "?", "first": "x"}, {"rep": "tess", "first": "2026-11-05", "last": "2026-11-02"},
    {"rep": "tess", "first": "2026-11-05", "last": "2036-11-02"},
])  # fmt: skip
def test_what_is_wrong_with_days_off_is_said(sent: dict[str, str]):
    rep = str(person("Tess").uid) if sent["rep"] == "tess" else sent["rep"]
    answer = signed_in("olga").post(f"{CALENDAR}off/", sent | {"rep": rep})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not TimeOff.objects.exists()


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_only_operators_set_the_calendar(who: str):
    client = signed_in(who)
    assert client.post(f"{CALENDAR}week/", {"weekday": ["6"]}).status_code == 422
    assert client.post(f"{CALENDAR}holidays/", {"day": "2026-11-04"}).status_code == 422
    assert not TargetTable.objects.exists()


@pytest.mark.parametrize("year", ["x", "0", "99999999999", "²"])
def test_a_senseless_year_shows_this_one(year: str):
    assert f"Calendar {today().year}" in read(signed_in("olga"), f"{CALENDAR}?year={year}")


def test_two_years_of_own_months_propose_a_season_that_can_be_set_as_it_is():
    first = date(today().year - 2, today().month, 1)
    days = [first + timedelta(weeks=week) for week in range(105)]
    slow = [day for number, day in enumerate(days) if day.month != 7 or number % 4 == 0]
    world.bring(
        *(world.deal(f"D{day}-{n}", "Tess", str(day), str(day), "won", 100) for day in slow for n in range(3))
    )
    olga = signed_in("olga")
    text = read(olga, "/targets/season/")
    assert "Your own 24 months of deals won show a season" in text
    html = olga.get("/targets/season/?from=own").content.decode()
    fields = dict(re.findall(r'name="(month-\d+)"[^>]*value="([\d.]+)"', html))
    assert float(fields["month-7"]) < min(
        float(weight) for name, weight in fields.items() if name != "month-7"
    )
    sent = weights(**fields, learned="yes")
    assert olga.post("/targets/season/", sent).status_code == 302
    assert TargetTable.objects.get().learned
    assert "Learned from own data" in read(signed_in("tess"), "/targets/season/")


PLACES, WAITING = "/targets/workplaces/", "/targets/waiting/"


def chosen(**more: str) -> dict[str, str]:
    return {"who": "everybody", "country": "Denmark", "region": "", "starts": "", "note": ""} | more


def test_the_country_of_everybody_brings_its_public_holidays():
    olga = signed_in("olga")
    assert olga.post(f"{PLACES}holidays/", chosen()).status_code == 302
    text = read(signed_in("tess"), PLACES)
    assert "Everybody: Denmark, for all days" in text
    assert "Christmas Day" in text
    days = asked_of([person("Tess")], MONTH).calendars[person("Tess").id]
    assert days.length(date(today().year, 12, 25)) == 0 or MONTH.start.month != 12


def test_a_later_year_s_holidays_are_missing_until_somebody_adds_them():
    olga, after = signed_in("olga"), today().year + 2
    olga.post(f"{PLACES}holidays/", chosen())
    where = f"{PLACES}?year={after}"
    assert f"{after} has no holidays yet for Denmark." in read(olga, where)
    assert "Add them" not in read(signed_in("tess"), where)
    calendar = HolidayCalendar.objects.get()
    sent = {"year": str(after), "calendar": str(calendar.pk), "do": "year"}
    assert olga.post(f"{PLACES}days/", sent).status_code == 302
    count = PublicHoliday.objects.filter(day__year=after, source__startswith="holidays ").count()
    assert count >= 9
    olga.post(f"{PLACES}days/", sent)
    assert PublicHoliday.objects.filter(day__year=after).count() == count
    assert "has no holidays yet" not in read(olga, where)


def test_a_day_of_our_own_comes_and_a_public_one_goes():
    olga = signed_in("olga")
    olga.post(f"{PLACES}holidays/", chosen())
    sent = {
        "calendar": str(HolidayCalendar.objects.get().pk),
        "day": f"{today().year}-12-24",
        "name": "Christmas Eve",
    }
    assert olga.post(f"{PLACES}days/", sent | {"do": "add"}).status_code == 302
    assert "Christmas Eve" in read(olga, PLACES)
    olga.post(f"{PLACES}days/", sent | {"do": "remove", "day": f"{today().year}-12-25"})
    assert "Christmas Day" not in read(olga, PLACES).replace("Second Day of Christmas", "")


@pytest.mark.parametrize("more", [
    {"country": "Denmrk"}, {"region": "Jylland"}, {"who": "rep:x"}, {"who": "team:"}, {"starts": "soon"},
    {"starts": "2001-01-01"}, {"starts": "2026-01-01", "note": ""},
])  # fmt: skip
def test_what_is_wrong_with_a_place_is_said_and_the_form_keeps_it(more: dict[str, str]):
    answer = signed_in("olga").post(f"{PLACES}holidays/", chosen(**more))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert f'value="{chosen(**more)["country"]}"' in answer.content.decode()
    assert not HolidayChoice.objects.exists()


def test_whoever_is_not_there_has_no_place():
    olga, nobody = signed_in("olga"), "00000000-0000-0000-0000-000000000000"
    for who in (f"rep:{nobody}", f"team:{nobody}"):
        assert olga.post(f"{PLACES}holidays/", chosen(who=who)).status_code == 404
    assert olga.post(f"{PLACES}days/", {"calendar": "77", "day": "2026-12-24"}).status_code == 404


def part_time(**more: Any) -> dict[str, Any]:
    starts = MONTH.start.isoformat()
    return {
        "rep": str(person("Tess").uid),
        "starts": starts,
        "share": "80",
        "quotas": "full",
        "note": "By agreement.",
    } | more


def test_part_time_lowers_quotas_of_full_time_alone_and_the_rep_reads_it(quotas: None):
    olga = signed_in("olga")
    assert olga.post(f"{PLACES}part-time/", part_time(quotas="own")).status_code == 302
    assert asked() == 6_000_000
    assert olga.post(f"{PLACES}part-time/", part_time()).status_code == 302
    assert asked() == 4_800_000
    tess = signed_in("tess")
    text = read(tess, place())
    assert "Part-time 80 % of full time" in text
    assert "full time → 80 % of full time" in text
    assert "By agreement." in text
    assert "80 % of full time" in read(tess, f"/reps/{person('Tess').uid}/scorecard/{MONTH.slug}/")
    assert "Tess: 80 % of full time" in read(tess, PLACES)
    assert "Tess: 80" not in read(signed_in("otto"), PLACES)


def test_own_weekdays_change_the_days_a_quota_is_spread_over(quotas: None):
    sent = part_time(share="", weekday=["0", "1", "2", "3"], quotas="own")
    assert signed_in("olga").post(f"{PLACES}part-time/", sent).status_code == 302
    calendar = asked_of([person("Tess")], MONTH).calendars[person("Tess").id]
    assert calendar.week(MONTH.start) == {0, 1, 2, 3}
    assert asked() == 6_000_000
    assert "Monday to Thursday, 80 % of full time" in read(signed_in("olga"), PLACES)


@pytest.mark.parametrize("more", [
    {"rep": ""}, {"starts": ""}, {"share": "0"}, {"share": "120"}, {"share": "much"}, {"note": ""}, {"starts": "2001-01-01"},
])  # fmt: skip
def test_what_is_wrong_with_part_time_is_said(more: dict[str, str]):
    answer = signed_in("olga").post(f"{PLACES}part-time/", part_time(**more))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not PartTime.objects.exists()


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_only_operators_say_where_and_how_much_people_work(who: str):
    client = signed_in(who)
    assert client.post(f"{PLACES}holidays/", chosen()).status_code == 422
    assert client.post(f"{PLACES}part-time/", part_time()).status_code in (404, 422)
    assert client.post(f"{PLACES}days/", {"calendar": "1", "day": "2026-12-24"}).status_code == 422
    assert client.get(WAITING).status_code == 404
    assert not HolidayChoice.objects.exists()


def test_a_running_quota_that_a_file_changes_waits_and_is_accepted_with_a_reason(quotas: None):
    world.bring(world.quota("Tess", MONTH.slug, 45_000), source="plan", now=datetime.now(tz=world.NOW.tzinfo))
    olga = signed_in("olga")
    assert asked() == 6_000_000
    assert "1 quota of a period that has begun differs from its file; it was not changed." in read(
        olga, sheet()
    )
    assert "differs from its file" not in read(signed_in("mona"), sheet())
    batch = read(olga, f"/data/batches/{Batch.objects.latest('pk').uid}/")
    assert "Quotas of periods that have begun" in batch
    assert WAITING in olga.get(f"/data/batches/{Batch.objects.latest('pk').uid}/").content.decode()
    assert "€60,000 → €45,000" in read(olga, WAITING)
    row = Quota.objects.unscoped("test").get(waiting__isnull=False)
    answer = olga.post(WAITING, {"quota": str(row.pk), "reason": ""})
    assert answer.status_code == 422
    assert "Say why in a sentence" in words(answer)
    assert olga.post(WAITING, {"quota": str(row.pk), "reason": "Two markets closed."}).status_code == 302
    assert asked() == 4_500_000
    tess = signed_in("tess")
    for where in (place(), f"/reps/{person('Tess').uid}/scorecard/{MONTH.slug}/"):
        text = read(tess, where)
        assert "60,000 EUR → 45,000 EUR" in text, where
        assert "Two markets closed." in text, where
    assert "No quota waits" in read(olga, WAITING)


def test_what_changed_a_target_since_its_period_began_is_listed_with_who_and_why(quotas: None):
    signed_in("mona").post(place(), {"value": "45000", "reason": "Two markets closed."})
    text = read(signed_in("tess"), place())
    assert "What changed this target since the period began" in text
    assert "Set by hand 60,000 EUR → 45,000 EUR Mona" in text


def test_a_target_of_somebody_who_has_left_is_refused_with_the_day(quotas: None):
    Person.objects.unscoped("test").filter(pk=person("Tess").pk).update(ends=MONTH.start - timedelta(3))
    answer = signed_in("olga").post(place(), {"value": "5", "reason": "Late."})
    assert answer.status_code == 422
    assert "Tess left on" in words(answer)
