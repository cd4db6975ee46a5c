"""Deals that have no amount as long as no exchange rate is known, in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from upswing.web.shared import format as fmt


def waits(count: int, won: int = 0) -> str:
    """How many open deals wait for a rate, and how many that were won; empty where none does."""
    return " ".join(filter(None, (_open(count), _won(won))))


def _won(count: int) -> str:
    words = ngettext(
        "{count} deal that was won waits for an exchange rate, and is not in what is won yet.",
        "{count} deals that were won wait for an exchange rate, and are not in what is won yet.",
        count,
    )
    return words.format(count=fmt.number(count)) if count else ""


def _open(count: int) -> str:
    words = ngettext(
        "{count} open deal waits for an exchange rate: until then it counts at its list price, or as nothing.",
        "{count} open deals wait for an exchange rate: until then they count at their list price, or as nothing.",
        count,
    )
    return words.format(count=fmt.number(count)) if count else ""
