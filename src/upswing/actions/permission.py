"""Who may do what: one place that refuses."""

from upswing.people.viewer import Viewer


class NotAllowed(PermissionError):
    """The viewer may see this, but not do it."""


def needs_operator(viewer: Viewer, verb: str) -> None:
    """Only revenue operations and administrators; raises NotAllowed."""
    if not viewer.operates:
        raise NotAllowed(f"{viewer.person_name or 'You'} may not {verb}. Ask somebody in revenue operations.")
