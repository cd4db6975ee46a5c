"""Tags and filters of every template: icons, chips, avatars, days, empty states."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from upswing.web.shared import format as fmt
from upswing.web.shared import sentences
from upswing.web.shared.language import LANGUAGES
from upswing.web.shared.lines import Chip
from upswing.web.shared.spoken import spoken

register = template.Library()
ICONS = Path(__file__).parents[1] / "static/upswing/dist/icons.json"


@cache
def bodies() -> dict[str, str]:
    """The drawings of the icons the build picked; none before the first build."""
    found: dict[str, str] = json.loads(ICONS.read_text()) if ICONS.is_file() else {}
    return found


@register.simple_tag
def icon(name: str, size: int = 16, label: str = "") -> SafeString:
    """An icon; hidden from readers beside words, named when it stands alone."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    body = mark_safe(bodies().get(name, ""))  # noqa: S308  comes from our own build, not from data
    return format_html(
        '<svg class="icon" {} width="{}" height="{}" viewBox="0 0 24 24" fill="none">{}</svg>',
        spoken,
        size,
        size,
        body,
    )


@register.inclusion_tag("shared/chip.html")
def chip(found: Chip) -> dict[str, Chip]:
    """A band as word, icon and colour."""
    return {"chip": found}


@register.inclusion_tag("shared/empty.html")
def empty(icon_name: str, title: str, text: str) -> dict[str, str]:
    """What will be here, why it is not yet, and what to do."""
    return {"icon": icon_name, "title": title, "text": text}


@register.inclusion_tag("shared/languages.html", takes_context=True)
def languages(context: Context) -> dict[str, object]:
    """The languages to read in, each by its own name."""
    return {
        "languages": LANGUAGES,
        "current": get_language(),
        "name": LANGUAGES.get(get_language() or "", ""),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def said(text: str) -> str:
    """A text known only when the page is made, such as a metric's name or a refusal, in the reader's language."""
    return spoken(text)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.replace("@", " ").split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def day(moment: date) -> str:
    """A date in the reader's language."""
    return fmt.day(moment)


@register.filter
def people(number: int) -> str:
    """A number of people in words."""
    return sentences.people(number)


@register.filter
def count(number: int) -> str:
    """A whole number in the reader's language."""
    return fmt.number(number)
