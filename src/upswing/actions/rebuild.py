"""Rebuild facts and tiers from the records, and check that they agree."""

from __future__ import annotations

from itertools import islice

from django.db import transaction

from upswing.actions.permission import needs_operator
from upswing.actions.post import BLOCK, facts_of
from upswing.ledger.counting import differences, lock, recount_everything
from upswing.ledger.models import Fact
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.deal_records import deal_records

FIELDS = ("kind", "day", "rep_id", "share", "amount", "outcome", "stage", "record_kind", "record", "ordinal")


@transaction.atomic
def rebuild(viewer: Viewer) -> int:
    """Make all facts anew from the records, then both tiers; returns the number of facts."""
    needs_operator(viewer, "rebuild the figures")
    people = _people()
    lock(people.values())
    Fact.objects.all().delete()
    deals, made = deal_records(viewer), 0
    while block := dict(islice(deals, BLOCK)):
        made += len(Fact.objects.bulk_create(facts_of(block, people), batch_size=BLOCK))
    recount_everything()
    return made


@transaction.atomic
def check(viewer: Viewer) -> list[str]:
    """Every disagreement between records, facts and tiers, as sentences; empty when all is well."""
    needs_operator(viewer, "check the figures")
    people, deals, found = _people(), deal_records(viewer), []
    expected: set[tuple[object, ...]] = set()
    while block := dict(islice(deals, BLOCK)):
        expected |= {tuple(getattr(fact, name) for name in FIELDS) for fact in facts_of(block, people)}
    kept = set(Fact.objects.values_list(*FIELDS))
    found += [f"A fact is missing: {_said(fact)}." for fact in sorted(expected - kept, key=str)]
    found += [f"A fact has no record: {_said(fact)}." for fact in sorted(kept - expected, key=str)]
    return found + differences()


def _said(fact: tuple[object, ...]) -> str:
    kind, day, rep, *_ = fact
    return f"{kind} of person {rep} on {day} from {fact[7]} {fact[8]}"


def _people() -> dict[str, int]:
    return dict(Person.objects.unscoped("facts are credited to anybody").values_list("key", "id"))
