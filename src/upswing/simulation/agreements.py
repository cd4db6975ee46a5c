"""Written standards, and who signed which version."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from upswing.simulation.people_rows import Rows, listed
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms
from upswing.simulation.table import Days, Whole, Words

STANDARDS = (
    ("first-response", 1, 0, "Every lead that comes in is answered within four working hours."),
    ("logging", 1, 0, "Calls are written down on the day they are made, with how they ended."),
    ("stages", 1, 0, "A deal moves on when the buyer has done what the stage asks."),
    ("quotes", 1, 0, "Every quote is sent within two working days of the demo."),
    ("first-response", 2, 365, "Every lead that comes in is answered within two working hours."),
    ("logging", 2, 540, "Calls are written down within the hour, with how they ended."),
)
"""Key, version, days from the first one, text."""
UNSIGNED, SIGNED_WITHIN = 0.05, 20


def standard_rows(world: Setting) -> Rows:
    """Versions that were in force by then."""
    told = [found for found in STANDARDS if world.start + found[2] < world.cut]
    return {
        "key": listed([key for key, _, _, _ in told]),
        "version": Whole(np.array([version for _, version, _, _ in told])),
        "effective": Days(world.start + np.array([after for _, _, after, _ in told])),
        "text": listed([text for _, _, _, text in told]),
    }


def agreement_rows(world: Setting, reps: Sequence[Rep]) -> Rows:
    """Signatures of those who were there, a few days after a version came into force or they did."""
    rows: list[tuple[int, int, int]] = []
    for rep in reps:
        draws = uniforms(world.seed, Purpose.SIGNATURES, rep.number, len(STANDARDS), 2)
        for place, (_, _, after, _) in enumerate(STANDARDS):
            day = max(world.start + after, rep.starts) + 1 + int(SIGNED_WITHIN * draws[place, 1])
            if draws[place, 0] >= UNSIGNED and day < min(world.cut, rep.ends):
                rows.append((place, rep.number, day))
    told = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return {
        "standard": Words(told[:, 0], tuple(found[0] for found in STANDARDS)),
        "version": Whole(np.array([found[1] for found in STANDARDS])[told[:, 0]]),
        "person": Words(told[:, 1], tuple(rep.name for rep in reps)),
        "signed": Days(told[:, 2]),
    }
