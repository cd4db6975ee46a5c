"""One small company in our own format: a good row of every kind, which tests add to or write otherwise."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from upswing.connectors.connector import Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import Problem, Record, Severity

COLUMNS = {
    "people": "name,id,email,manager,team,region,role,level,territory,zone,start,end",
    "memberships": "rep,team,role,level,territory,start,end",
    "days_off": "rep,day,kind",
    "accounts": "id,name,industry,country",
    "contacts": "id,name,account,role,zone",
    "products": "id,name,family,list_price",
    "rates": "currency,day,rate",
    "leads": "id,rep,created,source,account,contact,disposition,reason,decided",
    "stage_moves": "deal,stage,day",
    "amount_changes": "deal,day,amount",
    "close_changes": "deal,day,expected_close",
    "deals": "id,name,rep,account,product,lead,source,stage,created,closed,expected_close,amount,currency,commit",
    "activities": "id,rep,kind,at,seconds,outcome,lead,deal,contact,channel,booked,entered,capture",
    "quotes": "id,deal,revision,sent,amount,currency,status,reason",
    "quote_lines": "quote,product,quantity,price",
    "invoices": "id,kind,day,account,deal,rep,net,tax,currency,corrects,due,paid",
    "time_entries": "rep,day,minutes,activity,source",
    "logins": "rep,at",
    "courses": "rep,day,course,minutes",
    "assessments": "rep,day,standard,level,by",
    "quotas": "rep,period,metric,value",
}
ROWS = {
    "people": [
        "Tess Lund,U1,tess@x.org,Mona Berg,Nordics,North,AE,senior,DK,Europe/Copenhagen,2025-01-01,",
        "Stan Weber,U2,,Mona Berg,Nordics,,,,,,,",
    ],
    "memberships": ["Tess Lund,Nordics,AE,senior,DK,2025-01-01,2026-01-01"],
    "days_off": ["Tess Lund,2026-07-01,time_off", ",2026-12-24,holiday"],
    "accounts": ["A1,Acme,steel,DK"],
    "contacts": ["C1,Ann Ode,Acme,buyer,Europe/Berlin"],
    "products": ["P1,GTX Pro,gtx,100.50"],
    "rates": ["USD,2026-01-01,0.9", "USD,2026-09-15,0.875"],
    "leads": ["L1,Tess Lund,2026-08-01T09:00:00+00:00,web,Acme,C1,qualified,,2026-08-05"],
    "stage_moves": ["D1,Talking,2026-09-01", "D1,Offer,2026-09-10", "D1,Won,2026-10-01"],
    "amount_changes": ["D1,2026-09-01,1000", "D1,2026-09-20,1500"],
    "close_changes": ["D1,2026-09-01,2026-09-30"],
    "deals": ["D1,Big one,Tess Lund,Acme,GTX Pro,L1,,Won,2026-09-01,2026-10-01,2026-10-02,1200.50,,"],
    "activities": [
        "X1,Tess Lund,call,2026-09-02T10:00:00+00:00,125,conversation,L1,D1,C1,,,2026-09-02T10:05:00+00:00,machine"
    ],
    "quotes": ["Q1,D1,1,2026-09-10,1500,,accepted,"],
    "quote_lines": ["Q1,GTX Pro,10,1005"],
    "invoices": ["I1,invoice,2026-10-05,ACME A/S,D1,Tess Lund,1200.50,300.13,,,2026-11-05,2026-11-01"],
    "time_entries": ["Tess Lund,2026-09-02,90,call,web"],
    "logins": ["Tess Lund,2026-09-02T07:58:11+00:00"],
    "courses": ["Tess Lund,2026-09-03,Asking well,90"],
    "assessments": ["Tess Lund,2026-09-04,Discovery,meets,Mona Berg"],
    "quotas": ["Tess Lund,2026-Q4,won_value,1000.50"],
}
TOP = 'source = "own"\ncurrency = "EUR"\nread_on = 2026-11-20\n'
STAGES = 'stages = { Talking = "open", Offer = "open", Won = "won", Lost = "lost" }\n'


def write(folder: Path, top: str = TOP, more: str = "", kinds: str = "", **rows: list[str]) -> None:
    """The company's files and mapping; `rows` take the place of a kind's, `more` follows the mapping.

    `kinds`, separated by spaces, limits what is mapped.
    """
    text = top
    for kind, header in COLUMNS.items():
        lines = [header, *rows.get(kind, ROWS[kind])]
        (folder / f"{kind}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        if not kinds or kind in kinds.split():
            columns = ", ".join(f'{name} = "{name}"' for name in header.split(","))
            text += f'\n[{kind}]\nfile = "{kind}.csv"\ncolumns = {{ {columns} }}\n'
            text += STAGES if kind == "deals" else ""
    (folder / "map.toml").write_text(text + more, encoding="utf-8")


def read(folder: Path, known: Known | None = None) -> list[Record | Problem]:
    """All items, in the order they are yielded."""
    return list(Files(folder, read_mapping(folder / "map.toml")).read(known or Known()))


def of(items: list[Record | Problem], kind: type) -> list[Record | Problem]:
    """The items of one type."""
    return [item for item in items if isinstance(item, kind)]


def sentences(items: list[Record | Problem], severity: Severity) -> list[str]:
    """What is said, of one severity."""
    return [item.sentence for item in items if isinstance(item, Problem) and item.severity is severity]


def codes(items: list[Record | Problem]) -> Counter[str]:
    """How often each code is told."""
    return Counter(item.code for item in items if isinstance(item, Problem))


def cells(line: str) -> list[str]:
    """The cells of one CSV line."""
    return next(csv.reader([line]))
