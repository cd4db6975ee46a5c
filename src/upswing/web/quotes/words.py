"""What quotes are called on screen: where one stands, why it was declined, how it was taken, what was done with it."""

from __future__ import annotations

from upswing.core.quoting import Choice, Reaction, Reason, Standing
from upswing.queries.quotes import Pile
from upswing.web.shared.marks import marked

STANDINGS = {
    Standing.DRAFT: (marked("Draft"), "early", "file-text"),
    Standing.SENT: (marked("Sent"), "on", "mail"),
    Standing.SEEN: (marked("Seen"), "on", "eye"),
    Standing.EXPIRED: (marked("Run out"), "outline", "hourglass"),
    Standing.ACCEPTED: (marked("Accepted"), "out", "check"),
    Standing.DECLINED: (marked("Declined"), "outline", "x"),
    Standing.REPLACED: (marked("Replaced"), "early", "copy"),
    Standing.WITHDRAWN: (marked("Withdrawn"), "early", "undo-2"),
}
"""Word, look and icon of where a quote stands."""
PILES = {
    Pile.DRAFT: marked("Drafts"),
    Pile.OUT: marked("Waiting for an answer"),
    Pile.EXPIRED: marked("Run out"),
    Pile.ACCEPTED: marked("Accepted"),
    Pile.DECLINED: marked("Declined"),
    Pile.WITHDRAWN: marked("Withdrawn"),
    Pile.REPLACED: marked("Replaced by a later version"),
}
REASONS: dict[str, str] = {
    Reason.PRICE: marked("Too expensive"),
    Reason.BUDGET: marked("No budget this time"),
    Reason.COMPETITOR: marked("Chose somebody else"),
    Reason.FIT: marked("Did not fit what they need"),
    Reason.TIMING: marked("Not now"),
    Reason.NO_NEED: marked("No need any more"),
    Reason.NO_ANSWER: marked("Never answered"),
    Reason.OTHER: marked("Another reason"),
}
REACTIONS: dict[str, str] = {
    Reaction.LIKED: marked("Likes it"),
    Reaction.QUESTIONS: marked("Has questions"),
    Reaction.EXPENSIVE: marked("Finds it expensive"),
    Reaction.CHANGES: marked("Wants something changed"),
    Reaction.COMPARES: marked("Compares with others"),
    Reaction.WAITS: marked("Wants to wait"),
    Reaction.SILENT: marked("Has not reacted"),
}
DEEDS = {
    "begun": marked("Begun"),
    "sent": marked("Sent"),
    "seen": marked("Seen by the buyer"),
    "accepted": marked("Accepted"),
    "declined": marked("Declined"),
    "withdrawn": marked("Withdrawn"),
    "replaced": marked("Replaced by a later version"),
    "reopened": marked("Answer taken back"),
}
OPTIONS = {
    "fixed": (Choice.FIXED, True, marked("Part of the quote")),
    "extra": (Choice.EXTRA, True, marked("An extra, counted")),
    "extra_open": (Choice.EXTRA, False, marked("An extra, offered only")),
    "one_of": (Choice.ONE_OF, True, marked("One of several, the chosen one")),
    "one_of_open": (Choice.ONE_OF, False, marked("One of several, offered only")),
}
"""How a line belongs to a quote: kind of choice, whether it is chosen, and words."""


def option_of(choice: Choice, chosen: bool) -> str:
    """The key of OPTIONS for a line."""
    if choice is Choice.FIXED:
        return "fixed"
    return next(key for key, (kind, taken, _) in OPTIONS.items() if (kind, taken) == (choice, chosen))
