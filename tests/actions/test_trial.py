"""A trial run says what the import will do, and leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import world
from tests.actions.test_undo import everything
from tests.actions.told import call, rep
from tests.kill.state import told as standing
from tests.world import Given, bring, deal
from upswing.actions.import_batch import About
from upswing.actions.trial import Trial, try_out
from upswing.connectors.connector import Unreadable
from upswing.core.records import Origin, Problem, Severity
from upswing.intake.models import Batch, Earlier, Source

pytestmark = pytest.mark.django_db
ABOUT = About("crm", "CRM", "EUR", "Testers", None, "test")


def tried(*items: object, most: int | None = None) -> Trial:
    return try_out(world.operator(), Given(*items), ABOUT, world.NOW, most)  # type: ignore[arg-type]


@pytest.mark.parametrize("again", [False, True])
def test_it_counts_what_the_import_then_does(again: bool):
    if again:
        bring(*everything(later=False))
    before = standing()
    said = tried(*everything(later=True))
    assert standing() == before
    assert Batch.objects.count() == Source.objects.count() == (1 if again else 0)
    assert Earlier.objects.exists() == again
    done = bring(*everything(later=True))
    assert tuple(map(sum, zip(*said.kinds.values(), strict=True))) == (
        done.created,
        done.updated,
        done.unchanged,
    )
    assert said.whole
    then = tried(*everything(later=True)).kinds
    assert {kind for kind, counts in then.items() if sum(counts[:2])} <= {"people", "memberships"}


def test_records_that_refer_to_new_ones_read_as_they_will():
    """A deal that waits for its account changes once the account comes; not a second time."""
    from tests.actions.told import HERE
    from upswing.core.records import AccountRecord

    account = AccountRecord("A1", "Hall", HERE)
    bring(rep("Tess"), deal("D1", "Tess", "2026-08-25", account="A1"))
    assert tried(deal("D1", "Tess", "2026-08-25", account="A1")).kinds["deals"] == (0, 0, 1)
    assert tried(account, deal("D1", "Tess", "2026-08-25", account="A1")).kinds["deals"] == (0, 1, 0)


def test_it_stops_after_so_many_rows_and_says_so():
    items = [rep("Tess"), *(deal(f"D{n}", "Tess", "2026-08-25") for n in range(30))]
    said = tried(*items, most=11)
    assert (said.kinds["deals"], said.rows, said.whole) == ((10, 0, 0), 11, False)
    assert len(tried(*items).samples["deals"]) == 20


def test_it_shows_what_was_read_and_what_would_be_refused():
    why = Problem(
        Severity.REFUSED,
        "unknown_rep",
        Origin("deals.csv", 7),
        "D7",
        "rep",
        "Tes",
        "Row 7: nobody is called “Tes”.",
    )
    said = tried(rep("Tess"), deal("D1", "Tess", "2026-08-25", amount=12), why)
    assert said.samples["deals"][0]["amount_minor"] == "1200"
    assert said.samples["deals"][0]["credit"] == "Tess"
    assert not {"origin", "moves"} & said.samples["deals"][0].keys()
    assert (said.refused, said.rows) == (1, 3)


def test_another_currency_is_refused_at_once():
    bring(rep("Tess"))
    with pytest.raises(Unreadable, match="The mapping says USD, the organisation counts in EUR"):
        try_out(world.operator(), Given(), replace(ABOUT, currency="USD"), world.NOW)


def test_calls_of_people_who_would_be_new_are_weighed():
    said = tried(rep("Tess"), call("K1", "Tess", "2026-08-25 09:00"))
    assert said.kinds == {"people": (1, 0, 0), "activities": (1, 0, 0)}
