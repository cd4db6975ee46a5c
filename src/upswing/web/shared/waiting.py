"""Deals that have no amount as long as no exchange rate is known, in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from upswing.web.shared import format as fmt
from upswing.web.shared.marks import counted

OPEN = counted(
    "{count} open deal waits for an exchange rate: until then it counts at its list price, or as nothing.",
    "{count} open deals wait for an exchange rate: until then they count at their list price, or as nothing.",
)
WON = counted(
    "{count} deal that was won waits for an exchange rate, and is not in what is won yet.",
    "{count} deals that were won wait for an exchange rate, and are not in what is won yet.",
)


def waits(count: int, won: int = 0) -> str:
    """How many open deals wait for a rate, and how many that were won; empty where none does."""
    told = ((OPEN, count), (WON, won))
    return " ".join(ngettext(*words, many).format(count=fmt.number(many)) for words, many in told if many)
