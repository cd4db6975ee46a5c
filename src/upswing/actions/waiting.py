"""Accept quotas that files brought after their period had begun, with a reason the reps read; or let them go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, QuerySet

from upswing.actions.permission import NotAllowed, needs_operator
from upswing.actions.telling import in_words, tell
from upswing.actions.written import one_line, signed_by
from upswing.core.wording import worded
from upswing.goals.models import Quota
from upswing.goals.targets import REASON_LENGTH
from upswing.people.viewer import Viewer
from upswing.queries.formulas import named
from upswing.queries.organisation import organisation
from upswing.queries.tracing import QUOTA


class Unexplained(NotAllowed):
    """Targets that have begun would change without a reason that their reps can read."""


@transaction.atomic
def accept_waiting(viewer: Viewer, quotas: Collection[int], reason: str, at: datetime) -> int:
    """The values that wait count from now on; how many. Raises NotAllowed, and Unexplained with what to write.

    The import that brought one can still be taken back, and the change with it.
    """
    needs_operator(viewer, "change quotas of periods that have begun")
    rows = list(_waiting(quotas).select_for_update(of=("self",)).select_related("person"))
    if not rows:
        raise NotAllowed(worded("None of these quotas waits any more. Choose from those that do."))
    words, currency = said_why(reason, sorted({row.person.name for row in rows})), organisation().currency
    for row in rows:
        asked = named(row.metric, viewer.at)
        was, becomes = (in_words(asked, value or Decimal(0), currency) for value in (row.value, row.waiting))
        tell(
            QUOTA, row.starts, row.ends, (was, becomes), signed_by(viewer), at,
            person=row.person, metric=row.metric, reason=words, batch_id=row.batch_id,
        )  # fmt: skip
    _waiting(quotas).update(value=F("waiting"), waiting=None)
    return len(rows)


@transaction.atomic
def dismiss_waiting(viewer: Viewer, quotas: Collection[int]) -> int:
    """The quotas stay as they stand, and the file's values are forgotten; how many."""
    needs_operator(viewer, "change quotas of periods that have begun")
    return _waiting(quotas).update(waiting=None)


def said_why(reason: str, names: Sequence[str]) -> str:
    """The reason in one line. Raises Unexplained where it is missing or too long, naming who would read it."""
    words = one_line(reason)
    if not words:
        raise Unexplained(
            worded(
                "Targets of {names} that have begun change. Say why in a sentence; they read it.",
                names=", ".join(names[:5]),
            )
        )
    if len(words) > REASON_LENGTH:
        raise Unexplained(
            worded(
                "The reason has {length} characters; write at most {most}.",
                length=len(words),
                most=REASON_LENGTH,
            )
        )
    return words


def _waiting(quotas: Collection[int]) -> QuerySet[Quota]:
    rows = Quota.objects.unscoped("an operator asks").filter(pk__in=quotas, waiting__isnull=False)
    return rows.order_by("pk")
