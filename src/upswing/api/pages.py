"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar

from ninja import Query

LENGTH, LAST = 100, 100_000
"""Rows of a page, and the last page that can be asked for."""
Page = Annotated[int, Query(ge=1, le=LAST)]
Row = TypeVar("Row")


def page_of(rows: Sequence[Row], page: int) -> tuple[Sequence[Row], dict[str, int | None]]:
    """The rows of a page, and what the answer says of it."""
    end = page * LENGTH
    return rows[end - LENGTH : end], said(page, len(rows) > end)


def said(page: int, more: bool) -> dict[str, int | None]:
    """Which page it is, and the one after it, if there is one."""
    return {"page": page, "next": page + 1 if more else None}
