"""The workbook of targets comes back: what would change is shown first, and changes once somebody agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from upswing.actions.permission import NotAllowed
from upswing.actions.targets import Change, Proposal, accept, has_begun, propose_changes
from upswing.actions.waiting import Unexplained
from upswing.connectors.connector import Unreadable
from upswing.core.metrics.metric import Metric, Unit
from upswing.core.money import Money, minor_units
from upswing.queries.formulas import known
from upswing.queries.viewers import Viewer
from upswing.web.shared import format as fmt
from upswing.web.shared.operators import operator
from upswing.web.shared.request import now, organisation_of, part

PAGE = "export/targets.html"
SALT, DAY = "upswing.targets", 24 * 3600
MOST = 20 << 20
"""Bytes of a workbook that are taken; one of a thousand reps has a tenth of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One change in words."""

    name: str
    label: str
    period: str
    was: str
    becomes: str
    cell: str
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the workbook would change; `agreed` carries it to where it is agreed to, signed."""

    headline: str
    detail: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    agreed: str
    begun: bool
    reason: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Where the workbook is brought; with one, what it would change."""
    who, trouble, page = operator(request), "", None
    if request.method == "POST":
        try:
            page = page_of(who, propose_changes(who, *_given(request)), organisation_of(request).currency)
        except Unreadable as error:
            trouble = str(error)
    shown = {"page": page, "trouble": trouble}
    return render(request, part(request, PAGE), shown, status=422 if trouble else 200)


@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Make the changes that were shown, and show the import they stand as."""
    who, sent, changes = operator(request), request.POST, list[Change]()
    try:
        changes = _read(sent.get("agreed", ""))
        batch = accept(who, changes, request.user.pk, now(request), sent.get("reason", ""))
    except Unexplained as error:
        page = replace(
            page_of(who, Proposal(tuple(changes), ()), organisation_of(request).currency),
            reason=sent.get("reason", ""),
        )
        return render(request, part(request, PAGE), {"page": page, "unsaid": str(error)}, status=422)
    except (NotAllowed, Unreadable) as error:
        return render(request, part(request, PAGE), {"page": None, "trouble": str(error)}, status=422)
    return redirect("batch", batch=batch)


def page_of(who: Viewer, found: Proposal, currency: str) -> Page:
    """The page of a proposal."""
    count, problems = len(found.changes), len(found.problems)
    headline = ngettext(
        "{count} target changes if you agree.", "{count} targets change if you agree.", count
    ).format(count=fmt.number(count))
    if not count:
        headline = _("No target changes.")
    detail = _(
        "Unchanged ones are not shown. The change stands among the imports, where it can be taken back."
    )
    if problems:
        left = ngettext(
            "{count} cell cannot be a target and is left as before.",
            "{count} cells cannot be targets and are left as before.",
            problems,
        )
        detail = f"{left.format(count=fmt.number(problems))} {detail}"
    metrics = known({change.metric for change in found.changes}, who.at)
    rows = tuple(_row(change, metrics[change.metric], currency) for change in found.changes)
    begun = any(has_begun(change, who.at) for change in found.changes)
    return Page(headline, detail, rows, found.problems, _written(found.changes) if count else "", begun)


def _row(change: Change, metric: Metric, currency: str) -> Row:
    was = pgettext("target", "none") if change.was is None else _worded(metric, change.was, currency)
    becomes = _worded(metric, change.becomes, currency)
    return Row(change.name, _(metric.label), change.period, was, becomes, change.cell, change.note)


def _worded(metric: Metric, value: Decimal, currency: str) -> str:
    """With all the digits it has: two targets that differ read differently."""
    if metric.unit is Unit.MONEY:
        return fmt.money(Money(minor_units(value, currency), currency))
    if metric.unit is Unit.SHARE:
        return fmt.percent(value, 0 if value * 100 % 1 == 0 else 2)
    return fmt.number(value, 4)


def _given(request: HttpRequest) -> tuple[str, bytes]:
    file = request.FILES.get("workbook")
    if file is None:
        raise Unreadable(_("No workbook was chosen. Choose the one whose targets you edited."))
    if (file.size or 0) > MOST:
        words = _("“{file}” has more than {size} MB. Bring the workbook that was downloaded.")
        raise Unreadable(words.format(file=file.name, size=MOST >> 20))
    return file.name or "workbook.xlsx", file.read()


def _written(changes: Sequence[Change]) -> str:
    rows = [[str(cell) if cell is not None else None for cell in astuple(change)] for change in changes]
    return signing.dumps(rows, salt=SALT, compress=True)


def _read(text: str) -> list[Change]:
    """The changes that were shown; raises Unreadable where they are not as shown, or of long ago."""
    try:
        rows = signing.loads(text, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        raise Unreadable(_("What was shown is more than a day old. Bring the workbook again.")) from None
    return [
        Change(
            UUID(rep), name, metric, period, None if was is None else Decimal(was), Decimal(becomes), *rest
        )
        for rep, name, metric, period, was, becomes, *rest in rows
    ]
