"""A world as an extract of a HubSpot portal: its files, column names, number ids and words.

What HubSpot has no place for comes in our own format, with HubSpot's ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from upswing.core.records import ActivityKind, Happened
from upswing.simulation.cast import address
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
from upswing.simulation.lives import STAGE_WORDS

if TYPE_CHECKING:
    from upswing.simulation.world import World

PORTAL, PIPELINE = "4703379", "default"
KINDS = {"D": 1, "P": 2, "A": 3, "C": 4, "E": 5, "V": 6, "M": 7, "K": 8}
STAGES = {
    "Discovery": "1001", "Demo": "1002", "Quote": "1003", "Negotiation": "1004", "Won": "closedwon",
    "Lost": "closedlost",
}  # fmt: skip
CALLS = {
    Happened.CONVERSATION: "Connected", Happened.NO_ANSWER: "No answer", Happened.VOICEMAIL: "Left voicemail",
    Happened.GATEKEEPER: "Left live message", Happened.BAD_NUMBER: "Wrong number",
    Happened.WRONG_PERSON: "Wrong person", Happened.CALL_BACK: "Call back",
}  # fmt: skip
EMAILS = {
    Happened.SENT: "SENT", Happened.READ: "OPENED", Happened.ANSWERED: "REPLIED", Happened.BOUNCED: "BOUNCED",
}  # fmt: skip
MEETINGS = {
    Happened.BOOKED: "SCHEDULED", Happened.HELD: "COMPLETED", Happened.POSITIVE: "COMPLETED_POSITIVE",
    Happened.NO_SHOW: "NO_SHOW", Happened.CANCELLED: "CANCELED",
}  # fmt: skip
TYPES = {"call": "CALL", "email": "EMAIL", "social": "COMMUNICATION", "visit": "TASK", "meeting": "MEETING"}
OWN = (
    "memberships", "days_off", "products", "rates", "leads", "quotes", "quote_lines", "invoices", "time_entries",
    "logins", "quotas", "assessments", "coaching", "standards", "agreements", "payments",
)  # fmt: skip
FAR = "2050-01-01 00:00:00"


def write(world: World, folder: Path) -> None:
    """All files of the extract."""
    put(folder, [*_people(world), *_buyers(world), *_deals(world), *_engagements(world)])
    put(folder, (own(world, name, _number) for name in OWN))


def _number(ours: str) -> str:
    """D-003-000412 becomes 10030000412; ids of kinds that HubSpot does not have stay."""
    kind, _, rest = ours.partition("-")
    return f"{KINDS[kind]}{rest.replace('-', '0')}" if kind in KINDS else ours


def _id(column: str) -> Callable[[Cells], str]:
    return lambda row: _number(row[column])


def _owners(world: World) -> dict[str, str]:
    return {name: str(35_252_170 + place) for place, name in enumerate(world.tables["people"].texts("name"))}


def _people(world: World) -> Iterator[Sheet]:
    owners = _owners(world)
    teams = {
        name: str(6_789 + place)
        for place, name in enumerate(dict.fromkeys(world.tables["people"].texts("team")))
    }
    yield sheet("owner_data.csv", cells(world, "people"), {
        "owner_id": lambda row: owners[row["name"]], "portal_id": always(PORTAL), "type": always("PERSON"),
        "created_at": lambda row: midnight(row["start"]), "email": cell("email"),
        "first_name": lambda row: given(row["name"]), "last_name": lambda row: family(row["name"]),
    })  # fmt: skip
    yield sheet("users_data.csv", cells(world, "people"), {
        "id": lambda row: owners[row["name"]], "primary_team_id": lambda row: teams[row["team"]],
        "email": cell("email"),
        "first_name": lambda row: given(row["name"]), "last_name": lambda row: family(row["name"]),
    })  # fmt: skip
    yield Sheet("team_data.csv", ("id", "name"), [(key, name) for name, key in teams.items()])
    yield sheet("owner_team_data.csv", cells(world, "people"), {
        "owner_id": lambda row: owners[row["name"]], "team_id": lambda row: teams[row["team"]],
        "is_team_primary": always("true"),
    })  # fmt: skip
    yield sheet("people.csv", cells(world, "people"), {
        "id": lambda row: owners[row["name"]],
        **{name: cell(name) for name in world.tables["people"].header},
    })  # fmt: skip


def _buyers(world: World) -> Iterator[Sheet]:
    yield sheet("company_data.csv", cells(world, "accounts"), {
        "id": _id("id"), "is_deleted": always("false"), "property_name": cell("name"),
        "property_industry": cell("industry"), "property_country": cell("country"),
    })  # fmt: skip
    yield sheet("contact_data.csv", cells(world, "contacts"), {
        "id": _id("id"), "_fivetran_deleted": always("FALSE"), "property_company": cell("account"),
        "property_firstname": lambda row: given(row["name"]), "property_lastname": lambda row: family(row["name"]),
        "property_email": lambda row: address(f"{row['name']} {row['id']}"), "property_jobtitle": cell("role"),
        "property_hs_timezone": cell("zone"),
    })  # fmt: skip


def _deals(world: World) -> Iterator[Sheet]:
    owners = _owners(world)
    companies = dict(
        zip(world.tables["accounts"].texts("name"), world.tables["accounts"].texts("id"), strict=True)
    )
    yield Sheet("deal_pipeline_data.csv", ("pipeline_id", "active", "label"), [(PIPELINE, "TRUE", "Sales")])
    yield Sheet(
        "deal_pipeline_stage_data.csv",
        ("stage_id", "label", "pipeline_id", "display_order", "is_closed", "closed_won", "active"),
        [
            (
                STAGES[stage],
                stage,
                PIPELINE,
                str(place),
                _flag(stage in {"Won", "Lost"}),
                _flag(stage == "Won"),
                "TRUE",
            )
            for place, stage in enumerate(STAGE_WORDS)
        ],
    )
    yield sheet("deal_data.csv", cells(world, "deals"), {
        "deal_id": _id("id"), "is_deleted": always("false"), "deal_pipeline_id": always(PIPELINE),
        "deal_pipeline_stage_id": lambda row: STAGES[row["stage"]], "owner_id": lambda row: owners.get(row["rep"], ""),
        "portal_id": always(PORTAL), "property_dealname": cell("name"), "property_amount": cell("amount"),
        "property_closedate": lambda row: midnight(row["closed"] or row["expected_close"]),
        "property_createdate": lambda row: midnight(row["created"]),
        "property_deal_currency_code": cell("currency"), "property_product": cell("product"),
        "property_lead": cell("lead"), "property_hs_analytics_source": cell("source"),
        "property_expected_close": cell("expected_close"), "property_commit": cell("commit"),
        "property_decided_for": cell("reason"),
    })  # fmt: skip
    yield sheet("deal_company_data.csv", (row for row in cells(world, "deals") if row["account"]), {
        "company_id": lambda row: _number(companies[row["account"]]), "deal_id": _id("id"), "type_id": always("5"),
        "category": always("HUBSPOT_DEFINED"),
    })  # fmt: skip
    yield Sheet("deal_stage_data.csv", _STAGE_HEADER, _stays(world))
    yield Sheet(
        "deal_property_history_data.csv", ("deal_id", "timestamp", "name", "value", "source"), _history(world)
    )


_STAGE_HEADER = (
    "deal_id",
    "value",
    "date_entered",
    "_fivetran_start",
    "_fivetran_end",
    "_fivetran_active",
    "source",
)


def _flag(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _stays(world: World) -> Iterator[tuple[str, ...]]:
    """Each stay in a stage; moves stand together by deal. What lasts ends in 2050."""
    moves = [*world.tables["stage_moves"].rows(), ("", "", "")]
    for (deal, stage, day), (following, _, until) in pairwise(moves):
        ends = midnight(until) if following == deal else FAR
        at = midnight(day)
        yield _number(deal), STAGES[stage], at, at, ends, _flag(ends == FAR), "CRM_UI"


def _history(world: World) -> Iterator[tuple[str, ...]]:
    for deal, day, amount in world.tables["amount_changes"].rows():
        yield _number(deal), midnight(day), "amount", amount, "CRM_UI"
    for deal, day, expected in world.tables["close_changes"].rows():
        yield _number(deal), midnight(day), "closedate", expected, "CRM_UI"


def _engagements(world: World) -> Iterator[Sheet]:
    owners = _owners(world)
    shared: dict[str, Callable[[Cells], str]] = {
        "engagement_id": _id("id"), "_fivetran_deleted": always("false"), "type": lambda row: TYPES[row["kind"]],
        "property_hs_createdate": lambda row: spaced(row["entered"]),
        "property_hs_timestamp": lambda row: spaced(row["at"]),
        "property_hubspot_owner_id": lambda row: owners[row["rep"]], "property_hs_object_source": cell("capture"),
        "property_lead": cell("lead"),
    }  # fmt: skip
    lasts: dict[str, Callable[[Cells], str]] = {"property_hs_call_duration": _milliseconds}
    yield sheet("engagement_data.csv", cells(world, "activities"), {
        "id": _id("id"), "type": lambda row: TYPES[row["kind"]], "portal_id": always(PORTAL),
    })  # fmt: skip
    yield sheet("engagement_call_data.csv", _of(world, ActivityKind.CALL), {
        **shared, **lasts, "property_hs_call_disposition": lambda row: CALLS[Happened(row["outcome"])],
    })  # fmt: skip
    yield sheet("engagement_email_data.csv", _of(world, ActivityKind.EMAIL), {
        **shared, "property_hs_email_status": lambda row: EMAILS.get(Happened(row["outcome"]), ""),
    })  # fmt: skip
    yield sheet("engagement_communication_data.csv", _of(world, ActivityKind.SOCIAL), {
        **shared, "property_hs_communication_channel_type": always("LINKEDIN_MESSAGE"),
        "property_hs_communication_status": lambda row: EMAILS.get(Happened(row["outcome"]), ""),
    })  # fmt: skip
    yield sheet("engagement_task_data.csv", _of(world, ActivityKind.VISIT), {
        **shared, **lasts, "property_hs_task_type": always("VISIT"),
        "property_hs_task_outcome": lambda row: CALLS[Happened(row["outcome"])],
    })  # fmt: skip
    yield sheet("engagement_meeting_data.csv", _of(world, ActivityKind.MEETING), {
        **shared, "start_time": lambda row: spaced(row["at"]), "end_time": _ends, **lasts,
        "meeting_outcome": lambda row: MEETINGS[Happened(row["outcome"])], "source": cell("channel"),
        "booked_at": lambda row: spaced(row["booked"]),
    })  # fmt: skip
    yield _links(world, "contact")
    yield _links(world, "deal")


def _of(world: World, kind: ActivityKind) -> Iterator[Cells]:
    return (row for row in cells(world, "activities") if row["kind"] == kind)


def _links(world: World, what: str) -> Sheet:
    return sheet(f"engagement_{what}_data.csv", (row for row in cells(world, "activities") if row[what]), {
        f"{what}_id": _id(what), "engagement_id": _id("id"), "engagement_type": lambda row: TYPES[row["kind"]],
        "category": always("HUBSPOT_DEFINED"),
    })  # fmt: skip


def _milliseconds(row: Cells) -> str:
    return f"{row['seconds']}000" if row["seconds"] else ""


def _ends(row: Cells) -> str:
    lasts = timedelta(seconds=int(row["seconds"] or 1_800))
    return spaced((datetime.fromisoformat(row["at"]) + lasts).isoformat())
