"""A rep's patch: the companies and the people at them whom they may reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.simulation.arrays import Floats, Ints, pick
from upswing.simulation.clock import DAY, HOUR, offsets
from upswing.simulation.names import INDUSTRIES
from upswing.simulation.organisation import Territory, team_of, territory
from upswing.simulation.setting import AHEAD, Setting
from upswing.simulation.streams import Purpose, normals, uniforms

ACCOUNTS = 300
CONTACTS = 900
STRIDE = 7
"""Prospects take the contacts in steps of this, which has no divisor in common with their number."""
AT_HOME = 0.70
SIZES = ("small", "medium", "large")
SIZE_SHARES = (0.50, 0.35, 0.15)
SIZE_WORTH = (-0.80, 0.30, 1.97)
INDUSTRY_WORTH = (0.65, -1.09, 1.53, 0.22, -0.65, -1.53, 1.09, -0.22)
"""What size and industry do to a lead, each with mean 0 and sigma about 1."""
ELSEWHERE = (0.40, 0.35, 0.15, 0.05, 0.05)


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """Contacts are numbered within the patch, three to an account; `zone` 0 is the rep's own territory's.

    `industry` and `size` of each account, `fit` of each contact (standard normal), `log_odds` of booking a meeting
    that follow from the three.
    """

    territory: Territory
    zone: Ints
    role: Ints
    industry: Ints
    size: Ints
    fit: Floats
    log_odds: Floats
    zones: tuple[str, ...]
    clocks: tuple[Ints, ...]

    def hour(self, world: Setting, contact: Ints, at: Ints) -> Ints:
        """The hour of the day on the contact's clock at an instant."""
        clocks = np.stack(self.clocks)
        place = np.clip(at // DAY - world.first, 0, clocks.shape[1] - 1)
        return (at + clocks[self.zone[contact], place]) % DAY // HOUR

    def weekday(self, world: Setting, contact: Ints, at: Ints) -> Ints:
        """The weekday on the contact's clock."""
        clocks = np.stack(self.clocks)
        place = np.clip(at // DAY - world.first, 0, clocks.shape[1] - 1)
        return ((at + clocks[self.zone[contact], place]) // DAY + 3) % 7


def patch(world: Setting, rep: int) -> Patch:
    """The patch of one rep: it stays with their number."""
    where = territory(team_of(rep))
    contacts = uniforms(world.seed, Purpose.CONTACTS, rep, CONTACTS, 3)
    accounts = uniforms(world.seed, Purpose.ACCOUNTS, rep, ACCOUNTS, 2)
    away = 1 + pick(contacts[:, 1], ELSEWHERE)
    zones = (where.zone, *where.elsewhere)
    industry = (accounts[:, 0] * len(INDUSTRIES)).astype(np.int64)
    size = pick(accounts[:, 1], SIZE_SHARES)
    fit = normals(world.seed, Purpose.LEAD_SIZES, rep, CONTACTS, 1)[:, 0]
    return Patch(
        where,
        np.where(contacts[:, 0] < AT_HOME, 0, away),
        pick(contacts[:, 2], (0.4, 0.3, 0.2, 0.1)),
        industry,
        size,
        fit,
        world.scenario.fit * _worth(industry, size, fit),
        zones,
        tuple(offsets(zone, world.first, world.days + AHEAD) for zone in zones),
    )


def _worth(industry: Ints, size: Ints, fit: Floats) -> Floats:
    """Of each contact, with mean 0 and sigma about 1."""
    account = account_of(np.arange(CONTACTS))
    told = 0.50 * np.asarray(SIZE_WORTH)[size[account]] + 0.43 * np.asarray(INDUSTRY_WORTH)[industry[account]]
    return np.asarray(0.75 * fit + told)


def contact_of(series: int, prospect: Ints) -> Ints:
    """The contact of a prospect, by the series in which it was taken up."""
    return (prospect * STRIDE + series * 331) % CONTACTS


def account_of(contact: Ints) -> Ints:
    """The account of a contact within the patch."""
    return contact % ACCOUNTS
