"""Invented answers about what came in, for the data pages on the stage."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from upswing.core.money import Money
from upswing.queries.intake import BatchShown, DraftShown, SourceShown, State
from upswing.queries.owners import AliasShown, Near, Stranger
from upswing.queries.people import RepName
from upswing.queries.problems import Group
from upswing.queries.unattributed import Candidate, Queue, Waiting

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
NOTHING = Queue((), 0, 0, ())


def batch(number: int, source: str, state: State = State.DONE, **more: Any) -> BatchShown:
    started = NOW - timedelta(hours=3 * number)
    fields: dict[str, Any] = {
        "id": UUID(int=number), "source": source, "source_key": source.lower(), "mapping": "HubSpot",
        "by": "olga@example.com", "state": state, "started": started, "finished": started, "undone": None,
        "read_on": date(2026, 11, 19), "created": 1284, "updated": 3, "unchanged": 8_200, "refused": 217, "notices": 9,
        "done": 9_487, "expected": 9_487, "alive": started, "files": ("deals.csv", "people.csv"), "toml": "[deals]",
    }  # fmt: skip
    return BatchShown(**(fields | more))


def batches(viewer: object, page: int = 1, source: str = "", now: object = None) -> tuple[BatchShown, ...]:
    return (
        batch(1, "HubSpot"),
        batch(2, "Invoices", State.UNDONE, undone=NOW),
        batch(3, "Telephone", State.UNDOING),
    )


def sources(viewer: object) -> tuple[SourceShown, ...]:
    return (
        SourceShown("hubspot", "HubSpot", batch(1, "HubSpot"), 217, 9),
        SourceShown("invoices", "Invoices", batch(2, "Invoices"), 0, 0),
    )


def drafts(viewer: object) -> tuple[DraftShown, ...]:
    return (DraftShown(UUID(int=9), "olga@example.com", NOW, ("quotas 2027.xlsx",), "", True),)


def groups(viewer: object, uid: object = "") -> tuple[Group, ...]:
    strangers = (("Tes Lund", 184), ("S. Holm", 22), ("sales@nordlys.example", 7))
    return (
        Group("unknown_rep", "refused", "rep", 213, strangers, (
            "Row 4: no rep is called “Tes Lund”. Did you mean “Tess Lund”?",
            "Row 9: no rep is called “S. Holm”. Did you mean “Stan Holm”?",
        )),
        Group("bad_value", "refused", "amount", 4, (("1.2.3", 3), ("n/a", 1)), (
            "Row 88: “1.2.3” in “Amount” is no number like 1234.56.",)),
        Group("unknown_product", "notice", "product", 9, (("GTXPro", 9),), ("Row 12: no product is called “GTXPro”.",)),
    )  # fmt: skip


def strangers(viewer: object) -> tuple[Stranger, ...]:
    tess = Near(UUID(int=72), "Tess Lund", 94)
    return (
        Stranger("Tes Lund", 184, ("HubSpot",), (tess,), (UUID(int=1),)),
        Stranger(
            "S. Holm",
            22,
            ("HubSpot", "Invoices"),
            (Near(UUID(int=71), "Stan Holm", 86),),
            (UUID(int=1), UUID(int=2)),
            "Stan Holm",
        ),
        Stranger("sales@nordlys.example", 7, ("HubSpot",), (), (UUID(int=1),)),
    )


def aliases(viewer: object) -> tuple[AliasShown, ...]:
    return (
        AliasShown("s. holm", "Stan Holm", None, False),
        AliasShown("desk 4", "Tess Lund", date(2026, 9, 1), False),
        AliasShown("rami a", "Rami Aziz", None, True),
    )


def queue(viewer: object, page: int = 1) -> Queue:
    who = ((UUID(int=71), "Tess Lund", 1),)
    both = (*who, (UUID(int=72), "Stan Holm", 1))
    offers = (
        Candidate(who, "Nordisk Handel", UUID(int=81), 100, "Renewal 2026", None, 12),
        Candidate(both, "Nordisk Handel ApS", UUID(int=82), 91),
    )
    rows = (
        Waiting(
            UUID(int=91), "F-2026-118", date(2026, 9, 3), "Nordisk Handel", Money(1_250_000, "EUR"), offers
        ),
        Waiting(UUID(int=92), "F-2026-131", date(2026, 10, 9), "Havn & Co", Money(84_000, "EUR"), ()),
    )
    return Queue(rows, 0, 2, (Money(1_334_000, "EUR"),))


def people(viewer: object) -> tuple[RepName, ...]:
    names = ("Rami Aziz", "Stan Holm", "Tess Lund")
    return tuple(RepName(UUID(int=70 + number), name) for number, name in enumerate(names))
