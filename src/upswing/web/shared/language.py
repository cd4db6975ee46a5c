"""The language of the pages: what the user chose, else what the device remembers or the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from upswing.actions.people import speak
from upswing.web.shared import format as fmt
from upswing.web.shared.back import back, remember
from upswing.web.shared.request import organisation_of

LANGUAGES: dict[str, str] = dict(settings.LANGUAGES)
"""The languages of the interface, each by its own name."""
PROGRAMS = ("/api/", "/feed/", "/csp-report")
"""Addresses that programs ask: always in English, formatted by nobody, and asking nothing of the database."""


class InLanguage:
    """Middleware: every page in its reader's language, with the formats of the organisation's country."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language."""
        if request.path_info.startswith(PROGRAMS):
            return self._answer(request)
        language = language_of(request)
        with translation.override(language), fmt.in_country(organisation_of(request).country):
            response = self._answer(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response


def language_of(request: HttpRequest) -> str:
    """The language to answer in: a key of LANGUAGES."""
    chosen: str = getattr(request.user, "language", "")
    return chosen if chosen in LANGUAGES else translation.get_language_from_request(request)


def choose(request: HttpRequest) -> HttpResponse:
    """Remember a language, for the user and on this device, and go back to the page it was chosen on."""
    response, chosen = back(request), request.POST.get("language", "")
    if chosen in LANGUAGES:
        remember(request, response, settings.LANGUAGE_COOKIE_NAME, chosen)
        if request.user.is_authenticated:
            speak(request.user, chosen)
    return response
