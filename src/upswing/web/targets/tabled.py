"""What the pages of dated tables show, in words: those that were made, and the form for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from upswing.actions.targeting import REASON_LENGTH
from upswing.core.period import year_of
from upswing.core.season import MINIMUM_MONTHS
from upswing.core.season import Season as Weights
from upswing.queries.targeting import Table
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.request import now, organisation_of, today, viewer

STARTER = "17 33 50 67 83 100"
SET = marked("Set by {by} on {day}")
LEARNED = marked("Learned from own data, set by {by} on {day}")
ASSUMED = marked("Assumption, set by {by} on {day}")
"""How a table came to be."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table in words; its shares beside what they stand for."""

    title: str
    shares: tuple[tuple[str, str], ...]
    note: str
    made: str
    current: bool


@dataclass(frozen=True, slots=True)
class SeasonPage:
    """The page of month weights."""

    tables: tuple[Shown, ...]
    months: tuple[tuple[int, str, str], ...]
    proposal: str
    learned: bool
    from_own: bool
    starts: str
    note: str
    refused: str
    unbalanced: bool
    operates: bool
    longest: int = REASON_LENGTH


@dataclass(frozen=True, slots=True)
class RampPage:
    """The page of ramps and of the roles' shares."""

    ramps: tuple[Shown, ...]
    roles_shown: tuple[Shown, ...]
    roles: tuple[str, ...]
    starts: str
    ramping: str
    sharing: str
    shares: str
    share: str
    role: str
    note: str
    operates: bool
    longest: int = REASON_LENGTH


def season_page(
    request: HttpRequest,
    found: Sequence[Table],
    learned: tuple[Weights | None, int],
    refused: str,
    unbalanced: bool,
) -> SeasonPage:
    """The page; `learned` is what the organisation's own months show, and how many there are."""
    sent, (weights, count) = request.POST, learned
    begun = (
        tuple(f"{round(float(share), 3):g}" for share in found[0].shares) if found else ("1",) * len(MONTHS)
    )
    proposed = tuple(f"{float(share):.3f}" for share in weights.months) if weights else ()
    own = request.GET.get("from") == "own" and proposed
    first = proposed if own else begun
    months = tuple(
        (place, str(name), sent.get(f"month-{place}", first[place - 1])) for place, name in MONTHS.items()
    )
    return SeasonPage(
        tuple(_season(request, table) for table in found), months, _proposal(weights, count), bool(proposed),
        bool(own or sent.get("learned")), sent.get("starts", _year(request)),
        sent.get("note", _from_own(count) if own else ""), refused, unbalanced, viewer(request).operates,
    )  # fmt: skip


def ramp_page(
    request: HttpRequest, ramps: Sequence[Table], shares: Sequence[Table], roles: tuple[str, ...], ramping: str,
    sharing: str,
) -> RampPage:  # fmt: skip
    """The page of ramps and roles."""
    sent = request.POST
    return RampPage(
        tuple(_ramp(request, table) for table in ramps), tuple(_role(request, table) for table in shares), roles,
        sent.get("starts", today(request).isoformat()), ramping, sharing, sent.get("shares", STARTER),
        sent.get("share", "100"), sent.get("role", ""), sent.get("note", ""), viewer(request).operates,
    )  # fmt: skip


def _proposal(weights: Weights | None, count: int) -> str:
    if weights is None:
        words = ngettext(
            "Your own data hold {count} whole month; a season is learned from {months}. "
            "Too little history: type the weights, and say in the note that they are an assumption.",
            "Your own data hold {count} whole months; a season is learned from {months}. "
            "Too little history: type the weights, and say in the note that they are an assumption.",
            count,
        )
        return words.format(count=fmt.number(count), months=MINIMUM_MONTHS)
    return _("Your own {count} months of deals won show a season.").format(count=fmt.number(count))


def _from_own(count: int) -> str:
    return _("Learned from {count} months of our own deals won.").format(count=count)


def _year(request: HttpRequest) -> str:
    return year_of(today(request), organisation_of(request).fiscal_start).start.isoformat()


def _season(request: HttpRequest, table: Table) -> Shown:
    names = (str(name).capitalize() for name in MONTHS_3.values())
    shares = tuple((name, fmt.number(share, 2)) for name, share in zip(names, table.shares, strict=True))
    title = _("From {day}").format(day=fmt.day(table.starts))
    return _shown(request, table, title, shares, LEARNED if table.learned else ASSUMED)


def _ramp(request: HttpRequest, table: Table) -> Shown:
    shares = tuple(
        (_("Month {number}").format(number=n), fmt.percent(share))
        for n, share in enumerate(table.shares, start=1)
    )
    return _shown(request, table, _titled(table), shares or ((_("Ramp"), pgettext("ramp", "none")),))


def _role(request: HttpRequest, table: Table) -> Shown:
    shares = ((_("Of a full target"), fmt.percent(table.shares[0])),)
    return _shown(request, table, _titled(table), shares)


def _titled(table: Table) -> str:
    if table.role:
        return _("{role}, from {day}").format(role=table.role, day=fmt.day(table.starts))
    return _("Everybody, from {day}").format(day=fmt.day(table.starts))


def _shown(
    request: HttpRequest, table: Table, title: str, shares: tuple[tuple[str, str], ...], made: str = SET
) -> Shown:
    when = fmt.day(table.at.astimezone(now(request).tzinfo).date())
    return Shown(title, shares, table.note, _(made).format(by=table.by, day=when), table.current)
