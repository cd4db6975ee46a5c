"""The pages on a stage: real templates, views, middleware and policy in front of invented answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import include, path

from tests.web import fixtures, intake
from upswing.config.urls import PAGES
from upswing.core.people import AccessRole
from upswing.queries import batch_rates
from upswing.queries.excluded import LeftOut
from upswing.queries.freshness import Freshness
from upswing.queries.organisation import OrganisationFacts
from upswing.queries.viewers import NotVisible
from upswing.web import signin

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
urlpatterns = [
    path("accounts/", include("upswing.web.signin.urls")),
    *(path("", include(f"upswing.web.{page}.urls")) for page in PAGES),
]


@dataclass(frozen=True)
class Guest:
    """The part of a viewer that pages read."""

    person_id: UUID | None = fixtures.TESS
    person_name: str = "Tess Lund"
    role: AccessRole = AccessRole.REP
    sells: bool = True

    @property
    def operates(self) -> bool:
        return self.role is AccessRole.REVENUE_OPERATIONS


class SignedIn:
    """Stands in for the session: somebody is signed in, without a database."""

    is_authenticated = True
    is_active = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/accounts/") and "X-Nobody" not in request.headers:
            request.user = self  # type: ignore[assignment]
        return self.get_response(request)


LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
SIGNIN = Path(signin.__file__).parent / "templates"
TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [SIGNIN],
    "OPTIONS": {
        "builtins": ["django.templatetags.i18n"],
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "upswing.web.shared.shell.shell",
        ],
        "loaders": [
            ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", LOADERS)])
        ],
    },
}
SETTINGS: dict[str, Any] = {
    "TEMPLATES": [TEMPLATES],
    "ROOT_URLCONF": "tests.web.stage",
    "ALLOWED_HOSTS": ["*"],
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
    "MIDDLEWARE": [
        "upswing.web.shared.headers.SecurityHeaders",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "tests.web.stage.SignedIn",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "upswing.web.shared.missing.MissingPages",
    ],
}


def came_in(anything: bool) -> dict[str, object]:
    """What the data pages ask, with answers; without anything they are empty."""
    found = {
        "upswing.queries.intake.sources": intake.sources, "upswing.queries.intake.batches": intake.batches,
        "upswing.queries.intake.drafts": intake.drafts, "upswing.queries.intake.standing_problems": intake.groups,
        "upswing.queries.intake.problems_of": intake.groups, "upswing.web.data.owners.strangers": intake.strangers,
        "upswing.web.data.owners.aliases": intake.aliases,
        "upswing.web.data.views.unattributed": intake.queue, "upswing.web.data.invoices.unattributed": intake.queue,
    }  # fmt: skip
    if not anything:
        nothing = {
            name: (lambda *_: intake.NOTHING) if "unattributed" in name else (lambda *_, **__: ())
            for name in found
        }
        return dict(nothing)
    return {
        **found,
        "upswing.queries.intake.batch": lambda _, uid, now=None: intake.batch(uid.int, "HubSpot"),
        "upswing.actions.rejected.kept_files": lambda *_: frozenset({"deals.csv"}),
        "upswing.web.data.batches.rates_of": lambda *_: batch_rates.NONE,
        "upswing.web.data.owners.reps": intake.people,
        "upswing.web.data.invoices.reps": intake.people,
    }


@contextmanager
def staged(
    viewer: Guest | None = None, people: int = 12, latest: date | None = fixtures.TODAY, records: int = 4
) -> Iterator[Client]:
    """A client of the pages, seen by `viewer`, on 20 November 2026."""

    def scorecard(_: object, rep: UUID, period: Any, at: date, against: Any = None) -> Any:
        if rep == UUID(int=404):
            raise NotVisible("There is no such rep.")
        card = fixtures.card(rep=rep, slug=period.slug, at=min(at, fixtures.TODAY))
        return card, fixtures.running(card)

    def listed(_: object, rep: UUID, key: str, period: Any, at: date, page: int) -> Any:
        return fixtures.listed(key, records, period.slug, min(at, fixtures.TODAY), page)

    def team(_: object, period: Any, at: date, chosen: UUID | None = None, page: int | None = None) -> Any:
        return fixtures.board(people, period.slug, min(at, fixtures.TODAY))

    fresh = (
        Freshness("CRM export", NOW - timedelta(minutes=3), ""),
        Freshness("Invoices", NOW - timedelta(hours=8), "2 rows refused"),
    )
    answers: dict[str, object] = {
        "upswing.web.shared.request.organisation": lambda: OrganisationFacts(
            "Nordlys", "EUR", 1, "UTC", "en_GB"
        ),
        "upswing.web.shared.request.viewer_of": lambda user, today: viewer or Guest(),
        "upswing.web.shared.request.now": lambda request: NOW,
        "upswing.web.shared.shell.now": lambda request: NOW,
        "upswing.web.shared.shell.freshness": lambda _: fresh if latest else (),
        "upswing.web.shared.shell.latest_day": lambda _: latest,
        "upswing.web.home.views.latest_day": lambda _: latest,
        "upswing.web.scorecard.views.scorecard_and_pacing": scorecard,
        "upswing.web.scorecard.views.steps": lambda *_: fixtures.FUNNEL,
        "upswing.web.metric.views.number": lambda _, rep, metric, period, at: fixtures.number(
            metric, period, at
        ),
        "upswing.web.metric.views.left_out": lambda *_: LeftOut((("lost", 12),), (("deals.csv", 2),)),
        "upswing.web.metric.views.records": listed,
        "upswing.queries.team.team": team,
        "upswing.web.scorecard.views.disputed": lambda *_: frozenset(),
        "upswing.web.scorecard.views.cited": lambda *_: {},
        "upswing.web.metric.views.disputes": lambda *_: (),
        "upswing.web.team.views.open_disputes": lambda _: (),
        "upswing.web.data.views.open_disputes": lambda _: (),
        "upswing.web.scorecard.views.open_to": lambda _: (),
        "upswing.web.scorecard.views.looked": lambda *_: None,
        "upswing.web.metric.views.looked": lambda *_: None,
        "upswing.web.team.views.looked": lambda *_: None,
        **came_in(bool(latest)),
    }
    with ExitStack() as stack:
        stack.enter_context(override_settings(**SETTINGS))
        for name, answer in answers.items():
            stack.enter_context(patch(name, answer))
        yield Client(headers={"Host": "upswing.test"})
