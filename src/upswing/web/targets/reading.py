"""What the page of one target shows, in words: each step, the form, and everything that was ever set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from upswing.actions.targeting import REASON_LENGTH
from upswing.core.metrics.metric import OfQuota, Unit
from upswing.queries.targeting import Change, OneTarget
from upswing.queries.tracing import Happened
from upswing.web.shared import factors
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.request import link, now, organisation_of, today
from upswing.web.shared.sentences import reason
from upswing.web.shared.spoken import spoken


@dataclass(frozen=True, slots=True)
class Told:
    """One change by hand, in words."""

    value: str
    said: str
    reason: str
    ended: str
    withdrawal: str
    back: str


KINDS = {
    "quota": marked("Quota"), "override": marked("Set by hand"), "season": marked("Season"), "ramp": marked("Ramp"),
    "role": marked("Role"), "week": marked("Working week"), "holiday": marked("Holiday"),
    "calendar": marked("Public holidays"), "time_off": marked("Time off"), "part_time": marked("Part-time"),
}  # fmt: skip
"""What changes a target, in words."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    rep: str
    title: str
    period: str
    back: str
    card: str
    quota: str
    steps: tuple[factors.Shown, ...]
    target: str
    due: str
    by: str
    why_not: str
    changes: tuple[Told, ...]
    since: str
    happened: tuple[tuple[str, str, str], ...]
    here: str
    may_set: bool
    field: str
    value: str
    reason: str
    setting: str
    withdrawing: str
    longest: int = REASON_LENGTH


def page_of(request: HttpRequest, found: OneTarget, may_set: bool, setting: str, withdrawing: str) -> Page:
    """The page; what was sent and refused stands in the form again."""
    aim, unit, sent = found.aimed, found.aimed.metric.unit, request.POST
    running = found.period.start <= found.at < found.period.last
    may = may_set and found.period.last >= today(request) and not isinstance(aim.metric.value, OfQuota)
    zone = now(request).tzinfo
    return Page(
        rep=found.row.rep,
        title=_(aim.metric.label),
        period=fmt.period_name(found.period),
        back=link(request, "targets_of", slug=found.period.slug),
        card=link(request, "scorecard", rep=found.row.rep_id, slug=found.period.slug),
        quota="" if aim.base is None else fmt.value(aim.base, unit),
        steps=factors.steps(aim.factors),
        target="" if aim.target is None else fmt.value(aim.target, unit),
        due=fmt.value(aim.expected, unit) if running and aim.expected is not None else "",
        by=fmt.day(found.at),
        why_not="" if aim.target is not None else _why_not(found),
        changes=tuple(_told(change, found, zone) for change in found.changes),
        since=fmt.day(found.period.start),
        happened=tuple(_happened(each, zone) for each in found.happened),
        here=link(request, "target", slug=found.period.slug, person=found.row.rep_id, key=aim.metric.key),
        may_set=may,
        field=_field(request, unit),
        value=sent.get("value", ""),
        reason=sent.get("reason", ""),
        setting=setting,
        withdrawing=withdrawing,
    )


def _why_not(found: OneTarget) -> str:
    if found.row.left and found.row.left < found.period.start:
        words = _("{rep} has left on {day}: no target.")
        return words.format(rep=found.row.rep, day=fmt.day(found.row.left))
    return _("{reason}.").format(reason=reason(found.aimed.reason))


def _field(request: HttpRequest, unit: Unit) -> str:
    """What is typed, with the unit it is typed in."""
    if unit is Unit.MONEY:
        return _("Target in {currency}").format(currency=organisation_of(request).currency)
    return _("Target in %") if unit is Unit.SHARE else _("Target")


def _happened(each: Happened, zone: tzinfo | None) -> tuple[str, str, str]:
    """What, from what to what, and who did it when and why."""
    was, becomes = spoken(each.was), spoken(each.becomes)
    words = f"{was} → {becomes}" if was else becomes
    told = {"by": each.by, "day": fmt.day(each.at.astimezone(zone).date())}
    said = _("{by}, {day}").format(**told)
    if each.reason:
        said = _("{by}, {day}: “{reason}”").format(reason=each.reason, **told)
    return _(KINDS.get(each.kind, each.kind)), words, said


def _told(change: Change, found: OneTarget, zone: tzinfo | None) -> Told:
    ended = ""
    if change.withdrawn:
        until = fmt.day(change.withdrawn.astimezone(zone).date())
        ended = _("Until {day}, {by}").format(day=until, by=change.withdrawer)
    key, unit = found.aimed.metric.key, found.aimed.metric.unit
    parts = {"slug": found.period.slug, "person": found.row.rep_id, "key": key, "override": change.id}
    back = "" if change.withdrawn else reverse("target_withdrawal", kwargs=parts)
    on = fmt.day(change.at.astimezone(zone).date())
    said = _("Set by {by} on {day}").format(by=change.by, day=on)
    return Told(fmt.value(change.value, unit), said, change.reason, ended, change.withdrawal, back)
