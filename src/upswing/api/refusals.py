"""Which refusals an address may answer with, for the contract; and what is refused as wrong input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ninja.errors import HttpError

from upswing.actions.permission import NotAllowed
from upswing.api.schemas.values import ProblemOut

READING: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 405, 422, 429, 503), ProblemOut)
WRITING: dict[Any, Any] = READING | dict.fromkeys((409, 413), ProblemOut)


@contextmanager
def mended_by(may: bool = True) -> Iterator[None]:
    """What is refused whoever `may` do such things can mend, so it is wrong input (422); others may not (403)."""
    try:
        yield
    except NotAllowed as error:
        if not may:
            raise
        raise HttpError(422, str(error)) from None
