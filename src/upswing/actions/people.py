"""Give people a sign-in, and take it away."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from upswing.actions.permission import NotAllowed, needs_operator
from upswing.connectors.connector import folded
from upswing.connectors.files.nearest import near
from upswing.core.people import AccessRole
from upswing.people.models import Person, User
from upswing.people.viewer import NotVisible, Viewer


@transaction.atomic
def set_user(viewer: Viewer, email: str, role: AccessRole | None, person: str | None, password: str) -> None:
    """Make or change a user: role, person and password. Raises NotAllowed with the reason, NotVisible.

    No role keeps the one they have; a new user without one is a rep.
    """
    needs_operator(viewer, "give people a sign-in")
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        raise NotAllowed(f"{email}: {' '.join(error.messages)}") from error
    user = User.objects.filter(email=email.lower()).first() or User(email=email.lower())
    user.role = (role or AccessRole(user.role)).value
    user.person = person_called(person) if person else user.person
    if user.person is None and user.role in {AccessRole.REP, AccessRole.MANAGER}:
        raise NotAllowed(
            f"{email}: a {user.role} sees a scorecard or a team. Say who it is with --person NAME."
        )
    other = User.objects.filter(person=user.person).exclude(email=user.email).first() if user.person else None
    if other:
        raise NotAllowed(f"{user.person} signs in as {other.email} already. Change that sign-in instead.")
    user.set_password(password)
    user.save()


@transaction.atomic
def remove_user(viewer: Viewer, email: str) -> None:
    """Take a sign-in away, with its tokens; the person and their figures stay. Raises NotAllowed, NotVisible."""
    needs_operator(viewer, "take a sign-in away")
    if not User.objects.filter(email=email.lower()).delete()[0]:
        raise NotVisible(f"Nobody signs in as {email}. `upswing users` lists who does.")


def person_called(name: str) -> Person:
    """The person of that name, whatever the case; raises NotVisible with the nearest name."""
    people = {p.key: p for p in Person.objects.unscoped("an operator names a person")}
    if folded(name) in people:
        return people[folded(name)]
    found = near(name, [one.name for one in people.values()])
    hint = f"Did you mean “{found}”?" if found else "Import people first."
    raise NotVisible(f"Nobody is called “{name}”. {hint}")


def speak(user: Any, language: str) -> None:
    """Keep the language in which a signed-in user reads the pages."""
    User.objects.filter(pk=user.pk).update(language=language)
