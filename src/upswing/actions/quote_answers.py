"""What became of a quote that was sent: the buyer saw it, said yes or no; we took it back; or the answer was a slip."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.quote_amounts import in_own
from upswing.actions.quoted import change, note, quote_for, settling
from upswing.actions.winning import unwin, win
from upswing.actions.written import one_line
from upswing.book.models import Quote
from upswing.book.offered import LONGEST_LINE, OfferLine
from upswing.core.quoting import Reaction, Reason, Standing, refusals, totals, with_options
from upswing.core.quoting.standing import OPEN
from upswing.core.records import QuoteStatus
from upswing.core.wording import worded
from upswing.people.viewer import Viewer
from upswing.queries.offers import quotation_of
from upswing.queries.quotes import standing_of

ANSWERED = (Standing.ACCEPTED, Standing.DECLINED, Standing.WITHDRAWN)


@transaction.atomic
def mark_seen(viewer: Viewer, quote: UUID, reaction: Reaction | None, words: str, now: datetime) -> None:
    """The buyer has seen it, and how they took it; told again, the later reaction stands.

    Raises NotVisible, and NotAllowed for what is not out.
    """
    found = _out(viewer, quote)
    said, told = _words(words), reaction.value if reaction else ""
    change(found.offer, seen=found.offer.seen or viewer.at, reaction=told, reaction_words=said)
    note(viewer, found, "seen", now, said)


@transaction.atomic
def accept(
    viewer: Viewer, quote: UUID, words: str, now: datetime, taken: Collection[int] | None = None
) -> bool:
    """The buyer said yes: the deal is won today for what they accepted, unless it is decided already.

    `taken` are the places of the options they took, None for the quote as it was offered. Returns whether it won the
    deal. Raises NotVisible, NotAllowed for what is not out, and Incomplete for options that do not fit together.
    """
    found, said = _out(viewer, quote), _words(words)
    accepted = quotation_of(found) if taken is None else with_options(quotation_of(found), taken)
    if sentences := refusals(replace(accepted, valid_until=None), viewer.at):
        raise Incomplete(sentences)
    net = totals(accepted).net
    with settling(found.deal_id):
        change(found, status=QuoteStatus.ACCEPTED.value)
        change(found.offer, decided=viewer.at, words=said, accepted_minor=in_own(found.offer, net))
        for place, line in enumerate(accepted.lines, 1):
            OfferLine.objects.filter(quote=found, number=place).update(taken=line.counts)
        note(viewer, found, "accepted", now, said)
        return win(found, net, viewer.at)


@transaction.atomic
def decline(viewer: Viewer, quote: UUID, reason: Reason, words: str, now: datetime) -> None:
    """The buyer said no, and why. The deal stays as it is: another version may follow.

    Raises NotVisible, and NotAllowed for what is not out, or for another reason without words.
    """
    found, said = _out(viewer, quote), _words(words)
    if reason is Reason.OTHER and not said:
        raise NotAllowed(worded("Say in a few words what the other reason was."))
    with settling(found.deal_id):
        change(found, status=QuoteStatus.DECLINED.value, reason=reason.value)
        change(found.offer, decided=viewer.at, words=said)
        note(viewer, found, "declined", now, said)


@transaction.atomic
def withdraw(viewer: Viewer, quote: UUID, words: str, now: datetime) -> None:
    """Take an offer back that is out; it was sent, and stays counted as that. Raises NotVisible and NotAllowed."""
    found, said = _out(viewer, quote), _words(words)
    if not said:
        raise NotAllowed(
            worded("Say in a few words why the offer is taken back: whoever asks later reads it.")
        )
    change(found.offer, withdrawn=viewer.at, words=said)
    note(viewer, found, "withdrawn", now, said)


@transaction.atomic
def take_back_answer(viewer: Viewer, quote: UUID, now: datetime) -> None:
    """The answer was a slip: the quote is out again, and a deal that it won is open as before.

    Raises NotVisible, and NotAllowed where there is no answer, or another version is out by now.
    """
    found = quote_for(viewer, quote)
    if standing_of(found, viewer.at) not in ANSWERED:
        raise NotAllowed(worded("{number} has no answer that could be taken back.", number=found.external_id))
    later = Quote.objects.unscoped("of the same quote").filter(offer__chain=found.offer.chain)
    if later.filter(offer__version__gt=found.offer.version).exclude(sent=None).exists():
        raise NotAllowed(
            worded("A later version of {number} was sent. Go on from that one.", number=found.external_id)
        )
    with settling(found.deal_id):
        unwin(found)
        change(found, status=QuoteStatus.SENT.value, reason="")
        change(found.offer, decided=None, words="", withdrawn=None, accepted_minor=None)
        OfferLine.objects.filter(quote=found).update(taken=None)
        note(viewer, found, "reopened", now)


def _out(viewer: Viewer, uid: UUID) -> Quote:
    """A quote that was sent and waits for its answer; one that ran out may still get it."""
    found = quote_for(viewer, uid)
    stands = standing_of(found, viewer.at)
    if stands in OPEN:
        return found
    number = found.external_id
    if stands is Standing.DRAFT:
        raise NotAllowed(worded("{number} is a draft. Send it first.", number=number))
    if stands is Standing.REPLACED:
        raise NotAllowed(worded("A later version replaced {number}. Answer that one.", number=number))
    raise NotAllowed(worded("{number} has its answer already. Take that back first.", number=number))


def _words(text: str) -> str:
    said = one_line(text)
    if len(said) > LONGEST_LINE:
        raise NotAllowed(
            worded(
                "Write it in at most {most} characters; this has {length}.",
                most=LONGEST_LINE,
                length=len(said),
            )
        )
    return said
