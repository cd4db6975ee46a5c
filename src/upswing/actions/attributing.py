"""Decide by hand whose an invoice is; take it back; remember who owns an account.

What somebody decided goes before every rule and outlives every import. It keeps who decided, when and why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.crediting import ATTRIBUTION, concerned, credit_and_post, link, of_accounts
from upswing.actions.desk import everybodys, people_ids
from upswing.actions.permission import needs_operator
from upswing.actions.posting import Posting
from upswing.actions.written import signed_by
from upswing.book.models import Account, DecisionShare, Invoice, InvoiceDecision, RememberedOwner
from upswing.connectors.connector import printable
from upswing.core.wording import worded
from upswing.ledger.counting import lock
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.habits import forget_habits

REASON_LENGTH = 500


class Unclear(ValueError):
    """What was asked for leaves open whose the invoice is, or why; the message says what is missing."""


@transaction.atomic
def attribute(viewer: Viewer, invoice: UUID, shares: Mapping[UUID, int], reason: str, now: datetime) -> None:
    """Give an invoice to people by their weights (whole numbers from 1 up), because of `reason`.

    The notes that correct it follow. An earlier decision is taken back. Raises NotAllowed, NotVisible and Unclear.
    """
    needs_operator(viewer, "attribute invoices")
    found = _invoice(invoice)
    if not shares or min(shares.values()) < 1:
        raise Unclear(
            worded(
                "Say who gets {external_id}, each with a weight of 1 or more; or give it to the house.",
                external_id=found.external_id,
            )
        )
    people = {_person(person): weight for person, weight in shares.items()}
    _decide(viewer, found, people, reason, now)


@transaction.atomic
def attribute_to_house(viewer: Viewer, invoice: UUID, reason: str, now: datetime) -> None:
    """Make an invoice nobody's: it counts for no rep and waits no longer. Raises NotAllowed, NotVisible and Unclear."""
    needs_operator(viewer, "attribute invoices")
    _decide(viewer, _invoice(invoice), {}, reason, now)


@transaction.atomic
def take_back_attribution(viewer: Viewer, invoice: UUID, now: datetime) -> None:
    """Let the rules decide again. Raises NotAllowed, NotVisible, and Unclear when nobody decided by hand."""
    needs_operator(viewer, "attribute invoices")
    found = _invoice(invoice)
    if not _take_back(viewer, found, now):
        raise Unclear(
            worded(
                "Nobody decided by hand whose {external_id} is: there is nothing to take back.",
                external_id=found.external_id,
            )
        )
    _post(concerned(Invoice, [found.pk]))


@transaction.atomic
def remember(viewer: Viewer, account: UUID, person: UUID, since: date, now: datetime) -> None:
    """Let a person own an account from a day on: invoices of it that nothing stronger decides are theirs.

    Whoever a source says to own it from a later day takes over then. Raises NotAllowed and NotVisible.
    """
    needs_operator(viewer, "say who owns an account")
    lock([ATTRIBUTION])
    owned = Account.objects.filter(uid=account).first()
    if owned is None:
        raise NotVisible("There is no such account.")
    said = {"person_id": _person(person), "by": signed_by(viewer), "at": now}
    RememberedOwner.objects.update_or_create(account=owned, since=since, defaults=said)
    link([owned.pk])
    _post(of_accounts([owned.pk]))


def _decide(viewer: Viewer, invoice: Invoice, people: Mapping[int, int], reason: str, now: datetime) -> None:
    why = printable(" ".join(reason.split()), REASON_LENGTH)
    if not why:
        raise Unclear(
            worded(
                "Say in a few words why {external_id} is decided so: others will ask.",
                external_id=invoice.external_id,
            )
        )
    _take_back(viewer, invoice, now)
    decision = InvoiceDecision.objects.create(
        source_id=invoice.source_id, external_id=invoice.external_id, by=signed_by(viewer), at=now, reason=why
    )
    DecisionShare.objects.bulk_create(
        DecisionShare(decision=decision, person_id=person, weight=weight) for person, weight in people.items()
    )
    _post(concerned(Invoice, [invoice.pk]))


def _take_back(viewer: Viewer, invoice: Invoice, now: datetime) -> int:
    standing = InvoiceDecision.objects.filter(
        source=invoice.source_id, external_id=invoice.external_id, taken_back_at=None
    )
    return standing.update(taken_back_by=signed_by(viewer), taken_back_at=now)


def _post(invoices: Collection[int]) -> None:
    posting = Posting(people_ids().__getitem__)
    credit_and_post(posting, invoices)
    posting.close()
    forget_habits()


def _invoice(uid: UUID) -> Invoice:
    """The invoice, once no other attribution is under way."""
    lock([ATTRIBUTION])
    found: Invoice | None = everybodys(Invoice).filter(uid=uid).first()
    if found is None:
        raise NotVisible("There is no such invoice.")
    return found


def _person(uid: UUID) -> int:
    found: int | None = everybodys(Person).filter(uid=uid).values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible("There is no such person.")
    return found
