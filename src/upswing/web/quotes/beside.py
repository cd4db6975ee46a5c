"""What stands beside a quote that was sent: what became of it, what differs, what may be done now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from upswing.core.money import Money
from upswing.core.quoting import Choice, changed, totals
from upswing.core.quoting.standing import OPEN, Standing
from upswing.queries.quote_pages import QuoteShown
from upswing.web.quotes.paper import WRITING, Chip, chip_of
from upswing.web.quotes.words import DEEDS, REACTIONS, REASONS
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Option:
    """A line that the buyer may take or leave, by its place."""

    place: int
    product: str
    amount: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the paper: what happened, what differs, what may be done now."""

    headline: str
    chip: Chip
    details: tuple[tuple[str, str], ...]
    differences: tuple[str, ...]
    history: tuple[tuple[str, str, str, str], ...]
    waits: bool
    answered: bool
    reactions: tuple[tuple[str, str, bool], ...]
    reasons: tuple[tuple[str, str], ...]
    extras: tuple[Option, ...]
    groups: tuple[tuple[str, tuple[Option, ...]], ...]


def beside(quote: QuoteShown) -> Beside:
    """Everything about a sent quote but what it offers."""
    stands = quote.standing
    return Beside(
        _headline(quote), chip_of(stands), tuple(_details(quote)),
        changed(quote.former, quote.quotation, WRITING) if quote.former else (),
        tuple((_(DEEDS.get(d.deed, d.deed)), d.by, fmt.day(d.at.date()), d.words) for d in reversed(quote.deeds)),
        stands in OPEN, stands in (Standing.ACCEPTED, Standing.DECLINED, Standing.WITHDRAWN) and not quote.later,
        tuple((str(key), _(words), key == quote.reaction) for key, words in REACTIONS.items()),
        tuple((str(key), _(words)) for key, words in REASONS.items()), *_options(quote),
    )  # fmt: skip


def _options(quote: QuoteShown) -> tuple[tuple[Option, ...], tuple[tuple[str, tuple[Option, ...]], ...]]:
    """The extras, and what is one of several by the name of the choice."""
    groups: dict[str, list[Option]] = {}
    for place, line in enumerate(quote.quotation.lines, 1):
        if line.choice is not Choice.FIXED:
            amount = fmt.money(Money(line.minor, quote.quotation.currency))
            option = Option(place, line.product, amount, line.chosen)
            groups.setdefault("" if line.choice is Choice.EXTRA else line.group, []).append(option)
    extras = tuple(groups.pop("", ()))
    return extras, tuple((name, tuple(options)) for name, options in groups.items())


def _headline(quote: QuoteShown) -> str:
    worth = totals(quote.accepted).net if quote.accepted else quote.totals.net
    net = fmt.money(Money(worth, quote.quotation.currency))
    day = fmt.day_long(quote.sent) if quote.sent else ""
    until = quote.quotation.valid_until
    match quote.standing:
        case Standing.ACCEPTED:
            return _("Accepted: {amount}.").format(amount=net)
        case Standing.DECLINED:
            return _("Declined: {reason}.").format(reason=_(REASONS.get(quote.reason, quote.reason) or "–"))
        case Standing.WITHDRAWN:
            return _("Taken back after it was sent on {day}.").format(day=day)
        case Standing.REPLACED:
            return _("A later version took the place of this one.")
        case Standing.EXPIRED if until:
            return _("Ran out on {day}. It can still be accepted, or sent again as a new version.").format(
                day=fmt.day_long(until)
            )
        case Standing.SEEN:
            return _("Seen by the buyer. {amount} wait for an answer.").format(amount=net)
        case _:
            return _("Sent on {day}. {amount} wait for an answer.").format(day=day, amount=net)


def _details(quote: QuoteShown) -> Iterator[tuple[str, str]]:
    if quote.seen:
        yield _("Seen"), fmt.day(quote.seen)
    if quote.reaction:
        yield _("Reaction"), _(REACTIONS.get(quote.reaction, quote.reaction))
    if quote.reaction_words:
        yield _("Their words"), quote.reaction_words
    if quote.decided:
        yield _("Answered"), fmt.day(quote.decided)
    if quote.accepted and (told := [line.product for line in quote.accepted.lines if line.choice is not Choice.FIXED
                                    and line.chosen]):  # fmt: skip
        yield _("Options taken"), fmt.listed(told)
    if quote.words:
        yield _("Note"), quote.words
