"""What records count as, in words: a deal won, a call without an answer."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from upswing.core.records import Happened, Outcome
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import counted, marked
from upswing.web.shared.sentences import many

NAMES = {
    "won": marked("Won"),
    "lost": marked("Lost"),
    "created": marked("Created"),
    "unvalued": marked("Won, amount unknown"),
    "held": marked("Held"),
    "positive": marked("Held, positive"),
    "below": marked("Below the standard"),
    "meets": marked("Meets the standard"),
    "exceeds": marked("Exceeds the standard"),
    "lead": marked("Lead"),
    "proposal": marked("Proposal"),
    "time": marked("Time"),
    "no_answer": marked("No answer"),
    "voicemail": marked("Voicemail"),
    "gatekeeper": marked("Gatekeeper"),
    "bad_number": marked("Bad number"),
    "wrong_person": marked("Wrong person"),
    "call_back": marked("Call back"),
    "conversation": marked("Conversation"),
    "sent": marked("Sent"),
    "answered": marked("Answered"),
    "bounced": marked("Bounced"),
    "booked": marked("Booked"),
    "no_show": marked("No show"),
    "cancelled": marked("Cancelled"),
    "not_attempted": marked("Not attempted"),
    "bad_contact": marked("Bad contact"),
    "no_response": marked("No response"),
    "disqualified": marked("Disqualified"),
    "qualified": marked("Qualified"),
    "call": marked("Call"),
    "email": marked("Email"),
    "visit": marked("Visit"),
    "social": marked("Social"),
    "meeting_booked": marked("Meeting booked"),
    "meeting_due": marked("Meeting due"),
    "revenue_booked": marked("Revenue booked"),
    "login": marked("Login"),
    "course": marked("Course"),
}
COUNTED = {
    "won": counted("{count} won", "{count} won"),
    "lost": counted("{count} lost", "{count} lost"),
    "created": counted("{count} created", "{count} created"),
    "unvalued": counted("{count} won, amount unknown", "{count} won, amount unknown"),
    "held": counted("{count} held", "{count} held"),
    "positive": counted("{count} held, positive", "{count} held, positive"),
    "below": counted("{count} below the standard", "{count} below the standard"),
    "meets": counted("{count} meets the standard", "{count} meets the standard"),
    "exceeds": counted("{count} exceeds the standard", "{count} exceeds the standard"),
    "lead": counted("{count} lead", "{count} lead"),
    "proposal": counted("{count} proposal", "{count} proposal"),
    "time": counted("{count} time", "{count} time"),
    "no_answer": counted("{count} no answer", "{count} no answer"),
    "voicemail": counted("{count} voicemail", "{count} voicemail"),
    "gatekeeper": counted("{count} gatekeeper", "{count} gatekeeper"),
    "bad_number": counted("{count} bad number", "{count} bad number"),
    "wrong_person": counted("{count} wrong person", "{count} wrong person"),
    "call_back": counted("{count} call back", "{count} call back"),
    "conversation": counted("{count} conversation", "{count} conversation"),
    "sent": counted("{count} sent", "{count} sent"),
    "read": counted("{count} read", "{count} read"),
    "answered": counted("{count} answered", "{count} answered"),
    "bounced": counted("{count} bounced", "{count} bounced"),
    "booked": counted("{count} booked", "{count} booked"),
    "no_show": counted("{count} no show", "{count} no show"),
    "cancelled": counted("{count} cancelled", "{count} cancelled"),
    "not_attempted": counted("{count} not attempted", "{count} not attempted"),
    "bad_contact": counted("{count} bad contact", "{count} bad contact"),
    "no_response": counted("{count} no response", "{count} no response"),
    "disqualified": counted("{count} disqualified", "{count} disqualified"),
    "qualified": counted("{count} qualified", "{count} qualified"),
    "call": counted("{count} call", "{count} call"),
    "email": counted("{count} email", "{count} email"),
    "visit": counted("{count} visit", "{count} visit"),
    "social": counted("{count} social", "{count} social"),
    "meeting_booked": counted("{count} meeting booked", "{count} meeting booked"),
    "meeting_due": counted("{count} meeting due", "{count} meeting due"),
    "revenue_booked": counted("{count} revenue booked", "{count} revenue booked"),
    "login": counted("{count} login", "{count} login"),
    "course": counted("{count} course", "{count} course"),
}


def part_name(part: str) -> str:
    """What a record counts as; a kind without words reads as its own key."""
    if part == Outcome.OPEN:
        return pgettext("deal", "Open")
    if part == Happened.READ:
        return pgettext("e-mail", "Read")
    return _(NAMES[part]) if part in NAMES else _plain(part).capitalize()


def parts_counted(part: str, count: int) -> str:
    """So many records that count as this: 5 won, 12 no answer."""
    if part == Outcome.OPEN:
        return ngettext("{count} open", "{count} open", count).format(count=fmt.number(count))
    return many(COUNTED[part], count) if part in COUNTED else f"{fmt.number(count)} {_plain(part).lower()}"


def _plain(part: str) -> str:
    return part.replace("_", " ")
