"""What a viewer is to a deal: whose it is, or who leads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from upswing.book.models import Credit
from upswing.core.people import AccessRole
from upswing.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Hands:
    """What a viewer is to a deal: credited for it themselves; a leader of somebody who is, or revenue operations."""

    own: bool
    leads: bool


def hands(viewer: Viewer, having: Sequence[Credit]) -> Hands:
    """What the viewer is to a deal with these credits."""
    own = any(each.person.uid == viewer.person_id for each in having)
    led = viewer.role is AccessRole.MANAGER and any(
        viewer.sight.may_see(each.person_id) and each.person.uid != viewer.person_id for each in having
    )
    return Hands(own, led or viewer.operates)


def hands_on(viewer: Viewer, deal: int) -> Hands:
    """The same of one deal, by its key."""
    return hands(viewer, list(Credit.objects.filter(deal=deal).select_related("person")))
