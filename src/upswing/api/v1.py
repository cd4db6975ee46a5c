"""Version 1 of the API. The contract is served at /api/v1/openapi.json."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import SessionAuth

from upswing.api.moment import today
from upswing.api.schemas import ProblemOut, ScorecardOut
from upswing.core.period import FIRST_YEAR, LAST_YEAR, UnknownPeriod, parse_period
from upswing.people.viewer import NotVisible
from upswing.queries.organisation import organisation
from upswing.queries.plain import plain_scorecard
from upswing.queries.scorecard import scorecard
from upswing.queries.viewers import viewer_of

REFUSALS = dict.fromkeys((400, 401, 403, 404, 405, 422, 429), ProblemOut)


class SignedIn(SessionAuth):
    """A person signed in through the browser; tokens come with the writing endpoints."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The user, when active."""
        user = request.user
        return user if user.is_authenticated and user.is_active else None


api = NinjaAPI(title="Upswing", version="1", docs_url=None, auth=SignedIn(), urls_namespace="api-v1")


@api.get("/scorecards/{uuid:person}", response={200: ScorecardOut, **REFUSALS}, summary="One rep's scorecard")
def read_scorecard(
    request: HttpRequest, person: UUID, period: str = "this-month", at: date | None = None
) -> Any:
    """Actual against target for each line, with band, evidence and benchmarks.

    `period`: 2017-Q3, 2017-07, 2017-W30, 2017, this-month, last-quarter …; `at`: as known at the close of that day.
    """
    moment = at or today()
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UnknownPeriod(
            str(moment), f"days between {FIRST_YEAR} and {LAST_YEAR} can be asked for.", today().year
        )
    asked = parse_period(period, moment, organisation().fiscal_start)
    return plain_scorecard(scorecard(viewer_of(request.user, today(), "api"), person, asked, moment))


def problem(request: HttpRequest, status: int, title: str, detail: str) -> HttpResponse:
    """A refusal as application/problem+json."""
    body = {"title": title, "status": status, "detail": detail}
    answer = api.create_response(request, body, status=status)
    answer["Content-Type"] = "application/problem+json"
    return answer


@api.exception_handler(NotVisible)
def _not_visible(request: HttpRequest, error: NotVisible) -> HttpResponse:
    return problem(request, 404, "Not found", "There is no such scorecard.")


@api.exception_handler(UnknownPeriod)
def _unknown_period(request: HttpRequest, error: UnknownPeriod) -> HttpResponse:
    return problem(request, 422, "Unknown period", str(error))


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(request, 401, "Sign in first", "This address needs a signed-in user.")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors)
    return problem(request, 422, "Invalid input", said)
