"""Calls that managers listened to and rated, and the check-ins of coaching."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from upswing.core.records import Happened
from upswing.simulation.activities import CALL, PREFIXES, told_number
from upswing.simulation.attempts import CODE
from upswing.simulation.clock import DAY
from upswing.simulation.coaching import LASTS, Round
from upswing.simulation.organisation import team
from upswing.simulation.people_rows import Rows, listed
from upswing.simulation.play import Play
from upswing.simulation.reps import STAGES, Rep
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, normals
from upswing.simulation.table import Days, Ids, Words

CRITERIA = ("opening", "questions", "needs", "objections", "next step")
LEVELS = ("below", "meets", "exceeds")
LIMITS = (-0.7, 0.9)
"""Of the latent value below and above which a call is rated so; it is normal around the rep's skill."""
EVERY = 14
CHECK_EVERY = 14


def latent(rep: Rep) -> float:
    """How good the rep's calls are, 0 for an ordinary one."""
    return 2.0 * rep.skill.book + sum(rep.skill.stages)


def assessment_rows(world: Setting, one: Play, reps: Sequence[str], managers: Sequence[str]) -> Rows:
    """A rated conversation a fortnight, on five criteria; `managers` of all teams."""
    calls = one.parts[0]
    spoken = np.flatnonzero(calls.outcome == CODE[Happened.CONVERSATION])
    rounds = np.arange(world.start + EVERY, world.end, EVERY)
    noise = normals(world.seed, Purpose.RATINGS, one.rep.number, len(rounds), len(CRITERIA))
    place = np.searchsorted(calls.at[spoken], rounds * DAY) - 1
    heard = np.append(spoken, 0)[place]
    done = (place >= 0) & (rounds < min(world.cut, one.rep.ends))
    if len(calls.at):
        done &= (calls.at[heard] >= (rounds - EVERY) * DAY) & (calls.entered[heard] < world.cut * DAY)
    levels = np.searchsorted(LIMITS, latent(one.rep) + noise[done])
    day, call = np.repeat(rounds[done], len(CRITERIA)), np.repeat(heard[done], len(CRITERIA))
    criterion = np.tile(np.arange(len(CRITERIA)), int(done.sum()))
    mine, zero = np.full(len(day), one.rep.number), np.zeros(len(day), np.int8)
    rater = managers.index(team(one.rep.stints[0].team).manager)
    return {
        "id": Ids(mine, day * 8 + criterion, ("R",), zero),
        "rep": Words(mine, reps),
        "by": Words(np.full(len(day), rater), managers),
        "day": Days(day),
        "rubric": Words(zero, ("call",)),
        "standard": Words(criterion, CRITERIA),
        "level": Words(levels.reshape(-1), LEVELS),
        "activity": Ids(
            mine, told_number(np.full(len(call), CALL), calls.number[call]), PREFIXES, zero + CALL
        ),
    }


def coaching_rows(world: Setting, rounds: Sequence[Round], reps: Sequence[Rep]) -> Rows:
    """Each check-in of each coaching that had begun by then; `end` is when it is planned to end."""
    told = [
        (one, checked)
        for one in rounds
        if one.coached and one.day >= world.start
        for checked in range(one.day + CHECK_EVERY, one.day + LASTS + 1, CHECK_EVERY)
        if checked < min(world.cut, reps[one.rep].ends)
    ]
    begins = np.array([one.day for one, _ in told], np.int64)
    return {
        "rep": Words(np.array([one.rep for one, _ in told], np.int64), tuple(rep.name for rep in reps)),
        "manager": listed([team(reps[one.rep].at(one.day).team).manager for one, _ in told]),
        "focus": Words(np.array([one.stage for one, _ in told], np.int64), STAGES),
        "start": Days(begins),
        "end": Days(begins + LASTS),
        "checked": Days(np.array([checked for _, checked in told], np.int64)),
    }
