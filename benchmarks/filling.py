"""A large ledger: reps, quotas and facts as so many deals and calls would have left them, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from time import perf_counter
from typing import Any

MONTHS, SEED = 36, 1
FIRST = date(2024, 1, 1)
AT = date(2026, 11, 13)
FACTS_A_DEAL = 2.25
"""Created, closed, and for every fourth deal won."""
OF_DEALS = 0.1
"""The share of facts that deals make; the rest are calls and what comes of them."""
COLUMNS = (
    "kind", "day", "rep_id", "share", "amount", "seconds", "outcome", "stage", "how", "channel", "source",
    "record_kind", "record", "ordinal",
)  # fmt: skip
BLOCK = 20_000
WORK = (
    ("call", "no_answer", 45), ("call", "voicemail", 20), ("call", "conversation", 8), ("call", "gatekeeper", 5),
    ("email", "sent", 6), ("lead_created", "", 6), ("lead_attempted", "", 5), ("lead_contacted", "", 2),
    ("meeting_booked", "held", 1), ("meeting_due", "held", 1), ("prospecting", "", 1),
)  # fmt: skip
"""Kind, outcome and weight of what is not a deal."""

Row = tuple[Any, ...]


def fill(facts: int, reps: int = 200) -> list[int]:
    """Put so many reps, their teams and quotas, and about so many facts in place; returns the reps' ids."""
    ids = _people(reps)
    _quotas(ids)
    for rows in (_facts(ids, int(facts * OF_DEALS / FACTS_A_DEAL)), _work(ids, int(facts * (1 - OF_DEALS)))):
        while block := list(islice(rows, BLOCK)):
            _insert(block)
    count_all()
    return ids


def count_all() -> float:
    """Both tiers anew from all facts, in a transaction; seconds."""
    from django.db import transaction

    from upswing.ledger.counting import recount_everything

    _analyse()
    started = perf_counter()
    with transaction.atomic():
        recount_everything()
    taken = perf_counter() - started
    _analyse()
    return taken


def _people(reps: int) -> list[int]:
    from upswing.people.models import Membership, Organisation, Person, Team

    Organisation.objects.create(id=1, name="Benchmark", currency="EUR")
    people = [Person(key=f"rep {n:04}", name=f"Rep {n:04}", sells=True) for n in range(reps)]
    Person.objects.bulk_create(people)
    teams = [Team(name=f"Team {n:02}") for n in range(reps // 10)]
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
        when = FIRST + timedelta(days=day)
        return (kind, when, rep, 1_000_000, amount, 0, outcome, "", None, "", "", "deal", record, 0)

    yield fact("deal_created", created, "")
    if FIRST + timedelta(days=closed) <= AT:
        yield fact("deal_closed", closed, "won" if won else "lost")
        if won:
            yield fact("deal_won", closed, "won")


def _work(reps: Sequence[int], facts: int) -> Iterator[Row]:
    """A rep's history after the other's, as an import leaves them."""
    from numpy.random import default_rng

    random, each = default_rng(SEED), facts // len(reps)
    days = [FIRST + timedelta(days=n) for n in range((AT - FIRST).days)]
    weights = [weight / sum(weight for *_, weight in WORK) for *_, weight in WORK]
    for place, rep in enumerate(reps):
        when = random.integers(len(days), size=each)
        when.sort()
        what, hours = random.choice(len(WORK), size=each, p=weights), random.integers(9, 17, size=each)
        for n in range(each):
            kind, outcome, _ = WORK[what[n]]
            yield (
                kind, days[when[n]], rep, 1_000_000, 0, 60, outcome, "", int(hours[n]), kind, "",
                "benchmark", place * each + n, 0,
            )  # fmt: skip


def _insert(rows: Sequence[Row]) -> None:
    from django.db import connection, transaction

    names = ", ".join(COLUMNS)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY ledger_fact ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(COLUMNS))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO ledger_fact ({names}) VALUES ({marks})", rows)


def _analyse() -> None:
    """What either database does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
