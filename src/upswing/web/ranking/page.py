"""What a ranking shows, in words: names of those clearly ahead, and one's own row. No place, no figure, no bottom."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.actions.ranking import REASON_LENGTH
from upswing.core.people import AccessRole
from upswing.core.period import month_of
from upswing.core.ranks import MINIMUM_EXPECTED, MINIMUM_REPS, Basis, Silence, Standing, Told
from upswing.queries.ranking import Decided, Ranking, Rankings
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import counted, marked
from upswing.web.shared.request import link, now, today, viewer
from upswing.web.shared.stepper import Stepper, stepper

BASES = {
    Basis.EFFORT: marked("Effort of the period"),
    Basis.IMPROVEMENT: marked("Improvement on one’s own period before"),
}
SILENCES = {
    Silence.TOO_FEW: marked(
        "Too few people can be compared: it takes {people}, each with {records} expected records."
    ),
    Silence.ALIKE: marked("Nobody is clearly ahead."),
    Silence.MOST_AHEAD: marked("Nobody is named: most are ahead, and their names would point at the rest."),
}
OWN = {
    Standing.ABOVE: marked("With those clearly ahead."),
    Standing.TOGETHER: marked("With the middle; the data cannot tell you apart from others."),
    Standing.BELOW: marked(
        "With those who have less than most, as far as this period tells. Nobody else reads this row."
    ),
}
AHEAD = {
    Basis.EFFORT: counted("{count} person is clearly ahead.", "{count} people are clearly ahead."),
    Basis.IMPROVEMENT: counted(
        "{count} person is clearly ahead in improvement.", "{count} people are clearly ahead in improvement."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A ranking that is on, or has ended. `off` is where it is switched off."""

    title: str
    url: str
    off: str
    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Deciding:
    """What the team decided, and the form of whoever leads it; `refused` says what to mend in it."""

    name: str
    team: str
    headline: str
    back: str
    of_team: bool
    may: bool
    on: tuple[Line, ...]
    ended: tuple[Line, ...]
    choices: tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]
    reason: str
    refused: tuple[str, ...]
    longest: int = REASON_LENGTH


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws; `own` is empty for who has no row."""

    title: str
    name: str
    back: str
    period: str
    stepper: Stepper
    headline: str
    detail: str
    ahead: tuple[str, ...]
    own: str
    reason: str
    about: str


def deciding_page(request: HttpRequest, found: Rankings, refused: tuple[str, ...]) -> Deciding:
    """The page on which a team's rankings are decided."""
    chosen = request.POST.get("metric", "")
    choices = tuple(
        (
            _(BASES[basis]),
            tuple(
                (f"{basis}:{each.key}", _(each.label), f"{basis}:{each.key}" == chosen) for each in metrics
            ),
        )
        for basis, metrics in found.offered
    )
    return Deciding(
        found.name, str(found.team), _how_many(len(found.on), found.name), *_back(request, found.team), found.may,
        tuple(line_of(request, found.team, one) for one in found.on),
        tuple(line_of(request, found.team, one) for one in found.ended), choices,
        request.POST.get("reason", ""), refused,
    )  # fmt: skip


def _how_many(on: int, name: str) -> str:
    if not on:
        return _("No ranking is on in {name}.").format(name=name)
    words = ngettext("{count} ranking is on in {name}.", "{count} rankings are on in {name}.", on)
    return words.format(count=fmt.number(on), name=name)


def _back(request: HttpRequest, team: UUID) -> tuple[str, bool]:
    """Where one came from: the team's board; of those who have none, the list of their rankings."""
    if viewer(request).role is AccessRole.REP:
        return reverse("my_rankings"), False
    return link(request, "team", team=team, slug=month_of(today(request)).slug), True


def line_of(request: HttpRequest, team: UUID, decided: Decided) -> Line:
    """A ranking in words."""
    metric, zone = decided.metric, now(request).tzinfo
    words = {"basis": _(BASES[decided.basis]), "since": fmt.day(decided.since), "by": decided.by}
    if decided.ended:
        words |= {"until": fmt.day(decided.ended.astimezone(zone).date()), "ender": decided.ender}
        about = _("{basis}; on since {since} by {by}, until {until} by {ender}.").format(**words)
    else:
        about = _("{basis}; on since {since} by {by}.").format(**words)
    url = reverse("ranking", kwargs={"team": team, "key": metric.key, "slug": month_of(today(request)).slug})
    off = reverse("ranking_off", kwargs={"team": team, "key": metric.key})
    return Line(_(metric.label), url, off, about, decided.reason)


def page_of(request: HttpRequest, found: Ranking) -> Page:
    """One ranking of a period."""
    decided, period = found.decided, fmt.period_name(found.period)
    headline, detail = _headline(found)
    about = _("{basis}. Switched on by {by} on {day}.").format(
        basis=_(BASES[decided.basis]), by=decided.by, day=fmt.day(decided.since)
    )
    return Page(
        _(decided.metric.label), found.name, link(request, "rankings", team=found.team), period,
        stepper(request, found.period, found.at, "ranking", team=found.team, key=decided.metric.key),
        headline, detail, found.ahead, _own(found) if found.in_team and found.told.placed else "", decided.reason,
        about,
    )  # fmt: skip


def _headline(found: Ranking) -> tuple[str, str]:
    if found.early:
        since = _("The ranking is on since {day}; what was over by then stays as it was.")
        return _("This period is not ranked."), since.format(day=fmt.day(found.decided.since))
    if found.told.silence:
        silence = _(SILENCES[found.told.silence])
        return silence.format(people=MINIMUM_REPS, records=MINIMUM_EXPECTED), _compared(found.told)
    count = len(found.ahead)
    headline = ngettext(*AHEAD[found.decided.basis], count).format(count=fmt.number(count))
    return headline, _compared(found.told)


def _compared(told: Told) -> str:
    if not told.placed:
        return _("Look at a longer period, or wait for more of this one.")
    words = ngettext(
        "{count} person is compared. Ahead is who is above the mean of the others, with 97.5% probability.",
        "{count} people are compared. Ahead is who is above the mean of the others, with 97.5% probability.",
        told.placed,
    )
    return words.format(count=fmt.number(told.placed))


def _own(found: Ranking) -> str:
    if found.told.own is None:
        words = _("Not compared: too few records are expected of you for it, fewer than {records}.")
        return words.format(records=MINIMUM_EXPECTED)
    return _(OWN[found.told.own])
