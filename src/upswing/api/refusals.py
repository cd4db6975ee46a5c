"""Which refusals an address may answer with, for the contract."""

from __future__ import annotations

from typing import Any

from upswing.api.schemas import ProblemOut

READING: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 405, 422, 429, 503), ProblemOut)
WRITING: dict[Any, Any] = READING | dict.fromkeys((409, 413), ProblemOut)
