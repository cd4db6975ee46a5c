"""What the words are called that cells of a file may mean: stages, channels, outcomes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from upswing.web.shared.marks import marked
from upswing.web.shared.naming import plain

WORDS = {
    "accepted": marked("Accepted"),
    "answered": marked("Answered"),
    "bad_contact": marked("Bad contact"),
    "bad_number": marked("Bad number"),
    "below": marked("Below"),
    "booked": marked("Booked"),
    "bounced": marked("Bounced"),
    "bulk": marked("Bulk"),
    "call": marked("Call"),
    "call_back": marked("Call back"),
    "cancelled": marked("Cancelled"),
    "conversation": marked("Conversation"),
    "credit_note": marked("Credit note"),
    "declined": marked("Declined"),
    "disqualified": marked("Disqualified"),
    "draft": marked("Draft"),
    "email": marked("Email"),
    "exceeds": marked("Exceeds"),
    "gatekeeper": marked("Gatekeeper"),
    "held": marked("Held"),
    "invoice": marked("Invoice"),
    "lost": marked("Lost"),
    "machine": marked("Machine"),
    "meeting": marked("Meeting"),
    "meets": marked("Meets"),
    "no_answer": marked("No answer"),
    "no_response": marked("No response"),
    "no_show": marked("No show"),
    "not_attempted": marked("Not attempted"),
    "positive": marked("Positive"),
    "qualified": marked("Qualified"),
    "replaced": marked("Replaced"),
    "sent": marked("Sent"),
    "social": marked("Social"),
    "synced": marked("Synced"),
    "typed": marked("Typed"),
    "visit": marked("Visit"),
    "voicemail": marked("Voicemail"),
    "won": marked("Won"),
    "wrong_person": marked("Wrong person"),
}


def meaning(word: str) -> str:
    """What a file's word may mean, in words: No answer, Won."""
    if word == "open":
        return pgettext("deal", "Open")
    if word == "read":
        return pgettext("e-mail", "Read")
    return _(WORDS[word]) if word in WORDS else plain(word)
