"""Quotes at work: find the one that is meant, hold whom it concerns, note what was done, post what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from upswing.actions.affected import affected
from upswing.actions.crediting import ATTRIBUTION, credit_and_post
from upswing.actions.desk import everybodys, people_ids
from upswing.actions.posting import Posting, reps_of
from upswing.actions.settling import facts_of_deals, facts_of_quotes
from upswing.actions.written import signed_by
from upswing.book.models import Credit, Deal, Quote
from upswing.book.offered import MADE_HERE, QuoteDeed
from upswing.core.wording import worded
from upswing.intake.models import Batch, Source
from upswing.ledger.counting import lock
from upswing.ledger.kinds import DEAL, INVOICE, QUOTES
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.habits import forget_habits
from upswing.queries.outlooks import forget_outlooks

SOURCE_NAME = "quotes made in Upswing"


def deal_for(viewer: Viewer, uid: UUID) -> Deal:
    """The deal, once nobody else can change what it is offered; raises NotVisible."""
    mine = Deal.objects.seen_by(viewer).filter(uid=uid).values_list("pk", flat=True).first()
    if mine is None:
        raise NotVisible(worded("There is no such deal."))
    _hold([mine])
    found: Deal = everybodys(Deal).select_related("account").get(pk=mine)
    return found


def quote_for(viewer: Viewer, uid: UUID) -> Quote:
    """The quote with its offer, once nobody else can change it; raises NotVisible, also where it was made elsewhere."""
    mine = Quote.objects.seen_by(viewer).filter(uid=uid).exclude(offer=None).values_list("pk", "deal").first()
    if mine is None:
        raise NotVisible(worded("There is no such quote."))
    _hold([mine[1]] if mine[1] else [])
    found: Quote = everybodys(Quote).select_related("offer", "deal", "batch", "deal__account").get(pk=mine[0])
    return found


def _hold(deals: Collection[int]) -> None:
    """Everybody who has a part in these deals, and the attribution of invoices."""
    held: set[int] = set()
    while (
        not (wanted := {ATTRIBUTION, *_having(deals)}) <= held
    ):  # somebody may have been given a part meanwhile
        lock(wanted - held)
        held |= wanted


def _having(deals: Collection[int]) -> set[int]:
    credited = Credit.objects.filter(deal__in=deals).values_list("person_id", flat=True)
    return {*credited, *reps_of(DEAL, deals), *reps_of(QUOTES, deals)}


@contextmanager
def settling(deal: int | None) -> Iterator[None]:
    """What happens inside to a deal and its quotes is posted after it, with the invoices they tell about."""
    if deal is None:
        yield
        return
    before = affected(Deal, [deal])
    yield
    posting = Posting(people_ids().__getitem__)
    posting.put(DEAL, dict(facts_of_deals([deal])))
    posting.put(QUOTES, dict(facts_of_quotes([deal])))
    credit_and_post(posting, before.get(INVOICE, set()) | affected(Deal, [deal]).get(INVOICE, set()))
    posting.close()
    forget_habits()
    forget_outlooks()


def batch_of_chain(viewer: Viewer, chain: str, former: Quote | None, now: datetime) -> Batch:
    """The batch of all versions of a quote, so that it can be taken back as a whole."""
    if former is not None:
        Batch.objects.filter(pk=former.batch_id).update(finished=now, alive=now)
        return former.batch
    source, _ = Source.objects.get_or_create(key=MADE_HERE, defaults={"name": SOURCE_NAME})
    said = f"{chain}, {signed_by(viewer)}"[:200]
    return Batch.objects.create(
        source=source, mapping=said, started=now, finished=now, alive=now, created=1, done=1, expected=1
    )


def note(viewer: Viewer, quote: Quote, deed: str, now: datetime, words: str = "") -> None:
    """Keep who did what with a quote."""
    QuoteDeed.objects.create(quote=quote, deed=deed, words=words, by=signed_by(viewer), at=now)


def change(row: Any, **fields: Any) -> None:
    """Write these fields of a row, and no others."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
