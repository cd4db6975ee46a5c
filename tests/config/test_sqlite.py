"""The SQLite gate: which versions may be used, and what is said of the others."""

from __future__ import annotations

import pytest
from django.db import connection

from upswing.config.sqlite import is_sound, parsed, refusal


@pytest.mark.parametrize("version", ["3.44.6", "3.44.9", "3.50.7", "3.51.3", "3.52.1", "3.53.4", "4.0.0"])
def test_fixed_versions_are_sound(version: str):
    assert is_sound(parsed(version))
    assert refusal(version, "wal") is None


@pytest.mark.parametrize("version", ["3.7.0", "3.40.1", "3.44.5", "3.49.9", "3.50.6", "3.51.2", "3.52.0"])
def test_versions_with_the_race_are_refused_with_three_ways_out(version: str):
    why = refusal(version, "wal") or ""
    assert version in why
    assert all(
        way in why for way in ("newer SQLite", "UPSWING_DATABASE_URL", "UPSWING_SQLITE_JOURNAL=delete")
    )


def test_the_rollback_journal_is_safe_with_any_version():
    assert refusal("3.40.1", "delete") is None


@pytest.mark.django_db
def test_this_very_connection_is_sound():
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        assert is_sound(parsed(cursor.fetchone()[0]))
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone()[0] == "wal"
