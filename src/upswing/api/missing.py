"""An address that does not exist: problem+json below /api/, the product's own page elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import page_not_found

TYPE = "application/problem+json"


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if not request.path.startswith("/api/"):
        return page_not_found(request, exception)
    body = {"title": "Not found", "status": 404, "detail": "There is no such address."}
    return JsonResponse(body, status=404, content_type=TYPE)
