"""Figures of an industry: enter one, take a pack of them, withdraw one. None is ever changed; none is ever invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.figures import Figure, read
from upswing.actions.packs import Written, read_pack
from upswing.actions.permission import Incomplete
from upswing.actions.written import signed_by
from upswing.core.wording import worded
from upswing.goals.industry import IndustryFigure
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries.industry import standing
from upswing.queries.organisation import organisation


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a pack would add, what of it stands already, and a sentence for each cell that cannot be taken."""

    figures: tuple[Figure, ...]
    known: tuple[Figure, ...]
    problems: tuple[str, ...]


def propose(viewer: Viewer, name: str, content: bytes) -> Proposal:
    """What the pack called `name` would add. Changes nothing; raises NotVisible and Unreadable."""
    operators_only(viewer)
    return _weigh(viewer, read_pack(name, content))


@transaction.atomic
def take_pack(viewer: Viewer, name: str, content: bytes, at: datetime) -> int:
    """Take all figures of a pack that do not stand already; how many.

    Raises NotVisible, Unreadable, and Incomplete with everything to mend: then none is taken.
    """
    found = propose(viewer, name, content)
    if found.problems:
        raise Incomplete(found.problems)
    for figure in found.figures:
        _keep(viewer, figure, at)
    return len(found.figures)


@transaction.atomic
def enter(viewer: Viewer, written: Written, at: datetime) -> None:
    """Enter one figure. Raises NotVisible, and Incomplete with everything to mend."""
    operators_only(viewer)
    found = _weigh(viewer, [written])
    if found.known:
        raise Incomplete(
            (
                worded(
                    "This figure of {label} stands already; there is nothing to do.",
                    label=worded(found.known[0].metric.label),
                ),
            )
        )
    if found.problems:
        raise Incomplete(found.problems)
    _keep(viewer, found.figures[0], at)


@transaction.atomic
def withdraw(viewer: Viewer, figure: UUID, at: datetime) -> None:
    """Compare with a figure no more; withdrawing twice changes nothing. Raises NotVisible."""
    operators_only(viewer)
    row = IndustryFigure.objects.select_for_update().filter(uid=figure).first()
    if row is None:
        raise NotVisible("There is no such figure.")
    if row.withdrawn is None:
        row.withdrawn, row.withdrawer = at, signed_by(viewer)
        row.save(update_fields=["withdrawn", "withdrawer"])


def _keep(viewer: Viewer, figure: Figure, at: datetime) -> None:
    IndustryFigure.objects.create(
        metric=figure.metric.key, value=str(figure.value), currency=figure.currency, source=figure.source,
        published=figure.published, n=figure.n, definition=figure.definition, segment=figure.segment,
        by=signed_by(viewer), at=at,
    )  # fmt: skip


def _weigh(viewer: Viewer, rows: Sequence[Written]) -> Proposal:
    currency, there = organisation().currency, _there()
    figures: dict[tuple[str, date], str] = {}
    new, known, problems = list[Figure](), list[Figure](), list[str]()
    for row in rows:
        found, wrong = read(row, currency, viewer.at)
        problems += wrong
        if found is None:
            continue
        earlier = figures.setdefault((found.metric.key, found.published), row.where)
        if earlier != row.where:
            problems.append(
                worded(
                    "{where}: a figure of {key} of {published} stands in {earlier} too. Keep the "
                    "one of your own segment.",
                    where=row.where,
                    key=found.metric.key,
                    published=found.published,
                    earlier=earlier.lower(),
                )
            )
        (known if _same(found) in there else new).append(found)
    return Proposal(tuple(new), tuple(known), tuple(problems))


def _there() -> set[tuple[object, ...]]:
    columns = ("metric", "value", "currency", "source", "published", "n", "definition", "segment")
    return set(standing().values_list(*columns))


def _same(figure: Figure) -> tuple[object, ...]:
    return (
        figure.metric.key, str(figure.value), figure.currency, figure.source, figure.published, figure.n,
        figure.definition, figure.segment,
    )  # fmt: skip
