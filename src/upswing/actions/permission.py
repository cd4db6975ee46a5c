"""Who may do what: one place that refuses."""

from upswing.core.wording import in_a_row, worded
from upswing.people.viewer import Viewer


class NotAllowed(PermissionError):
    """The viewer may see this, but not do it."""


class Incomplete(NotAllowed):
    """What was written cannot be kept, or published, yet: one sentence for each thing to mend."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(in_a_row(sentences))
        self.sentences = sentences


def needs_operator(viewer: Viewer, verb: str) -> None:
    """Only revenue operations and administrators; raises NotAllowed."""
    if not viewer.operates:
        raise NotAllowed(
            worded(
                "{name} may not {verb}. Ask somebody in revenue operations.",
                name=viewer.person_name or worded("You"),
                verb=worded(verb),
            )
        )
