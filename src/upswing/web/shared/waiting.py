"""Deals that have no amount as long as no exchange rate is known, in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from upswing.web.shared import format as fmt


def waits(count: int) -> str:
    """How many open deals wait for a rate; empty where none does."""
    words = ngettext(
        "{count} open deal waits for an exchange rate: until then it counts at its list price, or as nothing.",
        "{count} open deals wait for an exchange rate: until then they count at their list price, or as nothing.",
        count,
    )
    return words.format(count=fmt.number(count)) if count else ""
