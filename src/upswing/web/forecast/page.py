"""What the forecast page shows, in words and drawings: made from the answers of the queries alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from upswing.core.forecast.movement import Movement, Step
from upswing.core.money import Money
from upswing.queries.commit_history import Outcome
from upswing.queries.forecast import Figures, Forecast, Row, Said
from upswing.queries.pipeline import Pipeline, State
from upswing.web.forecast.commits import SoFar, commits_so_far
from upswing.web.forecast.words import CHOSEN, METHODS, STEPS
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import interval, step
from upswing.web.shared.circles import address, others
from upswing.web.shared.operators import asked_page
from upswing.web.shared.request import link, viewer
from upswing.web.shared.stepper import Step as Link
from upswing.web.shared.stepper import Stepper, stepper
from upswing.web.shared.waiting import waits

STALE = 7
"""Days after which what was said of a running period is old."""
SHOWN = 6
"""Stalled deals on the page; all of them are one click away."""
PAGE = 60
"""People a page, as on the board."""
BACK = (7, 14, 30)
"""Days to look back over what changed."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with what it means, and where its records are."""

    label: str
    value: str
    second: str
    url: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row of what changed; totals have no count."""

    label: str
    deals: str
    amount: str
    drawing: SafeString
    total: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the people."""

    name: str
    url: str
    won: str
    likely: str
    range: str
    asked: str
    commit: str
    said: str
    view: str
    why: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Way:
    """What one way of forecasting says."""

    label: str
    value: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Stalled:
    """A deal that stands still."""

    name: str
    url: str
    about: str
    amount: str


@dataclass(frozen=True, slots=True)
class Word:
    """What the rep, or who leads them, says of the period, and a form to say it."""

    commit: str
    commit_about: str
    view: str
    view_about: str
    why: str
    by_deals: str
    url: str
    own: bool
    may: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    name: str
    personal: bool
    period: str
    stepper: Stepper
    teams: tuple[Link, ...]
    headline: str
    detail: str
    waits: str
    unverified: bool
    tiles: tuple[Tile, ...]
    changes: tuple[Change, ...]
    since: str
    backs: tuple[Link, ...]
    people: tuple[Person, ...]
    pages: tuple[Link, ...]
    ways: tuple[Way, ...]
    chosen: str
    accuracy: str
    stalled: tuple[Stalled, ...]
    stalled_more: str
    stalled_about: str
    word: Word | None
    so_far: tuple[SoFar, ...]
    refused: str
    over: bool


def page_of(
    request: HttpRequest,
    found: Forecast,
    changed: Movement,
    since: date,
    stalled: Pipeline,
    history: Sequence[Outcome],
    refused: str,
) -> Page:
    """The page of a forecast."""
    name, parts = address("forecast", found.circle)
    shown, more, about = _stalled(request, found, stalled)
    return Page(
        found.circle.name or _("Everybody"), found.circle.rep is not None, fmt.period_name(found.period),
        stepper(request, found.period, found.at, name, onward=True, **parts),
        others(request, "forecast", found.circle, found.period.slug),
        *_headline(found), "" if found.over else waits(stalled.waiting), not found.verified and not found.over,
        tuple(_tiles(request, found, stalled)),
        tuple(_changes(found, changed)), fmt.day(since), _backs(request, found, since),
        *_people(request, found), _ways(found), _(CHOSEN.get(found.chosen, "")) if found.chosen else "",
        reverse("accuracy", kwargs={"kind": "quarter" if found.period.kind.value == "quarter" else "month"}),
        shown, more, about, _word(request, found),
        commits_so_far(history, found.currency), refused, found.over,
    )  # fmt: skip


def _pipeline(request: HttpRequest, found: Forecast, asked: str = "") -> str:
    name, parts = address("pipeline", found.circle)
    url = link(request, name, slug=found.period.slug, **parts)
    return f"{url}{('&' if '?' in url else '?') + asked if asked else ''}"


def _money(found: Forecast, minor: int) -> str:
    return fmt.money_whole(Money(minor, found.currency))


def _headline(found: Forecast) -> tuple[str, str]:
    """What will come, how sure it is, and what it means for the quota."""
    total, period = found.total, fmt.period_name(found.period)
    if found.over:
        words = _("{period} is over: {won} was won.")
        return words.format(period=period, won=_money(found, total.won)), _against(found, total.won)
    if total.won:
        words = _("{period} will likely bring {likely}: {won} is won, {rest} is still to come.")
    else:
        words = _("{period} will likely bring {likely}.")
    headline = words.format(
        period=period, likely=_money(found, total.likely), won=_money(found, total.won),
        rest=_money(found, total.likely - total.won),
    )  # fmt: skip
    sure = _("In 8 of 10 such cases it ends between {low} and {high}.").format(
        low=_money(found, total.low), high=_money(found, total.high)
    )
    return headline, f"{sure} {_against(found, total.likely)}".strip()


def _against(found: Forecast, brings: int) -> str:
    """The quota beside it: a fact."""
    if not found.total.asked:
        return ""
    words = _("That is {percent} of the quota of {asked}.")
    percent = fmt.percent(Decimal(brings) / Decimal(found.total.asked))
    return words.format(percent=percent, asked=_money(found, found.total.asked))


def _tiles(request: HttpRequest, found: Forecast, deals: Pipeline) -> Iterator[Tile]:
    total = found.total
    yield Tile(
        pgettext("deals", "Won so far"), _money(found, total.won), _of_quota(found, total),
        _records(request, found),
    )  # fmt: skip
    if found.over:
        return
    yield Tile(
        _("Still to come"), _money(found, total.likely - total.won),
        _("of it {fresh} from deals that are not there yet").format(fresh=_money(found, found.fresh)), "#ways",
    )  # fmt: skip
    yield Tile(_("Open and due"), _money(found, total.due), _cover(found, total), _pipeline(request, found))
    share = fmt.percent(Decimal(total.stalled) / Decimal(total.due)) if total.due else ""
    yield Tile(
        _("Of it stalled"), _money(found, total.stalled),
        _("{share} of what is due").format(share=share) if share else "",
        _pipeline(request, found, "state=stalled"),
    )  # fmt: skip
    yield Tile(
        _("By weights of stages"), _money(found, total.staged),
        _("{now} without what was set aside, {less} without all that is stalled").format(
            now=_money(found, found.staged_now), less=_money(found, found.staged_less)
        ),
        reverse("stages"),
    )  # fmt: skip
    yield from _said_of_deals(request, found, deals)


def _said_of_deals(request: HttpRequest, found: Forecast, deals: Pipeline) -> Iterator[Tile]:
    """What people say of their deals, where they say anything: counted on, possible, left out."""
    total = found.total
    if total.best_case != total.won:
        yield Tile(
            _("Commit by deals"), _money(found, total.commit),
            _("{amount} in the best case").format(amount=_money(found, total.best_case)),
            _pipeline(request, found, "said=commit"),
        )  # fmt: skip
    out = next(tile for tile in deals.states if tile.key == State.OMITTED)
    if out.deals:
        words = ngettext("{count} deal, with its reason", "{count} deals, each with its reason", out.deals)
        yield Tile(
            _("Left out"), _money(found, out.value), words.format(count=fmt.number(out.deals)),
            _pipeline(request, found, "state=omitted"),
        )  # fmt: skip


def _records(request: HttpRequest, found: Forecast) -> str:
    """Where what was won is listed: the rep's own records, else everybody's board."""
    if found.circle.rep:
        return link(request, "metric", rep=found.circle.rep, key="won_value", slug=found.period.slug)
    if found.circle.team:
        return link(request, "team", team=found.circle.team, slug=found.period.slug)
    return link(request, "team_all", slug=found.period.slug)


def _of_quota(found: Forecast, total: Figures) -> str:
    if not total.asked:
        return _("no quota set")
    percent = fmt.percent(Decimal(total.won) / Decimal(total.asked))
    return _("{percent} of {asked}").format(percent=percent, asked=_money(found, total.asked))


def _cover(found: Forecast, total: Figures) -> str:
    """How far the open deals would cover what is missing, were all of them won."""
    if total.asked is None:
        return ""
    if not total.missing:
        return _("the quota is reached")
    return _("{times} times what is missing for the quota").format(
        times=fmt.number(Decimal(total.due) / Decimal(total.missing))
    )


def _changes(found: Forecast, changed: Movement) -> Iterator[Change]:
    """From one total to the other, each row beginning where the one before it ended."""
    rows = [(which, changed.count(which), changed.total(which)) for which in Step]
    rows = [row for row in rows if row[1]]
    levels = [changed.start]
    for _which, _deals, amount in rows:
        levels.append(levels[-1] + amount)
    top = max(*levels, 1)
    yield Change(
        _("Then"), "", _money(found, changed.start), step(0, changed.start / top, "total"), total=True
    )
    for place, (which, deals, amount) in enumerate(rows):
        kind = "adds" if amount >= 0 else "takes"
        words = ngettext("{count} deal", "{count} deals", deals).format(count=fmt.number(deals))
        sign = "+" if amount > 0 else ""
        drawing = step(levels[place] / top, levels[place + 1] / top, kind)
        yield Change(_(STEPS[which]), words, sign + _money(found, amount), drawing, total=False)
    yield Change(_("Now"), "", _money(found, changed.end), step(0, changed.end / top, "total"), total=True)


def _backs(request: HttpRequest, found: Forecast, since: date) -> tuple[Link, ...]:
    name, parts = address("forecast", found.circle)
    url = link(request, name, slug=found.period.slug, **parts)
    mark = "&" if "?" in url else "?"
    return tuple(
        Link(
            ngettext("{count} day", "{count} days", days).format(count=fmt.number(days)),
            f"{url}{mark}since={found.at - timedelta(days=days)}#changes",
            since == found.at - timedelta(days=days),
        )
        for days in BACK
    )


def _people(request: HttpRequest, found: Forecast) -> tuple[tuple[Person, ...], tuple[Link, ...]]:
    """By name, nobody who has nothing to tell; and the pages before and after, where they fill several."""
    if found.circle.rep:
        return (), ()
    rows = [row for row in found.rows if row.figures.due or row.figures.likely or row.figures.asked]
    last = max(1, -(-len(rows) // PAGE))
    number = min(asked_page(request), last)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    top = max((max(row.figures.high, row.figures.asked or 0) for row in shown), default=0) or 1
    name, parts = address("forecast", found.circle)
    url = link(request, name, slug=found.period.slug, **parts)
    mark = "&" if "?" in url else "?"
    words = pgettext("people of a list", "Before"), pgettext("people of a list", "After")
    around = zip((number - 1, number + 1), words, strict=True)
    pages = tuple(
        Link(label, f"{url}{mark}page={each}#people") for each, label in around if 1 <= each <= last
    )
    return tuple(_person(request, found, row, top) for row in shown), pages


def _person(request: HttpRequest, found: Forecast, row: Row, top: int) -> Person:
    figures = row.figures
    low, high = _money(found, figures.low), _money(found, figures.high)
    drawing = interval(
        figures.won / top, figures.low / top, figures.likely / top, figures.high / top,
        None if figures.asked is None else figures.asked / top, "",
    )  # fmt: skip
    return Person(
        row.name, link(request, "forecast_rep", rep=row.id, slug=found.period.slug), _money(found, figures.won),
        _money(found, figures.likely), _("{low} to {high}").format(low=low, high=high),
        "" if figures.asked is None else _money(found, figures.asked), _amount(found, row.commit),
        _beside(found, row), _amount(found, row.view), row.view.reason if row.view else "", drawing,
    )  # fmt: skip


def _beside(found: Forecast, row: Row) -> str:
    """Beside a commit: since when it stands if that is long ago, and what the deals say."""
    days = (found.at - row.commit.at.date()).days if row.commit and not found.over else 0
    old = ngettext("said {count} day ago", "said {count} days ago", days).format(count=fmt.number(days))
    return "; ".join(filter(None, (old if days > STALE else "", _by_deals(found, row.figures))))


def _by_deals(found: Forecast, figures: Figures) -> str:
    """What was said of single deals, with what is won; nothing where nothing was said."""
    if figures.best_case == figures.won:
        return ""
    return _("by deals {commit}, best case {best}").format(
        commit=_money(found, figures.commit), best=_money(found, figures.best_case)
    )


def _amount(found: Forecast, said: Said | None) -> str:
    return _money(found, said.amount) if said else ""


def _ways(found: Forecast) -> tuple[Way, ...]:
    """What every way says of what is still to come, in a settled order."""
    return tuple(
        Way(_(METHODS[key]), _money(found, found.said[key]), key == found.chosen)
        for key in METHODS
        if key in found.said
    )


def _stalled(
    request: HttpRequest, found: Forecast, stalled: Pipeline
) -> tuple[tuple[Stalled, ...], str, str]:
    shown = tuple(
        Stalled(
            item.name or item.account or _("Deal without a name"),
            reverse("deal", kwargs={"deal": item.id}),
            _("{stage}, {days} days; the limit is {limit}").format(
                stage=item.stage_name, days=fmt.number(item.stage_age), limit=fmt.number(item.limit)
            ),
            _money(found, item.amount),
        )
        for item in stalled.items[:SHOWN]
    )
    tile = stalled.chosen
    words = ngettext(
        "{count} open deal is longer in its stage than such deals that were won: {value} in all.",
        "{count} open deals are longer in their stage than such deals that were won: {value} in all.",
        tile.deals,
    )
    about = words.format(count=fmt.number(tile.deals), value=_money(found, tile.value)) if tile.deals else ""
    return shown, _pipeline(request, found, "state=stalled") if tile.deals > len(shown) else "", about


def _word(request: HttpRequest, found: Forecast) -> Word | None:
    """What is said of one rep's period; only on a rep's page."""
    if not found.circle.rep:
        return None
    row = found.rows[0]
    own = viewer(request).person_id == row.id
    url = reverse("forecast_commit", kwargs={"rep": row.id, "slug": found.period.slug})
    return Word(
        _amount(found, row.commit), _about(row.commit), _amount(found, row.view), _about(row.view),
        row.view.reason if row.view else "", _by_deals(found, row.figures), url, own, not found.over,
    )  # fmt: skip


def _about(said: Said | None) -> str:
    if said is None:
        return ""
    return _("{name}, {day}").format(name=said.by, day=fmt.day(said.at.date()))
