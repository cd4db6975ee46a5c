"""The body of a request as JSON, within bounds, before anybody looks at what it says."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

DEPTH = 20


class BadBody(ValueError):
    """The body is no JSON that is taken."""


class Bodies(Parser):
    """Reads JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        """What the body says; raises BadBody."""
        try:
            found = json.loads(request.body, parse_constant=_no_number)
        except BadBody:
            raise
        except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, or a number of 5,000 digits
            raise BadBody(f"The body is not JSON that can be read: {str(error)[:200]}.") from error
        if _depth(found) > DEPTH:
            raise BadBody(f"The body is nested more than {DEPTH} deep.")
        return found


def _no_number(written: str) -> NoReturn:
    raise BadBody(f"{written} is no number of JSON.")


def _depth(found: Any) -> int:
    """How deep lists and objects are nested; looks no deeper than it has to."""
    level, depth = [found], 0
    while level and depth <= DEPTH:
        inner = (
            one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)
        )
        level, depth = [part for several in inner for part in several], depth + 1
    return depth
