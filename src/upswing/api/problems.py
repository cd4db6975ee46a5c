"""What goes wrong below /api/, as application/problem+json: one shape, whoever refuses."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from upswing.actions.import_batch import NotNow
from upswing.actions.once import OtherRequest
from upswing.actions.permission import NotAllowed
from upswing.api.callers import Lacking
from upswing.connectors.connector import Unreadable, printable
from upswing.core.metrics import UnknownMetric
from upswing.core.moment import DayToCome
from upswing.core.period import UnknownPeriod
from upswing.people.viewer import NotVisible

TYPE = "application/problem+json"
KEPT = {"Allow", "Vary", "Retry-After"}
"""Headers of an answer in whose place a problem stands that are true of the problem too."""
SHOWN = 5
"""Things wrong with a body that are told at once."""
DETAILS = {
    400: "This is no request that can be read.",
    404: "There is no such address, or nothing there that you may see.",
    405: "This address does not take that method; the header Allow says which it takes.",
    500: "Something of ours went wrong. Nothing was changed; whoever runs Upswing finds it in the log.",
}


def problem(status: int, detail: str, title: str = "", **headers: str) -> HttpResponse:
    """A refusal. Of its headers' names an underscore is a hyphen."""
    body = {"title": title or HTTPStatus(status).phrase, "status": status, "detail": printable(detail, 2_000)}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JsonResponse(body, status=status, content_type=TYPE, headers=named)


class Problems:
    """Middleware: what Django itself refuses below /api/ is told as the API tells it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the problem in its place."""
        response = self.get_response(request)
        status = response.status_code
        if (
            not request.path.startswith("/api/")
            or status < 400
            or response.headers.get("Content-Type") == TYPE
        ):
            return response
        told = problem(status, DETAILS.get(status, HTTPStatus(status).phrase))
        for name in KEPT & response.headers.keys():
            told.headers[name] = response.headers[name]
        return told


def _nobody(request: HttpRequest, error: Exception) -> HttpResponse:
    wrong = ', error="invalid_token"' if "Authorization" in request.headers else ""
    detail = "Sign in, or send a token that works: Authorization: Bearer upw_…"
    return problem(401, detail, WWW_Authenticate=f'Bearer realm="Upswing"{wrong}')


def _lacking(request: HttpRequest, error: Lacking) -> HttpResponse:
    told = f'Bearer realm="Upswing", error="insufficient_scope", scope="{error.scope}"'
    return problem(403, str(error), WWW_Authenticate=told)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = [f"{'.'.join(map(str, one['loc'][1:]))[:200]}: {one['msg']}" for one in error.errors]
    more = f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    return problem(422, "; ".join(told[:SHOWN]) + more, "Invalid input")


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error.__cause__ or error))


Told = Callable[[HttpRequest, Any], HttpResponse]
HANDLERS: dict[type[Exception], Told] = {
    AuthenticationError: _nobody,
    Lacking: _lacking,
    ValidationError: _invalid,
    HttpError: _http,
    NotAllowed: lambda request, error: problem(403, str(error)),
    NotVisible: lambda request, error: problem(404, DETAILS[404]),
    NotNow: lambda request, error: problem(409, str(error), Retry_After="10"),
    RequestDataTooBig: lambda request, error: problem(413, "A body has at most 5 MB. Send it in parts."),
    Unreadable: lambda request, error: problem(422, str(error), "Invalid input"),
    UnknownPeriod: lambda request, error: problem(422, str(error), "Unknown period"),
    DayToCome: lambda request, error: problem(422, str(error), "Day to come"),
    UnknownMetric: lambda request, error: problem(422, str(error), "Unknown metric"),
    OtherRequest: lambda request, error: problem(422, str(error), "Key used before"),
    OperationalError: lambda request, error: problem(
        503, "The database is busy. Nothing was changed: send the same again.", Retry_After="5"
    ),
}


def tell(api: NinjaAPI) -> None:
    """Have the API refuse in these words."""
    for error, told in HANDLERS.items():
        api.add_exception_handler(error, told)
