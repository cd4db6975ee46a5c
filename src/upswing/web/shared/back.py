"""Back to the page on which something was chosen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

YEAR = 365 * 24 * 3600
"""How long a device remembers a choice, in seconds."""


def back(request: HttpRequest) -> HttpResponseRedirect:
    """A redirect (303) to the page the form was on; to the start where it was on none of ours."""
    target = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if allowed else "/")
    response.status_code = 303
    return response


def remember(request: HttpRequest, response: HttpResponseRedirect, cookie: str, chosen: str) -> None:
    """Keep a choice on this device."""
    response.set_cookie(
        cookie, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
