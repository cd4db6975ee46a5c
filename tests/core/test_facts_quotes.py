"""Settling quotes: one proposal a deal, worth what its latest revision says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.settled import FAR, summed
from tests.core.strategies import quotes, shared
from upswing.core.facts import WHOLE, settle_quotes
from upswing.core.measures import PROPOSALS_SENT, PROPOSED_VALUE
from upswing.core.records import Origin, QuoteRecord, QuoteStatus

RAMI = (("Rami", 1),)
Revisions = tuple[QuoteRecord, ...]
days = st.dates(date(2026, 3, 1), date(2026, 3, 6))


def quote(
    revision: int, sent: int = 0, amount: int | None = None, status: str = "sent", key: str = ""
) -> QuoteRecord:
    """A revision sent on a day of March."""
    return QuoteRecord(
        key or f"Q-{revision}", "D-1", revision, Origin("quotes.csv", 2),
        date(2026, 3, sent) if sent else None, amount, QuoteStatus(status),
    )  # fmt: skip


def told(
    *revisions: QuoteRecord, credit: tuple[tuple[str, int], ...] = RAMI
) -> list[tuple[int, str, int, int]]:
    """Day of March, rep, share, amount of each fact."""
    return [(fact.day.day, fact.rep, fact.share, fact.amount) for fact in settle_quotes(revisions, credit)]


def latest(revisions: Revisions, at: date) -> int:
    """What was offered by the close of a day: no revision counts as sent before the ones that it replaces."""
    offered, sent = 0, date.min
    for one in sorted(revisions, key=lambda one: (one.revision, one.id)):
        if one.sent and one.status is not QuoteStatus.DRAFT:
            sent = max(sent, one.sent)
            offered = (one.amount_minor or 0) if sent <= at else offered
    return offered


def test_the_first_sent_revision_is_the_proposal_and_later_ones_add_what_they_change():
    assert told(quote(1, 3, 500), quote(2, 9, 700), quote(3, 12, 600)) == [
        (3, "Rami", WHOLE, 500), (9, "Rami", 0, 200), (12, "Rami", 0, -100),
    ]  # fmt: skip


def test_drafts_and_revisions_that_were_never_sent_say_nothing():
    assert told(quote(1, 0, 500, "draft"), quote(2, 4, 900, "draft"), quote(3, 0, 800)) == []
    assert told(quote(1, 0, 500, "draft"), quote(2, 5, 700)) == [(5, "Rami", WHOLE, 700)]


@pytest.mark.parametrize("status", ["sent", "replaced", "accepted", "declined"])
def test_what_became_of_a_sent_revision_does_not_unsend_it(status: str):
    assert told(quote(1, 3, 500, status)) == [(3, "Rami", WHOLE, 500)]


def test_a_revision_of_the_same_value_changes_nothing():
    assert told(quote(1, 3, 500), quote(2, 9, 500)) == [(3, "Rami", WHOLE, 500)]


def test_a_proposal_without_a_value_counts_and_adds_nothing():
    assert told(quote(1, 3), quote(2, 9, 400)) == [(3, "Rami", WHOLE, 0), (9, "Rami", 0, 400)]


def test_a_revision_dated_before_one_it_replaces_counts_from_that_one_s_day():
    assert told(quote(1, 3, 500), quote(2, 20, 900), quote(3, 9, 100)) == [
        (3, "Rami", WHOLE, 500), (20, "Rami", 0, 400), (20, "Rami", 0, -800),
    ]  # fmt: skip


def test_three_quotes_that_all_claim_to_be_the_first_revision_are_told_apart():
    facts = settle_quotes([quote(1, 3, 5, key="a"), quote(1, 3, 6, key="b"), quote(1, 3, 7, key="c")], RAMI)
    assert len({(fact.kind, fact.ordinal, fact.rep) for fact in facts}) == 3


def test_a_shared_proposal_and_its_changes_split_to_the_cent():
    credit = (("Tess", 1), ("Rami", 1), ("Stan", 1))
    facts = settle_quotes([quote(1, 3, 100), quote(2, 9, 200)], credit)
    assert [summed(facts, PROPOSED_VALUE, date(2026, 3, 3), rep) for rep in ("Rami", "Stan", "Tess")] == [
        34,
        33,
        33,
    ]
    assert [summed(facts, PROPOSED_VALUE, FAR, rep) for rep in ("Rami", "Stan", "Tess")] == [67, 67, 66]
    assert summed(facts, PROPOSALS_SENT) == WHOLE


def test_quotes_of_a_deal_without_credit_are_refused():
    with pytest.raises(ValueError, match="Nothing splits by"):
        settle_quotes([quote(1, 3, 100)], ())
    assert settle_quotes([], ()) == ()


def test_every_fact_tells_how_the_deal_s_lead_was_found():
    facts = settle_quotes([quote(1, 3, 100), quote(2, 9, 200)], RAMI, "fair")
    assert [fact.source for fact in facts] == ["fair", "fair"]


@given(quotes(), shared, days)
def test_the_sum_up_to_any_day_is_the_latest_revision_of_that_day(
    revisions: Revisions, credit: list, at: date
):
    assert summed(settle_quotes(revisions, credit), PROPOSED_VALUE, at) == latest(revisions, at)


@given(quotes(), shared)
def test_a_deal_has_one_proposal_or_none(revisions: Revisions, credit: list):
    sent = any(one.sent and one.status is not QuoteStatus.DRAFT for one in revisions)
    assert summed(settle_quotes(revisions, credit), PROPOSALS_SENT) == (WHOLE if sent else 0)


@given(quotes(), shared, days)
def test_no_rep_ever_has_less_than_nothing_on_offer(revisions: Revisions, credit: list, at: date):
    facts = settle_quotes(revisions, credit)
    assert all(summed(facts, PROPOSED_VALUE, at, rep) >= 0 for rep, _ in credit)


@given(quotes(), shared)
def test_the_order_of_rows_says_nothing_and_no_fact_is_told_twice(revisions: Revisions, credit: list):
    facts = settle_quotes(revisions, credit)
    assert settle_quotes(revisions[::-1], credit) == facts
    assert len({(fact.kind, fact.ordinal, fact.rep) for fact in facts}) == len(facts)
