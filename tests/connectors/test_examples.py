"""The example mappings of the guide read the extracts that the simulation writes, whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.connectors.company import of
from upswing.connectors.connector import Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import ActivityRecord, DealRecord, LeadRecord, Problem, Record, Severity
from upswing.simulation import simulate

EXAMPLES = Path(__file__).parents[2] / "docs" / "guide" / "examples"
Items = list[Record | Problem]


@pytest.fixture(scope="module", params=["hubspot", "salesforce"])
def extract(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Items, Items]:
    """What the example reads from the extract of a small world; and that world's records."""
    world, folder = simulate(1, "tiny", months=2), tmp_path_factory.mktemp("extract")
    world.write(folder, request.param)
    mapping = read_mapping(EXAMPLES / f"{request.param}.toml")
    return list(Files(folder, mapping).read(Known(currency="EUR"))), list(world.records())


def test_every_row_of_an_extract_is_taken(extract: tuple[Items, Items]):
    items, wanted = extract
    refused = [i.sentence for i in items if isinstance(i, Problem) and i.severity is Severity.REFUSED]
    assert refused == []
    counts = Counter(type(item) for item in items if not isinstance(item, Problem))
    assert counts == Counter(type(item) for item in wanted)


def test_an_extract_tells_the_same_leads_and_activities(extract: tuple[Items, Items]):
    items, wanted = extract
    fields = ("rep", "kind", "at", "outcome", "channel", "booked", "entered", "capture")

    def told(found: Items, kind: type, names: tuple[str, ...]) -> Counter[tuple[object, ...]]:
        links = ("lead", "deal", "contact", "account")
        return Counter(
            (*(getattr(item, name) for name in names), *(bool(getattr(item, name, "")) for name in links))
            for item in of(found, kind)
        )

    assert told(items, ActivityRecord, fields) == told(wanted, ActivityRecord, fields) != Counter()
    fields = ("rep", "created", "source", "disposition", "reason", "decided")
    assert told(items, LeadRecord, fields) == told(wanted, LeadRecord, fields)


def test_an_extract_tells_the_same_deals_with_their_history(extract: tuple[Items, Items]):
    items, wanted = extract

    def told(found: Items) -> list[tuple[object, ...]]:
        return [
            (
                deal.name, deal.outcome, deal.created, deal.closed, deal.amount_minor, deal.expected_minor, deal.source,
                deal.amounts, deal.closes, [(move.day, move.outcome) for move in deal.moves], bool(deal.lead),
            )
            for deal in of(found, DealRecord)
            if isinstance(deal, DealRecord)
        ]  # fmt: skip

    assert told(items) == told(wanted)
