"""Answer a POST once: the header Idempotency-Key says that a request is the same as one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header
from ninja.responses import NinjaJSONEncoder
from pydantic import StringConstraints

from upswing.actions.once import Answer, Asked, once
from upswing.api.callers import caller_of
from upswing.api.moment import now
from upswing.api.schemas.values import Strict
from upswing.people.viewer import Viewer

Key = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^[\x21-\x7e]*$"),
    Header(
        "", alias="Idempotency-Key", description="Chosen by you, new for every new request; kept for 7 days."
    ),
]
"""Of a request that writes."""


def answered(
    request: HttpRequest, viewer: Viewer, key: str, work: Callable[[], tuple[int, Strict]]
) -> HttpResponse:
    """What `work` answers, or answered when the same request came with this key before."""

    def told() -> Answer:
        status, body = work()
        return Answer(
            status, json.dumps(body.model_dump(), cls=NinjaJSONEncoder)
        )  # as answers to GET are written

    digest = hashlib.sha256(request.body).hexdigest()
    asked = Asked(caller_of(request).user.pk, key, request.method or "", request.path[:500], digest)
    answer = once(viewer, asked, now(), told)
    replayed = {"Idempotency-Replayed": "true"} if answer.replayed else {}
    return HttpResponse(answer.text, status=answer.status, content_type="application/json", headers=replayed)
