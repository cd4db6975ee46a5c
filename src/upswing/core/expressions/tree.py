"""What an expression is made of, and how it is written down again."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from upswing.core.measures import Filter


class Sign(StrEnum):
    """The four signs."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    PER = "/"

    @property
    def binds(self) -> int:
        """How closely it binds: times and per before plus and minus."""
        return 1 if self in (Sign.PLUS, Sign.MINUS) else 2


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number, 0 or more, of a few decimals. `at` is where it stands, from 1, in what was read."""

    value: Fraction
    at: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A measure or metric by its key, with filters in the order they were written."""

    key: str
    filters: tuple[Filter, ...] = ()
    at: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """Two expressions and the sign between them; `at` is where the sign stands."""

    sign: Sign
    left: Tree
    right: Tree
    at: int = field(default=1, compare=False)


Tree = Number | Named | Joined


def text_of(tree: Tree) -> str:
    """The expression as it is written, with no more brackets than it needs; reading it gives the same tree."""
    match tree:
        case Number(value):
            return decimal(value)
        case Named(key, filters):
            return f"{key}[{', '.join(map(str, filters))}]" if filters else key
        case Joined(sign, left, right):
            return f"{_side(left, sign.binds)} {sign} {_side(right, sign.binds + 1)}"


def _side(tree: Tree, binds: int) -> str:
    """A side in brackets where it binds less closely than it has to."""
    text = text_of(tree)
    return f"({text})" if isinstance(tree, Joined) and tree.sign.binds < binds else text


def decimal(value: Fraction) -> str:
    """A number of few decimals without a needless digit: 5, 0.25."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")
