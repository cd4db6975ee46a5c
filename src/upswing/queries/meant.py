"""Names in files that were said to mean somebody."""

from __future__ import annotations

from collections.abc import Mapping

from upswing.connectors.connector import folded
from upswing.intake.models import Alias
from upswing.people.models import Person
from upswing.people.viewer import NotVisible, Viewer


def meant(viewer: Viewer) -> Mapping[str, str]:
    """Folded name → whom it means from the next import on: people by their own names, and names said to be theirs.

    Raises NotVisible for whoever may not decide it.
    """
    if not viewer.operates:
        raise NotVisible("There is no such page.")
    people = (
        Person.objects.unscoped("operators say who is who").filter(sells=True).values_list("name", flat=True)
    )
    said = Alias.objects.order_by("since").values_list("key", "person__name")
    return {**{folded(name): name for name in people}, **dict(said)}
