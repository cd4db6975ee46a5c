"""A row that cannot be used, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable

WHY = re.compile(r"Why refused \((.+?)\)")


class BadCell(ValueError):
    """A cell that cannot be read; the message says what was expected."""


class Refused(ValueError):
    """This row cannot be used."""

    def __init__(self, code: str, field: str, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.field, self.value = code, field, value


def why_refused(source: str) -> str:
    """What the column is called that says it in a file of refused rows; it names the source they came from."""
    return f"Why refused ({source})"


def came_from(header: Iterable[str]) -> str:
    """The source that refused rows came from, by the columns of their file; empty for a file of other rows."""
    found = (WHY.match(column) for column in header)
    return next((told[1] for told in found if told), "")
