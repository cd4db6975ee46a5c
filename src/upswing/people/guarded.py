"""A query set that refuses to be read before somebody said for whom.

It is the second line behind the viewer argument. It does not see joins or `id__in` subqueries, hence the
import contract that keeps models inside queries and actions.
"""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

from upswing.people.viewer import Viewer

Row = TypeVar("Row", bound=models.Model)


class UnscopedQuery(RuntimeError):
    """Rows about people were asked for without a viewer."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model.__name__} was read without a viewer. Call .seen_by(viewer) or .unscoped(reason)."
        )


class GuardedQuerySet(models.QuerySet[Row]):
    """Rows about people. `person_path` of the model's `Guard` leads to the person they are about."""

    _open = False

    def seen_by(self, viewer: Viewer) -> Self:
        """Only rows about people whose figures the viewer may see one by one."""
        path: str = getattr(self.model, "person_path", "id")
        seen = self if viewer.sight.everyone else self.filter(**{f"{path}__in": viewer.sight.individuals})
        return seen._opened()

    def unscoped(self, reason: str) -> Self:
        """All rows; the reason is for the reader of the code."""
        if not reason:
            raise ValueError("An unscoped query needs a reason.")
        return self._opened()

    def _opened(self) -> Self:
        clone: Self = self._chain()  # type: ignore[attr-defined]  # private in Django, stable for years
        clone._open = True
        return clone

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._open = self._open
        return clone

    def _refuse(self) -> None:
        if not self._open:
            raise UnscopedQuery(self.model)

    def _fetch_all(self) -> None:
        self._refuse()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's, once opened."""
        self._refuse()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        """As Django's, once opened."""
        self._refuse()
        return super().count()

    def exists(self) -> bool:
        """As Django's, once opened."""
        self._refuse()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django's, once opened."""
        self._refuse()
        return super().aggregate(*args, **kwargs)
