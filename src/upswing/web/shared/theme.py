"""Light, dark or automatic: kept in a cookie, so that the first byte of a page already knows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from upswing.web.shared.back import back, remember
from upswing.web.shared.marks import marked

COOKIE = "upswing_theme"
THEMES = {"light": marked("Light"), "dark": marked("Dark"), "auto": marked("Automatic")}


def theme_of(request: HttpRequest) -> str:
    """The theme chosen on this device: light, dark, or auto."""
    chosen = request.COOKIES.get(COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def choose(request: HttpRequest) -> HttpResponse:
    """Remember a theme and go back to the page it was chosen on."""
    response, chosen = back(request), request.POST.get("theme", "auto")
    if chosen in THEMES:
        remember(request, response, COOKIE, chosen)
    return response
