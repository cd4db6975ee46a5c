"""Read an expression: from text to its tree, or a sentence that names the place and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from upswing.core.expressions.tree import Joined, Named, Number, Sign, Tree
from upswing.core.measures import Dimension, Filter
from upswing.core.wording import worded

LONGEST, DEEPEST, MOST = 500, 12, 60
"""Characters of an expression, brackets within each other, names and numbers."""

_TOKEN = re.compile(
    r"""(?P<number>[0-9]+(?:\.[0-9]+)?\b)|(?P<word>\w+)"""
    r"""|(?P<quoted>"(?:[^"]|"")*"|“[^”]*”)|(?P<mark>!=|[-+*/()\[\],=|×·÷∕−–])"""
)
_SAME = str.maketrans({"×": "*", "·": "*", "÷": "/", "∕": "/", "−": "-", "–": "-"})
"""Signs as they are also typed."""


class Misstated(ValueError):
    """An expression that says nothing, with the place (a character, from 1) where that shows."""

    def __init__(self, sentence: str, at: int) -> None:
        super().__init__(sentence)
        self.sentence, self.at = sentence, at


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def read(text: str) -> Tree:
    """The tree of an expression; raises Misstated.

    `calls + 2 * visits`, `meetings_held / (calls + emails)`, `deals_won[source=fair|referral, product!="Big one"]`.
    """
    if len(text) > LONGEST:
        raise Misstated(
            worded(
                "The expression has {length} characters; write at most {most}. A part of it "
                "can be a metric of its own, and be named here.",
                length=len(text),
                most=LONGEST,
            ),
            LONGEST,
        )
    reader = _Reader([*_tokens(text), _Token("end", "", len(text) + 1)])
    found = reader.sum(0)
    reader.expect_end()
    return found


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        match = _TOKEN.match(text, place)
        if match is None:
            raise Misstated(_unreadable(text[place], place + 1), place + 1)
        kind = str(match.lastgroup)
        yield _Token(kind, match[0].translate(_SAME) if kind == "mark" else match[0], place + 1)
        place = match.end()


def _unreadable(sign: str, at: int) -> str:
    if sign in '"“':
        return worded("The quotation mark at character {at} is never closed. Put one after the value.", at=at)
    return worded(
        "“{sign}” at character {at} cannot be read. An expression holds names, numbers, "
        "+ - * / and brackets; put a value with other signs in quotation marks.",
        sign=sign,
        at=at,
    )


class _Reader:
    """Goes through the tokens once, from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._place, self._names = tokens, 0, 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self, *texts: str) -> _Token | None:
        """The next token, if it is one of these marks."""
        found = self._next
        if found.kind != "mark" or found.text not in texts:
            return None
        self._place += 1
        return found

    def expect_end(self) -> None:
        """Nothing may be left."""
        left = self._next
        if left.kind == "end":
            return
        if left.text in ")]":
            raise Misstated(
                worded(
                    "The “{text}” at character {at} closes nothing. Take it out.", text=left.text, at=left.at
                ),
                left.at,
            )
        raise Misstated(
            worded(
                "A sign is missing before “{text}” at character {at}. Write +, -, * or / "
                "between two measures.",
                text=left.text,
                at=left.at,
            ),
            left.at,
        )

    def sum(self, depth: int) -> Tree:
        found = self._product(depth)
        while sign := self._take("+", "-"):
            found = Joined(Sign(sign.text), found, self._product(depth), sign.at)
        return found

    def _product(self, depth: int) -> Tree:
        found = self._part(depth)
        while sign := self._take("*", "/"):
            found = Joined(Sign(sign.text), found, self._part(depth), sign.at)
        return found

    def _part(self, depth: int) -> Tree:
        start = self._next
        if self._take("("):
            if depth == DEEPEST:
                raise Misstated(
                    worded(
                        "More than {most} brackets stand within each other at character {at}. Make a "
                        "part of it a metric of its own, and name that here.",
                        most=DEEPEST,
                        at=start.at,
                    ),
                    start.at,
                )
            found = self.sum(depth + 1)
            self._close(")", start)
            return found
        self._count(start)
        if start.kind == "number":
            self._place += 1
            return self._number(start)
        if start.kind == "word":
            self._place += 1
            return Named(start.text, self._filters(), start.at)
        raise Misstated(_missing(start), start.at)

    def _count(self, start: _Token) -> None:
        self._names += 1
        if self._names > MOST:
            raise Misstated(
                worded(
                    "There are more than {most} names and numbers. Make a part of it a metric of its own.",
                    most=MOST,
                ),
                start.at,
            )

    def _number(self, start: _Token) -> Number:
        whole, _, decimals = start.text.partition(".")
        if len(whole) > 9 or len(decimals) > 6:
            raise Misstated(
                worded(
                    "The number at character {at} is too long: at most 9 digits and 6 decimals.", at=start.at
                ),
                start.at,
            )
        return Number(Fraction(start.text), start.at)

    def _close(self, mark: str, opened: _Token) -> None:
        if self._take(mark):
            return
        if self._next.kind == "end":
            raise Misstated(
                worded(
                    "The “{text}” at character {at} is never closed. Put a “{mark}” after what it holds.",
                    text=opened.text,
                    at=opened.at,
                    mark=mark,
                ),
                opened.at,
            )
        self.expect_end()

    def _filters(self) -> tuple[Filter, ...]:
        opened = self._take("[")
        if opened is None:
            return ()
        found = [self._filter()]
        while self._take(","):
            found.append(self._filter())
        self._close("]", opened)
        return tuple(found)

    def _filter(self) -> Filter:
        told = self._next
        if told.text not in set(Dimension):
            raise Misstated(_no_dimension(told), told.at)
        self._place += 1
        sign = self._take("=", "!=")
        if sign is None:
            raise Misstated(
                worded(
                    "After “{text}” at character {at} comes = or !=, then a value: {text}=…",
                    text=told.text,
                    at=told.at,
                ),
                told.at,
            )
        values = [self._value(told)]
        while self._take("|"):
            values.append(self._value(told))
        return Filter(Dimension(told.text), tuple(values), sign.text == "!=")

    def _value(self, told: _Token) -> str:
        found = self._next
        if found.kind == "quoted":
            value = found.text[1:-1].replace('""', '"') if found.text[0] == '"' else found.text[1:-1]
        elif found.kind in ("word", "number"):
            value = found.text
        else:
            raise Misstated(
                worded(
                    "A value is missing at character {at}: {text}=… Several words stand in quotation marks.",
                    at=found.at,
                    text=told.text,
                ),
                found.at,
            )
        self._place += 1
        return value


def _missing(found: _Token) -> str:
    if found.kind == "end":
        return (
            worded("The expression is empty. Write a measure, such as calls.")
            if found.at == 1
            else worded("Something is missing at the end. Write a measure or a number after the last sign.")
        )
    if found.kind == "quoted":
        shown = found.text[:40]
        return worded(
            "{shown} at character {at} is a value, which stands in square brackets: calls[source={shown}].",
            shown=shown,
            at=found.at,
        )
    return worded(
        "A measure or a number is missing before “{text}” at character {at}.", text=found.text, at=found.at
    )


def _no_dimension(found: _Token) -> str:
    there = ", ".join(Dimension)
    if found.kind == "end" or found.text == "]":
        return worded(
            "A filter is missing at character {at}. A filter is one of {there}, then = and a value.",
            at=found.at,
            there=there,
        )
    near = get_close_matches(found.text.lower(), list(Dimension), n=1)
    hint = (
        worded("Did you mean “{near}”?", near=near[0]) if near else worded("There are {there}.", there=there)
    )
    return worded(
        "Nothing can be filtered by “{text}” (character {at}). {hint}",
        text=found.text,
        at=found.at,
        hint=hint,
    )
