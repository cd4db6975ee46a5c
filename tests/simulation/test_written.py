"""What a world writes is read back whole by the ordinary file connector."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from upswing.connectors.connector import Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import (
    AccountRecord,
    DealRecord,
    Outcome,
    PersonRecord,
    Problem,
    ProductRecord,
    QuotaRecord,
    Severity,
)
from upswing.simulation import simulate

AS_OF = date(2026, 11, 20)


def test_every_row_becomes_a_record(tmp_path: Path) -> None:
    world = simulate(1, as_of=AS_OF, months=3)
    world.write(tmp_path)
    mapping = read_mapping(tmp_path / "mapping.toml")
    items = list(Files(tmp_path, mapping).read(Known()))
    counts = Counter(type(item) for item in items)
    assert [item for item in items if isinstance(item, Problem) and item.severity is Severity.REFUSED] == []
    assert counts[PersonRecord] == len(world.people)
    assert counts[AccountRecord] == len(world.accounts)
    assert counts[ProductRecord] == len(world.products)
    assert counts[DealRecord] == len(world.deals)
    assert counts[QuotaRecord] == len(world.quotas)
    assert mapping.read_on == AS_OF


def test_amounts_and_outcomes_arrive_as_they_were_written(tmp_path: Path) -> None:
    world = simulate(2, as_of=AS_OF, months=3, reps=3)
    world.write(tmp_path)
    read = Files(tmp_path, read_mapping(tmp_path / "mapping.toml")).read(Known())
    deals = {item.id: item for item in read if isinstance(item, DealRecord)}
    for deal in world.deals:
        assert deals[deal.id].amount_minor == deal.amount * 100
        assert deals[deal.id].closed == deal.closed
        assert (deals[deal.id].outcome is Outcome.WON) == (deal.stage == "Won")
