"""What a ranking shows, in words: names of those clearly ahead, and one's own row. No place, no figure, no bottom."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from upswing.actions.ranking import REASON_LENGTH
from upswing.core.people import AccessRole
from upswing.core.period import month_of
from upswing.core.ranks import MINIMUM_EXPECTED, MINIMUM_REPS, Basis, Silence, Standing, Told
from upswing.queries.ranking import Decided, Ranking, Rankings
from upswing.web.shared import format as fmt
from upswing.web.shared.request import link, now, today, viewer
from upswing.web.shared.sentences import people
from upswing.web.shared.stepper import Stepper, stepper

BASES = {
    Basis.EFFORT: "Effort of the period",
    Basis.IMPROVEMENT: "Improvement on one’s own period before",
}
SILENCES = {
    Silence.TOO_FEW: (
        f"Too few people can be compared: it takes {MINIMUM_REPS}, each with {MINIMUM_EXPECTED} expected records."
    ),
    Silence.ALIKE: "Nobody is clearly ahead.",
    Silence.MOST_AHEAD: "Nobody is named: most are ahead, and their names would point at the rest.",
}
OWN = {
    Standing.ABOVE: "With those clearly ahead.",
    Standing.BELOW: "With those who have less than most, as far as this period tells. Nobody else reads this row.",
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
            BASES[basis],
            tuple((f"{basis}:{each.key}", each.label, f"{basis}:{each.key}" == chosen) for each in metrics),
        )
        for basis, metrics in found.offered
    )
    count = len(found.on)
    headline = (
        f"{fmt.number(count)} ranking{' is' if count == 1 else 's are'} on" if count else "No ranking is on"
    )
    return Deciding(
        found.name, str(found.team), f"{headline} in {found.name}.", *_back(request, found.team), found.may,
        tuple(line_of(request, found.team, one) for one in found.on),
        tuple(line_of(request, found.team, one) for one in found.ended), choices,
        request.POST.get("reason", ""), refused,
    )  # fmt: skip


def _back(request: HttpRequest, team: UUID) -> tuple[str, bool]:
    """Where one came from: the team's board; of those who have none, the list of their rankings."""
    if viewer(request).role is AccessRole.REP:
        return reverse("my_rankings"), False
    return link(request, "team", team=team, slug=month_of(today(request)).slug), True


def line_of(request: HttpRequest, team: UUID, decided: Decided) -> Line:
    """A ranking in words."""
    metric, zone = decided.metric, now(request).tzinfo
    until = (
        f", until {fmt.day(decided.ended.astimezone(zone).date())} by {decided.ender}"
        if decided.ended
        else ""
    )
    about = f"{BASES[decided.basis]}; on since {fmt.day(decided.since)} by {decided.by}{until}."
    url = reverse("ranking", kwargs={"team": team, "key": metric.key, "slug": month_of(today(request)).slug})
    off = reverse("ranking_off", kwargs={"team": team, "key": metric.key})
    return Line(metric.label, url, off, about, decided.reason)


def page_of(request: HttpRequest, found: Ranking) -> Page:
    """One ranking of a period."""
    decided, period = found.decided, fmt.period_name(found.period)
    headline, detail = _headline(found)
    return Page(
        decided.metric.label, found.name, link(request, "rankings", team=found.team), period,
        stepper(request, found.period, found.at, "ranking", team=found.team, key=decided.metric.key),
        headline, detail, found.ahead, _own(found) if found.in_team and found.told.placed else "", decided.reason,
        f"{BASES[decided.basis]}. Switched on by {decided.by} on {fmt.day(decided.since)}.",
    )  # fmt: skip


def _headline(found: Ranking) -> tuple[str, str]:
    if found.early:
        since = fmt.day(found.decided.since)
        return (
            "This period is not ranked.",
            f"The ranking is on since {since}; what was over by then stays as it was.",
        )
    if found.told.silence:
        return SILENCES[found.told.silence], _compared(found.told)
    count = len(found.ahead)
    where = " in improvement" if found.decided.basis is Basis.IMPROVEMENT else ""
    return f"{people(count)} {'is' if count == 1 else 'are'} clearly ahead{where}.", _compared(found.told)


def _compared(told: Told) -> str:
    if not told.placed:
        return "Look at a longer period, or wait for more of this one."
    return f"{people(told.placed)} are compared. Ahead is who is above the mean of the others, with 97.5% probability."


def _own(found: Ranking) -> str:
    told = found.told
    if told.own is None:
        return f"Not compared: too few records are expected of you for it, fewer than {MINIMUM_EXPECTED}."
    if told.own is not Standing.TOGETHER:
        return OWN[told.own]
    return "With the middle; the data cannot tell you apart from others."
