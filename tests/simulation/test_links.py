"""Every name and id leads somewhere, until defects are wished for."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.simulation.worlds import rows, world
from upswing.core.records import ActivityKind, Capture, Disposition, Happened, InvoiceKind, QuoteStatus
from upswing.simulation import World

LINKS = (
    ("memberships", "rep", "people", "name"), ("days_off", "rep", "people", "name"),
    ("contacts", "account", "accounts", "name"), ("leads", "rep", "people", "name"),
    ("leads", "account", "accounts", "name"), ("leads", "contact", "contacts", "id"),
    ("deals", "rep", "people", "name"), ("deals", "account", "accounts", "name"),
    ("deals", "product", "products", "name"), ("deals", "lead", "leads", "id"),
    ("stage_moves", "deal", "deals", "id"), ("amount_changes", "deal", "deals", "id"),
    ("close_changes", "deal", "deals", "id"), ("activities", "rep", "people", "name"),
    ("activities", "lead", "leads", "id"), ("activities", "deal", "deals", "id"),
    ("activities", "contact", "contacts", "id"), ("quotes", "deal", "deals", "id"),
    ("quote_lines", "quote", "quotes", "id"), ("quote_lines", "product", "products", "name"),
    ("invoices", "deal", "deals", "id"), ("invoices", "rep", "people", "name"),
    ("invoices", "corrects", "invoices", "id"), ("payments", "invoice", "invoices", "id"),
    ("time_entries", "rep", "people", "name"), ("logins", "rep", "people", "name"),
    ("quotas", "rep", "people", "name"), ("assessments", "activity", "activities", "id"),
    ("coaching", "rep", "people", "name"), ("agreements", "person", "people", "name"),
    ("agreements", "standard", "standards", "key"),
)  # fmt: skip
WORDS = {
    ("activities", "kind"): ActivityKind, ("activities", "outcome"): Happened, ("activities", "capture"): Capture,
    ("leads", "disposition"): Disposition, ("quotes", "status"): QuoteStatus, ("invoices", "kind"): InvoiceKind,
}  # fmt: skip


def broken(found: World) -> Counter[tuple[str, str]]:
    """How many cells name nothing, by table and column."""
    count: Counter[tuple[str, str]] = Counter()
    for table, column, target, key in LINKS:
        known = {*found.tables[target].texts(key), ""}
        missing = sum(cell not in known for cell in found.tables[table].texts(column))
        if missing:
            count[table, column] += missing
    return count


@pytest.mark.parametrize("scenario", ["healthy", "mid-year", "demo", "multi-currency", "padded"])
def test_all_links_hold(scenario: str) -> None:
    assert broken(world(scenario, months=9)) == {}


def test_links_hold_where_a_pod_is_cut_in_two_and_where_one_rep_is_alone() -> None:
    assert broken(world("healthy", months=5, reps=11)) == {}
    assert broken(world("healthy", months=2, reps=1)) == {}


def test_broken_links_are_the_defects_that_the_truth_tells() -> None:
    found = world("healthy", months=9, defects=True)
    told = {defect["kind"]: defect for defect in found.truth.told["defects"]}
    gone = set(told["merged deal"]["ids"])
    expected: Counter[tuple[str, str]] = Counter()
    expected["deals", "product"] = told["product without its space"]["count"]
    for table in ("stage_moves", "amount_changes", "close_changes", "activities", "quotes", "invoices"):
        if hit := sum(cell in gone for cell in found.tables[table].texts("deal")):
            expected[table, "deal"] = hit
    assert broken(found) == expected
    assert min(defect["count"] for defect in told.values()) > 0


def test_defects_are_as_many_as_the_truth_counts() -> None:
    whole, found = world("healthy", months=9), world("healthy", months=9, defects=True)
    told = {defect["kind"]: defect["count"] for defect in found.truth.told["defects"]}
    deals = rows(found, "deals")
    assert len(found.tables["contacts"]) - len(whole.tables["contacts"]) == told["duplicate contact"]
    assert sum(not deal["rep"] for deal in deals) == told["missing rep"]
    assert sum(not deal["account"] for deal in deals) == told["open deal without account"]
    assert (
        sum(bool(deal["closed"]) and deal["closed"] < deal["created"] for deal in deals)
        == told["closed before opened"]
    )
    assert sum(deal["amount"] == "0.00" for deal in deals) == told["lost deal worth nothing"]
    assert {deal["commit"] for deal in deals} <= {"false", "true", "FALSE", "TRUE", "0", "1"}
    assert found.tables["memberships"].texts("end").count("2050-01-01") == told["open end as a far day"]
    assert found.tables["payments"].texts("day")[0].count(".") == 2


def test_words_are_those_of_the_records() -> None:
    found = world("healthy", months=9)
    for (table, column), words in WORDS.items():
        assert set(found.tables[table].texts(column)) <= {word.value for word in words}


def test_days_follow_each_other() -> None:
    for deal in rows(world("healthy", months=9), "deals"):
        assert not deal["closed"] or deal["created"] <= deal["closed"]
        assert bool(deal["closed"]) == (deal["stage"] in {"Won", "Lost"})
    for lead in rows(world("healthy", months=9), "leads"):
        assert not lead["decided"] or lead["created"][:10] <= lead["decided"]
        assert bool(lead["decided"]) == (lead["disposition"] not in {"", "not_attempted"})
        assert bool(lead["fit_leak"]) == bool(lead["decided"])
    for activity in rows(world("healthy", months=9), "activities"):
        assert not activity["booked"] or activity["booked"] <= activity["at"]


def test_moves_end_where_the_deal_stands() -> None:
    found = world("mid-year", months=9)
    last = {move["deal"]: (move["stage"], move["day"]) for move in rows(found, "stage_moves")}
    for deal in rows(found, "deals"):
        stage, day = last[deal["id"]]
        assert stage == deal["stage"]
        assert not deal["closed"] or day == deal["closed"]
