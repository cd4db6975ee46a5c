"""Quotes: what was offered for a deal, revision by revision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upswing.core.records import QuoteStatus
from upswing.simulation.arrays import NEVER, Array, Floats, Ints, within
from upswing.simulation.clock import workday
from upswing.simulation.currencies import CODES, currency_of, stated
from upswing.simulation.deal_rows import Standing, product_of
from upswing.simulation.deals import Deals
from upswing.simulation.lives import WON
from upswing.simulation.names import PRODUCTS
from upswing.simulation.people_rows import Rows
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms
from upswing.simulation.table import Days, Ids, Scaled, Whole, Words

MOST = 4
"""Three revisions that are sent, and a draft."""
ONE, TWO = 0.55, 0.85
DRAFTED = 0.06
STATUSES = tuple(status.value for status in QuoteStatus)
AS = {status: code for code, status in enumerate(QuoteStatus)}
REASONS = ("price", "timing", "another supplier", "no decision", "scope")
LINES = ((1.0, 0.0, 0.0), (0.7, 0.3, 0.0), (0.6, 0.25, 0.15))


@dataclass(frozen=True, slots=True, eq=False)
class Quotes:
    """One entry a revision that has been made by the day of the look, in order of deal; `sent` NEVER for a draft.

    `amount` in cents of the deal's currency, `currency` a place in CODES, `draws` (revisions, 4).
    """

    rep: int
    deal: Ints
    revision: Ints
    sent: Ints
    amount: Ints
    currency: Ints
    status: Ints
    reason: Ints
    product: Ints
    draws: Floats


def quotes(world: Setting, found: Deals, state: Standing) -> Quotes:
    """Every revision of the deals that are shown."""
    which = state.which
    draws = uniforms(world.seed, Purpose.QUOTES, found.opened.rep, len(found), 12)[which]
    days = _days(found, which, draws)
    cents = _amounts(found, which, days)
    there = (days < world.cut) & (days >= 0)
    place, column = np.nonzero(there)
    deal, day = which[place], days[place, column]
    draft = column == MOST - 1
    later = np.concatenate([days[:, 1 : MOST - 1], np.full((len(which), 2), NEVER)], axis=1)[place, column]
    closed = state.closed[place] < NEVER
    status = np.select(
        [draft, later < world.cut, state.stage[place] == WON, closed],
        [AS[QuoteStatus.DRAFT], AS[QuoteStatus.REPLACED], AS[QuoteStatus.ACCEPTED], AS[QuoteStatus.DECLINED]],
        AS[QuoteStatus.SENT],
    )
    currency = currency_of(world, found.opened.rep, found.opened.created[deal])
    declined = status == AS[QuoteStatus.DECLINED]
    reason = np.where(declined, (draws[place, 6] * len(REASONS)).astype(np.int64), -1)
    return Quotes(
        found.opened.rep, deal, within(there.sum(axis=1)) + 1, np.where(draft, NEVER, day),
        stated(cents[place, column], currency), currency, status, reason, product_of(found.worth.amounts[deal, 0]),
        draws[place, 8:12],
    )  # fmt: skip


def _days(found: Deals, which: Ints, draws: Floats) -> Ints:
    """When each revision is made, (deals, MOST): NEVER for those that are not, the draft last."""
    life = found.life
    first = np.minimum(life.entered[which, 2], life.entered[which, 3])
    first = np.where(life.entered_closed[which], NEVER, first)
    days, over = [first], np.minimum(life.closed, life.ended)[which]
    for revision, share in ((1, ONE), (2, TWO)):
        day = workday(np.minimum(days[-1], 10**7) + 4 + (9 * draws[:, revision]).astype(np.int64))
        days.append(np.where((days[-1] < NEVER) & (draws[:, 0] > share) & (day < over), day, NEVER))
    last = np.where(np.stack(days) < NEVER, np.stack(days), 0).max(axis=0)
    day = workday(last + 2)
    days.append(np.where((draws[:, 3] < DRAFTED) & (last > 0) & (day < over), day, NEVER))
    return np.stack(days, axis=1)


def _amounts(found: Deals, which: Ints, days: Ints) -> Ints:
    """In cents of euro: a little less each time; the last one sent is what a won deal was won for."""
    second, final = found.worth.amounts[which, 1], found.worth.amounts[which, 3]
    cents = np.round(second[:, None] * (1 - 0.02 * np.arange(MOST)) / 100).astype(np.int64) * 100
    sent = days[:, : MOST - 1] < NEVER
    last = sent.sum(axis=1) - 1
    won = np.flatnonzero(found.life.won[which] & (last >= 0))
    cents[won, last[won]] = final[won]
    return np.asarray(cents)


def _number(found: Quotes) -> Ints:
    return found.deal * 8 + found.revision


def quote_rows(found: Quotes) -> Rows:
    """The table of quotes."""
    mine, zero = np.full(len(found.deal), found.rep), np.zeros(len(found.deal), np.int8)
    return {
        "id": Ids(mine, _number(found), ("Q",), zero),
        "deal": Ids(mine, found.deal, ("D",), zero),
        "revision": Whole(found.revision),
        "sent": Days(found.sent),
        "amount": Scaled(found.amount),
        "currency": Words(found.currency, CODES),
        "status": Words(found.status, STATUSES),
        "reason": Words(found.reason, REASONS),
    }


def line_rows(found: Quotes) -> Rows:
    """The table of quote lines: they add up to the quote to the cent."""
    shape = (found.draws[:, 0] * 3).astype(np.int64)
    shares = np.asarray(LINES)[shape]
    prices = np.floor(found.amount[:, None] * shares).astype(np.int64)
    prices[:, 0] += found.amount - prices.sum(axis=1)
    place, line = np.nonzero(shares > 0)
    product = (found.product[place] + line) % len(PRODUCTS)
    order = np.lexsort((product, place))
    place, line, product = place[order], line[order], product[order]
    quantity = 1 + (found.draws[place, 1 + line] * np.array([2, 4, 6])[line]).astype(np.int64)
    mine: Array = np.full(len(place), found.rep)
    return {
        "quote": Ids(mine, _number(found)[place], ("Q",), np.zeros(len(place), np.int8)),
        "product": Words(product, tuple(sold.name for sold in PRODUCTS)),
        "quantity": Whole(quantity),
        "price": Scaled(prices[place, line]),
    }
