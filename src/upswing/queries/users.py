"""Who may sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from upswing.people.models import User
from upswing.people.viewer import Viewer, operators_only


@dataclass(frozen=True, slots=True)
class UserShown:
    """A sign-in: its role, the person it belongs to (empty: nobody), and when it was last used."""

    email: str
    role: str
    person: str
    last: datetime | None


def users(viewer: Viewer) -> tuple[UserShown, ...]:
    """Every sign-in, by e-mail address; raises NotVisible for whoever does not operate."""
    operators_only(viewer)
    found = User.objects.filter(is_active=True).select_related("person").order_by("email")
    return tuple(
        UserShown(one.email, one.role, one.person.name if one.person else "", one.last_login) for one in found
    )
