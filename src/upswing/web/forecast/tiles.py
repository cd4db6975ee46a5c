"""The tiles of the forecast page: each a number with its records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from upswing.queries.forecast import Figures, Forecast
from upswing.queries.pipeline import Pipeline, State
from upswing.web.forecast.parts import money, percent, pipeline_url, share
from upswing.web.shared import format as fmt
from upswing.web.shared.request import link

DUE = "state=due"


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with what it means, and where its records are."""

    label: str
    value: str
    second: str
    url: str


def tiles(request: HttpRequest, found: Forecast, deals: Pipeline) -> Iterator[Tile]:
    """What is won, what is to come, and what it rests on; of a period that is over the first alone."""
    total = found.total
    yield Tile(
        pgettext("deals", "Won so far"), money(found, total.won), _of_quota(found, total),
        _records(request, found),
    )  # fmt: skip
    if found.over:
        return
    yield Tile(
        _("Still to come"), money(found, total.likely - total.won),
        _("of it {fresh} from deals that are not there yet").format(fresh=money(found, found.fresh)),
        pipeline_url(request, found, DUE),
    )  # fmt: skip
    yield Tile(
        _("Open and due"), money(found, total.due), _cover(found, total), pipeline_url(request, found, DUE)
    )
    yield Tile(
        _("Of it stalled"), money(found, total.stalled),
        _("{share} of what is due").format(share=percent(total.stalled / total.due)) if total.due else "",
        pipeline_url(request, found, "state=stalled"),
    )  # fmt: skip
    yield Tile(
        _("By weights of stages"), money(found, total.staged),
        _weighed(found),
        pipeline_url(request, found, DUE),
    )  # fmt: skip
    yield from _said_of_deals(request, found, deals)


def _weighed(found: Forecast) -> str:
    """The same without some of it, as far as that differs."""
    now, less = money(found, found.staged_now), money(found, found.staged_less)
    if found.staged_now == found.total.staged:
        return _("{less} without all that is stalled").format(less=less)
    return _("{now} without what was set aside, {less} without all that is stalled").format(
        now=now, less=less
    )


def _said_of_deals(request: HttpRequest, found: Forecast, deals: Pipeline) -> Iterator[Tile]:
    """What people say of their deals, where they say anything: counted on, possible, left out."""
    total = found.total
    if total.best_case != total.won:
        yield Tile(
            _("Commit by deals"), money(found, total.commit),
            _("{amount} in the best case").format(amount=money(found, total.best_case)),
            pipeline_url(request, found, "said=commit"),
        )  # fmt: skip
    out = next(tile for tile in deals.states if tile.key == State.OMITTED)
    if out.deals:
        words = ngettext("{count} deal, with its reason", "{count} deals, each with its reason", out.deals)
        yield Tile(
            _("Left out"), money(found, out.value), words.format(count=fmt.number(out.deals)),
            pipeline_url(request, found, "state=omitted"),
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
    return _("{percent} of {asked}").format(
        percent=percent(total.won / total.asked), asked=money(found, total.asked)
    )


def _cover(found: Forecast, total: Figures) -> str:
    """How far the open deals would cover what is missing, were all of them won."""
    if total.cover is None:
        return ""
    return _("{times} times what is missing for the quota").format(times=fmt.number(share(total.cover)))
