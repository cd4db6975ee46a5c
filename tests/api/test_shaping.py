"""What shapes targets, figures from outside, and rankings, as programs read them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests import world
from tests.actions.test_industry import enter
from tests.actions.told import off
from tests.api.calling import Program, token, told
from tests.queries import test_ranking as ranked
from tests.world import NOW, bring, operator, person, quota
from upswing.actions.calendaring import set_holiday
from upswing.actions.workplaces import choose_holidays, set_part_time
from upswing.people.tokens import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def test_quotas_that_wait_are_told_to_those_who_accept_them():
    bring(quota("Tess", "2026-10", 90_000))
    (one,) = told("olga", "targets/waiting")["waiting"]
    assert (one["rep"], one["metric"], one["period"]) == ("Tess", "won_value", "2026-10-01..2026-10-31")
    assert (one["stands"]["amount"], one["says"]["amount"]) == ("20000.00", "90000.00")
    assert told("mona", "targets/waiting") == {"waiting": []}


def test_the_calendar_tells_everybody_the_holidays_and_each_whom_they_see_off():
    set_holiday(operator(), date(2026, 10, 7), "Founders’ day", NOW)
    bring(off("2026-10-20", "Tess", "leave"), off("2026-10-21", "Tess", "leave"))
    found = told("tess", "calendar", period="2026-10")
    assert found["holidays"] == [{"day": "2026-10-07", "name": "Founders’ day", "own": True}]
    assert (found["weekdays"], found["working_days"], found["weeks"]) == ([0, 1, 2, 3, 4], 21, [])
    (away,) = found["off"]
    assert (away["rep"], away["first"], away["last"], away["kind"]) == (
        "Tess",
        "2026-10-20",
        "2026-10-21",
        "leave",
    )
    assert told("otto", "calendar", period="2026-10")["off"] == []


def test_workplaces_tell_public_holidays_and_part_time():
    choose_holidays(operator(), "Denmark", "", date(2026, 1, 1), "We are there.", NOW)
    set_part_time(
        operator(), person("Tess").uid, date(2026, 10, 1), Fraction(4, 5), [], True, "By agreement.", NOW
    )
    found = told("tess", "calendar/workplaces", period="2026")
    (place,) = found["calendars"]
    assert place["name"] == "Denmark"
    assert ("2026-12-25", False) in [(day["day"], day["own"]) for day in place["days"]]
    assert [one["calendar"] for one in found["chosen"]] == ["Denmark"]
    assert [(one["rep"], one["lowers"]) for one in found["working"]] == [("Tess", True)]
    assert told("otto", "calendar/workplaces", period="2026")["working"] == []


def test_figures_of_an_industry_are_told_with_where_they_are_from():
    enter(value="20 %", published="2024-03-01")
    enter(value="23 %", published="2026-03-01")
    found = told("tess", "industry")["figures"]
    assert [(one["value"], one["holds"], one["n"]) for one in found] == [(0.23, True, 412), (0.2, False, 412)]
    assert found[0]["source"] == "A survey of sellers"


def test_a_ranking_tells_whoever_is_of_the_team_and_nobody_else():
    ranked.settle(ranked.equals())
    ranked.on()
    team = ranked.north()
    found = told("olga", f"rankings/{team}/deals_created", period="2026-10", at=world.TODAY)
    assert (found["name"], found["decided"]["basis"], found["told"]["ahead"]) == ("North", "effort", [])
    assert found["told"]["placed"] == len(ranked.NAMES)
    assert [one["metric"] for one in told("olga", f"rankings/{team}")["on"]] == ["deals_created"]
    assert told("olga", "rankings") == {"rankings": []}
    outsider = Program(token("otto", [Scope.READ]))
    assert outsider.get(f"rankings/{team}").status_code == 404
    assert outsider.get(f"rankings/{team}/deals_created").status_code == 404


def test_week_tables_are_told_by_their_days():
    assert told("tess", "targets/tables/week") == {"tables": []}
