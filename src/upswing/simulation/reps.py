"""The reps: how long they are there, how good they are at what, and what is planted in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from upswing.simulation.arrays import NEVER
from upswing.simulation.cast import AE, CAST, FULL, Story
from upswing.simulation.names import rep_name
from upswing.simulation.organisation import role_of, team_of, territory
from upswing.simulation.scenario import Scenario
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Kind, Purpose, normals, stream, uniforms

STAGES = ("Discovery", "Demo", "Quote", "Negotiation")
GAPS = (
    "", "volume", "connect", "", "meeting", "Discovery", "", "Demo", "Quote", "", "Negotiation", "size", "",
    "lead mix", "volume",
)  # fmt: skip
POOR_MIX = (0.06, 0.04, 0.03, 0.02, 0.01, 0.01, 0.01, 0.02, 0.80)
"""Mostly from the last source, which nobody else is given: the rep is as good as others at the rest."""
SENIOR_AFTER = 730


@dataclass(frozen=True, slots=True)
class Stint:
    """A rep's place from `start` up to, not including, `end`."""

    start: int
    end: int
    team: int
    role: str
    level: str
    territory: int


@dataclass(frozen=True, slots=True)
class Skill:
    """How a rep differs from an ordinary one. Factors are 1 and log-odds 0 for an ordinary rep.

    `effort` on calls, `answer` on answered ones, `book` (log-odds) and `books` (factor) on meetings booked,
    `stages` (log-odds) and `passes` (factors) on each stage, `size` on amounts. `dead`: how likely a silent loss
    stays open. `mix`: weights of the sources of inbound leads.
    """

    effort: float
    answer: float
    book: float
    books: float
    stages: tuple[float, ...]
    passes: tuple[float, ...]
    size: float
    spread: float
    dead: float
    mix: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Rep:
    """One rep; `ends` is the day after their last, NEVER while they stay. Planted things hold from a day on."""

    number: int
    name: str
    zone: str
    starts: int
    ends: int
    stints: tuple[Stint, ...]
    skill: Skill
    gap: str
    story: Story | None
    leave: tuple[int, int]
    stalls: int
    pads: int
    coached: int
    lift: float

    def at(self, day: int) -> Stint:
        """Where they belong on a day."""
        return next((stint for stint in reversed(self.stints) if stint.start <= day), self.stints[0])

    @property
    def works_here(self) -> bool:
        """Whether any of their days lies in the simulated time."""
        return self.ends > self.starts


def rep(world: Setting, number: int) -> Rep:
    """The rep of that number."""
    story = CAST[number].story if world.cast and number < len(CAST) else None
    starts, ends = _tenure(world, number, story)
    gap = GAPS[number % len(GAPS)] if world.scenario.gaps else ""
    since = {"stalls": NEVER, "pads": NEVER, "coached": NEVER}
    if story:
        told = {key: getattr(story, key) for key in since}
        since |= {key: world.anchor - days for key, days in told.items() if days is not None}
    leave = (world.anchor - story.leave, world.anchor + 130) if story and story.leave is not None else (0, 0)
    return Rep(
        number, rep_name(number), territory(team_of(number)).zone, starts, ends, _stints(world, number, starts, ends),
        _planted(_skill(world, number, story), gap), gap, story, leave, int(since["stalls"]), int(since["pads"]),
        int(since["coached"]), story.lift if story else 0,
    )  # fmt: skip


def _tenure(world: Setting, number: int, story: Story | None) -> tuple[int, int]:
    chances = uniforms(world.seed, Purpose.TENURE, number, 1, 4)[0].tolist()
    starts, ends = world.start - 400 - 37 * (number % 40), int(NEVER)
    stays = role_of(number, pods=world.scenario.pods) != FULL  # both halves of a pod stay together
    if story:
        return (world.anchor - story.joined if story.joined is not None else min(starts, world.first)), ends
    if stays:
        return starts + max(7 - (starts + 3) % 7, 0) % 7, ends
    if chances[0] < world.scenario.turnover / 2 or (world.scenario.moves and number % 4 == 1):
        starts = world.start + 60 + int(chances[1] * 600)
    elif chances[2] < world.scenario.turnover / 2 or (world.scenario.moves and number % 4 == 0):
        ends = world.start + 200 + int(chances[3] * 500)
    return starts + max(7 - (starts + 3) % 7, 0) % 7, ends


def _stints(world: Setting, number: int, starts: int, ends: int) -> tuple[Stint, ...]:
    place, role = team_of(number), role_of(number, pods=world.scenario.pods)
    junior = number % 2 == 1
    stints = [Stint(starts, ends, place, role, "junior" if junior else "senior", place)]
    changes: list[tuple[int, dict[str, object]]] = []
    if junior:
        changes.append((starts + SENIOR_AFTER, {"level": "senior"}))
    if world.scenario.moves and number % 4 == 2:
        changes.append((world.start + 300, {"role": AE if role == FULL else FULL}))
    if world.scenario.moves and number % 4 == 3:
        changes.append((world.start + 270, {"territory": (place + 1) % 3, "team": (place + 1) % 3}))
    for day, change in sorted(changes, key=lambda found: found[0]):
        if day < ends:
            stints.append(replace(stints[-1], start=day, **change))  # type: ignore[arg-type]
    return tuple(
        replace(stint, end=later.start if later else ends)
        for stint, later in pairwise([*stints, None])
        if stint is not None
    )


def _skill(world: Setting, number: int, story: Story | None) -> Skill:
    normal = normals(world.seed, Purpose.SKILL, number, 1, 8)[0]
    scenario, apart = world.scenario, world.scenario.between * (0.3 if story else 1)
    told = story or Story("")
    dead = float(stream(world.seed, Purpose.DEAD, Kind.REP, number).beta(*scenario.dead))
    if not scenario.between:
        dead = scenario.dead[0] / sum(scenario.dead)
    return Skill(
        effort=told.effort * float(np.exp(0.20 * apart * normal[0])),
        answer=1,
        book=told.book + scenario.between_book * float(normal[1]) * (0.3 if story else 1),
        books=1,
        stages=tuple(
            shift + 0.12 * apart * float(z) for shift, z in zip(told.stages, normal[2:6], strict=True)
        ),
        passes=(1, 1, 1, 1),
        size=told.size * float(np.exp(0.10 * apart * normal[6])),
        spread=told.spread or scenario.amount_spread,
        dead=dead,
        mix=scenario.sources,
    )


def _planted(skill: Skill, gap: str) -> Skill:
    """The skill with one step halved."""
    if gap in STAGES:
        return replace(skill, passes=tuple(0.5 if stage == gap else 1.0 for stage in STAGES))
    match gap:
        case "volume":
            return replace(skill, effort=skill.effort / 2)
        case "connect":
            return replace(skill, answer=0.5)
        case "meeting":
            return replace(skill, books=0.5)
        case "size":
            return replace(skill, size=skill.size / 2)
        case "lead mix":
            return replace(skill, mix=POOR_MIX)
    return skill


def expected_passes(scenario: Scenario) -> tuple[float, ...]:
    """Log-odds of passing each stage for an ordinary rep."""
    return tuple(float(np.log(share / (1 - share))) for share in scenario.passes)
