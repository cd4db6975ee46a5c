"""Invoices as accounting books them: in parts, late, corrected, under names of its own; and what is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upswing.core.records import InvoiceKind
from upswing.simulation.arrays import NEVER, Flags, Floats, Ints
from upswing.simulation.clock import workday
from upswing.simulation.currencies import CODES, currency_of, stated
from upswing.simulation.deal_rows import Standing
from upswing.simulation.deals import Deals
from upswing.simulation.lives import WON
from upswing.simulation.patch import account_of
from upswing.simulation.people_rows import Rows
from upswing.simulation.setting import Setting
from upswing.simulation.streams import Purpose, uniforms
from upswing.simulation.table import Days, Ids, Scaled, Words

KINDS = tuple(kind.value for kind in InvoiceKind)
AT_ONCE, IN_PARTS = 0.60, 0.90
PARTS, PART_DAYS = (0.4, 0.3, 0.3), (3, 33, 65)
CREDITED, UNTOLD = 0.02, 0.04
VARIANT = 0.08
TERM = 30
TAX = 4
"""Tax is a fourth of the net."""
SPLIT = 0.05
PER_DEAL = 16


@dataclass(frozen=True, slots=True, eq=False)
class Invoices:
    """One entry an invoice or credit note that was booked by the day of the look; days, cents, places.

    `corrects`: the number of the invoice a credit note takes back, -1 otherwise. `told`, `rep_told`: whether accounting
    knows the deal and the rep. `paid` NEVER while it is not.
    """

    rep: int
    number: Ints
    kind: Ints
    day: Ints
    deal: Ints
    owner: Ints
    net: Ints
    currency: Ints
    corrects: Ints
    paid: Ints
    told: Flags
    rep_told: Flags
    variant: Ints
    contact: Ints
    split: Flags


def invoices(world: Setting, found: Deals, state: Standing) -> Invoices:
    """Every invoice of the won deals that are shown. Less the credit notes they add up to each deal to the cent."""
    won = np.flatnonzero(state.stage == WON)
    deal = state.which[won]
    draws = uniforms(world.seed, Purpose.INVOICES, found.opened.rep, len(found), 24)[deal]
    currency = currency_of(world, found.opened.rep, found.opened.created[deal])
    days, nets = _planned(state.closed[won], stated(found.worth.amounts[deal, 3], currency), draws)
    place, column = np.nonzero((days < world.cut) & (nets > 0))
    base, again = column % 3, column // 3
    day = days[place, column]
    paid = day + 12 + (40 * draws[place, 14 + base] ** 2).astype(np.int64)
    settled = (again == 0) & (draws[place, 8 + base] < CREDITED)
    return Invoices(
        found.opened.rep, deal[place] * PER_DEAL + column, (again == 1).astype(np.int64), day, deal[place],
        state.owner[won][place], nets[place, column], currency[place],
        np.where(again == 1, deal[place] * PER_DEAL + base, -1),
        np.where((again == 1) | settled | (paid >= world.cut), NEVER, paid), draws[place, 17] >= UNTOLD,
        draws[place, 17] >= UNTOLD / 4,
        np.where(draws[place, 18] < VARIANT, 1 + (3 * draws[place, 19]).astype(np.int64), 0),
        found.opened.contact[deal[place]], draws[place, 20] < SPLIT,
    )  # fmt: skip


def _planned(closed: Ints, net: Ints, draws: Floats) -> tuple[Ints, Ints]:
    """Day and net of up to three invoices, then of their credit notes, then of what replaces those, (deals, 9)."""
    parts = (draws[:, 0] >= AT_ONCE) & (draws[:, 0] < IN_PARTS)
    wait = np.where(draws[:, 0] < AT_ONCE, 5 * draws[:, 1], 30 + 60 * draws[:, 1]).astype(np.int64)
    many = len(closed)
    days = np.where(parts[:, None], closed[:, None] + np.asarray(PART_DAYS), closed[:, None] + wait[:, None])
    split = np.floor(net[:, None] * np.asarray(PARTS)).astype(np.int64)
    split[:, 0] += net - split.sum(axis=1)
    nets = np.where(parts[:, None], split, np.stack([net, np.zeros(many), np.zeros(many)], axis=1)).astype(
        np.int64
    )
    credited = (draws[:, 8:11] < CREDITED) & (nets > 0)
    back = np.where(credited, days + 20 + (40 * draws[:, 11:14]).astype(np.int64), NEVER)
    again = np.where(credited, back + 1, NEVER)
    days = np.concatenate([days, back, again], axis=1)
    return np.where(days < NEVER, workday(days), NEVER), np.concatenate([nets, nets, nets], axis=1)


def written_names(accounts: Sequence[str]) -> tuple[str, ...]:
    """Account names as accounting writes them: as we do, in capitals, with a legal form, without spaces."""
    return (
        *accounts,
        *(name.upper() for name in accounts),
        *(f"{name} A/S" for name in accounts),
        *(name.replace(" ", "") for name in accounts),
    )


def invoice_rows(found: Invoices, reps: Sequence[str], names: Sequence[str]) -> Rows:
    """The table of invoices; `names` are `written_names`."""
    many, zero = len(found.day), np.zeros(len(found.day), np.int8)
    mine, accounts = np.full(many, found.rep), len(names) // 4
    account = found.variant * accounts + found.rep * 300 + account_of(found.contact)
    return {
        "id": Ids(mine, found.number, ("I",), zero),
        "kind": Words(found.kind, KINDS),
        "day": Days(found.day),
        "account": Words(account, names),
        "deal": Ids(mine, np.where(found.told, found.deal, -1), ("D",), zero),
        "rep": Words(np.where(found.rep_told, found.owner, -1), reps),
        "net": Scaled(found.net),
        "tax": Scaled(_tax(found)),
        "currency": Words(found.currency, CODES),
        "corrects": Ids(mine, found.corrects, ("I",), zero),
        "due": Days(np.where(found.kind == 0, found.day + TERM, NEVER)),
        "paid": Days(found.paid),
    }


def _tax(found: Invoices) -> Ints:
    return np.asarray((found.net + TAX // 2) // TAX)


def payment_rows(found: Invoices) -> Rows:
    """The table of payments, tax included: a few invoices are paid in two halves on one day."""
    paid = np.flatnonzero(found.paid < NEVER)
    gross = (found.net + _tax(found))[paid]
    halves = np.where(found.split[paid], gross // 2, 0)
    place = np.concatenate([paid, paid[halves > 0]])
    amount = np.concatenate([gross - halves, halves[halves > 0]])
    second = np.concatenate([np.zeros(len(paid), np.int64), np.ones(int((halves > 0).sum()), np.int64)])
    order = np.lexsort((second, place))
    place, amount, second = place[order], amount[order], second[order]
    mine, zero = np.full(len(place), found.rep), np.zeros(len(place), np.int8)
    return {
        "id": Ids(mine, found.number[place] * 2 + second, ("B",), zero),
        "invoice": Ids(mine, found.number[place], ("I",), zero),
        "day": Days(found.paid[place]),
        "amount": Scaled(amount),
        "currency": Words(found.currency[place], CODES),
    }
