"""Targets of the organisation's own metrics: set by hand, by file and by workbook, as those of the catalogue are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.actions.test_formulas import OURS, published
from tests.connectors.guess.test_guess import guessed, mapping
from tests.exports.books import TARGET, edited
from tests.world import NOW, TODAY, bring, operator, person, quota
from upswing.actions import targeting
from upswing.actions.import_batch import About, import_batch
from upswing.actions.permission import NotAllowed
from upswing.actions.publishing import publish_targets
from upswing.actions.targets import accept, propose_changes
from upswing.actions.trial import try_out
from upswing.actions.waiting import accept_waiting
from upswing.connectors.files.rows import rows
from upswing.core.metrics import UnknownMetric
from upswing.core.metrics.metric import Unit
from upswing.core.period import parse_period
from upswing.core.targets import Target
from upswing.exports.book import workbook
from upswing.goals.models import Quota
from upswing.queries.exported import exported_team
from upswing.queries.formulas import named
from upswing.queries.proposing import suggestions
from upswing.queries.shaping import asked_of
from upswing.queries.targeting import one_target, sheet, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

OCTOBER, NOVEMBER, QUARTER = (parse_period(slug, TODAY) for slug in ("2026-10", "2026-11", "2026-Q4"))


@pytest.fixture
def reach() -> str:
    return published(replace(OURS, label="Reach", text="calls + visits"))


def asked(key: str, period: object = NOVEMBER) -> Fraction | None:
    found = asked_of([person("Tess")], period, key).target(named(key, TODAY), person("Tess").id, period)  # type: ignore[arg-type]
    return found.value if isinstance(found, Target) else None


def test_a_target_set_by_hand_stands_and_is_told(reach: str):
    targeting.set_override(
        operator(), person("Tess").uid, reach, NOVEMBER, Fraction(40), "A new market.", NOW
    )
    assert asked(reach) == 40
    found = one_target(operator(), person("Tess").uid, reach, NOVEMBER, TODAY)
    assert (found.aimed.metric.label, found.changes[0].value) == ("Reach", 40)
    targeting.withdraw_override(operator(), found.changes[0].id, "The market closed.", NOW)
    assert asked(reach) is None


def test_a_target_that_a_file_brings_stands_and_shows_in_the_sheet(reach: str):
    told = {"rep": "Tess", "period": "2026-11", "metric": reach, "value": "40"}
    about = About("sheet", "Sheet", "EUR", "Testers", None, "test")
    done = import_batch(operator(), rows("sheet", {"quotas": [told]}, {}, TODAY), about, NOW)
    assert (done.created, done.problems) == (1, ())
    assert asked(reach) == 40
    assert reach in {each.key for each in sheet(operator(), NOVEMBER, TODAY).metrics}


def test_a_metric_that_nobody_published_is_refused_with_a_near_one(reach: str):
    told = {"rep": "Tess", "period": "2026-11", "metric": "our_reech", "value": "40"}
    about = About("sheet", "Sheet", "EUR", "Testers", None, "test")
    done = import_batch(operator(), rows("sheet", {"quotas": [told]}, {}, TODAY), about, NOW)
    (problem,) = done.problems
    assert problem.sentence == "Row 1: no metric is called “our_reech”. Did you mean “our_reach”?"
    with pytest.raises(UnknownMetric, match="Did you mean “our_reach”"):
        one_target(operator(), person("Tess").uid, "our_reech", NOVEMBER, TODAY)


def test_a_file_of_quotas_with_metrics_of_our_own_is_recognised(tmp_path: Path):
    text = "Sales rep,Quarter,Metric,Quota\nTess Lund,2026-Q4,our_reach,90\nStan Weber,2026-Q4,calls,80\n"
    assert mapping(guessed(tmp_path, {"quotas.csv": text}))["quotas"]["columns"]["metric"] == "Metric"


def test_a_target_edited_in_the_workbook_changes(reach: str):
    bring(quota("Tess", "2026-11", 40, reach))
    taken = workbook(exported_team(operator(), NOVEMBER, TODAY), NOW)

    def edit(lines: list[list[object]]) -> None:
        next(line for line in lines if line[1:3] == ["Tess", reach])[TARGET] = 55

    proposal = propose_changes(operator(), "team.xlsx", edited(taken, edit))
    (change,) = proposal.changes
    assert (change.metric, change.was, change.becomes) == (reach, 40, 55)
    accept(operator(), proposal.changes, None, NOW)
    assert asked(reach) == 55


def test_a_quota_of_a_sum_is_spread_over_the_working_days_of_its_quarter(reach: str):
    bring(quota("Tess", "2026-Q4", 90, reach), quota("Tess", "2026-Q4", 90, "calls"))
    assert asked(reach, QUARTER) == 90
    assert asked(reach, OCTOBER) == asked("calls", OCTOBER)
    assert 0 < (asked(reach, OCTOBER) or 0) < 90


def test_a_sum_with_a_stock_in_it_is_not_spread():
    key = published(replace(OURS, label="In hand", text="won_value + open_value"))
    bring(quota("Tess", "2026-Q4", 9_000, key))
    assert asked(key, OCTOBER) == asked(key, QUARTER) == 9_000


def test_a_share_of_money_may_be_asked_for_above_all_of_it_and_a_rate_may_not():
    key = published(replace(OURS, label="Billed", text="booked_revenue / won_value", percent=True))
    assert named(key, TODAY).unit is Unit.SHARE
    targeting.set_override(
        operator(), person("Tess").uid, key, NOVEMBER, Fraction(6, 5), "Old ones too.", NOW
    )
    assert asked(key) == Fraction(6, 5)
    with pytest.raises(NotAllowed, match="up to 100 %"):
        targeting.set_override(operator(), person("Tess").uid, "win_rate", NOVEMBER, Fraction(6, 5), "x", NOW)
    bring(quota("Stan", "2026-11", 1, key))
    taken = workbook(exported_team(operator(), NOVEMBER, TODAY), NOW)

    def edit(lines: list[list[object]]) -> None:
        next(line for line in lines if line[1:3] == ["Stan", key])[TARGET] = 1.25

    proposal = propose_changes(operator(), "team.xlsx", edited(taken, edit))
    assert proposal.problems == ()
    assert [change.becomes for change in proposal.changes] == [Decimal("1.25")]


def test_a_proposal_for_an_own_metric_is_published(reach: str):
    assert {each.rep for each in suggestions(operator(), reach, NOVEMBER, TODAY)} >= {"Tess", "Stan"}
    done = publish_targets(operator(), reach, NOVEMBER, {person("Tess").uid: Fraction(30)}, "", NOW)
    assert (done.quotas, asked(reach)) == (1, 30)
    assert (
        publish_targets(operator(), reach, NOVEMBER, {person("Tess").uid: Fraction(30)}, "", NOW).quotas == 0
    )


def test_a_running_quota_of_an_own_metric_waits_and_is_accepted(reach: str):
    bring(quota("Tess", "2026-10", 40, reach))
    bring(quota("Tess", "2026-10", 50, reach), now=NOW + timedelta(hours=1))
    (one,) = waiting(operator())
    assert (one.metric.label, one.stands, one.says, asked(reach, OCTOBER)) == ("Reach", 40, 50, 40)
    accept_waiting(operator(), [one.id], "As agreed in May.", NOW)
    assert asked(reach, OCTOBER) == 50


def test_a_trial_run_says_which_quotas_will_wait_and_changes_nothing(reach: str):
    bring(quota("Tess", "2026-10", 40, reach), quota("Tess", "2026-11", 40, reach), source="sheet")
    told = [
        {"rep": "Tess", "period": slug, "metric": reach, "value": "50"} for slug in ("2026-10", "2026-11")
    ]
    about = About("sheet", "Sheet", "EUR", "Testers", None, "test")
    found = try_out(operator(), rows("sheet", {"quotas": told}, {}, TODAY), about, NOW)
    assert found.kinds["quotas"] == (0, 2, 0)
    assert [(one.code, one.origin.row, one.value) for one in found.problems] == [("quota_waits", 1, "50")]
    assert found.problems[0].sentence == (
        "Tess’s reach for 2026-10 stays at 40: the period has begun. The file says 50; accept it with a reason "
        "under Targets."
    )
    quotas = Quota.objects.unscoped("test").filter(metric=reach)
    assert set(quotas.values_list("value", "waiting")) == {(40, None)}
