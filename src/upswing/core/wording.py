"""Sentences that remember how they were made, so that a page can say them in its reader's language.

`worded("Leave {over} out.", over=3)` is the English sentence, and knows its pattern and its values besides. Whoever
reads English (commands, programs) uses it as any text; a page translates the pattern and writes the values anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

Told = str | int | date | Sequence[str]
"""What a sentence may hold: words, a count, a day, several things in a row."""


class Either(tuple[str, ...]):
    """Several things of which any will do: a, b or c."""

    __slots__ = ()


class Worded(str):
    """A sentence in English, with its pattern, its plural where it counts, and its values by name."""

    __slots__ = ("number", "pattern", "plural", "values")
    pattern: str
    plural: str
    number: int
    values: Mapping[str, Told]

    def __str__(self) -> str:
        """Itself, so that an exception's text still knows its pattern."""
        return self


def worded(pattern: str, /, **values: Told) -> Worded:
    """The sentence of a pattern; each `{name}` in it is a value."""
    return _made(pattern, "", 0, values)


def worded_many(one: str, more: str, number: int, /, **values: Told) -> Worded:
    """One sentence for 1, another for every other number; the number itself is `{count}`."""
    return _made(one, more, number, {"count": number, **values})


def in_a_row(texts: Sequence[str], between: str = " ") -> Worded:
    """Several texts after one another, each of which stays what it is."""
    named = {f"text{number}": text for number, text in enumerate(texts)}
    return _made(between.join(f"{{{name}}}" for name in named), "", 0, named)


def in_english(value: Told) -> str:
    """A value in a sentence: 1,284; 3 November 2026; calls, meetings and leads."""
    match value:
        case str():
            return value
        case int():
            return f"{value:,}"
        case date():
            return f"{value.day} {value:%B %Y}"
    *rest, end = value or [""]
    return f"{', '.join(rest)} {'or' if isinstance(value, Either) else 'and'} {end}" if rest else end


def _made(one: str, more: str, number: int, values: Mapping[str, Told]) -> Worded:
    pattern = more if more and number != 1 else one
    made = Worded(
        pattern.format(**{name: in_english(value) for name, value in values.items()}) if values else pattern
    )
    made.pattern, made.plural, made.number, made.values = one, more, number, values
    return made
