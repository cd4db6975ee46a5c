"""Addresses that belong to no page."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from upswing.web.shared.headers import count_report
from upswing.web.shared.language import choose as choose_language
from upswing.web.shared.theme import choose

urlpatterns = [
    path("theme/", login_not_required(require_POST(choose)), name="theme"),
    path("language/", login_not_required(require_POST(choose_language)), name="language"),
    path("csp-report", csrf_exempt(login_not_required(require_POST(count_report))), name="csp_report"),
]
