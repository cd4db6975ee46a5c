"""Rates of a horizon: of deals in this stage, moving or stalled, the share that was won within so many days.

They are learned from snapshots of all open deals, never from closed deals alone: those know nothing of the deals that
die silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

SNAPSHOTS = 4
"""Only the latest of them are learned from."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Open deals of a snapshot, and how many of them were won within the horizon.

    Raises ValueError unless 0 <= wins <= n.
    """

    n: int
    wins: int

    def __post_init__(self) -> None:
        if not 0 <= self.wins <= self.n:
            raise ValueError(f"Of {self.n} open deals {self.wins} cannot have been won.")


Snapshot = Mapping[tuple[str, bool], Seen]
"""By stage and whether stalled."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of 0 to 1 and the deals and wins behind it; where none were seen, it is the policy's weight."""

    rate: float
    n: int
    wins: int
    learned: bool


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates by stage and whether stalled; `levels`: how deals moving and stalled fare beside their weights.

    Raises KeyError for a stage without a weight.
    """

    rates: Mapping[tuple[str, bool], Rate]
    levels: Mapping[bool, float]

    def rate(self, stage: str, stalled: bool) -> float:
        """The chance that such a deal is won within the horizon."""
        return self.rates[stage, stalled].rate

    def n(self, stage: str, stalled: bool) -> int:
        """Such deals in the snapshots."""
        return self.rates[stage, stalled].n

    def wins(self, stage: str, stalled: bool) -> int:
        """How many of these were won within the horizon."""
        return self.rates[stage, stalled].wins

    def learned(self, stage: str, stalled: bool) -> bool:
        """Whether history speaks; if not, the rate is the policy's weight."""
        return self.rates[stage, stalled].learned

    @property
    def measured(self) -> dict[tuple[str, bool], float]:
        """The rates that were learned, for the policy `measured`."""
        return {key: rate.rate for key, rate in self.rates.items() if rate.learned}

    @property
    def stalled_seen(self) -> int:
        """Stalled deals in the snapshots."""
        return sum(rate.n for (_, stalled), rate in self.rates.items() if stalled)


def rates(
    snapshots: Sequence[Snapshot],
    weights: Mapping[str, float],
    horizon_days: int,
    prior: float = 8.0,
    half_life: float = 180.0,
) -> RateTable:
    """The rates after the latest snapshots, newest first and one horizon apart, each with its whole outcome known.

    A snapshot `half_life` days older counts half. A stage's rate is drawn by `prior` deals towards its weight times
    the level of all moving, or all stalled, deals. Stages without a weight teach nothing; where no moving (or no
    stalled) deal was seen at all, the weights stand.
    """
    latest = snapshots[:SNAPSHOTS]
    fade = fading(len(latest), horizon_days, half_life)
    found: dict[tuple[str, bool], Rate] = {}
    levels: dict[bool, float] = {}
    for stalled in (False, True):
        rows = {
            stage: [snapshot.get((stage, stalled), Seen(0, 0)) for snapshot in latest] for stage in weights
        }
        learned = any(seen.n for row in rows.values() for seen in row)
        if learned:
            levels[stalled] = _level(rows, weights, fade)
        for stage, row in rows.items():
            n, wins = sum(seen.n for seen in row), sum(seen.wins for seen in row)
            drawn_to = weights[stage] * levels.get(stalled, 1.0)
            rate = _rate(row, fade, drawn_to, prior) if learned else weights[stage]
            found[stage, stalled] = Rate(rate, n, wins, learned)
    return RateTable(found, levels)


def new_business(won: Sequence[float], horizon_days: int, half_life: float = 180.0) -> float:
    """What is both created and won within a horizon: the mean of the latest windows, newest first, the newer more.

    0 without a window.
    """
    latest = won[:SNAPSHOTS]
    fade = fading(len(latest), horizon_days, half_life)
    return fsum(map(float.__mul__, fade, map(float, latest))) / fsum(fade) if latest else 0.0


def fading(number: int, apart: int, half_life: float) -> list[float]:
    """The weights of so many snapshots, newest first."""
    return [2.0 ** (-place * apart / half_life) for place in range(1, number + 1)]


def _level(rows: Mapping[str, Sequence[Seen]], weights: Mapping[str, float], fade: Sequence[float]) -> float:
    """Wins by what the weights promise, at most 1."""
    wins = fsum(_faded(fade, [seen.wins for seen in row]) for row in rows.values())
    promised = fsum(weights[stage] * _faded(fade, [seen.n for seen in row]) for stage, row in rows.items())
    return min(1.0, (wins + 0.5) / (promised + 1))


def _rate(row: Sequence[Seen], fade: Sequence[float], drawn_to: float, prior: float) -> float:
    wins, n = (_faded(fade, [getattr(seen, name) for seen in row]) for name in ("wins", "n"))
    return (wins + prior * drawn_to) / (n + prior) if n + prior else drawn_to


def _faded(fade: Sequence[float], counts: Sequence[int]) -> float:
    return fsum(weight * count for weight, count in zip(fade, counts, strict=True))
