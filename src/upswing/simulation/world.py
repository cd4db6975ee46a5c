"""A whole simulated organisation, as it stands on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from upswing.simulation.scenario import Scenario
from upswing.simulation.scenarios import scenario_called

if TYPE_CHECKING:
    from upswing.core.records import Record
    from upswing.simulation.table import Table
    from upswing.simulation.truth import Truth

START = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """All tables as they stand at the close of `as_of`, and the truth behind them.

    The history begins on `begin`; the cast's stories lead up to `anchor`, the first day of a quarter.
    """

    seed: int
    scenario: Scenario
    begin: date
    as_of: date
    anchor: date
    tables: Mapping[str, Table]
    truth: Truth

    def write(self, folder: Path, dialect: str = "own") -> None:
        """CSV files in our own format with a mapping.toml that reads them, or as an extract of a CRM would be.

        The folder is made when missing. Raises ValueError for an unknown dialect.
        """
        from upswing.simulation.writing import write

        write(self, folder, dialect)

    def write_truth(self, path: Path) -> None:
        """The truth as JSON, and its long arrays beside it as .npz."""
        self.truth.write(path)

    def records(self) -> Iterator[Record]:
        """What the file connector yields for the own format, in its order."""
        from upswing.simulation.records import records

        return records(self)


def simulate(
    seed: int,
    scenario: str | Scenario = "healthy",
    *,
    months: int | None = None,
    start: date = START,
    as_of: date | None = None,
    reps: int | None = None,
    cast: bool | None = None,
    anchor: date | None = None,
    defects: bool = False,
) -> World:
    """The organisation of a seed as it stands at the close of `as_of` (default: the last of its months).

    The history begins on `start`, the first of a month, and lasts so many months (default: the scenario's, mostly
    24), longer where `as_of` lies beyond.
    Later looks and longer histories leave what came before as it was. `cast`: whether the first reps are the
    memorable ones, whose stories lead up to the quarter of `anchor` (default: of the look). Raises UnknownScenario,
    and ValueError for what makes no world.
    """
    from upswing.simulation.clock import day
    from upswing.simulation.defects import damaged
    from upswing.simulation.making import make
    from upswing.simulation.setting import setting
    from upswing.simulation.truth import truth_of

    chosen = scenario if isinstance(scenario, Scenario) else scenario_called(scenario)
    where = setting(seed, chosen, months, start, as_of, reps, cast, anchor)
    made = make(where)
    tables, damage = damaged(where, made.tables) if defects else (made.tables, ())
    return World(
        seed, chosen, start, day(where.cut - 1), day(where.anchor), tables, truth_of(where, made, damage)
    )
