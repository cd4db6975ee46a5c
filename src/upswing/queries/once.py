"""What one page asks for again and again, asked once: the organisation, its teams, its calendars, its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Answer = TypeVar("Answer")

_ANSWERS: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking() -> Iterator[None]:
    """Inside, what `once` marks is asked once for the same arguments. Only for work that reads."""
    before = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(before)


def once(question: Callable[P, Answer]) -> Callable[P, Answer]:
    """Mark a question of the database whose answer, which nobody changes, may be shared while a page is made.

    Outside of `asking` it is asked every time. Its arguments are hashable.
    """

    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Answer:
        answers = _ANSWERS.get()
        if answers is None:
            return question(*args, **kwargs)
        name = (question, args, tuple(sorted(kwargs.items())))
        if name not in answers:
            answers[name] = question(*args, **kwargs)
        found: Answer = answers[name]
        return found

    return asked
