"""What was said after midnight was said on the organisation's new day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.world import operator, person, viewer
from upswing.actions.committing import commit
from upswing.core.period import month_of
from upswing.people.models import Organisation
from upswing.queries.forecast import forecast
from upswing.queries.organisation import day_after, local

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
NIGHT = datetime(2026, 10, 14, 22, 30, tzinfo=UTC)
"""Half past midnight of the 15th in Copenhagen."""


def test_days_are_those_of_the_organisation_s_clock() -> None:
    Organisation.objects.update(time_zone="Europe/Copenhagen")
    assert local(NIGHT).date() == date(2026, 10, 15)
    assert day_after(date(2026, 10, 14)) < NIGHT < day_after(date(2026, 10, 15))


def test_a_commit_stands_on_the_page_of_its_own_day_and_not_before() -> None:
    Organisation.objects.update(time_zone="Europe/Copenhagen")
    october = month_of(date(2026, 10, 1))
    commit(viewer("tess"), person("Tess").uid, october, 5, "", NIGHT)
    before, then = (
        forecast(operator(), october, date(2026, 10, day), rep=person("Tess").uid).rows[0].commit
        for day in (14, 15)
    )
    assert before is None
    assert then is not None
    assert then.at.date() == date(2026, 10, 15)
