"""What people write, as it is kept; and under what name."""

from __future__ import annotations

from upswing.people.viewer import Viewer


def one_line(written: str) -> str:
    """One line, without surplus blanks and without the NUL that no database keeps."""
    return " ".join(written.replace("\0", "").split())


def signed_by(viewer: Viewer) -> str:
    """Under what name a deed is kept: the person's, else through which door it came."""
    return viewer.person_name or viewer.via
