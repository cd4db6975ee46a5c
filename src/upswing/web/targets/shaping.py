"""Read what shapes everybody's targets, and, as somebody who operates, add a dated table."""

from __future__ import annotations

from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import MONTHS
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions import targeting
from upswing.actions.permission import NotAllowed
from upswing.queries.proposing import season_learned
from upswing.queries.targeting import roles, tables
from upswing.web.shared.request import now, viewer
from upswing.web.shared.typed import Untyped, day, number, numbers
from upswing.web.targets import tabled


@require_http_methods(["GET", "HEAD", "POST"])
def season(request: HttpRequest) -> HttpResponse:
    """The month weights; a POST adds a table, as typed or scaled."""
    if request.method != "POST":
        return season_page(request)
    sent = request.POST
    try:
        weights = [_weight(place, sent.get(f"month-{place}", "")) for place in range(1, 13)]
        targeting.set_season(
            viewer(request), day(sent.get("starts", "")), weights, sent.get("note", ""), now(request),
            scaled=sent.get("do") == "scale", learned=bool(sent.get("learned")),
        )  # fmt: skip
    except targeting.Unbalanced as error:
        return season_page(request, str(error), unbalanced=True)
    except (NotAllowed, Untyped) as error:
        return season_page(request, str(error))
    return redirect("targets_season")


def _weight(month: int, text: str) -> Fraction:
    """What was typed for a month. Raises Untyped, naming it."""
    try:
        return number(text, "1.2")
    except Untyped as error:
        raise Untyped(f"{str(MONTHS[month]).capitalize()}: {error}") from error


def season_page(request: HttpRequest, refused: str = "", unbalanced: bool = False) -> HttpResponse:
    """The page; with what was refused the form keeps what was sent."""
    who = viewer(request)
    found = season_learned(who) if who.operates else (None, 0)
    shown = tabled.season_page(request, tables(who, "season"), found, refused, unbalanced)
    return render(request, "targets/season.html", {"page": shown}, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ramp(request: HttpRequest) -> HttpResponse:
    """The ramps and the roles' shares; a POST adds a ramp."""
    if request.method != "POST":
        return ramp_page(request)
    sent = request.POST
    try:
        shares = [share / 100 for share in numbers(sent.get("shares", ""), "17 33 50 67 83 100")]
        targeting.set_ramp(
            viewer(request), day(sent.get("starts", "")), _sixths(shares), sent.get("role", ""), sent.get("note", ""),
            now(request),
        )  # fmt: skip
    except (NotAllowed, Untyped) as error:
        return ramp_page(request, ramping=str(error))
    return redirect("targets_ramp")


@require_POST
def role(request: HttpRequest) -> HttpResponse:
    """Add a role's share."""
    sent = request.POST
    try:
        share = number(sent.get("share", ""), "80") / 100
        targeting.set_role_share(
            viewer(request),
            day(sent.get("starts", "")),
            sent.get("role", ""),
            share,
            sent.get("note", ""),
            now(request),
        )
    except (NotAllowed, Untyped) as error:
        return ramp_page(request, sharing=str(error))
    return redirect("targets_ramp")


def ramp_page(request: HttpRequest, ramping: str = "", sharing: str = "") -> HttpResponse:
    """The page; `ramping` or `sharing` says what was refused, and its form keeps what was sent."""
    who = viewer(request)
    shown = tabled.ramp_page(request, tables(who, "ramp"), tables(who, "role"), roles(), ramping, sharing)
    return render(request, "targets/ramp.html", {"page": shown}, status=422 if ramping or sharing else 200)


def _sixths(shares: list[Fraction]) -> list[Fraction]:
    """Sixths typed as whole per cent are meant exactly: 17 is 1/6, 67 is 2/3."""
    exact = {Fraction(round(Fraction(100 * n, 6)), 100): Fraction(n, 6) for n in range(1, 6)}
    return [exact.get(share, share) for share in shares]
