"""One open deal in a list or on the board, in words and figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from upswing.core.forecast.categories import Category
from upswing.core.money import Money
from upswing.queries.pipeline import Item
from upswing.web.pipeline.words import CATEGORIES, day_of, days, share, stage_name
from upswing.web.shared import format as fmt
from upswing.web.shared.request import moment, now, organisation_of


@dataclass(frozen=True, slots=True)
class Row:
    """One open deal; `key` is its place in addresses, `mark` how what is `said` of it is drawn."""

    key: str
    url: str
    name: str
    account: str
    reps: str
    stage: str
    age: str
    limit: str
    over: bool
    said: str
    mark: str
    value: str
    weight: str
    next: str
    contact: str


def row_of(request: HttpRequest, item: Item) -> Row:
    """The deal as a row, or as a card."""
    zone, worth = now(request).tzinfo, Money(item.amount, organisation_of(request).currency)
    return Row(
        str(item.id), reverse("deal", args=[item.id]), item.name, item.account, fmt.listed(item.reps),
        stage_name(item.stage_name), days(item.stage_age), _("limit {days}").format(days=days(item.limit)), item.over,
        "" if item.said is Category.PIPELINE else _(CATEGORIES[item.said]),
        "early" if item.said is Category.OMITTED else "on",
        fmt.money_whole(worth) if item.amount else "–", share(item.weight),
        _next(request, item), day_of(item.contact, zone) if item.contact else "",
    )  # fmt: skip


def _next(request: HttpRequest, item: Item) -> str:
    """The next step that has a date."""
    if item.meeting:
        return _("Meeting on {day}").format(day=day_of(item.meeting, now(request).tzinfo))
    if item.rests and item.rests >= moment(request):
        return _("Waits until {day}").format(day=fmt.day(item.rests))
    if item.expected is None:
        return ""
    words = _("To close on {day}") if item.expected >= moment(request) else _("Was to close on {day}")
    return words.format(day=fmt.day(item.expected))
