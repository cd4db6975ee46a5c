"""A folder with every kind of record, in two versions that differ in what can change of each."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

REPS, DEALS, LEADS, ACTIVITIES, INVOICES = 8, 160, 120, 500, 80
TOP = """source = "crm"
currency = "EUR"
read_on = 2026-10-0{version}
"""
STAGES = 'stages = { New = "open", Offer = "open", Won = "won", Lost = "lost" }\n'
ZONES = ("", "Asia/Tokyo", "America/New_York", "Europe/Copenhagen")
CALLS = ("no_answer", "voicemail", "conversation", "call_back", "wrong_person")
MEETINGS = ("booked", "held", "positive", "no_show", "cancelled")
DISPOSITIONS = ("", "not_attempted", "no_response", "qualified", "disqualified", "wrong_person")
Row = dict[str, object]


def write(folder: Path, version: int) -> Path:
    """The folder with its mapping; ids, names and the order of rows are those of every version."""
    folder.mkdir(parents=True, exist_ok=True)
    chance, mapping = random.Random(version), [TOP.format(version=version)]
    for kind, rows in _tables(chance, version).items():
        columns = list(rows[0])
        with (folder / f"{kind}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        named = ", ".join(f'{name} = "{name}"' for name in columns)
        stages = STAGES if kind == "deals" else ""
        mapping.append(f'[{kind}]\nfile = "{kind}.csv"\ncolumns = {{ {named} }}\n{stages}')
    (folder / "map.toml").write_text("\n".join(mapping))
    return folder


def _tables(chance: random.Random, version: int) -> dict[str, list[Row]]:
    deals = [_deal(number, chance, version) for number in range(DEALS)]
    return {
        "people": [_person(number) for number in range(REPS)],
        "memberships": [row for number in range(REPS) for row in _memberships(number, version)],
        "days_off": _days_off(),
        "accounts": [{"id": f"C{n}", "name": f"Company {n}", "country": chance.choice(["DK", "DE"])} for n in range(30)],
        "account_owners": [_owns(number, version) for number in range(30)],
        "contacts": [_contact(number, chance) for number in range(40)],
        "products": [{"id": f"P{n}", "name": f"Product {n}", "list_price": 100 * version + n} for n in range(5)],
        "rates": [{"currency": "USD", "day": "2024-01-01", "rate": 0.5 + version / 10}],
        "leads": [_lead(number, chance) for number in range(LEADS)],
        "deals": deals,
        "stage_moves": [row for deal in deals for row in _moves(deal, chance)],
        "amount_changes": [_amount(deal, chance) for deal in deals[::3]],
        "close_changes": [{"deal": deal["id"], "day": deal["created"], "expected_close": _day(chance)} for deal in deals[::4]],
        "activities": [_activity(number, chance) for number in range(ACTIVITIES)],
        "quotes": [_quote(number, chance) for number in range(DEALS)],
        "quote_lines": [{"quote": f"Q{n}", "product": f"Product {n % 5}", "quantity": 1 + n % 3, "price": version * 10 + n} for n in range(DEALS)],
        "invoices": [_invoice(number, chance) for number in range(INVOICES)],
        "time_entries": [_hours(number, chance) for number in range(100)],
        "tallies": [{"rep": _rep(n), "day": f"2026-09-{1 + n // REPS:02}", "calls": n % 7, "visits": version} for n in range(80)],
        "logins": [{"rep": _rep(n), "at": f"2026-09-{1 + n % 28:02}T07:{n % 60:02}:00+00:00"} for n in range(80)],
        "courses": [{"rep": _rep(n), "day": f"2026-09-{1 + n // REPS:02}", "course": f"Course {n % 5}", "minutes": 30 * version} for n in range(40)],
        "assessments": [{"rep": _rep(n), "day": f"2026-09-{1 + n // REPS:02}", "standard": "Discovery", "level": 1 + (n + version) % 3} for n in range(40)],
        "quotas": [{"rep": _rep(n), "period": "2026-10", "metric": "won_value", "value": 1_000 * version + n} for n in range(REPS)],
    }  # fmt: skip


def _rep(number: int) -> str:
    return f"Rep {number % REPS}"


def _owner(number: int, chance: random.Random) -> str:
    """A tenth belongs to somebody else in every version."""
    return _rep(chance.randrange(REPS) if number % 10 == 0 else number)


def _day(chance: random.Random) -> str:
    return (date(2026, 4, 1) + timedelta(chance.randrange(180))).isoformat()


def _at(chance: random.Random) -> str:
    return f"{_day(chance)}T{chance.randrange(24):02}:{chance.randrange(60):02}:00+00:00"


def _person(number: int) -> Row:
    zone = ZONES[number % len(ZONES)]
    return {"name": _rep(number), "manager": f"Boss {number % 2}", "team": f"Team {number % 2}", "zone": zone}


def _memberships(number: int, version: int) -> Iterable[Row]:
    place = {"rep": _rep(number), "role": "ae"}
    yield {**place, "team": "School", "level": "", "start": "2024-01-01", "end": f"2025-0{version}-01"}
    yield {
        **place,
        "team": f"Team {number % 2}",
        "level": "senior",
        "start": f"2025-0{version}-01",
        "end": "",
    }


def _days_off() -> list[Row]:
    holidays: list[Row] = [{"rep": "", "day": f"2026-12-{day}", "kind": ""} for day in (24, 25, 26)]
    return holidays + [
        {"rep": _rep(n), "day": f"2026-08-{1 + n:02}", "kind": "leave"} for n in range(2 * REPS)
    ]


def _owns(number: int, version: int) -> Row:
    return {"account": f"Company {number}", "rep": _rep(number * version), "start": "2025-01-01", "end": ""}


def _contact(number: int, chance: random.Random) -> Row:
    return {
        "id": f"K{number}", "name": f"Contact {number}", "account": f"Company {number % 30}",
        "role": "buyer", "zone": chance.choice(ZONES),
    }  # fmt: skip


def _lead(number: int, chance: random.Random) -> Row:
    return {
        "id": f"L{number}", "rep": _owner(number, chance), "created": f"2026-03-{1 + number % 28:02}T21:30:00+00:00",
        "source": ("fair", "web")[number % 2], "account": f"Company {number % 30}", "contact": f"K{number % 40}",
        "disposition": chance.choice(DISPOSITIONS), "decided": _day(chance),
    }  # fmt: skip


def _deal(number: int, chance: random.Random, version: int) -> Row:
    stage = ("New", "Won", "Offer", "Lost")[(number + version) % 4]
    closed = f"2026-{1 + number % 9:02}-{1 + number % 28:02}" if stage in ("Won", "Lost") else ""
    return {
        "id": f"D{number}", "rep": _owner(number, chance), "account": f"Company {number % 30}",
        "product": f"Product {number % 5}", "lead": f"L{number % LEADS}", "stage": stage,
        "created": f"2025-{1 + number % 12:02}-03", "closed": closed, "amount": 100 * version + number,
        "currency": ("EUR", "USD")[number % 2], "expected_close": _day(chance),
    }  # fmt: skip


def _moves(deal: Row, chance: random.Random) -> Iterable[Row]:
    """Into New at once, now and then on to Offer, and where it was decided."""
    yield {"deal": deal["id"], "stage": "New", "day": deal["created"]}
    if deal["stage"] == "Offer" or chance.random() < 0.5:
        yield {"deal": deal["id"], "stage": "Offer", "day": "2025-12-10"}
    if deal["closed"]:
        yield {"deal": deal["id"], "stage": deal["stage"], "day": deal["closed"]}


def _amount(deal: Row, chance: random.Random) -> Row:
    return {"deal": deal["id"], "day": "2025-12-20", "amount": chance.randrange(1_000)}


def _activity(number: int, chance: random.Random) -> Row:
    kind = ("call", "email", "meeting", "visit", "call", "social")[number % 6]
    outcome = chance.choice({"call": CALLS, "meeting": MEETINGS}.get(kind, ("sent", "answered")))
    return {
        "id": f"A{number}", "rep": _rep(chance.randrange(REPS)), "kind": kind, "at": _at(chance),
        "seconds": chance.randrange(600), "outcome": outcome if kind != "visit" else "conversation",
        "lead": f"L{chance.randrange(LEADS)}" if number % 3 else "", "deal": f"D{number % DEALS}",
        "contact": f"K{number % 40}", "channel": "call" if kind == "meeting" else "", "booked": "",
    }  # fmt: skip


def _quote(number: int, chance: random.Random) -> Row:
    """Two revisions of every second deal."""
    return {
        "id": f"Q{number}", "deal": f"D{number // 2 * 2}", "revision": 1 + number % 2, "sent": _day(chance),
        "amount": chance.randrange(1_000), "currency": "EUR", "status": chance.choice(["sent", "draft", "accepted"]),
    }  # fmt: skip


def _invoice(number: int, chance: random.Random) -> Row:
    return {
        "id": f"I{number}", "kind": "credit_note" if number % 9 == 0 else "invoice", "day": _day(chance),
        "account": f"Company {number % 30}", "deal": f"D{chance.randrange(DEALS)}" if number % 5 else "",
        "rep": _rep(number) if number % 5 == 0 else "", "net": chance.randrange(1_000), "tax": 5, "currency": "EUR",
    }  # fmt: skip


def _hours(number: int, chance: random.Random) -> Row:
    return {
        "rep": _rep(number), "day": f"2026-09-{1 + number // REPS:02}", "minutes": chance.randrange(240),
        "activity": "call", "source": "web",
    }  # fmt: skip
