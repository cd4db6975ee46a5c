"""One simulated world, exported three ways, counts the same."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.world import NOW, operator, undone
from upswing.actions.import_batch import About, import_batch
from upswing.actions.rebuild import check
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.ledger.models import Fact
from upswing.simulation import World, simulate
from upswing.simulation.writing import DIALECTS

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).parents[2] / "docs" / "guide" / "examples"
FACT = ("kind", "day", "rep__key", "share", "amount", "outcome", "stage", "channel", "source")
"""Neither the hour nor the length: HubSpot does not tell its owners' time zone, and Salesforce rounds to minutes."""

STAGES = {
    "Proposal/Price Quote": "Quote",
    "Negotiation/Review": "Negotiation",
    "Closed Won": "Won",
    "Closed Lost": "Lost",
}
"""What Salesforce calls the stages."""


def imported(world: World, dialect: str, folder: Path) -> Counter[tuple[object, ...]]:
    """Every fact that the world's export settles into, without the ids of its records."""
    world.write(folder, dialect)
    mapping = read_mapping(folder / "mapping.toml" if dialect == "own" else EXAMPLES / f"{dialect}.toml")
    about = About(mapping.source, mapping.name, mapping.currency, "", world.as_of, dialect)
    with undone():
        assert import_batch(operator(), Files(folder, mapping), about, NOW).refused == 0
        assert check(operator()) == []
        rows = Fact.objects.values_list(*FACT)
        return Counter(
            (*head, STAGES.get(stage, stage), channel, source) for *head, stage, channel, source in rows
        )


def test_three_dialects_of_one_world_settle_into_the_same_facts(tmp_path: Path) -> None:
    world = simulate(1, "tiny", reps=2, start=date(2026, 1, 1), months=1)
    own, *others = (imported(world, dialect, tmp_path / dialect) for dialect in DIALECTS)
    assert len({kind for kind, *_ in own}) > 15
    for other in others:
        assert other == own
