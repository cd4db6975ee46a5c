"""Teams and territories, and where each rep belongs."""

from __future__ import annotations

from dataclasses import dataclass

from upswing.simulation.cast import AE, CAST, FULL, SDR
from upswing.simulation.holidays import COUNTRIES
from upswing.simulation.names import manager_name

TEAM_SIZE = 8


@dataclass(frozen=True, slots=True)
class Territory:
    """A patch with potential, holidays and a clock of its own; `elsewhere` are the other clocks its buyers keep."""

    name: str
    country: str
    region: str
    zone: str
    potential: float
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """A team and who leads it."""

    name: str
    manager: str


_CENTRAL = ("Europe/London", "Europe/Helsinki", "Atlantic/Azores", "America/Sao_Paulo", "America/New_York")
_EASTERN = ("Europe/Paris", "Europe/Istanbul", "Europe/London", "Atlantic/Azores", "America/Halifax")
_REGIONS = (
    ("Nordics", "North", "Europe/Copenhagen", 1.00, _CENTRAL),
    ("Baltics", "North", "Europe/Tallinn", 0.92, _EASTERN),
    ("Alpine", "Central", "Europe/Zurich", 1.08, _CENTRAL),
)


def territory(number: int) -> Territory:
    """The territory of a team; later ones resemble the first three."""
    _, region, zone, potential, elsewhere = _REGIONS[number % 3]
    country = COUNTRIES[number % 3]
    return Territory(_again(country, number), country, region, zone, potential, elsewhere)


def team(number: int) -> Team:
    """The team of that number."""
    return Team(_again(_REGIONS[number % 3][0], number), manager_name(number))


def team_of(rep: int) -> int:
    """The number of the rep's team: the cast's own, then in turns, then teams of their own."""
    if rep < len(CAST):
        return next(place for place, region in enumerate(_REGIONS) if region[0] == CAST[rep].team)
    return rep % 3 if rep < 3 * TEAM_SIZE else 3 + (rep - 3 * TEAM_SIZE) // TEAM_SIZE


def role_of(rep: int, *, pods: bool) -> str:
    """Full cycle; with pods one of six opens deals and the one after them closes these."""
    if not pods or rep < 6:
        return FULL
    return {4: SDR, 5: AE}.get(rep % 6, FULL)


def _again(name: str, number: int) -> str:
    return name if number < 3 else f"{name} {number // 3 + 1}"
