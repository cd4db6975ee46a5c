"""A target to start from for each rep: look at it, change it, publish it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upswing.actions.permission import NotAllowed
from upswing.actions.publishing import Published, publish_targets
from upswing.actions.targeting import REASON_LENGTH
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Metric, Unit
from upswing.core.metrics.value import Value
from upswing.core.money import Money
from upswing.core.people import AccessRole
from upswing.core.period import Period
from upswing.queries.formulas import known, offered
from upswing.queries.proposing import Suggested, proposable, suggestions
from upswing.queries.targeting import asked_metrics
from upswing.queries.viewers import NotVisible
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.request import link, moment, now, organisation_of, period, viewer
from upswing.web.shared.typed import Untyped, amount

FIELD = "target-"
REASONS = {
    "too_little": marked("too little data yet: {n} of 6 weeks"),
    "no_data": marked("nothing in the last 12 weeks"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A rep with a proposal, and the field to change it in."""

    name: str
    field: str
    value: str
    why: str
    target: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    period: str
    slug: str
    back: str
    key: str
    label: str
    unit: str
    metrics: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    operates: bool
    reason: str
    refused: str
    done: str
    batch: str
    longest: int = REASON_LENGTH


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposals of a metric; a POST publishes what stands in the fields."""
    who, over = viewer(request), period(request, slug)
    if who.role is AccessRole.REP:
        raise NotVisible("There is no such page for you.")
    asked = _metric(request)
    if request.method != "POST":
        return _page(request, over, asked)
    try:
        values = _values(request, asked, over)
        done = publish_targets(who, asked.key, over, values, request.POST.get("reason", ""), now(request))
    except (NotAllowed, Untyped) as error:
        return _page(request, over, asked, refused=str(error))
    return _page(request, over, asked, done=done)


def _metric(request: HttpRequest) -> Metric:
    """The metric asked for, if anything can be proposed for it; else the first of the card that can."""
    key = request.POST.get("metric") or request.GET.get("metric", "")
    asked = known([key], viewer(request).at).get(key)
    if asked and proposable(asked):
        return asked
    return next(each for each in (*asked_metrics(), *CATALOGUE.values()) if proposable(each))


def _offered(request: HttpRequest) -> tuple[Metric, ...]:
    return (*CATALOGUE.values(), *offered(viewer(request).at))


def _values(request: HttpRequest, asked: Metric, over: Period) -> dict[UUID, Fraction]:
    """What was typed, by rep; who has an empty field is left as they are. Raises Untyped, naming whose it is."""
    currency, found = organisation_of(request).currency, {}
    names = {each.rep_id: each.rep for each in suggestions(viewer(request), asked.key, over, moment(request))}
    for field, text in request.POST.items():
        if not field.startswith(FIELD) or not str(text).strip():
            continue
        try:
            rep = UUID(field.removeprefix(FIELD))
            found[rep] = amount(str(text), asked.unit, currency)
        except Untyped as error:
            raise Untyped(f"{names.get(rep, '')}: {error}".removeprefix(": ")) from error
        except ValueError as error:
            raise Untyped(str(error)) from error
    return found


def _page(
    request: HttpRequest, over: Period, asked: Metric, refused: str = "", done: Published | None = None
) -> HttpResponse:
    found = suggestions(viewer(request), asked.key, over, moment(request))
    shown = Page(
        fmt.period_name(over), over.slug, link(request, "targets_of", slug=over.slug), asked.key, _(asked.label),
        {Unit.MONEY: organisation_of(request).currency, Unit.SHARE: "%"}.get(asked.unit, ""),
        tuple((each.key, _(each.label)) for each in _offered(request) if proposable(each)),
        tuple(_row(request, each, asked.unit, refused) for each in found), viewer(request).operates,
        request.POST.get("reason", "") if refused else "", refused, _done(done, over), done.batch if done else "",
    )  # fmt: skip
    return render(request, "targets/proposals.html", {"page": shown}, status=422 if refused else 200)


def _row(request: HttpRequest, each: Suggested, unit: Unit, refused: str) -> Row:
    field = f"{FIELD}{each.rep_id}"
    value = request.POST.get(field, "") if refused else _plain(each.value, unit)
    return Row(
        each.rep, field, value, _why(each, unit), "" if each.target is None else fmt.value(each.target, unit)
    )


def _why(each: Suggested, unit: Unit) -> str:
    """Where the proposal comes from."""
    if each.reason:
        return _(REASONS[each.reason]).format(n=fmt.number(each.n))
    if each.basis == "team":
        words = _(
            "where the team’s best fifth begins; the last 12 weeks, {n} of them with data, would make it {own}"
        )
    elif each.team is None:
        words = _("from the last 12 weeks, {n} of them with data")
    else:
        words = _("from the last 12 weeks, {n} of them with data; the team’s best fifth begins at {team}")
    return words.format(n=fmt.number(each.n), own=fmt.value(each.own, unit), team=fmt.value(each.team, unit))


def _plain(value: Value | None, unit: Unit) -> str:
    """A value as the form writes it."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return f"{value.decimal.normalize():f}"
    return f"{float(value * 100 if unit is Unit.SHARE else value):g}"


def _done(done: Published | None, over: Period) -> str:
    if done is None:
        return ""
    if done.quotas and done.by_hand:
        words = _("Targets for {period}: {published} published and {changed} changed with your reason.")
    elif done.quotas:
        words = _("Targets for {period}: {published} published.")
    elif done.by_hand:
        words = _("Targets for {period}: {changed} changed with your reason.")
    else:
        return _("Nothing was to be changed: these targets stand already.")
    counts = {"published": fmt.number(done.quotas), "changed": fmt.number(done.by_hand)}
    return words.format(period=fmt.period_name(over), **counts)
