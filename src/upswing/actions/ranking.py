"""Switch a ranking of a team on, with a reason that the team reads, and off again. None is on by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import Incomplete
from upswing.actions.written import one_line, signed_by
from upswing.core.metrics import CATALOGUE
from upswing.core.ranks import Basis
from upswing.core.wording import worded
from upswing.goals.rankings import REASON_LENGTH as REASON_LENGTH  # noqa: PLC0414
from upswing.goals.rankings import TeamRanking
from upswing.people.models import Team
from upswing.people.viewer import NotVisible, Viewer
from upswing.queries.ranking import Seat, rankable, seat_of


@transaction.atomic
def switch_on(viewer: Viewer, team: UUID, key: str, basis: str, reason: str, at: datetime) -> None:
    """Rank the team in a metric from today on.

    Raises NotVisible for all but those who lead the team and revenue operations, and Incomplete with what to mend.
    """
    seat, reason = _deciding(viewer, team), one_line(reason)
    wrong = (*_unrankable(viewer, key, basis), *_unsaid(reason), *_there(seat, key))
    if wrong:
        raise Incomplete(wrong)
    TeamRanking.objects.create(
        team=seat.team, metric=key, basis=basis, reason=reason, starts=viewer.at, by=signed_by(viewer), at=at
    )


@transaction.atomic
def switch_off(viewer: Viewer, team: UUID, key: str, at: datetime) -> None:
    """Rank the team in a metric no more; switching off twice changes nothing. Raises NotVisible."""
    seat = _deciding(viewer, team)
    rows = TeamRanking.objects.filter(team=seat.team, metric=key, ended=None)
    rows.update(ended=at, ender=signed_by(viewer))


def _deciding(viewer: Viewer, team: UUID) -> Seat:
    """The team, in which nobody else decides until the transaction ends."""
    seat = seat_of(viewer, team)
    if not seat.may:
        raise NotVisible("There is no such ranking.")
    Team.objects.select_for_update().get(pk=seat.team.pk)
    return seat


def _unrankable(viewer: Viewer, key: str, basis: str) -> tuple[str, ...]:
    if basis not in set(Basis):
        return (
            worded("Choose what is compared: the effort of a period, or the improvement on one’s own past."),
        )
    if not key:
        return (worded("Choose the metric."),)
    if key in rankable(Basis(basis), viewer.at):
        return ()
    if key in rankable(Basis.IMPROVEMENT, viewer.at):
        return (
            worded(
                "“{key}” follows from effort and luck. Rank the improvement on one’s own past in it.",
                key=_label(key),
            ),
        )
    return (
        worded(
            "“{key}” cannot be ranked: only effort and improvement can, never money, quota or sign-ins. Choose a "
            "metric of the list.",
            key=_label(key),
        ),
    )


def _label(key: str) -> str:
    return worded(CATALOGUE[key].label) if key in CATALOGUE else key[:64]


def _unsaid(reason: str) -> tuple[str, ...]:
    if not reason:
        return (worded("Say why, in a sentence: everybody of the team reads it."),)
    if len(reason) > REASON_LENGTH:
        return (
            worded(
                "The reason has {length} characters; write at most {most}.",
                length=len(reason),
                most=REASON_LENGTH,
            ),
        )
    return ()


def _there(seat: Seat, key: str) -> tuple[str, ...]:
    if TeamRanking.objects.filter(team=seat.team, metric=key, ended=None).exists():
        return (
            worded("This ranking is on already. Switch it off first, to switch it on for another reason."),
        )
    return ()
