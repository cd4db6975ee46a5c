"""Pages that are not shown: hidden and misspelt ones do not exist (404); without a sign-in, first that."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.defaults import page_not_found

from upswing.core.metrics import UnknownMetric
from upswing.core.moment import DayToCome
from upswing.core.period import UnknownPeriod
from upswing.queries.viewers import NotVisible
from upswing.web.shared.request import NotSignedIn, UnknownChoice, UnknownDay


class MissingPages:
    """Turns the exceptions that mean “not this page” into the 404 page or the way to the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do on the way in."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Hidden and missing look alike; a slip of the pen is answered with how to write it."""
        if isinstance(exception, NotSignedIn):
            return redirect_to_login(request.get_full_path())
        if isinstance(exception, NotVisible):
            return page_not_found(request, Http404())
        if isinstance(exception, UnknownPeriod | UnknownDay | DayToCome | UnknownChoice | UnknownMetric):
            return page_not_found(request, Http404(str(exception.args[0])))
        return None
