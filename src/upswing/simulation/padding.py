"""Padded logs: calls that never happened, each labelled in the truth."""

from __future__ import annotations

import numpy as np

from upswing.core.records import ActivityKind, Capture, Happened
from upswing.simulation.activities import LABEL, LABELS, PADDED, Part, part
from upswing.simulation.arrays import NEVER, Floats, Ints, pick, within
from upswing.simulation.attempts import CODE
from upswing.simulation.clock import DAY, HOUR, offsets
from upswing.simulation.entering import CAPTURE
from upswing.simulation.patch import CONTACTS
from upswing.simulation.play import Play
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms
from upswing.simulation.talks import KIND

PADDERS = (6, 9, 13)
"""Of every twenty reps: 15 %."""
FEWEST, MOST = 0.10, 0.30
"""Padded calls as a share of the real ones of the day; the rep's own share lies between."""
KINDS = tuple(label for label in LABELS if label.startswith("padded:"))
ENDS = (0.5, 0.25, 0.25)
ENDS_AS = np.array([CODE[Happened.NO_ANSWER], CODE[Happened.VOICEMAIL], CODE[Happened.CONVERSATION]])
PER_DAY = 40
"""Draws a day has for padding: more is never padded."""


def pads_from(world: Setting, rep: Rep) -> int:
    """The day from which the rep pads, NEVER for the honest."""
    if world.scenario.padded and rep.number % 20 in PADDERS:
        return world.start
    return rep.pads


def padded(world: Setting, one: Play) -> list[Part]:
    """What the rep adds to their log; each day has its kind."""
    since = pads_from(world, one.rep)
    if since >= NEVER:
        return []
    days = one.work.worked(world.end)
    days = days[days >= since]
    place = days - world.first
    draws = uniforms(world.seed, Purpose.PADDING, one.rep.number, world.days, 2 + 5 * PER_DAY)
    calls = np.bincount(one.parts[0].at // DAY - world.first, minlength=world.days)[place]
    share = FEWEST + (MOST - FEWEST) * draws[0, 0]
    counts = np.minimum(np.round(calls * share), PER_DAY).astype(np.int64)
    kind = np.repeat((draws[place, 1] * len(KINDS)).astype(np.int64), counts)
    day, number = np.repeat(days, counts), within(counts)
    told = draws[day - world.first].reshape(len(day), -1)[:, 2:].reshape(len(day), PER_DAY, 5)
    return [_rows(world, one, day, number, kind, told[np.arange(len(day)), number])]


def _rows(world: Setting, one: Play, day: Ints, number: Ints, kind: Ints, draws: Floats) -> Part:
    label = LABEL[KINDS[0]] + kind
    at = _times(world, one, day, number, label, draws)
    outcome = ENDS_AS[pick(draws[:, 1], ENDS)]
    seconds = np.where(outcome == ENDS_AS[2], 60 + 240 * draws[:, 2], 30).astype(np.int64)
    rounded = label == LABEL["padded:round minutes"]
    seconds = np.where(rounded, 300 * (1 + (2 * draws[:, 2]).astype(np.int64)), seconds)
    lasts = seconds
    seconds = np.where(label == LABEL["padded:no duration"], -1, seconds)
    same = label == LABEL["padded:repeated contact"]
    contact = np.where(same, day * 7 % CONTACTS, (draws[:, 3] * CONTACTS).astype(np.int64))
    late = np.where(label == LABEL["padded:entered later"], 2 + (4 * draws[:, 4]).astype(np.int64), 0)
    many = len(day)
    return part(
        one.rep.number, many, series=np.full(many, PADDED), number=(day - world.first) * PER_DAY + number,
        kind=np.full(many, KIND[ActivityKind.CALL]), at=at, seconds=seconds, outcome=outcome, contact=contact,
        entered=at + lasts + late * DAY + (1_800 * draws[:, 4]).astype(np.int64),
        capture=np.full(many, CAPTURE[Capture.TYPED]), label=label,
    )  # fmt: skip


def _times(world: Setting, one: Play, day: Ints, number: Ints, label: Ints, draws: Floats) -> Ints:
    """Bursts lie one to three minutes apart before the day's end; round minutes are full quarters of an hour."""
    second = ((9 + 7.5 * draws[:, 0]) * HOUR).astype(np.int64)
    burst = 16 * HOUR + 1_800 + number * 110 + (60 * draws[:, 0]).astype(np.int64)
    second = np.where(label == LABEL["padded:burst"], burst, second)
    second = np.where(label == LABEL["padded:round minutes"], second // 900 * 900, second)
    clock = offsets(one.rep.zone, world.first, world.days)[day - world.first]
    return np.asarray(day * DAY + second - clock)
