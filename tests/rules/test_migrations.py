"""The migrations say what the models say, and each is whole or not at all."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import call_command

SOURCE = Path(__file__).parents[2] / "src" / "upswing"


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_is_atomic():
    files = list(SOURCE.glob("*/migrations/0*.py"))
    assert len(files) >= 5
    for path in files:
        module = import_module(f"upswing.{path.parent.parent.name}.migrations.{path.stem}")
        assert module.Migration.atomic
