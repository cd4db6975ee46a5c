"""Who may do what: the part a person plays when signed in."""

from __future__ import annotations

from enum import StrEnum


class AccessRole(StrEnum):
    """What a viewer's sign-in is for; whom they may see depends on the reporting line as well."""

    REP = "rep"
    MANAGER = "manager"
    REVENUE_OPERATIONS = "revenue_operations"
    ADMIN = "admin"
    AUDITOR = "auditor"
