"""Everybody of a forecast by name, and what is said of one rep."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from upswing.queries.committed import CommitShown
from upswing.queries.forecast import Figures, Forecast, Row
from upswing.web.forecast.parts import money, range_of
from upswing.web.shared import format as fmt
from upswing.web.shared.charts import interval
from upswing.web.shared.circles import address
from upswing.web.shared.operators import asked_page
from upswing.web.shared.request import link, viewer
from upswing.web.shared.stepper import Step as Link

STALE = 7
"""Days after which what was said of a running period is old."""
PAGE = 60
"""People a page, as on the board."""


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
    commit_why: str
    said: str
    view: str
    why: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Word:
    """What the rep, or who leads them, says of the period, and a form to say it."""

    commit: str
    commit_about: str
    commit_why: str
    view: str
    view_about: str
    why: str
    by_deals: str
    url: str
    own: bool
    may: bool


def people(request: HttpRequest, found: Forecast) -> tuple[tuple[Person, ...], tuple[Link, ...]]:
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
    drawing = interval(
        figures.won / top, figures.low / top, figures.likely / top, figures.high / top,
        None if figures.asked is None else figures.asked / top, "",
    )  # fmt: skip
    return Person(
        row.name, link(request, "forecast_rep", rep=row.id, slug=found.period.slug), money(found, figures.won),
        money(found, figures.likely), range_of(found, figures.low, figures.high),
        "" if figures.asked is None else money(found, figures.asked), _amount(found, row.commit),
        row.commit.reason if row.commit else "", _beside(found, row), _amount(found, row.view),
        row.view.reason if row.view else "", drawing,
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
        commit=money(found, figures.commit), best=money(found, figures.best_case)
    )


def word(request: HttpRequest, found: Forecast) -> Word | None:
    """What is said of one rep's period; only on a rep's page."""
    if not found.circle.rep:
        return None
    row = found.rows[0]
    own = viewer(request).person_id == row.id
    url = reverse("forecast_commit", kwargs={"rep": row.id, "slug": found.period.slug})
    return Word(
        _amount(found, row.commit), _about(row.commit), row.commit.reason if row.commit else "",
        _amount(found, row.view), _about(row.view), row.view.reason if row.view else "",
        _by_deals(found, row.figures), url, own, not found.over,
    )  # fmt: skip


def _about(said: CommitShown | None) -> str:
    if said is None:
        return ""
    return _("{name}, {day}").format(name=said.by, day=fmt.day(said.at.date()))


def _amount(found: Forecast, said: CommitShown | None) -> str:
    return money(found, said.amount) if said else ""
