"""The rows of deals, their moves and changes, as they stand on the day of the look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from upswing.simulation.arrays import NEVER, Flags, Ints
from upswing.simulation.currencies import CODES, currency_of, stated
from upswing.simulation.deals import Deals
from upswing.simulation.handovers import owner_on
from upswing.simulation.leads import SOURCE_WORDS
from upswing.simulation.lives import LOST, STAGE_WORDS, WON
from upswing.simulation.names import PRODUCTS
from upswing.simulation.patch import account_of
from upswing.simulation.setting import Setting
from upswing.simulation.table import AnyColumn, Days, Ids, Scaled, Words

Rows = Mapping[str, AnyColumn]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The deals of one origin that are shown, with their state on the day of the look.

    `which`: their places; `stage` a place in STAGE_WORDS; `closed` NEVER while open; `owner` a rep's number.
    """

    which: Ints
    stage: Ints
    closed: Ints
    created: Ints
    owner: Ints


def standing(world: Setting, found: Deals, heirs: Mapping[int, tuple[int, int]], reps: int) -> Standing:
    """Deals that were there by then, were not decided before the first day, and have an owner in this world."""
    life, many = found.life, len(found)
    known = life.move_day < world.cut
    stage, since = np.full(many, -1), np.full(many, NEVER)
    stage[life.move_deal[known]] = life.move_stage[known]
    since[life.move_deal[known]] = life.move_day[known]
    closed = np.where(np.isin(stage, [WON, LOST]), since, NEVER)
    created = np.where(life.entered_closed, life.closed, found.opened.created)
    owner = owner_on(found.opened.owner, heirs, np.minimum(closed, world.cut - 1))
    there = (stage >= 0) & (life.closed >= world.start) & (found.opened.owner < reps)
    which = np.flatnonzero(there)
    return Standing(which, stage[which], closed[which], created[which], owner[which])


def product_of(first: Ints) -> Ints:
    """The place of the product whose list price is nearest to the first amount, in ratio."""
    prices = np.log([product.list_price * 100 for product in PRODUCTS])
    return np.asarray(np.abs(np.log(np.maximum(first, 1))[:, None] - prices).argmin(axis=1))


def amount_now(world: Setting, found: Deals, which: Ints) -> Ints:
    """The latest amount written down by the day of the look, in cents of euro."""
    known = found.worth.amount_days[which] < world.cut
    known[:, 0] = True
    latest = 3 - known[:, ::-1].argmax(axis=1)
    return np.asarray(found.worth.amounts[which, latest])


def deal_rows(
    world: Setting,
    found: Deals,
    state: Standing,
    why: AnyColumn,
    reps: Sequence[str],
    accounts: Sequence[str],
) -> Rows:
    """The table of deals; `why` they were won or lost, one entry a deal that is shown."""
    which, came = state.which, found.opened
    many, zero = len(which), np.zeros(len(which), np.int8)
    mine = np.full(many, came.rep)
    account = came.rep * 300 + account_of(came.contact[which])
    product = product_of(found.worth.amounts[which, 0])
    closes, written = found.worth.closes[which], found.worth.close_days[which]
    latest = ((written < world.cut) * np.arange(written.shape[1])).max(axis=1)
    currency = currency_of(world, came.rep, came.created[which])
    names = [f"{accounts[a]}: {_short(p)}" for a, p in zip(account.tolist(), product.tolist(), strict=True)]
    return {
        "id": Ids(mine, which, ("D",), zero),
        "name": Words(np.arange(many), names),
        "rep": Words(state.owner, reps),
        "account": Words(account, accounts),
        "product": Words(product, tuple(sold.name for sold in PRODUCTS)),
        "lead": Ids(mine, came.lead[which], ("L",), zero),
        "source": Words(came.source[which], SOURCE_WORDS),
        "stage": Words(state.stage, STAGE_WORDS),
        "created": Days(state.created),
        "closed": Days(state.closed),
        "expected_close": Days(closes[np.arange(many), latest]),
        "amount": Scaled(stated(amount_now(world, found, which), currency)),
        "currency": Words(currency, CODES),
        "commit": Words((found.worth.committed[which] < world.cut).astype(np.int64), ("false", "true")),
        "reason": why,
    }


def move_rows(world: Setting, found: Deals, state: Standing) -> Rows:
    """The table of moves through the stages."""
    life = found.life
    kept = _among(state, len(found))[life.move_deal] & (life.move_day < world.cut)
    deal = life.move_deal[kept]
    return {
        "deal": _ids(found, deal),
        "stage": Words(life.move_stage[kept], STAGE_WORDS),
        "day": Days(life.move_day[kept]),
    }


def amount_rows(world: Setting, found: Deals, state: Standing) -> Rows:
    """The table of changes of the open amount: the first amount too, for deals whose amount changed."""
    days = found.worth.amount_days[state.which] < world.cut
    days[:, 0] = days[:, 1:].any(axis=1) & ~found.life.entered_closed[state.which]
    days[:, 3] = False
    place, change = np.nonzero(days)
    deal = state.which[place]
    currency = currency_of(world, found.opened.rep, found.opened.created[deal])
    return {
        "deal": _ids(found, deal),
        "day": Days(found.worth.amount_days[deal, change]),
        "amount": Scaled(stated(found.worth.amounts[deal, change], currency)),
    }


def close_rows(world: Setting, found: Deals, state: Standing) -> Rows:
    """The table of earlier expectations of the closing day."""
    written = found.worth.close_days[state.which]
    later = np.concatenate([written[:, 1:], np.full((len(written), 1), NEVER)], axis=1)
    place, slip = np.nonzero(later < world.cut)
    deal = state.which[place]
    return {
        "deal": _ids(found, deal),
        "day": Days(found.worth.close_days[deal, slip]),
        "expected_close": Days(found.worth.closes[deal, slip]),
    }


def _among(state: Standing, many: int) -> Flags:
    there = np.zeros(many, dtype=bool)
    there[state.which] = True
    return there


def _ids(found: Deals, deal: Ints) -> Ids:
    return Ids(np.full(len(deal), found.opened.rep), deal, ("D",), np.zeros(len(deal), np.int8))


def _short(product: int) -> str:
    return PRODUCTS[product].name.removeprefix("Brightwater ")
