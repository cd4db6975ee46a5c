"""Addresses of the sign-in: allauth's own, so that everything it refers to exists; signing up is closed.

A person's address is set by whoever runs the product, so there is no page to change it.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path


def closed(request: HttpRequest, **parts: str) -> HttpResponse:
    """No such page."""
    raise Http404


urlpatterns = [
    path("email/", closed),
    path("confirm-email/", closed),
    path("", include("allauth.account.urls")),
]
