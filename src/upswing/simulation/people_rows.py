"""The rows of people and whom they may reach: reps, their places, days off, accounts, contacts, products, leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from upswing.core.records import Disposition
from upswing.simulation.arrays import NEVER, Flags, Ints
from upswing.simulation.cast import address
from upswing.simulation.clock import DAY, day, number, quarter_after
from upswing.simulation.holidays import common
from upswing.simulation.leads import AS, DISPOSITIONS, REASONS, SOURCE_WORDS, Leads
from upswing.simulation.names import CONTACT_ROLES, INDUSTRIES, PRODUCTS, account_name, contact_name
from upswing.simulation.organisation import team, territory
from upswing.simulation.patch import ACCOUNTS, CONTACTS, SIZES, Patch, account_of
from upswing.simulation.reps import Rep
from upswing.simulation.setting import Setting
from upswing.simulation.table import AnyColumn, Days, Ids, Instants, Scaled, Whole, Words
from upswing.simulation.worktime import DayOff

Rows = Mapping[str, AnyColumn]
AS_UNTRIED, AS_QUALIFIED = AS[Disposition.NOT_ATTEMPTED], AS[Disposition.QUALIFIED]


def listed(words: Sequence[str]) -> Words:
    """A column that is a plain list of texts."""
    return Words(np.arange(len(words)), tuple(words))


def _end(world: Setting, end: int) -> int:
    return end if end < world.cut else int(NEVER)


def people_rows(world: Setting, reps: Sequence[Rep]) -> Rows:
    """Reps who had come by then; `end` is their last day."""
    there = [rep for rep in reps if rep.starts < world.cut]
    places = [rep.at(world.cut - 1) for rep in there]
    return {
        "name": listed([rep.name for rep in there]),
        "email": listed([address(rep.name) for rep in there]),
        "manager": listed([team(place.team).manager for place in places]),
        "team": listed([team(place.team).name for place in places]),
        "region": listed([territory(place.territory).region for place in places]),
        "role": listed([place.role for place in places]),
        "level": listed([place.level for place in places]),
        "territory": listed([territory(place.territory).name for place in places]),
        "zone": listed([rep.zone for rep in there]),
        "start": Days(np.array([rep.starts for rep in there], np.int64)),
        "end": Days(
            np.array([rep.ends - 1 if _end(world, rep.ends) < NEVER else NEVER for rep in there], np.int64)
        ),
    }


def membership_rows(world: Setting, reps: Sequence[Rep]) -> Rows:
    """Every stint that had begun by then."""
    told = [(rep, stint) for rep in reps for stint in rep.stints if stint.start < world.cut]
    return {
        "rep": Words(np.array([rep.number for rep, _ in told], np.int64), tuple(rep.name for rep in reps)),
        "team": listed([team(stint.team).name for _, stint in told]),
        "role": listed([stint.role for _, stint in told]),
        "level": listed([stint.level for _, stint in told]),
        "territory": listed([territory(stint.territory).name for _, stint in told]),
        "start": Days(np.array([stint.start for _, stint in told], np.int64)),
        "end": Days(np.array([_end(world, stint.end) for _, stint in told], np.int64)),
    }


def off_rows(world: Setting, reps: Sequence[Rep], off: Sequence[tuple[DayOff, ...]]) -> Rows:
    """Days off since the first day.

    Holidays and planned time off are known until the running quarter ends, sick days when they have come.
    """
    known = int(quarter_after(np.array([world.cut - 1]))[0])
    years = range(day(world.start).year, day(world.cut - 1).year + 1)
    shared = sorted(number(found) for year in years for found in common(year))
    told = [(-1, DayOff(found, "holiday")) for found in shared]
    told += [
        (rep.number, away)
        for rep, days in zip(reps, off, strict=True)
        for away in days
        if rep.starts < world.cut
    ]
    told = [
        (rep, away) for rep, away in told
        if world.start <= away.day < (world.cut if away.kind == "sick" else known)
    ]  # fmt: skip
    return {
        "rep": Words(np.array([rep for rep, _ in told], np.int64), tuple(rep.name for rep in reps)),
        "day": Days(np.array([away.day for _, away in told], np.int64)),
        "kind": listed([away.kind for _, away in told]),
    }


def account_names(reps: int) -> tuple[str, ...]:
    """The accounts of all patches: rep by rep."""
    return tuple(account_name(place) for place in range(reps * ACCOUNTS))


def account_rows(rep: int, patch: Patch, names: Sequence[str]) -> Rows:
    """The accounts of one patch."""
    places = np.arange(ACCOUNTS)
    return {
        "id": Ids(np.full(ACCOUNTS, rep), places, ("A",), np.zeros(ACCOUNTS, np.int8)),
        "name": Words(rep * ACCOUNTS + places, names),
        "industry": Words(patch.industry, INDUSTRIES),
        "country": Words(
            np.zeros(ACCOUNTS, np.int64) + _COUNTRIES.index(patch.territory.country), _COUNTRIES
        ),
    }


_COUNTRIES = ("Denmark", "Estonia", "Switzerland")
_CONTACT_NAMES = tuple(contact_name(place) for place in range(667))


def contact_rows(rep: int, patch: Patch, names: Sequence[str], zones: Sequence[str]) -> Rows:
    """The people at the accounts of one patch; `zones` of all patches."""
    places = np.arange(CONTACTS)
    clocks = np.array([zones.index(zone) for zone in patch.zones])
    return {
        "id": Ids(np.full(CONTACTS, rep), places, ("P",), np.zeros(CONTACTS, np.int8)),
        "name": Words((places * 5 + rep * 131) % len(_CONTACT_NAMES), _CONTACT_NAMES),
        "account": Words(rep * ACCOUNTS + account_of(places), names),
        "role": Words(patch.role, CONTACT_ROLES),
        "zone": Words(clocks[patch.zone], zones),
    }


def product_rows() -> Rows:
    """What is sold."""
    return {
        "id": listed([product.id for product in PRODUCTS]),
        "name": listed([product.name for product in PRODUCTS]),
        "family": listed([product.family for product in PRODUCTS]),
        "list_price": Scaled(np.array([product.list_price * 100 for product in PRODUCTS])),
    }


def lead_rows(
    world: Setting,
    rep: Rep,
    patch: Patch,
    found: Leads,
    opened: Ints,
    reps: Sequence[str],
    names: Sequence[str],
) -> Rows:
    """Leads that were there by then and are not past and done with before the first day.

    `opened`: numbers of those that stand behind a deal that is shown. The last three columns are for learning from,
    the very last is a leak.
    """
    kept = np.flatnonzero(_shown(world, found, opened))
    kept = kept[np.lexsort((found.number[kept], found.created[kept]))]
    told = found.decided[kept] < world.cut
    tried = found.first[kept] < world.cut * DAY
    untried = np.where(tried, 0, AS_UNTRIED)
    contact = found.contact[kept]
    account = account_of(contact)
    mine, zero = np.full(len(kept), rep.number), np.zeros(len(kept), np.int8)
    won = found.disposition[kept] == AS_QUALIFIED
    leak = np.where(won, 60 + found.number[kept] * 7 % 40, 1 + found.number[kept] * 7 % 40)
    return {
        "id": Ids(mine, found.number[kept], ("L",), zero),
        "rep": Words(mine, reps),
        "created": Instants(found.created[kept]),
        "source": Words(found.source[kept], SOURCE_WORDS),
        "account": Words(rep.number * ACCOUNTS + account, names),
        "contact": Ids(mine, contact, ("P",), zero),
        "disposition": Words(np.where(told, found.disposition[kept], untried), DISPOSITIONS),
        "reason": Words(np.where(told, found.reason[kept], -1), REASONS),
        "decided": Days(np.where(told, found.decided[kept], NEVER)),
        "size": Words(patch.size[account], SIZES),
        "industry": Words(patch.industry[account], INDUSTRIES),
        "fit_leak": Whole(np.where(told, leak, -1)),
    }


def _shown(world: Setting, found: Leads, opened: Ints) -> Flags:
    recent = (found.created >= world.start * DAY) | (found.decided >= world.start)
    return np.asarray((found.created < world.cut * DAY) & (recent | np.isin(found.number, opened)))
