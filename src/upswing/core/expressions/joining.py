"""Two parts of an expression and the sign between them: what they are worth together, or why they are worth nothing."""

from __future__ import annotations

from fractions import Fraction

from upswing.core.expressions.reading import Misstated
from upswing.core.expressions.totals import Divided, Meaning, Total
from upswing.core.expressions.tree import Joined, Sign, Tree, text_of
from upswing.core.metrics.metric import Unit

_TOLD = {Unit.COUNT: "a number of records", Unit.MONEY: "money", Unit.HOURS: "hours", Unit.DAYS: "days"}
NO_PAIRS = {(Unit.COUNT, Unit.MONEY), (Unit.HOURS, Unit.MONEY), (Unit.DAYS, Unit.MONEY), (Unit.HOURS, Unit.DAYS),
            (Unit.DAYS, Unit.HOURS)}  # fmt: skip
"""What is never divided by what: per cent of a coin says nothing, hours and days are not the same clock."""


def joined(tree: Joined, left: Meaning, right: Meaning) -> Meaning:
    """What the two sides are worth together; raises Misstated where that is nothing people read."""
    return _DOES[tree.sign](tree, left, right)


def _added(tree: Joined, left: Meaning, right: Meaning) -> Meaning:
    taken = Fraction(-1 if tree.sign is Sign.MINUS else 1)
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + taken * right
    if isinstance(left, Total) and isinstance(right, Total) and left.unit is right.unit:
        return left.plus(right.times(taken))
    if (
        isinstance(left, Divided)
        and isinstance(right, Divided)
        and (left.below, left.above.unit) == (right.below, right.above.unit)
    ):
        return Divided(left.above.plus(right.above.times(taken)), left.below)
    raise Misstated(_no_sum(tree, left, right), tree.at)


def _no_sum(tree: Joined, left: Meaning, right: Meaning) -> str:
    verb = "taken from" if tree.sign is Sign.MINUS else "added to"
    sides = f"{_side(tree.right)} is {_said(right)} and {_side(tree.left)} is {_said(left)}"
    if isinstance(left, Divided) and isinstance(right, Divided):
        return (
            f"{_place(tree)}: two ratios with different lower parts cannot be {verb} each other, for no mean of "
            "ratios is ever taken. Write it as one division, or make two metrics of it."
        )
    return f"{_place(tree)}: {sides}; one cannot be {verb} the other. Choose measures of one unit, or divide."


def _times(tree: Joined, left: Meaning, right: Meaning) -> Meaning:
    if isinstance(left, Fraction):
        left, right = right, left
    if not isinstance(right, Fraction):
        raise Misstated(
            f"{_place(tree)}: two measures are multiplied, which is a number of nothing. Only a plain number may stand "
            "beside a “*”.", tree.at,
        )  # fmt: skip
    return _scaled(left, right)


def _scaled(found: Meaning, number: Fraction) -> Meaning:
    if isinstance(found, Fraction):
        return found * number
    if isinstance(found, Total):
        return found.times(number)
    return Divided(found.above.times(number), found.below)


def _per(tree: Joined, left: Meaning, right: Meaning) -> Meaning:
    if isinstance(right, Fraction):
        if not right:
            raise Misstated(
                f"{_place(tree)}: it divides by 0. Divide by a measure, or by another number.", tree.at
            )
        return _scaled(left, 1 / right)
    if isinstance(left, Divided) or isinstance(right, Divided):
        raise Misstated(
            f"{_place(tree)}: it divides twice. A metric divides once, after everything is added up: write one sum, "
            "one “/”, and another sum in brackets.", tree.at,
        )  # fmt: skip
    if not right.terms:
        raise Misstated(
            f"{_place(tree)}: {_side(tree.right)} is always 0, and nothing is divided by 0. Take one of its parts out.",
            tree.at,
        )
    if isinstance(left, Fraction):
        raise Misstated(
            f"{_place(tree)}: {_side(tree.left)} is a plain number, alone above the line. Put a measure there.",
            tree.at,
        )
    if (left.unit, right.unit) in NO_PAIRS:
        raise Misstated(
            f"{_place(tree)}: {_side(tree.left)} is {_said(left)} and {_side(tree.right)} is {_said(right)}; that "
            "quotient has no unit people read. Turn it round, or choose another measure.", tree.at,
        )  # fmt: skip
    return Divided(left, right)


_DOES = {Sign.PLUS: _added, Sign.MINUS: _added, Sign.TIMES: _times, Sign.PER: _per}


def _place(tree: Joined) -> str:
    return f"At the “{tree.sign}” (character {tree.at})"


def _side(tree: Tree) -> str:
    text = text_of(tree)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _said(found: Meaning) -> str:
    if isinstance(found, Fraction):
        return "a plain number"
    return "a ratio" if isinstance(found, Divided) else _TOLD[found.unit]
