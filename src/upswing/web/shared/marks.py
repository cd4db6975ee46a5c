"""Marks for texts that stand in tables: extraction finds them, and whoever looks them up translates them."""

from __future__ import annotations


def marked(text: str) -> str:
    """The text as it is; `gettext` translates it where it is looked up."""
    return text


def counted(one: str, more: str) -> tuple[str, str]:
    """Singular and plural as they are; `ngettext` chooses where they are looked up."""
    return one, more
