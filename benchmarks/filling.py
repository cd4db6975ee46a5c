"""A large ledger: reps, quotas and facts as so many deals would have left them, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

REPS, MONTHS, SEED = 200, 36, 1
FIRST = date(2024, 1, 1)
AT = date(2026, 11, 13)
FACTS_A_DEAL = 2.25
"""Created, closed, and for every fourth deal won."""
COLUMNS = ("kind", "day", "rep_id", "share", "amount", "outcome", "stage", "record_kind", "record", "ordinal")
BLOCK = 20_000

Row = tuple[Any, ...]


def fill(facts: int) -> list[int]:
    """Put the reps, their teams and quotas, and about so many facts in place; returns the reps' ids."""
    from upswing.ledger.counting import recount_everything

    reps = _people()
    _quotas(reps)
    rows = _facts(reps, int(facts / FACTS_A_DEAL))
    while block := list(islice(rows, BLOCK)):
        _insert(block)
    recount_everything()
    _analyse()
    return reps


def _people() -> list[int]:
    from upswing.people.models import Membership, Organisation, Person, Team

    Organisation.objects.create(id=1, name="Benchmark", currency="EUR")
    people = [Person(key=f"rep {n:03}", name=f"Rep {n:03}", sells=True) for n in range(REPS)]
    Person.objects.bulk_create(people)
    teams = [Team(name=f"Team {n:02}") for n in range(REPS // 10)]
    Team.objects.bulk_create(teams)
    Membership.objects.bulk_create(
        Membership(person=person, team=teams[n % len(teams)]) for n, person in enumerate(people)
    )
    return [person.id for person in people]


def _quotas(reps: Sequence[int]) -> None:
    from upswing.core.period import quarter_of
    from upswing.goals.models import Quota
    from upswing.intake.models import Batch, Source

    source = Source.objects.create(key="benchmark", name="Benchmark")
    batch = Batch.objects.create(source=source, started=datetime(2026, 1, 1, tzinfo=UTC))
    quarters = [quarter_of(FIRST + timedelta(days=92 * n)) for n in range(MONTHS // 3)]
    Quota.objects.bulk_create(
        Quota(
            source=source, batch=batch, external_id=f"{rep}|{quarter.slug}", file="", row=0, digest="",
            person_id=rep, metric="won_value", period_kind=quarter.kind.value, starts=quarter.start, ends=quarter.end,
            value=1_000_000,
        )
        for rep in reps
        for quarter in quarters
    )  # fmt: skip


def _facts(reps: Sequence[int], deals: int) -> Iterator[Row]:
    from numpy.random import default_rng

    random = default_rng(SEED)
    days = (AT - FIRST).days
    for start in range(0, deals, BLOCK):
        size = min(BLOCK, deals - start)
        rep, created = random.integers(len(reps), size=size), random.integers(days, size=size)
        lasts, amounts = random.lognormal(3.8, 0.6, size), random.lognormal(13.9, 0.7, size)
        won = random.random(size) < 0.25
        for n in range(size):
            closed = int(created[n]) + int(lasts[n])
            yield from _deal(start + n, reps[rep[n]], int(created[n]), closed, int(amounts[n]), bool(won[n]))


def _deal(record: int, rep: int, created: int, closed: int, amount: int, won: bool) -> Iterator[Row]:
    def fact(kind: str, day: int, outcome: str) -> Row:
        return (kind, FIRST + timedelta(days=day), rep, 1_000_000, amount, outcome, "", "deal", record, 0)

    yield fact("deal_created", created, "")
    if FIRST + timedelta(days=closed) <= AT:
        yield fact("deal_closed", closed, "won" if won else "lost")
        if won:
            yield fact("deal_won", closed, "won")


def _insert(rows: Sequence[Row]) -> None:
    from django.db import connection

    names = ", ".join(COLUMNS)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY ledger_fact ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(COLUMNS))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO ledger_fact ({names}) VALUES ({marks})", rows)


def _analyse() -> None:
    """What either database does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
