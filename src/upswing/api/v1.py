"""Version 1 of the API. The contract is served at /api/v1/openapi.json."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

from upswing.api import (
    batches,
    comparisons,
    deals,
    disputes,
    forecasts,
    metrics,
    people,
    problems,
    records,
    scorecards,
    shaping,
    stalled,
    standards,
    targets,
)
from upswing.api.bodies import Bodies
from upswing.api.callers import BySession, ByToken


class Api(NinjaAPI):
    """The contract says of refusals what they are."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """As ninja's, with refusals as application/problem+json."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for address in schema["paths"].values():
            for operation in address.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {problems.TYPE: answer["content"]["application/json"]}
        return schema


api = Api(
    title="Upswing", version="1", docs_url=None, auth=[ByToken(), BySession()], parser=Bodies(),
    urls_namespace="api-v1",
)  # fmt: skip
problems.tell(api)
for part in (
    scorecards,
    people,
    metrics,
    targets,
    shaping,
    comparisons,
    forecasts,
    deals,
    stalled,
    standards,
    disputes,
    records,
    batches,
):
    api.add_router("", part.router)
