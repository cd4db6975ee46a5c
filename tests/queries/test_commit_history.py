"""What was committed to beside what was won: the sum of the evening before counts, and both sides read the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.world import bring, deal, person, viewer
from upswing.core.forecast.said import Pooled, Since
from upswing.core.period import PeriodKind, month_of
from upswing.goals.commits import Commit, Whose
from upswing.people.models import Organisation
from upswing.people.viewer import NotVisible
from upswing.queries.commit_history import BACK, Committed, Kept, commit_history, commits_of_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
OCTOBER, NOVEMBER = (month_of(date(2026, month, 1)) for month in (10, 11))
AT = date(2026, 12, 3)
EVENING = date(2026, 9, 30)


def say(
    who: str, amount: int, day: date, period: str = "2026-10", whose: Whose = Whose.REP, hour: int = 12
) -> None:
    """As it was said at noon of that day, in euros."""
    Commit.objects.create(
        person=person(who), whose=whose.value, period=period, amount_minor=amount * 100,
        reason="because" if whose is Whose.MANAGER else "", by=who, at=datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
    )  # fmt: skip


def of_tess(who: str = "tess", kind: PeriodKind = PeriodKind.MONTH, at: date = AT) -> tuple[Committed, ...]:
    return commit_history(viewer(who), person("Tess").uid, kind, at)


def test_each_period_has_the_commit_that_stood_the_view_and_what_was_won() -> None:
    say("Tess", 15_000, EVENING)
    say("Tess", 21_000, date(2026, 10, 3))
    say("Tess", 18_000, date(2026, 10, 6), whose=Whose.MANAGER)
    say("Tess", 4_000, date(2026, 11, 9), "2026-11")
    november, october = of_tess()
    assert october == Committed(
        OCTOBER, Kept(1_500_000, EVENING, Since.BEFORE),
        Kept(1_800_000, date(2026, 10, 6), Since.FIRST_WEEK), 2_000_000,
    )  # fmt: skip
    assert october.more == 500_000
    assert november == Committed(NOVEMBER, Kept(400_000, date(2026, 11, 9), Since.LATER), None, 0)
    assert november.more is None


def test_wins_of_the_first_and_the_last_day_count_and_those_around_do_not() -> None:
    days = {"2026-09-30": 1, "2026-10-01": 20, "2026-10-31": 300, "2026-11-01": 4_000}
    bring(*(deal(f"Y{day}", "Rami", "2026-09-01", day, "won", amount) for day, amount in days.items()))
    say("Rami", 320, EVENING)
    assert commits_of_all([OCTOBER], AT) == (Pooled(OCTOBER, people=1, committed=32_000, won=32_000),)


def test_periods_without_a_word_and_those_that_run_are_left_out() -> None:
    say("Tess", 5, date(2026, 11, 30), "2026-12")
    say("Tess", 5, EVENING, "2026-Q4")
    say("Stan", 5, EVENING)
    assert of_tess() == ()
    assert of_tess(kind=PeriodKind.QUARTER) == ()
    assert [each.period.slug for each in of_tess(kind=PeriodKind.QUARTER, at=date(2026, 12, 31))] == [
        "2026-Q4"
    ]
    assert of_tess(kind=PeriodKind.WEEK) == ()


def test_only_the_latest_periods_are_told() -> None:
    for back in range(BACK + 2):
        month = [OCTOBER, *OCTOBER.before(BACK + 1)[::-1]][back]
        say("Tess", back, month.start, month.slug)
    assert [each.period for each in of_tess(at=date(2026, 11, 3))] == [
        OCTOBER,
        *OCTOBER.before(BACK - 1)[::-1],
    ]


def test_the_rep_and_whoever_sees_them_read_the_same_and_others_nothing() -> None:
    say("Tess", 15_000, EVENING)
    assert of_tess("tess") == of_tess("mona") == of_tess("olga") != ()
    for name in ("stan", "otto", "ada"):
        with pytest.raises(NotVisible):
            of_tess(name)


def test_commits_added_up_leave_out_who_said_nothing_in_time_and_what_they_won() -> None:
    """Stan and Tess share a deal of 900: 300 of it are hers."""
    bring(deal("X1", "Tess", "2026-09-01", "2026-10-09", "won", 900, credit=(("Tess", 1), ("Stan", 2))))
    say("Tess", 15_000, EVENING)
    say("Stan", 1_000, date(2026, 10, 7))
    say("Rami", 7_000, date(2026, 10, 8))
    say("Nina", 8_000, EVENING, whose=Whose.MANAGER)
    assert commits_of_all([OCTOBER, NOVEMBER], AT) == (
        Pooled(OCTOBER, people=2, committed=1_600_000, won=2_090_000),
    )


def test_evening_ends_on_the_organisation_s_clock() -> None:
    Organisation.objects.update(time_zone="Europe/Copenhagen")
    say("Tess", 15_000, EVENING, hour=21)
    say("Tess", 16_000, EVENING, hour=23)
    assert commits_of_all([OCTOBER], AT)[0].committed == 1_500_000
