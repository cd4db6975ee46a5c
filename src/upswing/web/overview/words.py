"""The one sentence of the overview: what goes well first, then the step to look at."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.measures import BOOKED_REVENUE
from upswing.core.metrics.metric import Unit
from upswing.core.money import Money
from upswing.queries.overview import Overview
from upswing.web.shared import format as fmt


def money(found: Overview, minor: int) -> str:
    """An amount in the organisation's currency."""
    return fmt.money_whole(Money(minor, found.currency))


def headline(found: Overview) -> tuple[str, str]:
    """What goes well, and beneath it where to look."""
    return _well(found), _look(found)


def like(found: Overview) -> str:
    """What the figures are set beside: the period before, whole or as many days in."""
    name = fmt.period_name(found.before)
    if found.like == found.before.last:
        return name
    return _("{period} until {day}").format(period=name, day=fmt.day_short(found.like))


def _well(found: Overview) -> str:
    name, now, then = fmt.period_name(found.period), found.now, found.then
    if not now.revenue and not found.new.together[-1] and not now.open:
        return _("Nothing is counted in {period} yet.").format(period=name)
    if now.revenue > then.revenue > 0:
        words = (
            _("{period}: {revenue} is booked, {more} more than in {before}.")
            if found.money is BOOKED_REVENUE
            else _("{period}: {revenue} is won, {more} more than in {before}.")
        )
        return words.format(
            period=name, revenue=money(found, now.revenue), more=money(found, now.revenue - then.revenue),
            before=like(found),
        )  # fmt: skip
    if found.leaks_less:
        words = _(
            "{period}: less of the pipeline was lost, {share} of what was decided; {earlier} in {before}."
        )
        share, earlier = (fmt.percent(each.leakage or Fraction(0)) for each in (now, then))
        return words.format(period=name, share=share, earlier=earlier, before=like(found))
    if now.revenue:
        words = (
            _("{period}: {revenue} is booked.")
            if found.money is BOOKED_REVENUE
            else _("{period}: {revenue} is won.")
        )
        return words.format(period=name, revenue=money(found, now.revenue))
    return _("{period} begins with {open} in open deals.").format(period=name, open=money(found, now.open))


def _look(found: Overview) -> str:
    """The stage that takes clearly longer than it did; else what most of the lost value went for."""
    if most := found.slowed:
        words = _("The stage to look at is “{stage}”: deals stay {days} in it, {before} the period before.")
        return words.format(stage=most.name, days=days(most.days), before=days(most.before or most.days))
    if told := [reason for reason in found.reasons.lost if reason.words]:
        words = ngettext(
            "The reason to look at is “{reason}”: {count} deal, {value}.",
            "The reason to look at is “{reason}”: {count} deals, {value}.",
            len(told[0].deals),
        )
        return words.format(
            reason=told[0].words, count=fmt.number(len(told[0].deals)), value=money(found, told[0].value)
        )
    return ""


def days(count: Fraction) -> str:
    """A length of time in days."""
    return fmt.value(count, Unit.DAYS)
