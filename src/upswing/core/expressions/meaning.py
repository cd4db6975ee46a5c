"""What an expression means: a sum of measures of one unit, or one such sum per another, divided after adding up.

That is what every metric is, so whatever is judged, compared and opened to its records can be so for metrics that an
organisation writes. What cannot be brought to that form (a product of measures, a rate plus a count) is refused with a
sentence, for its value over a team could not be told from the team's sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

from upswing.core.expressions.joining import joined
from upswing.core.expressions.offered import MEASURES, fits, fitting
from upswing.core.expressions.reading import Misstated
from upswing.core.expressions.totals import Divided, Meaning, Total, unit_of
from upswing.core.expressions.tree import Joined, Named, Number, Tree
from upswing.core.measures import LOGINS, Filter, Flow, Measure, Stock, flows_of, only, parts_of
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import OfQuota, Ratio
from upswing.core.wording import Either, worded

MOST_FLOWS = 40
"""Flows of one metric: each is a column of the statement that counts it."""


def meaning(tree: Tree, own: Mapping[str, Tree], key: str = "") -> Total | Divided:
    """What the expression of the metric `key` means; `own` are the expressions of the organisation's other metrics.

    Raises Misstated where it means nothing: units that do not fit, unknown names, a circle, a division by nothing.
    """
    found = _Reading(own, (key,) if key else ()).of(tree)
    if isinstance(found, Fraction):
        raise Misstated(
            worded(
                "There is no measure in it: a number alone counts nothing. Name a measure, such as calls."
            ),
            1,
        )
    if not (found if isinstance(found, Total) else found.above).terms:
        raise Misstated(
            worded("It is always 0: what it adds it also takes away. Take one of the two out."), 1
        )
    totals = (found,) if isinstance(found, Total) else (found.above, found.below)
    if sum(len(flows_of(part)) for total in totals for _, part in total.terms) > MOST_FLOWS:
        raise Misstated(
            worded(
                "It adds up more than {most} measures. Take some out, or make two metrics of it.",
                most=MOST_FLOWS,
            ),
            1,
        )
    return found


@dataclass(slots=True)
class _Reading:
    """One reading of an expression; `chain` are the metrics it came through."""

    own: Mapping[str, Tree]
    chain: tuple[str, ...]
    known: dict[str, Meaning] = field(default_factory=dict)

    def of(self, tree: Tree) -> Meaning:
        match tree:
            case Number(value):
                return value
            case Named():
                return _filtered(self._named(tree), tree)
            case Joined(_, left, right):
                return joined(tree, self.of(left), self.of(right))

    def _named(self, name: Named) -> Meaning:
        key = name.key
        if key in self.chain:
            raise Misstated(_circle((*self.chain[self.chain.index(key) :], key)), name.at)
        if key in MEASURES:
            return _plain(MEASURES[key])
        if key in self.own:
            if key not in self.known:
                self.known[key] = self._through(name)
            return self.known[key]
        if key in CATALOGUE:
            return _of_metric(name)
        raise Misstated(_unknown(name, self.own), name.at)

    def _through(self, name: Named) -> Meaning:
        """Another metric's expression; what is wrong with it is told of that metric."""
        inner = _Reading(self.own, (*self.chain, name.key), self.known)
        try:
            return inner.of(self.own[name.key])
        except Misstated as error:
            if "names itself" in error.sentence:
                raise Misstated(error.sentence, name.at) from error
            raise Misstated(
                worded("“{key}”, which it names, means nothing: {why}", key=name.key, why=error.sentence),
                name.at,
            ) from error


def _plain(measure: Flow | Stock) -> Total:
    return Total(unit_of(measure), ((Fraction(1), measure),))


def _of_metric(name: Named) -> Meaning:
    """A metric of the catalogue, by what it is made of."""
    found = CATALOGUE[name.key].value
    if isinstance(found, OfQuota):
        raise Misstated(
            worded(
                "“{key}” is a share of the quota, which differs from rep to rep: it cannot be "
                "part of an expression. Name “{measure}” and set a target for the metric instead.",
                key=name.key,
                measure=found.measure.key,
            ),
            name.at,
        )
    if any(part == LOGINS for part in (parts_of(found.measure) if not isinstance(found, Ratio) else ())):
        raise Misstated(worded("“logins” show who may need help and judge nobody. Take them out."), name.at)
    if isinstance(found, Ratio):
        return Divided(_total(found.of), _total(found.per))
    return _total(found.measure)


def _total(measure: Measure) -> Total:
    return Total(unit_of(measure), tuple((Fraction(1), part) for part in parts_of(measure)))


def _unknown(name: Named, own: Mapping[str, Tree]) -> str:
    there = {*MEASURES, *own, *CATALOGUE}
    near = get_close_matches(name.key.lower(), there, n=1)
    hint = (
        worded("Did you mean “{near}”?", near=near[0])
        if near
        else worded("The list below the field holds all that may be named.")
    )
    return worded("Nothing is called “{key}” (character {at}). {hint}", key=name.key, at=name.at, hint=hint)


def _circle(chain: tuple[str, ...]) -> str:
    if len(chain) == 2:
        return worded("“{chain}” names itself. Write what it is made of instead.", chain=chain[0])
    told = " → ".join(f"“{key}”" for key in chain)
    return worded(
        "“{chain}” names itself by way of others: {told}. Take one of these names out.",
        chain=chain[0],
        told=told,
    )


def _filtered(found: Meaning, name: Named) -> Meaning:
    """Everything that the name stands for, of those facts alone."""
    if isinstance(found, Fraction) or not name.filters:
        return found
    if isinstance(found, Divided):
        return Divided(_narrowed(found.above, name), _narrowed(found.below, name))
    return _narrowed(found, name)


def _narrowed(total: Total, name: Named) -> Total:
    for each in name.filters:
        for _, part in total.terms:
            if sentence := _misfit(each, part):
                raise Misstated(sentence, name.at)
    return Total(total.unit, tuple((times, only(part, name.filters)) for times, part in total.terms))


def _misfit(wanted: Filter, part: Flow | Stock) -> str:
    """Why the filter leaves nothing of the measure, or cannot be asked of it; empty: it fits."""
    if not fits(wanted.dimension, part):
        there = fitting(wanted.dimension)
        return worded(
            "“{key}” cannot be told apart by {dimension}. That filter fits {there}.",
            key=part.key,
            dimension=wanted.dimension,
            there=there,
        )
    told = [flow.outcomes for flow in flows_of(part) if flow.outcomes]
    if wanted.dimension == "outcome" and not wanted.without:
        for outcomes in told:
            if set(wanted.values).isdisjoint(outcomes):
                return worded(
                    "“{key}” are those that ended as {outcomes}; none of them ended as {wanted}. Take "
                    "the filter out, or begin with another measure.",
                    key=part.key,
                    outcomes=Either(outcomes),
                    wanted=Either(wanted.values),
                )
    return ""


def names_in(tree: Tree) -> Iterator[Named]:
    """Every name in the expression, from left to right."""
    if isinstance(tree, Named):
        yield tree
    elif isinstance(tree, Joined):
        yield from names_in(tree.left)
        yield from names_in(tree.right)
