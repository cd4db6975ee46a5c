"""A world as an extract of a Salesforce organisation: its files, column names, 18-character ids and words.

What Salesforce has no place for comes in our own format, with Salesforce's ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from upswing.simulation.foreign import (
    Cells,
    Sheet,
    always,
    cell,
    cells,
    family,
    given,
    midnight,
    own,
    put,
    sheet,
    spaced,
)

if TYPE_CHECKING:
    from upswing.simulation.world import World

PREFIXES = {
    "D": "006", "P": "003", "A": "001", "L": "00Q", "C": "00T", "E": "00T", "V": "00T", "M": "00U", "K": "00U",
}  # fmt: skip
ORG = "1G000"
SUFFIX = "AAA"
STAGES = {
    "Discovery": "Discovery", "Demo": "Demo", "Quote": "Proposal/Price Quote", "Negotiation": "Negotiation/Review",
    "Won": "Closed Won", "Lost": "Closed Lost",
}  # fmt: skip
STATUS = {
    "": "Working - Contacted", "not_attempted": "Open - Not Contacted", "qualified": "Closed - Converted",
    "disqualified": "Closed - Not Converted", "no_response": "Closed - No Response",
    "wrong_person": "Closed - Wrong Person", "bad_contact": "Closed - Bad Contact",
}  # fmt: skip
OWN = (
    "memberships", "days_off", "rates", "quotes", "quote_lines", "invoices", "time_entries", "logins", "quotas",
    "assessments", "coaching", "standards", "agreements", "payments",
)  # fmt: skip
LIVE = {"is_deleted": always("false"), "_fivetran_active": always("true")}


def write(world: World, folder: Path) -> None:
    """All files of the extract."""
    put(folder, [*_people(world), *_buyers(world), *_opportunities(world), *_activities(world)])
    put(folder, (own(world, name, _number) for name in OWN))


def _number(ours: str) -> str:
    """D-003-000412 becomes 006D00003000412AAA; kinds that Salesforce does not have keep their ids."""
    kind, _, rest = ours.partition("-")
    if kind not in PREFIXES:
        return ours
    return f"{PREFIXES[kind]}{kind}{rest.replace('-', '').rjust(11, '0')}{SUFFIX}"


def _user(place: int) -> str:
    return f"005{ORG}{place:07d}{SUFFIX}"


def _users(world: World) -> dict[str, str]:
    return {name: _user(place) for place, name in enumerate(world.tables["people"].texts("name"))}


def _id(column: str) -> Callable[[Cells], str]:
    return lambda row: _number(row[column])


def _people(world: World) -> Iterator[Sheet]:
    users = _users(world)
    roles = {name: f"00E{ORG}{place:07d}{SUFFIX}" for place, name in enumerate(("full cycle", "SDR", "AE"))}
    yield sheet("sf_user_data.csv", cells(world, "people"), {
        "id": lambda row: users[row["name"]], "name": cell("name"), "first_name": lambda row: given(row["name"]),
        "last_name": lambda row: family(row["name"]), "email": cell("email"), "username": cell("email"),
        "is_active": lambda row: "false" if row["end"] else "true", "time_zone_sid_key": cell("zone"),
        "user_role_id": lambda row: roles[row["role"]], "department": cell("team"), "division": cell("region"),
        "manager_c": cell("manager"), "level_c": cell("level"), "territory_c": cell("territory"),
        "start_c": cell("start"), "end_c": cell("end"), "role_c": cell("role"),
        "_fivetran_deleted": always("false"), "_fivetran_active": always("true"),
    })  # fmt: skip
    yield Sheet("sf_user_role_data.csv", ("id", "name"), [(key, name) for name, key in roles.items()])


def _buyers(world: World) -> Iterator[Sheet]:
    users, accounts = _users(world), _accounts(world)
    yield sheet("sf_account_data.csv", cells(world, "accounts"), {
        "id": _id("id"), "name": cell("name"), "industry": cell("industry"), "billing_country": cell("country"), **LIVE,
    })  # fmt: skip
    yield sheet("sf_contact_data.csv", cells(world, "contacts"), {
        "id": _id("id"), "account_id": lambda row: accounts.get(row["account"], ""), "name": cell("name"),
        "first_name": lambda row: given(row["name"]), "last_name": lambda row: family(row["name"]),
        "title": cell("role"), "time_zone_c": cell("zone"), **LIVE,
    })  # fmt: skip
    yield sheet("sf_product_2_data.csv", cells(world, "products"), {
        "id": lambda row: f"01t{ORG}{int(row['id'][1:]):07d}{SUFFIX}", "name": cell("name"), "family": cell("family"),
        "product_code": cell("id"), "list_price_c": cell("list_price"), "is_active": always("true"), **LIVE,
    })  # fmt: skip
    yield sheet("sf_lead_data.csv", cells(world, "leads"), {
        "id": _id("id"), "owner_id": lambda row: users[row["rep"]], "created_date": lambda row: spaced(row["created"]),
        "lead_source": cell("source"), "company": cell("account"), "converted_contact_id": _id("contact"),
        "status": lambda row: STATUS[row["disposition"]], "industry": cell("industry"),
        "is_converted": lambda row: "true" if row["disposition"] == "qualified" else "false",
        "converted_date": lambda row: row["decided"] if row["disposition"] == "qualified" else "",
        "reason_c": cell("reason"), "decided_c": cell("decided"), **LIVE,
    })  # fmt: skip


def _accounts(world: World) -> dict[str, str]:
    table = world.tables["accounts"]
    return dict(zip(table.texts("name"), map(_number, table.texts("id")), strict=True))


def _opportunities(world: World) -> Iterator[Sheet]:
    users, accounts = _users(world), _accounts(world)
    yield sheet("sf_opportunity_data.csv", cells(world, "deals"), {
        "id": _id("id"), "name": cell("name"), "owner_id": lambda row: users.get(row["rep"], ""),
        "account_id": lambda row: accounts.get(row["account"], ""), "stage_name": lambda row: STAGES[row["stage"]],
        "is_closed": lambda row: "true" if row["closed"] else "false",
        "is_won": lambda row: "true" if row["stage"] == "Won" else "false",
        "amount": cell("amount"), "currency_iso_code": cell("currency"), "lead_source": cell("source"),
        "created_date": lambda row: midnight(row["created"]),
        "close_date": lambda row: row["closed"] or row["expected_close"],
        "forecast_category": lambda row: "Commit" if row["commit"] == "true" else "Pipeline",
        "lead_c": _id("lead"), "product_c": cell("product"), "expected_close_c": cell("expected_close"),
        "reason_c": cell("reason"), **LIVE,
    })  # fmt: skip
    yield Sheet("sf_opportunity_history_data.csv", _HISTORY, _history(world))


_HISTORY = ("id", "created_date", "stage_name", "amount", "close_date", "_fivetran_active")


def _history(world: World) -> Iterator[tuple[str, ...]]:
    """A row a change, with what changed."""
    for deal, stage, day in world.tables["stage_moves"].rows():
        yield _number(deal), midnight(day), STAGES[stage], "", "", "true"
    for deal, day, amount in world.tables["amount_changes"].rows():
        yield _number(deal), midnight(day), "", amount, "", "true"
    for deal, day, expected in world.tables["close_changes"].rows():
        yield _number(deal), midnight(day), "", "", expected, "true"


def _activities(world: World) -> Iterator[Sheet]:
    """Calls, messages and visits are tasks, meetings events; `who_id` is the lead, else the contact."""
    users = _users(world)
    shared: dict[str, Callable[[Cells], str]] = {
        "id": _id("id"), "owner_id": lambda row: users[row["rep"]], "what_id": _id("deal"),
        "who_id": lambda row: _number(row["lead"] or row["contact"]), "lead_c": _id("lead"),
        "contact_c": _id("contact"),
        "type": lambda row: row["kind"].capitalize(), "created_date": lambda row: spaced(row["entered"]),
        "outcome_c": cell("outcome"), "capture_c": cell("capture"), "is_deleted": always("false"),
        "_fivetran_active": always("true"),
    }  # fmt: skip
    yield sheet("sf_task_data.csv", (row for row in cells(world, "activities") if row["kind"] != "meeting"), {
        **shared, "activity_date": lambda row: spaced(row["at"]), "call_duration_in_seconds": cell("seconds"),
        "call_disposition": cell("outcome"), "task_subtype": lambda row: row["kind"].capitalize(),
        "status": always("Completed"),
    })  # fmt: skip
    yield sheet("sf_event_data.csv", (row for row in cells(world, "activities") if row["kind"] == "meeting"), {
        **shared, "start_date_time": lambda row: spaced(row["at"]), "activity_date_time": lambda row: spaced(row["at"]),
        "duration_in_minutes": lambda row: str(round(int(row["seconds"]) / 60)) if row["seconds"] else "",
        "seconds_c": cell("seconds"), "booked_c": lambda row: spaced(row["booked"]), "channel_c": cell("channel"),
    })  # fmt: skip
