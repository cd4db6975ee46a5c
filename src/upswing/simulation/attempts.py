"""What becomes of each call: whom it goes to, how it ends, and whether a message follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.core.records import Happened
from upswing.simulation.arrays import Flags, Floats, Ints, pick
from upswing.simulation.calls import Slots, call_mean, progress
from upswing.simulation.inbound import Inbound, taken
from upswing.simulation.patch import Patch, contact_of
from upswing.simulation.prospects import FREED, ROUNDS, Plan, lay_out, singles, spared
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting

HAPPENED = tuple(happened.value for happened in Happened)
CODE = {happened: code for code, happened in enumerate(Happened)}
INBOUND, SINGLES = 0, 4
"""Series of prospects: those who came by themselves, three rounds, those tried once; visits are another."""
ANSWERED = (0.62, 0.21, 0.17)
ANSWERED_AS = np.array([CODE[Happened.CONVERSATION], CODE[Happened.WRONG_PERSON], CODE[Happened.CALL_BACK]])
UNANSWERED = (55, 25, 4, 4)
UNANSWERED_AS = np.array(
    [CODE[Happened.NO_ANSWER], CODE[Happened.VOICEMAIL], CODE[Happened.BAD_NUMBER], CODE[Happened.GATEKEEPER]]
)
MESSAGE = (0.05, 0.03, 0.30, 0.47, 0.15)
MESSAGE_AS = np.array(
    [CODE[Happened.ANSWERED], CODE[Happened.BOUNCED], CODE[Happened.READ], CODE[Happened.SENT], 0]
)
MEAN_ATTEMPT = 0.95
"""The mean of the attempt factor: the answer rates by hour are those of an ordinary call."""
SOCIAL = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Attempts:
    """One entry a call: series and number of the prospect, which attempt, contact, outcome and message codes.

    `message` is the outcome of the message that followed, -1 without one. `planned` by series: how many attempts each
    prospect may get.
    """

    series: Ints
    prospect: Ints
    attempt: Ints
    contact: Ints
    outcome: Ints
    message: Ints
    social: Flags
    planned: tuple[Ints, ...]

    @property
    def settles(self) -> Flags:
        """Which attempts make any further one needless."""
        return settles(self.outcome, self.message)


def settles(outcome: Ints, message: Ints) -> Flags:
    """Whether an attempt makes any further one needless."""
    ends = [CODE[Happened.CONVERSATION], CODE[Happened.WRONG_PERSON], CODE[Happened.BAD_NUMBER]]
    return np.asarray(np.isin(outcome, ends) | (message == CODE[Happened.ANSWERED]))


def attempts(world: Setting, rep: Rep, patch: Patch, calls: Slots, leads: Inbound) -> Attempts:
    """All calls of the rep, shared out among leads and prospects."""
    sheet = _Sheet(world, rep, patch, calls)
    place, lead, attempt = taken(leads, calls)
    planned = [leads.planned]
    sheet.enter(place, INBOUND, Plan(lead, attempt, leads.planned), leads.contact[lead])
    free = np.concatenate([_others(len(calls), place), sheet.release(place, len(leads))])
    pace = float(call_mean(world, rep, np.array([max(world.start, rep.starts)]))[0])
    for number, purpose in enumerate(ROUNDS):
        free = np.sort(free)
        plan = lay_out(world, rep.number, purpose, len(free), pace * FREED**number)
        planned.append(plan.planned)
        sheet.enter(free, number + 1, plan, contact_of(number + 1, plan.prospect))
        free = sheet.release(free, len(plan.planned))
    plan = singles(len(free))
    sheet.enter(free, SINGLES, plan, contact_of(SINGLES, plan.prospect))
    return sheet.filled((*planned, plan.planned))


def _others(many: int, place: Ints) -> Ints:
    free = np.ones(many, dtype=bool)
    free[place] = False
    return np.flatnonzero(free)


class _Sheet:
    """The calls while they are being shared out."""

    def __init__(self, world: Setting, rep: Rep, patch: Patch, calls: Slots) -> None:
        self.world, self.rep, self.patch, self.calls = world, rep, patch, calls
        names = ("series", "prospect", "attempt", "contact", "outcome", "message")
        self.columns = {name: np.zeros(len(calls), np.int64) for name in names}
        self.social = np.zeros(len(calls), dtype=bool)

    def enter(self, place: Ints, series: int, plan: Plan, contact: Ints) -> None:
        """Give the calls at these places to prospects, and see how they end."""
        outcome, message, social = self._fates(place, series, plan.attempt, contact)
        told = {"prospect": plan.prospect, "attempt": plan.attempt, "contact": contact}
        for name, values in (told | {"outcome": outcome, "message": message}).items():
            self.columns[name][place] = values
        self.columns["series"][place] = series
        self.social[place] = social

    def release(self, place: Ints, many: int) -> Ints:
        """The places whose prospect was settled before."""
        told = {name: values[place] for name, values in self.columns.items()}
        ends = settles(told["outcome"], told["message"])
        return np.sort(place[spared(told["prospect"], told["attempt"], ends, many)])

    def filled(self, planned: tuple[Ints, ...]) -> Attempts:
        return Attempts(**self.columns, social=self.social, planned=planned)

    def _fates(self, place: Ints, series: int, attempt: Ints, contact: Ints) -> tuple[Ints, Ints, Flags]:
        fates = self.calls.fates[place]
        share = answer_rate(self.world, self.rep, self.patch, self.calls.at[place], attempt, contact)
        answered = fates[:, 0] < np.minimum(
            share * (self.world.scenario.warm if series == INBOUND else 1), 0.95
        )
        how = ANSWERED_AS[pick(fates[:, 1], _answered(self.world))]
        outcome = np.where(answered, how, UNANSWERED_AS[pick(fates[:, 1], UNANSWERED)])
        missed = np.isin(outcome, UNANSWERED_AS[:2]) & (fates[:, 2] < self.world.scenario.follow_up)
        message = np.where(missed, MESSAGE_AS[pick(fates[:, 3], MESSAGE)], -1)
        return outcome, message, missed & (fates[:, 4] < SOCIAL)


def _answered(world: Setting) -> tuple[float, ...]:
    talked = world.scenario.conversation
    rest = (1 - talked) / (ANSWERED[1] + ANSWERED[2])
    return talked, ANSWERED[1] * rest, ANSWERED[2] * rest


def answer_rate(world: Setting, rep: Rep, patch: Patch, at: Ints, attempt: Ints, contact: Ints) -> Floats:
    """How likely each call is answered, by hour and weekday on the contact's clock and by attempt."""
    scenario = world.scenario
    share = np.asarray(scenario.answer_by_hour)[patch.hour(world, contact, at)]
    share = share * np.asarray(scenario.answer_by_weekday)[patch.weekday(world, contact, at)]
    share = share * np.asarray(scenario.answer_by_attempt)[attempt] / MEAN_ATTEMPT
    better = 1 + (scenario.drift - 1) * progress(world, at // 86_400) if scenario.drift != 1 else 1.0
    return np.asarray(share * better * rep.skill.answer)
