"""Rebuild facts and tiers from the records, and check that they agree."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from upswing.actions.bulk import insert
from upswing.actions.desk import people_ids
from upswing.actions.permission import needs_operator
from upswing.actions.posting import COLUMNS, Row, rows, standing_rows
from upswing.actions.settling import SETTLERS, blocks, numbers
from upswing.ledger.counting import differences, lock, recount_everything
from upswing.ledger.models import Fact
from upswing.people.viewer import Viewer
from upswing.queries.habits import forget_habits

DAY, REP, KIND, RECORD = (COLUMNS.index(name) for name in ("day", "rep", "record_kind", "record"))


@transaction.atomic
def rebuild(viewer: Viewer) -> int:
    """Make all facts anew from the records, then both tiers; returns the number of facts."""
    needs_operator(viewer, "rebuild the figures")
    remake()
    return Fact.objects.count()


def remake() -> None:
    """All facts and tiers anew; call inside a transaction."""
    people = people_ids()
    lock(people.values())
    Fact.objects.all().delete()
    for kind in SETTLERS:
        for made in _expected(kind, people):
            insert(Fact, COLUMNS, made)
    recount_everything()
    forget_habits()


@transaction.atomic
def check(viewer: Viewer) -> list[str]:
    """Every disagreement between records, facts and tiers, as sentences; empty when all is well."""
    needs_operator(viewer, "check the figures")
    people, found = people_ids(), []
    for kind in SETTLERS:
        left = Fact.objects.filter(record_kind=kind).count()
        for expected in _expected(kind, people):
            kept = {row for row, _ in standing_rows(kind, list({row[RECORD] for row in expected}))}
            found += [f"A fact is missing: {_said(row)}." for row in sorted(set(expected) - kept, key=str)]
            found += [f"A fact has no record: {_said(row)}." for row in sorted(kept - set(expected), key=str)]
            left -= len(kept)
        if left:
            found.append(f"{left} facts have no record of kind {kind} any more.")
    return found + differences()


def _expected(kind: str, people: dict[str, int]) -> Iterator[list[Row]]:
    """What the records of a kind settle into, some thousand records at a time."""
    facts_of = SETTLERS[kind][2]
    for block in blocks(numbers(kind)):
        yield list(rows(kind, dict(facts_of(block)), people.__getitem__))


def _said(row: Row) -> str:
    return f"{row[0]} of person {row[REP]} on {row[DAY]} from {row[KIND]} {row[RECORD]}"
