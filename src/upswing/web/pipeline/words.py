"""What is said of deals, in the reader's language."""

from __future__ import annotations

from datetime import datetime, tzinfo
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.categories import Category
from upswing.core.forecast.stall import Rule
from upswing.core.pipelines import Proof
from upswing.core.records import ActivityKind, Happened
from upswing.queries.pipeline import State
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked

STATES = {
    State.MOVING: marked("Moving"),
    State.STALLED: marked("Stalled"),
    State.LATER: marked("Expected later"),
    State.OMITTED: marked("Left out"),
}
CATEGORIES = {
    Category.COMMIT: marked("Commit"),
    Category.BEST_CASE: marked("Best case"),
    Category.PIPELINE: marked("Pipeline"),
    Category.OMITTED: marked("Left out"),
}
MEANINGS = {
    Category.COMMIT: marked("counted on in its period"),
    Category.BEST_CASE: marked("possible, if all goes well"),
    Category.PIPELINE: marked("nothing said: it counts as such deals turned out"),
    Category.OMITTED: marked("counts nowhere in the forecast"),
}
PROOFS = {
    Proof.DATE: marked("a day"),
    Proof.AMOUNT: marked("an amount"),
    Proof.PERSON: marked("a named person"),
    Proof.DOCUMENT: marked("a document"),
}
RULES = {
    Rule.HALF_CHANCE: marked("From where on a win is half as likely as on entry"),
    Rule.QUANTILE: marked("Within which nine of ten won deals were through"),
    Rule.CYCLE: marked("A part of the usual way from first to won"),
}
KINDS = {
    ActivityKind.CALL: marked("Call"),
    ActivityKind.EMAIL: marked("E-mail"),
    ActivityKind.VISIT: marked("Visit"),
    ActivityKind.SOCIAL: marked("Message"),
    ActivityKind.MEETING: marked("Meeting"),
}
HAPPENED = {
    Happened.NO_ANSWER: marked("no answer"),
    Happened.VOICEMAIL: marked("voicemail"),
    Happened.GATEKEEPER: marked("spoke to somebody else"),
    Happened.BAD_NUMBER: marked("the number is wrong"),
    Happened.WRONG_PERSON: marked("the wrong person"),
    Happened.CALL_BACK: marked("to call back"),
    Happened.CONVERSATION: marked("a conversation"),
    Happened.SENT: marked("sent"),
    Happened.READ: marked("read"),
    Happened.ANSWERED: marked("answered"),
    Happened.BOUNCED: marked("came back"),
    Happened.BOOKED: marked("to come"),
    Happened.HELD: marked("held"),
    Happened.POSITIVE: marked("held, they want to go on"),
    Happened.NO_SHOW: marked("they did not come"),
    Happened.CANCELLED: marked("cancelled"),
}


def days(count: int) -> str:
    """A number of days."""
    return ngettext("{count} day", "{count} days", count).format(count=fmt.number(count))


def deals(count: int) -> str:
    """A number of deals."""
    return ngettext("{count} deal", "{count} deals", count).format(count=fmt.number(count))


def stage_name(name: str) -> str:
    """A stage; of deals without one, that."""
    return name if name not in ("", "-") else _("No stage told")


def share(value: float) -> str:
    """A share as a whole percentage."""
    return fmt.percent(Decimal(str(round(value, 4))))


def day_of(moment: datetime, zone: tzinfo | None) -> str:
    """The day of a moment, on the organisation's clock."""
    return fmt.day(moment.astimezone(zone).date())
