"""Pages that only read ask the same thing once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from upswing.queries.once import asking

READING = ("GET", "HEAD")


class AskedOnce:
    """Middleware: one answer to each question while a page, a file or an answer of the API is made."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what changes something reads everything anew."""
        if request.method not in READING:
            return self._answer(request)
        with asking():
            return self._answer(request)
