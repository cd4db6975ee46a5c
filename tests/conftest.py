"""What every test may ask for: the cast with its book, and a settled random seed for generated input."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.chromium import executable

settings.register_profile("commit", max_examples=60, deadline=None, database=None)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("UPSWING_HYPOTHESIS", "commit"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database; at the end nobody else is left in it, for PostgreSQL drops no database in use.

    A request that the end of a browser test cut off may still hold its connection by then.
    """
    yield
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture
def cast(db: None) -> None:
    """Mona, Otto and their reps, with book and sign-ins."""
    from tests import world
    from tests.poured import poured

    def make() -> None:
        world.settle_in()
        world.give_sign_ins()

    poured(make)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, one a process; without it tests skip with a sentence, except where they must run.

    Its synchronous interface runs a loop in this thread for as long as it lives; the ORM must not mind.
    """
    path = executable()
    if path is None:
        sentence = (
            "Chromium is missing: install Debian's package chromium, or set UPSWING_CHROMIUM to its path."
        )
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
