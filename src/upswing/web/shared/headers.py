"""Security headers of every answer, and the door for reports of what the policy refused."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "report-uri /csp-report"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
REPORT_LIMIT = 16_384
"""Bytes of a report that are read; longer ones count as unreadable."""

DIRECTIVES = frozenset(found.split()[0] for found in POLICY.split("; ")) | {
    "script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr",
}  # fmt: skip
refused: Counter[str] = Counter()
"""How often each directive refused something in this process: counts alone, never addresses."""


class SecurityHeaders:
    """The same policy on every answer; pages are kept by no cache. It asks nothing of session or database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add what the answer does not state itself."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["HX-Request"])
        return response


def count_report(request: HttpRequest) -> HttpResponse:
    """Count one report by directive; whatever arrives, the answer is empty."""
    refused[_directive(request)] += 1
    return HttpResponse(status=204)


def _directive(request: HttpRequest) -> str:
    try:
        length = int(request.headers.get("Content-Length") or 0)
        body = request.body if length <= REPORT_LIMIT else b""
        found = json.loads(body)["csp-report"]["effective-directive"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "unreadable"
    return found if isinstance(found, str) and found in DIRECTIVES else "other"
