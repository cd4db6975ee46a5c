"""What is wrong with publishing a version, whatever it is a version of: one sentence for each thing to mend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from upswing.core.wording import worded


def before_the_last(number: int, earliest: date, effective: date) -> Iterator[str]:
    """Version `number` may hold from `earliest` on, on which the one before it begins."""
    if effective < earliest:
        yield worded(
            "Version {number} holds from {earliest}; version {next} cannot hold before that. Choose {earliest} or a "
            "later day.",
            number=number - 1,
            earliest=earliest,
            next=number,
        )


def too_long(note: str, most: int) -> Iterator[str]:
    """A note of more than `most` characters."""
    if len(note) > most:
        yield worded("The note has {length} characters; write at most {most}.", length=len(note), most=most)
