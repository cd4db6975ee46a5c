"""What a first import proposes for the organisation: read from who is asking, and always theirs to correct."""

from __future__ import annotations

from babel.core import get_global
from babel.numbers import get_territory_currencies
from django.utils.translation.trans_real import parse_accept_lang_header

MAILBOXES = {
    "gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "icloud", "me", "gmx", "web", "proton", "protonmail",
    "qq", "163", "126", "naver", "daum", "hanmail", "mail", "localhost",
}  # fmt: skip
"""Domains that say nothing of where somebody works."""
SECOND_LEVEL = {"co", "com", "org", "net", "ac"}


def name_of(email: str) -> str:
    """The organisation's name as the address tells it: Nordlys of o@sales.nordlys.example; else empty."""
    labels = email.rpartition("@")[2].split(".")[:-1]
    if len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels.pop()
    name = labels[-1] if labels else ""
    return "" if name in MAILBOXES else name.replace("-", " ").title()


def currency_of(languages: str) -> str:
    """The currency of the first country that a browser's languages name; empty where they name none."""
    for language, _ in parse_accept_lang_header(languages.lower()):
        territory = language.rpartition("-")[2].upper()
        if "-" in language and territory in get_global("territory_currencies"):
            return next(iter(get_territory_currencies(territory)), "")
    return ""
