"""Addresses: the list of pages, the sign-in, the API."""

from django.urls import include, path

from upswing.api.v1 import api

PAGES = (
    "home",
    "scorecard",
    "ranking",
    "pipeline",
    "forecast",
    "overview",
    "team",
    "metric",
    "looks",
    "disputes",
    "catalogue",
    "data",
    "imports",
    "export",
    "feed",
    "standards",
    "cards",
    "formulas",
    "stages",
    "industry",
    "rates",
    "quotes",
    "stalled",
    "targets",
    "access",
    "shared",
)

urlpatterns = [
    path("accounts/", include("upswing.web.signin.urls")),
    path("api/v1/", api.urls),
    *(path("", include(f"upswing.web.{page}.urls")) for page in PAGES),
]
