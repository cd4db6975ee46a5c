"""What somebody set aside at one moment, and where it is listed: the address holds the moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.urls import reverse

from upswing.actions.written import signed_by
from upswing.queries.stalls import last_together
from upswing.queries.viewers import NotVisible, Viewer

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def address_of(moment: datetime) -> str:
    """Where what was set aside at a moment is listed."""
    return reverse("stalled_done", args=[(moment - EPOCH) // _MICROSECOND])


def moment_of(microseconds: int) -> datetime:
    """The moment that an address holds; raises NotVisible where it can be none."""
    try:
        return EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        raise NotVisible("Nothing was set aside at that moment.") from None


def last_of(who: Viewer) -> str:
    """The address of what the viewer set aside together last; empty where none of it still is."""
    moment = last_together(who, signed_by(who))
    return address_of(moment) if moment else ""
