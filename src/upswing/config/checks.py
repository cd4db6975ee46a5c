"""System checks: what would only show later as a puzzle is refused at start, with the way out."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import WARNING, CheckMessage, Error, Tags, register
from django.db import connections

from upswing.config.sqlite import refusal

BUNDLES = ("upswing/dist/ui.js", "upswing/dist/upswing.css", "upswing/dist/icons.json")


@register(Tags.staticfiles)
def bundles_exist(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001: the front end has not been built."""
    missing = [name for name in BUNDLES if finders.find(name) is None]
    hint = "Run `make assets`, or `pip install -e .`."
    return (
        [Error(f"Front-end bundles are missing: {', '.join(missing)}.", hint, id="upswing.E001")]
        if missing
        else []
    )


@register(Tags.database)
def sqlite_is_sound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E002: the connection's own SQLite has the WAL-reset race."""
    connection = connections["default"]
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        why = refusal(cursor.fetchone()[0], settings.SQLITE_JOURNAL)
    return [Error(why, id="upswing.E002")] if why else []


@register("pdf")
def quotes_become_pdf(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """W003: the extra `pdf` is installed, what it needs of the system is not."""
    from upswing.web.quotes.pdf import why_not

    why = why_not()
    return [CheckMessage(WARNING, why, id="upswing.W003")] if why else []
