"""Whose facts a change of records touches: their own, and those of records that are counted by them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Model

from upswing.actions.crediting import concerned
from upswing.actions.desk import everybodys
from upswing.book.models import (
    AccountOwner,
    Activity,
    Assessment,
    Contact,
    Course,
    Deal,
    Invoice,
    Lead,
    Login,
    Quote,
    Tally,
    TimeEntry,
)
from upswing.ledger.kinds import (
    ACTIVITY,
    ASSESSMENT,
    COURSE,
    DEAL,
    INVOICE,
    LEAD,
    LOGIN,
    QUOTES,
    TALLY,
    TIME,
)

Touched = dict[str, set[int]]
"""Kind of record, as the ledger names it → numbers."""


def affected(model: type[Model], records: Collection[int]) -> Touched:
    """The records whose facts depend on these rows as they stand."""
    found = DEPENDING[model](records) if model in DEPENDING else {}
    return {kind: numbers for kind, numbers in found.items() if numbers}


def _of_deals(deals: Collection[int]) -> Touched:
    return {DEAL: set(deals), QUOTES: set(deals), INVOICE: concerned(Deal, deals)}


def _of_quotes(quotes: Collection[int]) -> Touched:
    return {QUOTES: _ids(Quote, "deal", pk__in=quotes), INVOICE: concerned(Quote, quotes)}


def _of_activities(activities: Collection[int]) -> Touched:
    return {ACTIVITY: set(activities), LEAD: _ids(Activity, "lead", pk__in=activities)}


DEPENDING: dict[type[Model], Callable[[Collection[int]], Touched]] = {
    Contact: lambda contacts: {ACTIVITY: _ids(Activity, "pk", contact__in=contacts)},
    Lead: lambda leads: {LEAD: set(leads)},
    Deal: _of_deals,
    Activity: _of_activities,
    Quote: _of_quotes,
    AccountOwner: lambda owners: {INVOICE: concerned(AccountOwner, owners)},
    Invoice: lambda invoices: {INVOICE: concerned(Invoice, invoices)},
    TimeEntry: lambda entries: {TIME: set(entries)},
    Tally: lambda tallies: {TALLY: set(tallies)},
    Login: lambda logins: {LOGIN: set(logins)},
    Course: lambda courses: {COURSE: set(courses)},
    Assessment: lambda assessments: {ASSESSMENT: set(assessments)},
}


def _ids(model: type[Model], name: str, **among: Any) -> set[int]:
    found = everybodys(model).filter(**among).order_by().values_list(name, flat=True)
    return {number for number in found if number is not None}
