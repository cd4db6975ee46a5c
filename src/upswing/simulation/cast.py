"""The cast: who sells, in which team, and what is particular about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from upswing.simulation.days import working
from upswing.simulation.names import rep_name
from upswing.simulation.rows import Person
from upswing.simulation.streams import Kind, Purpose, stream

DOMAIN = "demo.upswing.example"
LONG_BEFORE = timedelta(days=3 * 365)
HIRED_BEFORE = timedelta(days=45)
STALLS_BEFORE = timedelta(days=90)
RAMP = (0.30, 0.50, 0.75)
"""What a new rep creates in the first, second and third thirty days, as a share of a full one."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team of the demo."""

    name: str
    manager: str
    region: str


TEAMS = (
    Team("Nordics", "Mona Berg", "North"),
    Team("Baltics", "Otto Lindqvist", "North"),
    Team("Alpine", "Priya Raman", "Central"),
)
PLACED = (0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2)
"""The team of each of the first reps; later ones take turns."""


@dataclass(frozen=True, slots=True)
class Story:
    """What is particular about a rep; all factors are 1 and all shifts 0 for an ordinary one.

    `volume` is on deals created, `size` on amounts, `skill` added to the log-odds of every stage, `spread`
    the sigma of their amounts. `patch` is how much there is to sell to: the quota follows it.
    """

    volume: float = 1
    skill: float = 0
    size: float = 1
    spread: float | None = None
    patch: float = 1
    ramps: bool = False
    stalls: bool = False


STORIES = {
    "Tess Lund": Story(volume=1.20, skill=0.18, spread=0.45),
    "Stan Weber": Story(volume=1.05, size=1.05, stalls=True),
    "Rami Haddad": Story(ramps=True),
    "Nadia Petrova": Story(volume=0.96, size=0.90, spread=0.3),
    "Jonas Kim": Story(patch=0.25),
}


@dataclass(frozen=True, slots=True)
class Rep:
    """One rep of the simulation; `slows` is the day from which their pipeline stalls."""

    number: int
    person: Person
    story: Story
    slows: date | None

    def ramp(self, day: date) -> float:
        """How much of a full rep they are on a day: 0 before they start."""
        since = (day - self.person.start).days
        if since < 0:
            return 0
        return RAMP[since // 30] if since < 30 * len(RAMP) else 1

    def slowed(self, day: date) -> bool:
        """Whether their pipeline has stalled by then."""
        return self.slows is not None and day >= self.slows


def cast(seed: int, reps: int, anchor: date) -> tuple[Rep, ...]:
    """The first so many reps; their stories lead up to the quarter that begins on `anchor`."""
    return tuple(_rep(seed, number, anchor) for number in range(reps))


def _rep(seed: int, number: int, anchor: date) -> Rep:
    name = rep_name(number)
    team = TEAMS[PLACED[number] if number < len(PLACED) else number % len(TEAMS)]
    story = STORIES.get(name) or _ordinary(seed, number)
    start = anchor - HIRED_BEFORE if story.ramps else anchor - LONG_BEFORE - timedelta(days=37 * number)
    person = Person(name, address(name), team.manager, team.name, team.region, working(start))
    return Rep(number, person, story, anchor - STALLS_BEFORE if story.stalls else None)


def _ordinary(seed: int, number: int) -> Story:
    volume, skill, size = map(float, stream(seed, Purpose.SKILL, Kind.REP, number).standard_normal(3))
    return Story(volume=1 + 0.06 * volume, skill=0.06 * skill, size=1 + 0.05 * size)


def address(name: str) -> str:
    """Somebody's address for signing in: their name at the demo's domain; nothing is ever sent there."""
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"
