"""Two parts of an expression and the sign between them: what they are worth together, or why they are worth nothing."""

from __future__ import annotations

from fractions import Fraction

from upswing.core.expressions.reading import Misstated
from upswing.core.expressions.totals import Divided, Meaning, Total
from upswing.core.expressions.tree import Joined, Sign, Tree, text_of
from upswing.core.metrics.metric import Unit
from upswing.core.wording import worded

_TOLD = {
    Unit.COUNT: worded("a number of records"),
    Unit.MONEY: worded("money"),
    Unit.HOURS: worded("hours"),
    Unit.DAYS: worded("days"),
}
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
    minus = tree.sign is Sign.MINUS
    if isinstance(left, Divided) and isinstance(right, Divided):
        pattern = _NO_RATIO_TAKEN if minus else _NO_RATIO_ADDED
        return worded(pattern, place=_place(tree))
    return worded(
        _NOT_TAKEN if minus else _NOT_ADDED,
        place=_place(tree),
        left=_side(tree.left),
        what_left=_said(left),
        right=_side(tree.right),
        what_right=_said(right),
    )


_NO_RATIO_TAKEN = worded(
    "{place}: two ratios with different lower parts cannot be taken from each other, for no mean of ratios is "
    "ever taken. Write it as one division, or make two metrics of it."
)
_NO_RATIO_ADDED = worded(
    "{place}: two ratios with different lower parts cannot be added to each other, for no mean of ratios is "
    "ever taken. Write it as one division, or make two metrics of it."
)
_NOT_TAKEN = worded(
    "{place}: {right} is {what_right} and {left} is {what_left}; one cannot be taken from the other. Choose "
    "measures of one unit, or divide."
)
_NOT_ADDED = worded(
    "{place}: {right} is {what_right} and {left} is {what_left}; one cannot be added to the other. Choose "
    "measures of one unit, or divide."
)


def _times(tree: Joined, left: Meaning, right: Meaning) -> Meaning:
    if isinstance(left, Fraction):
        left, right = right, left
    if not isinstance(right, Fraction):
        raise Misstated(
            worded(
                "{place}: two measures are multiplied, which is a number of nothing. Only a "
                "plain number may stand beside a “*”.",
                place=_place(tree),
            ),
            tree.at,
        )
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
                worded(
                    "{place}: it divides by 0. Divide by a measure, or by another number.", place=_place(tree)
                ),
                tree.at,
            )
        return _scaled(left, 1 / right)
    if isinstance(left, Divided) or isinstance(right, Divided):
        raise Misstated(
            worded(
                "{place}: it divides twice. A metric divides once, after everything is added up: "
                "write one sum, one “/”, and another sum in brackets.",
                place=_place(tree),
            ),
            tree.at,
        )
    if not right.terms:
        raise Misstated(
            worded(
                "{place}: {right} is always 0, and nothing is divided by 0. Take one of its parts out.",
                place=_place(tree),
                right=_side(tree.right),
            ),
            tree.at,
        )
    if isinstance(left, Fraction):
        raise Misstated(
            worded(
                "{place}: {left} is a plain number, alone above the line. Put a measure there.",
                place=_place(tree),
                left=_side(tree.left),
            ),
            tree.at,
        )
    if (left.unit, right.unit) in NO_PAIRS:
        raise Misstated(
            worded(
                "{place}: {left} is {what_left} and {right} is {what_right}; that quotient has no unit "
                "people read. Turn it round, or choose another measure.",
                place=_place(tree),
                left=_side(tree.left),
                what_left=_said(left),
                right=_side(tree.right),
                what_right=_said(right),
            ),
            tree.at,
        )
    return Divided(left, right)


_DOES = {Sign.PLUS: _added, Sign.MINUS: _added, Sign.TIMES: _times, Sign.PER: _per}


def _place(tree: Joined) -> str:
    return worded("At the “{sign}” (character {at})", sign=tree.sign, at=tree.at)


def _side(tree: Tree) -> str:
    text = text_of(tree)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _said(found: Meaning) -> str:
    if isinstance(found, Fraction):
        return worded("a plain number")
    return worded("a ratio") if isinstance(found, Divided) else _TOLD[found.unit]
