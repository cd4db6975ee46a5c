"""The organisation at its first import: its name, currency and time zone, before any day is counted."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from upswing.actions.known import DEFAULT_CURRENCY
from upswing.actions.permission import NotAllowed, needs_operator
from upswing.connectors.files.mapping import Mapping
from upswing.core.wording import worded
from upswing.people.models import Organisation
from upswing.people.viewer import Viewer


def holds_demo() -> bool:
    """Whether this installation is the demo."""
    return bool((settings.DATA_DIR / settings.DEMO).exists())


def refuse_demo() -> None:
    """Real data never stand behind the demo's sign-ins, which everybody knows. Raises NotAllowed."""
    if holds_demo():
        raise NotAllowed(
            worded(
                "This data folder holds the demo. Set UPSWING_DATA_DIR to another folder for your own data."
            )
        )


def is_founded() -> bool:
    """Whether there is an organisation: what its first import says of it is asked only before."""
    return Organisation.objects.exists()


@transaction.atomic
def found(viewer: Viewer, mapping: Mapping) -> None:
    """Make the organisation as the mapping says, unless there is one. Raises NotAllowed."""
    needs_operator(viewer, "set up the organisation")
    said = {
        "name": mapping.organisation or mapping.name,
        "currency": mapping.currency or DEFAULT_CURRENCY,
        "time_zone": mapping.format.time_zone,
    }
    Organisation.objects.get_or_create(id=1, defaults=said)
