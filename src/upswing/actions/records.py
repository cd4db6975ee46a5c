"""Bring in records that a program sends, as an import does; what it sends on one day is one batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import normalize

from django.db import transaction
from django.db.models import F

from upswing.actions.founding import refuse_demo
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.known import Among
from upswing.actions.permission import needs_operator
from upswing.actions.standing_on import standing_on
from upswing.connectors.connector import NAME_LENGTH, printable
from upswing.connectors.files.fields import KINDS, PARTS
from upswing.connectors.files.rows import Sent, cell, file_of, rows
from upswing.intake.models import Batch, Problem
from upswing.people.viewer import Viewer
from upswing.queries.organisation import organisation

API = "API"
"""What stands for the mapping of such a batch."""
WHOLE = tuple(kind for kind in KINDS if kind not in PARTS)
"""Kinds that can be sent alone."""
PLACED = {"people", "memberships", "days_off"}
"""Kinds whose changes are told apart by the order of their batches alone."""


@dataclass(frozen=True, slots=True)
class Call:
    """What one call sends: for which source, kind → its rows, and what the stages of deals mean."""

    source: str
    sent: Sent
    stages: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def bring_records(viewer: Viewer, call: Call, by: int, now: datetime) -> Imported:
    """Bring in what was sent, whole or not at all; rows that cannot be used are told, the others land.

    `by` is the user who sends. Raises NotAllowed, and Unreadable (NotNow where it may be sent again) before anything is
    written.
    """
    needs_operator(viewer, "send records")
    refuse_demo()
    connector = rows(call.source, call.sent, call.stages, viewer.at)
    mapping = connector.mapping
    open_batch = _of_the_day(viewer, mapping.source, by, call.sent, now)
    if open_batch:
        _forget_told(open_batch, call.sent)
    about = About(
        mapping.source, mapping.name, "", organisation().name, mapping.read_on, API, by=by, resumed=open_batch,
        among=_among(call.sent),
    )  # fmt: skip
    return import_batch(viewer, connector, about, now)


def _among(sent: Sent) -> Among:
    """Whatever stands in a row could be the id of something."""
    cells = {cell(value) for several in sent.values() for row in several for value in row.values()}
    texts = {" ".join(normalize("NFC", text).split()) for text in cells if len(text) <= 2 * NAME_LENGTH}
    reads = {
        KINDS[kind].fields[name].reads for kind, several in sent.items() for row in several for name in row
    }
    return Among(
        frozenset(text for text in texts if printable(text) == text), bool(reads & {"account", "product"})
    )


def _of_the_day(viewer: Viewer, source: str, by: int, kinds: Collection[str], now: datetime) -> Batch | None:
    """The batch that this call adds to: of today, this source and user, and such that nothing stands on it.

    So batches keep an order in which each can be taken back.
    """
    mine = Batch.objects.filter(
        source__key=source, by=by, read_on=viewer.at, mapping=API, toml="", undoing=None
    )
    found = mine.select_related("source").order_by("-pk").first()
    if found is None or not Batch.objects.filter(pk__gt=found.pk).exists():
        return found
    return None if PLACED & set(kinds) or standing_on(found, now) else found


def _forget_told(batch: Batch, sent: Sent) -> None:
    """Of records that are sent again, what was told of them before today is told anew, or mended."""
    for kind, several in sent.items():
        ids = {
            printable(cell(row["id"]).strip(), NAME_LENGTH) for row in several if row.get("id") is not None
        }
        told = Problem.objects.filter(batch=batch, file=file_of(kind), record__in=ids)
        counts = Counter(told.values_list("severity", flat=True))
        if counts:
            told.delete()
            Batch.objects.filter(pk=batch.pk).update(
                refused=F("refused") - counts["refused"], notices=F("notices") - counts["notice"]
            )
