"""The overview: figures that equal the metrics, new business by month, reasons and sources of the very deals counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.actions.told import invoice, lead
from tests.world import bring, deal, person, quota, viewer
from upswing.actions.losing import lose
from upswing.core.measures import BOOKED_REVENUE, CALLS
from upswing.core.period import Period, parse_period
from upswing.core.records import DealRecord, InvoiceRecord, StageMove
from upswing.people.viewer import NotVisible
from upswing.queries import outlooks
from upswing.queries.deal import deal as deal_shown
from upswing.queries.open_deals import Item
from upswing.queries.overview import Overview, overview
from upswing.queries.pipeline import Asked, pipeline
from upswing.queries.reasons import Reason, reasons
from upswing.queries.sources import FEWEST, sources

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
AT = world.TODAY


def october() -> Period:
    return parse_period("2026-10", AT, 1)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept from other tests."""
    cache.clear()
    monkeypatch.setattr(outlooks, "_OUTLOOKS", {})


def seen(who: str = "mona", **of: object) -> Overview:
    return overview(viewer(who), october(), AT, **of)  # type: ignore[arg-type]


def decided(key: str, outcome: str, euros: int, reason: str, rep: str = "Tess", **more: object) -> DealRecord:
    return replace(deal(key, rep, "2026-09-01", "2026-10-06", outcome, euros, **more), reason=reason)


def bill(
    key: str, day: str, euros: int, account: str, rep: str = "Tess", kind: str = "invoice"
) -> InvoiceRecord:
    return replace(invoice(key, day, euros, kind=kind), account=account, rep=rep)


def worded(found: tuple[Reason, ...]) -> list[tuple[str, int, int]]:
    """Reason, deals, euros."""
    return [(each.words, len(each.deals), each.value // 100) for each in found]


def test_the_five_figures_are_those_of_the_circle_and_of_as_many_days_of_the_month_before():
    found = seen()
    assert (found.like, found.before.slug) == (date(2026, 9, 15), "2026-09")
    assert (found.now.revenue, found.then.revenue) == (20_000_00, 4_000_00)
    assert (found.now.open, found.now.open_deals) == (40_000_00, 3)
    assert (found.now.asked, found.now.attainment) == (20_000_00, 1)
    assert found.now.leakage == Fraction(5, 25)
    assert found.then.leakage == 0
    assert (found.over, found.former) == (False, 4_000_00)
    assert found.forecast.won == 20_000_00


def test_a_month_that_is_over_stands_beside_the_whole_month_before():
    september = parse_period("2026-09", AT, 1)
    found = overview(viewer("mona"), september, AT)
    assert found.like == date(2026, 8, 31)
    assert (found.over, found.now.revenue) == (True, 4_000_00)


def test_without_a_quota_and_without_a_decision_nothing_is_told():
    found = seen(rep=person("Rami").uid)
    assert (found.now.asked, found.now.attainment, found.now.leakage) == (None, None, None)


def test_bookings_count_where_quotas_are_of_them():
    bring(quota("Tess", "2026-10", 100_000, "booked_revenue"), bill("I1", "2026-10-02", 400, "Hall"))
    found = seen()
    assert (found.money, found.now.revenue, found.now.asked) == (BOOKED_REVENUE, 40_000, 100_000)


def test_otto_sees_nothing_of_tess_and_no_rep_sees_a_team():
    assert seen("otto").now.revenue == 9_000_00
    for refused in (
        lambda: seen("otto", rep=person("Tess").uid),
        lambda: seen("stan", rep=person("Tess").uid),
        lambda: seen("tess"),
    ):
        with pytest.raises(NotVisible):
            refused()


def test_new_business_adds_up_over_people_and_months():
    bring(
        bill("I1", "2025-12-03", 100, "Hall"), bill("I2", "2026-10-02", 40, "Hall", "Stan"),
        bill("I3", "2026-10-03", 15, "Hall", kind="credit_note"), bill("I4", "2025-10-31", 70, "Mill"),
        bill("I5", "2026-10-05", 30, "Mill"), bill("I6", "2026-10-30", 30, "Mill"),
    )  # fmt: skip
    new = seen().new
    assert [month.slug for month in new.months][::11] == ["2025-11", "2026-10"]
    assert new.together == (0, 100_00, *(0 for _ in range(9)), 55_00)
    assert {each.name: each.total for each in new.people} == {"Stan": 40_00, "Tess": 115_00}
    assert sum(each.total for each in new.people) == new.total == 155_00
    assert tuple(map(sum, zip(*(each.months for each in new.people), strict=True))) == new.together


def test_a_shared_deals_new_business_is_shared_and_comes_to_all_of_it():
    shared = deal("D1", "Tess", "2026-09-01", "2026-10-01", "won", 100, credit=(("Tess", 1), ("Nina", 2)))
    bring(shared, replace(invoice("I1", "2026-10-02", 100, "D1"), account="Hall"))
    parts = [seen(rep=person(name).uid, who="olga").new.total for name in ("Tess", "Nina")]
    assert parts == [3_333, 6_667]
    assert seen("olga").new.total == 10_000


def test_wins_and_losses_come_by_reason_and_add_up_to_the_figures():
    bring(
        decided("D1", "lost", 900, "Too dear"), decided("D2", "lost", 50, "too  DEAR"), decided("D3", "lost", 70, "Timing", "Stan"),
        decided("D4", "lost", 30, "Too dear"), decided("D5", "won", 400, "Service"), decided("D6", "lost", 99, "Too dear", "Nina"),
    )  # fmt: skip
    found = seen()
    assert worded(found.reasons.lost) == [("Too dear", 3, 980), ("Timing", 1, 70), ("", 1, 5_000)]
    assert worded(found.reasons.won) == [("Service", 1, 400), ("", 2, 20_000)]
    assert sum(each.value for each in found.reasons.lost) == found.now.lost
    assert sum(each.value for each in found.reasons.won) == found.now.revenue
    assert [each.name for each in found.reasons.lost[0].deals] == ["D1", "D2", "D4"]


def test_of_a_shared_deal_only_the_part_of_the_people_shown_counts():
    bring(decided("D1", "lost", 100, "Timing", credit=(("Tess", 1), ("Nina", 3))))
    found = reasons([person("Tess").id], october(), AT)
    assert ("Timing", 1, 25) in worded(found.lost)


def test_what_was_said_when_a_deal_was_marked_as_lost_here_is_its_reason():
    uid = next(each.id for each in _open("Stan"))
    lose(viewer("stan"), uid, "Chose nobody", world.NOW)
    assert worded(seen("mona").reasons.lost)[0] == ("Chose nobody", 1, 30_000)
    assert deal_shown(viewer("stan"), uid)


def _open(name: str) -> tuple[Item, ...]:
    return pipeline(viewer("mona"), october(), AT, person(name).uid, None, Asked()).items


def test_sources_come_by_name_with_money_per_lead_only_where_there_are_enough():
    leads = [lead(f"L{n}", "Tess", "2026-10-02", source="Fair") for n in range(FEWEST)]
    few = [lead(f"M{n}", "Tess", "2026-10-02", source="call") for n in range(FEWEST - 1)]
    bring(*leads, *few, replace(decided("D1", "won", 500, ""), source="Fair"))
    found = {each.name: each for each in seen().sources}
    assert list(found) == ["call", "Fair", ""]
    assert (found["Fair"].leads, found["Fair"].won, found["Fair"].value) == (FEWEST, 1, 500_00)
    assert (found["Fair"].per_lead, found["call"].per_lead) == (Fraction(500_00, FEWEST), None)
    assert found[""].value == 20_000_00


def test_a_source_is_worth_money_and_nothing_else():
    with pytest.raises(ValueError, match="calls"):
        sources(viewer("mona"), [], october(), AT, CALLS)


def test_time_in_stage_is_the_mean_of_the_stays_that_ended():
    for number, (entered, left) in enumerate((("2026-09-01", "2026-10-05"), ("2026-09-25", "2026-10-05"))):
        path = (
            StageMove("Need", date.fromisoformat(entered)),
            StageMove("Offer", date.fromisoformat(left)),
        )
        bring(deal(f"D{number}", "Tess", entered, amount=100, moves=path, stage="Offer"))
    (need,) = (each for each in seen().stays if each.name == "Need")
    assert (need.days, need.stays, need.before) == (22, 2, None)


def test_as_many_statements_for_many_deals_as_for_few():
    def asked() -> int:
        outlooks._OUTLOOKS.clear()
        with CaptureQueriesContext(connection) as told:
            seen()
        return len(told)

    bring(decided("D0", "lost", 10, "Timing"), lead("L0", "Tess", "2026-10-02", source="Fair"))
    bring(bill("I0", "2026-10-02", 10, "Hall"))
    asked()
    few = asked()
    bring(*(decided(f"D{n}", "lost", 10, f"Reason {n % 7}") for n in range(1, 80)))
    bring(*(bill(f"I{n}", "2026-10-02", 10, f"Hall {n}") for n in range(1, 80)))
    asked()
    assert asked() == few
