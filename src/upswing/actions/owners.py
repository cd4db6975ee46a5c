"""Names in files that nobody bears: say whom they mean, since when; make a new person of one, or one person of two."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from upswing.actions.desk import everybodys, people_ids
from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.posting import Posting
from upswing.actions.settling import SETTLERS, blocks
from upswing.book.models import (
    AccountOwner,
    Activity,
    Assessment,
    Course,
    Credit,
    DecisionShare,
    FormerCredit,
    Invoice,
    InvoiceShare,
    Lead,
    Login,
    RememberedOwner,
    Tally,
    TimeEntry,
)
from upswing.coaching.models import Dispute
from upswing.connectors.connector import NAME_LENGTH, folded
from upswing.core.wording import worded
from upswing.goals.cards import Pin
from upswing.goals.commits import Commit
from upswing.goals.models import Quota
from upswing.goals.standards import Agreement, Objection
from upswing.goals.targets import TargetChange, TargetOverride
from upswing.intake.models import Alias
from upswing.ledger.counting import NOBODY, lock
from upswing.ledger.models import Fact
from upswing.people.models import HolidayChoice, Look, Membership, PartTime, Person, TimeOff, User
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.habits import forget_habits
from upswing.queries.outlooks import forget_outlooks

HELD: tuple[type[Model], ...] = (
    Lead, Activity, Invoice, AccountOwner, RememberedOwner, TimeEntry, Tally, Login, Course, Assessment, Quota,
    Objection, Dispute, Pin, TargetChange, HolidayChoice, PartTime, Commit,
)  # fmt: skip
"""What belongs to one person."""
SHARED: dict[type[Model], str] = {
    Credit: "deal_id", FormerCredit: "deal_id", InvoiceShare: "invoice_id", DecisionShare: "decision_id",
}  # fmt: skip
"""What several have parts of, and what it is a part of."""
BELONGING: dict[type[Model], tuple[str, ...]] = {
    Membership: ("team_id", "leads", "starts"),
    TimeOff: ("day",),
    Agreement: ("version_id",),
    Look: ("day", "by", "what", "via"),
    TargetOverride: ("metric", "starts", "ends", "withdrawn"),
}
"""What somebody has once, and what makes it the same."""


@transaction.atomic
def alias(
    viewer: Viewer,
    written: str,
    person: UUID,
    now: datetime,
    since: date | None = None,
    by: int | None = None,
) -> None:
    """From a day on (none: always), the name means that person. It counts from the next import.

    Raises NotAllowed, and NotVisible when there is no such person.
    """
    needs_operator(viewer, "say whom a name means")
    key = _key(written)
    if everybodys(Person).filter(key=key, sells=True).exclude(uid=person).exists() and since is None:
        raise NotAllowed(
            worded(
                "Somebody is called “{written}” already. Say from which day the name means another.",
                written=written,
            )
        )
    meant = _person(person)
    Alias.objects.update_or_create(key=key, since=since, defaults={"person": meant, "said": now, "by_id": by})


@transaction.atomic
def forget_alias(viewer: Viewer, written: str, since: date | None = None) -> None:
    """The name means nobody else any more, from that day on."""
    needs_operator(viewer, "say whom a name means")
    Alias.objects.filter(key=_key(written), since=since, merged=None).delete()


@transaction.atomic
def new_person(viewer: Viewer, written: str) -> Person:
    """Somebody of that name who sells. Raises NotAllowed."""
    needs_operator(viewer, "add people")
    lock([NOBODY])
    key = _key(written)
    found = everybodys(Person).filter(key=key).first() or Person(key=key, name=" ".join(written.split()))
    found.sells = True
    found.save()
    forget_habits()
    return found


@transaction.atomic
def merge(viewer: Viewer, gone: UUID, kept: UUID, now: datetime, by: int | None = None) -> None:
    """Two people are one: whatever was the first one's is the other's, and the name means them from now on.

    The first one stays as a name without a scorecard. Raises NotAllowed, NotVisible.
    """
    needs_operator(viewer, "make one person of two")
    one, other = _person(gone), _person(kept)
    if one == other:
        raise NotAllowed(worded("{name} is one person already.", name=one.name))
    if User.objects.filter(person=one).exists():
        raise NotAllowed(
            worded(
                "{name} has a sign-in. Give it to {other}, or merge the other way round.",
                name=one.name,
                other=other.name,
            )
        )
    lock([one.pk, other.pk, NOBODY])
    touched = _facts_of(one)
    for model in HELD:
        everybodys(model).filter(person=one).update(person=other)
    _share(one, other)
    for model, fields in BELONGING.items():
        _belong(model, fields, one, other)
    Person.objects.unscoped("one person of two").filter(pk=one.pk).update(sells=False)
    Alias.objects.filter(person=one).update(person=other)
    Alias.objects.update_or_create(
        key=one.key, since=None, defaults={"person": other, "said": now, "by_id": by, "merged": now}
    )
    _settle(touched)


def _facts_of(person: Person) -> dict[str, set[int]]:
    """Kind → records that have any fact of this person."""
    found: dict[str, set[int]] = {}
    for kind, record in Fact.objects.filter(rep=person).values_list("record_kind", "record").distinct():
        found.setdefault(kind, set()).add(record)
    return found


def _settle(touched: dict[str, set[int]]) -> None:
    people = people_ids()
    for kind, records in touched.items():
        for block in blocks(records):
            posting = Posting(people.__getitem__)
            posting.put(kind, dict.fromkeys(block, ()) | dict(SETTLERS[kind][2](block)))
            posting.close()
    forget_habits()
    forget_outlooks()


def _share(one: Person, other: Person) -> None:
    """What is divided among people: a part that both have is added up."""
    for model, whole in SHARED.items():
        for row in everybodys(model).filter(person=one):
            mine = everybodys(model).filter(person=other, **{whole: getattr(row, whole)}).first()
            if mine is None:
                everybodys(model).filter(pk=row.pk).update(person=other)
            else:
                everybodys(model).filter(pk=mine.pk).update(weight=mine.weight + row.weight)
                everybodys(model).filter(pk=row.pk).delete()


def _belong(model: type[Model], fields: tuple[str, ...], one: Person, other: Person) -> None:
    """Where both are on the same days, the other one's row stays."""
    for row in everybodys(model).filter(person=one):
        same = {name: getattr(row, name) for name in fields}
        if everybodys(model).filter(person=other, **same).exists():
            everybodys(model).filter(pk=row.pk).delete()
        else:
            everybodys(model).filter(pk=row.pk).update(person=other)


def _person(uid: UUID) -> Person:
    found: Person | None = everybodys(Person).filter(uid=uid).first()
    if found is None:
        raise NotVisible("There is no such person.")
    return found


def _key(written: str) -> str:
    key = folded(written)
    if not key or len(key) > NAME_LENGTH:
        raise NotAllowed(
            worded(
                "“{written}” is no name: write 1 to {most} characters.",
                written=written[:50],
                most=NAME_LENGTH,
            )
        )
    return key
