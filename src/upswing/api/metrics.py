"""Read the catalogue of metrics."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from upswing.api.callers import viewer_for
from upswing.api.refusals import READING
from upswing.api.schemas.metrics import MetricsOut
from upswing.people.tokens import Scope
from upswing.queries.catalogue import catalogue
from upswing.queries.plain import plain_metric

router = Router(tags=["metrics"])


@router.get("/metrics", response={200: MetricsOut, **READING}, summary="Every metric")
def list_metrics(request: HttpRequest) -> Any:
    """What each counts, how it helps, its unit and direction; those of the organisation's own last."""
    families = catalogue(viewer_for(request, Scope.READ))
    return {"metrics": [plain_metric(one, family.name) for family in families for one in family.metrics]}
