"""Holidays, time off and the fiscal year: set by command, seen in targets."""

from __future__ import annotations

from datetime import date

import pytest

from tests import world
from upswing.actions.organisation import add_holidays, add_time_off, set_organisation
from upswing.actions.permission import NotAllowed
from upswing.cli.main import main
from upswing.core.money import Money
from upswing.core.period import parse_period
from upswing.goals.targets import TargetChange
from upswing.people.models import Holiday, TimeOff
from upswing.queries.scorecard import scorecard

pytestmark = pytest.mark.django_db(transaction=True)


def target(slug: str = "2026-10") -> object:
    card = scorecard(world.operator(), world.person("Tess").uid, parse_period(slug, world.TODAY), world.TODAY)
    return next(line for line in card.lines if line.metric.key == "won_value").target


def test_time_off_lowers_the_target_and_a_second_time_changes_nothing(capsys: pytest.CaptureFixture[str]):
    world.settle_in()
    for _ in range(2):
        assert main(["organisation", "--time-off", "tess", "2026-10-19..2026-10-22"]) == 0
    assert TimeOff.objects.count() == 4
    assert target() == Money(round(2_000_000 * 18 / 22), "EUR")
    assert "Testers: amounts in EUR, days in UTC" in capsys.readouterr().out


def test_the_months_of_a_quarter_s_quota_add_up_to_it_with_holidays_in_any_of_them():
    world.settle_in(world.quota("Stan", "2026-Q4", 30_000))
    assert main(["organisation", *(f"--holiday=2026-12-{day}" for day in (24, 25, 28, 29, 30, 31))]) == 0
    assert Holiday.objects.count() == 6
    months = [
        scorecard(world.operator(), world.person("Stan").uid, parse_period(slug, world.TODAY), world.TODAY)
        for slug in ("2026-10", "2026-11", "2026-12")
    ]
    targets = [next(line.target for line in card.lines if line.metric.key == "won_value") for card in months]
    assert abs(sum(found.minor for found in targets) - 3_000_000) <= 1


def test_days_that_commands_set_leave_a_trace_once():
    world.settle_in()
    for _ in range(2):
        assert (
            main(["organisation", "--holiday=2026-12-24", "--time-off", "Tess", "2026-10-19..2026-10-22"])
            == 0
        )
    rows = TargetChange.objects.unscoped("test").order_by("starts")
    assert [
        (row.kind, row.starts.isoformat(), row.ends.isoformat(), row.was, row.becomes) for row in rows
    ] == [
        ("time_off", "2026-10-19", "2026-10-23", "available", "off"),
        ("holiday", "2026-12-24", "2026-12-25", "a working day", "a holiday"),
    ]
    assert [row.person and row.person.name for row in rows] == ["Tess", None]


def test_another_fiscal_year_keeps_the_quotas_that_were_set():
    world.settle_in(world.quota("Stan", "2026-Q4", 30_000))
    assert main(["organisation", "--fiscal-start", "2"]) == 0
    card = scorecard(
        world.operator(), world.person("Stan").uid, parse_period("2026-11", world.TODAY), date(2026, 11, 30)
    )
    assert next(line.target for line in card.lines if line.metric.key == "won_value") is not None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--time-zone", "Mars/Base"], "“Mars/Base” is no IANA time zone"),
        (["--fiscal-start", "13"], "month 1 to 12, not 13"),
        (["--time-off", "Tes", "2026-10"], "Did you mean “Tess”?"),
        (["--time-off", "Tess", "2026-Q9"], "No period reads “2026-Q9”"),
    ],
)
def test_what_cannot_be_set_is_refused_in_a_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
):
    world.settle_in()
    assert main(["organisation", *words]) == 1
    assert said in capsys.readouterr().err


def test_only_operators_may_set_it(cast: None):
    mona = world.viewer("mona")
    for attempt in (
        lambda: set_organisation(mona, "x", None, None),
        lambda: add_holidays(mona, [world.TODAY], world.NOW),
        lambda: add_time_off(mona, "Tess", parse_period("2026-10", world.TODAY), world.NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()
