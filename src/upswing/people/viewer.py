"""Who is asking, and whom they may see: the first argument of every query and action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upswing.core.people import AccessRole


class NotVisible(LookupError):
    """There is no such thing for this viewer: hidden and missing look alike."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose lines may be seen one by one, and which people only inside group figures.

    Both hold internal person ids. `everyone` opens all of them; the default is nobody.
    """

    individuals: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    everyone: bool = False

    def may_see(self, person: int) -> bool:
        """May this person's own figures be shown?"""
        return self.everyone or person in self.individuals

    def may_pool(self, person: int) -> bool:
        """May this person count inside a group figure?"""
        return self.everyone or person in self.groups or person in self.individuals


@dataclass(frozen=True, slots=True)
class Viewer:
    """Made once a request, command or job; `via` says through which door, and why for the system itself.

    `sells` is true for people who have a scorecard of their own.
    """

    person_id: UUID | None
    person_name: str
    role: AccessRole
    at: date
    via: str
    sight: Sight
    sells: bool = False

    @property
    def operates(self) -> bool:
        """May this viewer bring in data and set quotas?"""
        return self.role in {AccessRole.REVENUE_OPERATIONS, AccessRole.ADMIN}


def operators_only(viewer: Viewer) -> None:
    """What concerns everybody's data exists only for revenue operations and administrators; raises NotVisible."""
    if not viewer.operates:
        raise NotVisible("There is no such page for you.")


def system_viewer(at: date, via: str) -> Viewer:
    """The installation itself, for commands run by its operator; `via` states the reason."""
    return Viewer(None, "", AccessRole.ADMIN, at, via, Sight(everyone=True))
