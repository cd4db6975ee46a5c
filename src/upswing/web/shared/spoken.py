"""What the core and the actions say in English, in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, ngettext

from upswing.core.wording import Either, Told, Worded
from upswing.web.shared import format as fmt


def spoken(text: str) -> str:
    """A text of the core in the language of the page: a sentence with its values, or a name such as a metric's."""
    if not text:
        return ""
    if not isinstance(text, Worded):
        return gettext(text)
    pattern = ngettext(text.pattern, text.plural, text.number) if text.plural else gettext(text.pattern)
    return (
        pattern.format(**{name: _value(told) for name, told in text.values.items()})
        if text.values
        else pattern
    )


def _value(told: Told) -> str:
    """A value in a sentence; what people wrote stays as they wrote it."""
    match told:
        case Worded():
            return spoken(told)
        case str():
            return str(told)
        case int():
            return fmt.number(told)
        case date():
            return fmt.day_long(told)
    texts = [_value(each) for each in told]
    return fmt.listed(texts, either=isinstance(told, Either))
