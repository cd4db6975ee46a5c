"""Who is asking: a user's viewer, from the reporting line on a day. The default sight is nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

from upswing.core.people import AccessRole
from upswing.people.models import Membership, Person, User
from upswing.people.viewer import NotVisible, Sight, Viewer, operators_only, system_viewer
from upswing.queries.teams import members, on, sellers, with_parts

__all__ = ["NotVisible", "Viewer", "operators_only", "system_viewer", "viewer_named", "viewer_of"]

EVERYBODY = {AccessRole.REVENUE_OPERATIONS, AccessRole.ADMIN}


def viewer_of(user: Any, today: date, via: str = "web") -> Viewer:
    """The viewer behind a signed-in user. A user without a person sees nobody, unless the role sees everybody."""
    person = Person.objects.unscoped("one's own person").filter(user=user).first() if user.is_active else None
    role = AccessRole(user.role)
    name = person.name if person else user.email
    uid, sells = (person.uid, person.sells) if person else (None, False)
    sight = sight_of(person, role, today) if user.is_active else Sight()
    return Viewer(uid, name, role, today, via, sight, sells)


def viewer_named(email: str, today: date, via: str) -> Viewer:
    """The viewer behind a sign-in; raises NotVisible when nobody signs in with that address."""
    user = User.objects.filter(email=email).first()
    if user is None:
        raise NotVisible(f"Nobody signs in as {email}.")
    return viewer_of(user, today, via)


def sight_of(person: Person | None, role: AccessRole, day: date) -> Sight:
    """The one function that turns the reporting line on a day into a sight.

    A rep sees their own lines; a manager also those of the teams they lead, and the teams below. Group figures
    may pool the whole organisation: they are shown for five people or more only.
    """
    if role in EVERYBODY:
        return Sight(everyone=True)
    everybody = sellers()
    if role is AccessRole.AUDITOR or person is None:
        return Sight(groups=everybody if role is AccessRole.AUDITOR else frozenset())
    own = {person.id}
    if role is AccessRole.MANAGER:
        own |= members(_led_by(person, day), day)
    return Sight(individuals=frozenset(own), groups=everybody)


def _led_by(person: Person, day: date) -> set[int]:
    led = Membership.objects.filter(on(day), person=person, leads=True).values_list("team_id", flat=True)
    return with_parts(led)
