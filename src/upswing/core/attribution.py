"""Whose an invoice is: rules in order, of which the first that fits decides.

The rules, strongest first: what somebody decided by hand, the invoice that a credit note takes back, the rep accounting
names, the deal it names, the deal of the quote it names, the one won deal of the account that fits by amount and day,
the account's owner on the day of the invoice. What none of them fits waits for somebody to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from upswing.core.records import Word

Rep = TypeVar("Rep")
Parts = tuple[tuple[Rep, int], ...]
Credit = Parts[str]
"""Reps with their weights; amounts are split by them to the cent."""

NEAR = 100
"""An invoice fits a deal whose amount is off by at most one part in so many."""
DAYS_BEFORE, DAYS_AFTER = 30, 120
"""An invoice fits a deal from so many days before the win until so many after it."""


class Rule(Word):
    """What decided whose an invoice is."""

    WAITING = "waiting"
    HAND = "hand"
    HOUSE = "house"
    CORRECTED = "corrected"
    REP = "rep"
    DEAL = "deal"
    QUOTE = "quote"
    MATCH = "match"
    OWNER = "owner"


WEAK = (Rule.MATCH, Rule.OWNER, Rule.WAITING)
"""What the account decides, or nothing yet: a deal, quote or owner that comes later may know better."""


@dataclass(frozen=True, slots=True)
class Sold:
    """A deal as an invoice sees it: who has it now, who had it until which day, and for what it was won."""

    deal: int
    credit: Credit
    former: tuple[tuple[date, Credit], ...] = ()
    won: date | None = None
    amount_minor: int | None = None

    def credit_on(self, day: date) -> Credit:
        """Who had the deal on a day: until the day it was handed over the former ones."""
        return next((credit for until, credit in sorted(self.former) if day < until), self.credit)

    def fits(self, day: date, net_minor: int) -> bool:
        """Whether it was won for about so much, at about that time."""
        if self.won is None or self.amount_minor is None:
            return False
        near = abs(net_minor - self.amount_minor) * NEAR <= self.amount_minor
        return near and -DAYS_BEFORE <= (day - self.won).days <= DAYS_AFTER


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody owns an account from `start` until the day before `end`; told by a source, or `by_hand`."""

    rep: str
    start: date | None = None
    end: date | None = None
    by_hand: bool = False

    def holds(self, day: date) -> bool:
        """Whether the day is one of it."""
        return (self.start or date.min) <= day and (self.end is None or day < self.end)

    @property
    def precedence(self) -> tuple[date, bool]:
        """What began later comes first, and what somebody said by hand before what a source told of the same day."""
        return self.start or date.min, self.by_hand


def owner_on(tenures: Sequence[Tenure], day: date) -> str:
    """Who owned the account on a day: whose tenure began last, by hand before told; "" for nobody or two at once."""
    held = [tenure for tenure in tenures if tenure.holds(day)]
    latest = max((tenure.precedence for tenure in held), default=None)
    owners = {tenure.rep for tenure in held if tenure.precedence == latest}
    return owners.pop() if len(owners) == 1 else ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What decided, whose the invoice is (nobody's without shares), and the deal it belongs to, where one is known."""

    rule: Rule
    shares: Credit = ()
    deal: int | None = None


WAITING = Attribution(Rule.WAITING)


@dataclass(frozen=True, slots=True)
class Clues:
    """All that is known of one invoice.

    `decided` is what somebody decided by hand, empty for nobody's; `corrected` how the invoice was attributed that this
    credit note takes back. `rep` and `named` are what accounting names, `quoted` the deal of the quote it names.
    `account_deals` and `tenures` are of its account; they may be left out where a stronger clue is given.
    """

    day: date
    net_minor: int | None = None
    decided: Credit | None = None
    corrected: Attribution | None = None
    rep: str = ""
    named: Sold | None = None
    quoted: Sold | None = None
    account_deals: Sequence[Sold] = ()
    tenures: Sequence[Tenure] = ()


def attribute(clues: Clues) -> Attribution:
    """The first rule that fits decides; a credit note waits as long as the invoice it takes back."""
    told = clues.named or clues.quoted
    deal = told.deal if told else None
    if clues.decided is not None:
        return Attribution(Rule.HAND if clues.decided else Rule.HOUSE, clues.decided, deal)
    if clues.corrected:
        waits = clues.corrected.rule is Rule.WAITING
        return clues.corrected if waits else replace(clues.corrected, rule=Rule.CORRECTED)
    if clues.rep:
        return Attribution(Rule.REP, ((clues.rep, 1),), deal)
    if told:
        return Attribution(Rule.DEAL if clues.named else Rule.QUOTE, told.credit_on(clues.day), deal)
    return _by_account(clues)


def _by_account(clues: Clues) -> Attribution:
    net = clues.net_minor
    fitting = [sold for sold in clues.account_deals if net is not None and sold.fits(clues.day, net)]
    if len(fitting) == 1:
        return Attribution(Rule.MATCH, fitting[0].credit_on(clues.day), fitting[0].deal)
    if owner := owner_on(clues.tenures, clues.day):
        return Attribution(Rule.OWNER, ((owner, 1),))
    return WAITING


def handed_over(was: Parts[Rep], since: date | None, becomes: Parts[Rep], told: date) -> bool:
    """Whether a source that tells another credit on a day tells of a hand-over, not of a slip.

    Files of the day from which the former credit was known correct it; later ones tell what has happened since.
    `since` None: known from before that was written down.
    """
    return dict(was) != dict(becomes) and (since is None or told > since)
