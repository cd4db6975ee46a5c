"""Everything together: each rep's history, then the deals, then the tables as they stand on the day of the look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from upswing.simulation.activities import Part, columns, joined, shown
from upswing.simulation.agreements import agreement_rows, standard_rows
from upswing.simulation.arrays import Array
from upswing.simulation.coaching import Closed, coached_deals
from upswing.simulation.currencies import rate_rows
from upswing.simulation.deal_meetings import deal_meetings
from upswing.simulation.deal_rows import Standing, amount_rows, close_rows, deal_rows, move_rows, standing
from upswing.simulation.habits import login_rows, time_rows
from upswing.simulation.handovers import successors
from upswing.simulation.invoices import Invoices, invoice_rows, invoices, payment_rows, written_names
from upswing.simulation.organisation import team, team_of
from upswing.simulation.padding import padded
from upswing.simulation.people_rows import (
    account_names,
    account_rows,
    contact_rows,
    lead_rows,
    membership_rows,
    off_rows,
    people_rows,
    product_rows,
)
from upswing.simulation.play import Play, play
from upswing.simulation.quotas import quota_rows
from upswing.simulation.quotes import line_rows, quote_rows, quotes
from upswing.simulation.ratings import assessment_rows, coaching_rows
from upswing.simulation.reasons import WORDS, reasons
from upswing.simulation.reps import rep
from upswing.simulation.setting import Setting
from upswing.simulation.table import AnyColumn, Table, Words, stacked
from upswing.simulation.writing import TABLES

Parts = dict[str, list[Mapping[str, AnyColumn]]]


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """All tables, and what they were made from."""

    tables: Mapping[str, Table]
    plays: Sequence[Play]
    closed: Closed
    states: Mapping[int, Standing]
    labels: Sequence[Array]
    invoices: Sequence[Invoices]


def make(world: Setting) -> Made:
    """Simulate everybody."""
    plays = [play(world, rep(world, number)) for number in range(world.reps)]
    heirs = successors([one.rep for one in plays])
    closed = coached_deals(world, plays, heirs)
    states = {number: standing(world, found, heirs, world.reps) for number, found in closed.deals.items()}
    booked = {number: invoices(world, found, states[number]) for number, found in closed.deals.items()}
    parts = _people(world, plays, closed) | _deals(world, plays, states, closed, booked)
    parts |= _habits(world, plays, closed)
    done = _activities(world, plays, closed, heirs)
    names = tuple(one.rep.name for one in plays)
    parts["activities"] = [columns(part, names) for part in done]
    found = {name: stacked(name, parts[name]) for name in TABLES}
    return Made(found, plays, closed, states, [part.label for part in done], list(booked.values()))


def _people(world: Setting, plays: Sequence[Play], closed: Closed) -> Parts:
    reps = [one.rep for one in plays]
    names, accounts = tuple(found.name for found in reps), account_names(len(reps))
    zones = tuple(sorted({zone for one in plays for zone in one.patch.zones}))
    leads = []
    for one in plays:
        found = closed.deals[one.rep.number]
        behind = found.opened.lead[found.life.closed >= world.start]
        leads.append(lead_rows(world, one.rep, one.patch, one.leads, behind, names, accounts))
    return {
        "people": [people_rows(world, reps)],
        "memberships": [membership_rows(world, reps)],
        "days_off": [off_rows(world, reps, [one.off for one in plays])],
        "accounts": [account_rows(one.rep.number, one.patch, accounts) for one in plays],
        "contacts": [contact_rows(one.rep.number, one.patch, accounts, zones) for one in plays],
        "products": [product_rows()],
        "rates": [rate_rows(world)],
        "leads": leads,
        "quotas": [quota_rows(world, reps)],
    }


def _deals(
    world: Setting, plays: Sequence[Play], states: Mapping[int, Standing], closed: Closed,
    booked: Mapping[int, Invoices],
) -> Parts:  # fmt: skip
    names, accounts = tuple(one.rep.name for one in plays), account_names(len(plays))
    written = written_names(accounts)
    parts: Parts = defaultdict(list)
    for number, found in closed.deals.items():
        state = states[number]
        offered = quotes(world, found, state)
        why = Words(reasons(world, number, len(found), state, offered), WORDS)
        parts["deals"].append(deal_rows(world, found, state, why, names, accounts))
        parts["stage_moves"].append(move_rows(world, found, state))
        parts["amount_changes"].append(amount_rows(world, found, state))
        parts["close_changes"].append(close_rows(world, found, state))
        parts["quotes"].append(quote_rows(offered))
        parts["quote_lines"].append(line_rows(offered))
        parts["invoices"].append(invoice_rows(booked[number], names, written))
        parts["payments"].append(payment_rows(booked[number]))
    return parts


def _habits(world: Setting, plays: Sequence[Play], closed: Closed) -> Parts:
    reps = [one.rep for one in plays]
    names = tuple(found.name for found in reps)
    managers = tuple(dict.fromkeys(team(team_of(found.number)).manager for found in reps))
    return {
        "time_entries": [time_rows(world, one, names) for one in plays],
        "logins": [login_rows(world, one, names) for one in plays],
        "assessments": [assessment_rows(world, one, names, managers) for one in plays],
        "coaching": [coaching_rows(world, closed.rounds, reps)],
        "standards": [standard_rows(world)],
        "agreements": [agreement_rows(world, reps)],
    }


def _activities(
    world: Setting, plays: Sequence[Play], closed: Closed, heirs: Mapping[int, tuple[int, int]]
) -> list[Part]:
    """Each rep's activities that are shown, in order of time."""
    more: dict[int, list[Part]] = defaultdict(list)
    for found in closed.deals.values():
        for part in deal_meetings(world, found, heirs, [one.rep for one in plays]):
            more[part.rep].append(part)
    done = []
    for one in plays:
        whole = joined(one.rep.number, [*one.parts, *padded(world, one), *more[one.rep.number]])
        done.append(whole.select(shown(world, whole)))
    return done
