"""One rep's history, from the first call to the deals that come of it."""

from __future__ import annotations

from dataclasses import dataclass

from upswing.simulation.activities import Part, arranged, reached_out
from upswing.simulation.attempts import attempts
from upswing.simulation.calls import slots
from upswing.simulation.deals import Opened, opened
from upswing.simulation.inbound import inbound
from upswing.simulation.leads import Leads, leads
from upswing.simulation.patch import Patch, patch
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.talks import Meetings, Talks, meetings, talks
from upswing.simulation.visits import visits
from upswing.simulation.worktime import DayOff, Worktime, days_off, worktime


@dataclass(frozen=True, slots=True, eq=False)
class Play:
    """What one rep did and what came of it, whole: nothing is cut off at the look yet."""

    rep: Rep
    patch: Patch
    off: tuple[DayOff, ...]
    work: Worktime
    parts: tuple[Part, ...]
    talks: Talks
    meetings: Meetings
    leads: Leads
    opened: Opened


def play(world: Setting, rep: Rep) -> Play:
    """Simulate one rep: nothing in it depends on any other."""
    off = days_off(world, rep)
    work, ground = worktime(world, rep, off), patch(world, rep.number)
    calls, came, called_on = slots(world, rep, work), inbound(world, rep, work), visits(world, rep, work)
    tried = attempts(world, rep, ground, calls, came)
    talk = talks(world, rep, ground, calls, tried, came, called_on)
    met = meetings(world, rep, work, talk)
    lead = leads(world, rep.zone, calls, tried, came, called_on, talk, met)
    parts = (*reached_out(world, rep, calls, tried, called_on), arranged(world, rep, talk, met))
    return Play(rep, ground, off, work, parts, talk, met, lead, opened(world, rep, talk, met, lead))
