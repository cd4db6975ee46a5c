"""Pages of those who run the product for everybody: for others they do not exist."""

from __future__ import annotations

from django.http import HttpRequest

from upswing.queries.viewers import Viewer, operators_only
from upswing.web.shared.request import viewer


def operator(request: HttpRequest) -> Viewer:
    """Who is asking, of revenue operations or an administrator; raises NotVisible for everybody else."""
    found = viewer(request)
    operators_only(found)
    return found


def asked_page(request: HttpRequest) -> int:
    """The page of a list that the address asks for; the first where it says nothing sensible."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 7 and int(text) else 1
