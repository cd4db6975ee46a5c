"""Everything that counts, one row a line, without internal ids and in an order that does not depend on how it came in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from upswing.actions.rebuild import check
from upswing.actions.settling import SETTLERS
from upswing.book.models import Deal
from upswing.cli import asked
from upswing.intake.models import Batch, Draft, Source

APPS = ("people", "book", "goals", "ledger")
INTERNAL = {"id", "uid", "batch", "record", "joined"}
Names = Mapping[type[Model], Mapping[int, str]]


def told() -> str:
    """All rows of all kinds, and what does not agree."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    names = {model: _names(model) for model in models}
    lines = [f"{model.__name__} {row}" for model in models for row in sorted(_rows(model, names))]
    return "\n".join([*lines, str(check(asked.operator("kill test")))])


def intake() -> str:
    """How many imports there are, which are unfinished or being taken back, and what is under way for drafts."""
    unfinished = Batch.objects.filter(finished=None).count()
    undoing = Batch.objects.exclude(undoing=None).filter(undone=None).count()
    jobs = list(Draft.objects.values_list("job", "failure"))
    return f"{Batch.objects.count()} imports, {unfinished} unfinished, {undoing} half undone, drafts {jobs}"


def _all(model: type[Model]) -> Any:
    manager: Any = model._default_manager
    return manager.unscoped("test") if hasattr(manager, "unscoped") else manager.all()


def _names(model: type[Model]) -> dict[int, str]:
    """Internal id → what sources call it, for models that others refer to."""
    fields = {field.name for field in model._meta.get_fields()}
    found = next((name for name in ("external_id", "key", "name") if name in fields), None)
    return dict(_all(model).values_list("id", found)) if found else {}


def _rows(model: type[Model], names: Names) -> list[str]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.name not in INTERNAL and field.related_model is not Source
    ]
    rows = []
    for row in _all(model):
        cells = [f"{field.name}={_cell(field, row, names)}" for field in fields]
        if hasattr(row, "record_kind"):
            cells.append(f"record={_record(row, names)}")
        rows.append(" ".join(cells))
    return rows


def _cell(field: Field[Any, Any], row: Model, names: Names) -> Any:
    value = getattr(row, field.attname)
    known = names.get(field.related_model) if isinstance(field, ForeignKey) else None
    return known.get(value) if known else value


def _record(fact: Any, names: Names) -> str | None:
    """The source's id of what a fact was made from; for quotes of their deal."""
    model, number, _ = SETTLERS[fact.record_kind]
    return names[model if number == "id" else Deal].get(fact.record)
