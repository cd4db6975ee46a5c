"""Light, dark or automatic: kept in a cookie, so that the first byte of a page already knows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

COOKIE = "upswing_theme"
THEMES = {"light": "Light", "dark": "Dark", "auto": "Automatic"}
YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """The theme chosen on this device: light, dark, or auto."""
    chosen = request.COOKIES.get(COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def choose(request: HttpRequest) -> HttpResponse:
    """Remember a theme and go back to the page it was chosen on."""
    response = HttpResponseRedirect(_back(request))
    response.status_code = 303
    chosen = request.POST.get("theme", "auto")
    secure = request.is_secure()
    if chosen in THEMES:
        response.set_cookie(COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _back(request: HttpRequest) -> str:
    target = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else "/"
