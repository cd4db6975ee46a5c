"""A row that cannot be used, and why."""

from __future__ import annotations


class BadCell(ValueError):
    """A cell that cannot be read; the message says what was expected."""


class Refused(ValueError):
    """This row cannot be used."""

    def __init__(self, code: str, field: str, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.field, self.value = code, field, value
