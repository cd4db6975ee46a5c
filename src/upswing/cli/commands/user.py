"""upswing user: give somebody a sign-in, or take it away."""

from __future__ import annotations

import argparse
import secrets

from upswing.core.people import AccessRole

NAME = "user"
HELP = "Give somebody a sign-in or a new password, or take it away."
OFFERED = [
    role.value for role in AccessRole if role is not AccessRole.AUDITOR
]  # no page for group figures yet


def arguments(parser: argparse.ArgumentParser) -> None:
    """EMAIL, --role, --person, --password, --remove."""
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--role", choices=OFFERED, default=None)
    parser.add_argument("--person", metavar="NAME", help="the rep or manager who signs in with it")
    parser.add_argument("--password", help="the password (default: a fresh one is printed)")
    parser.add_argument(
        "--remove", action="store_true", help="take the sign-in away; the person and their figures stay"
    )


def run(given: argparse.Namespace) -> int:
    """Print the password when we made it."""
    from upswing.cli import asked, installation

    installation.start()
    from upswing.actions.people import remove_user, set_user

    if given.remove:
        remove_user(asked.operator("user"), given.email)
        print(f"{given.email} may not sign in any more.")
        return 0
    password = given.password or secrets.token_urlsafe(12)
    set_user(
        asked.operator("user"),
        given.email,
        AccessRole(given.role) if given.role else None,
        given.person,
        password,
    )
    shown = "" if given.password else f", password {password}"
    role = f" as {given.role.replace('_', ' ')}" if given.role else ""
    print(f"{given.email} may sign in{role}{shown}.")
    return 0
