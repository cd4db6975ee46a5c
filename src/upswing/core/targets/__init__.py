"""Aim: what a rep may be asked for in a period, every factor shown; and how much of it is due by a day."""

from upswing.core.targets.aiming import Spreading, aim, aim_all
from upswing.core.targets.due import counterpart, elapsed, expected_by
from upswing.core.targets.levels import (
    Dated,
    RoleShare,
    RoleSpell,
    part_time_levels,
    ramp_levels,
    role_levels,
    season_levels,
)
from upswing.core.targets.overriding import Override, overridden
from upswing.core.targets.standing import stand, target_of
from upswing.core.targets.target import Factor, Level, NoTarget, Quota, Shape, Stretch, Target

__all__ = [
    "Dated", "Factor", "Level", "NoTarget", "Override", "Quota", "RoleShare", "RoleSpell", "Shape", "Spreading",
    "Stretch", "Target", "aim", "aim_all", "counterpart", "elapsed", "expected_by", "overridden", "part_time_levels",
    "ramp_levels", "role_levels", "season_levels", "stand", "target_of",
]  # fmt: skip
