"""What the pipeline shows, in words and figures."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.categories import Category
from upswing.core.money import Money
from upswing.queries.pipeline import PAGE, Column, Pipeline, State, Tile
from upswing.web.pipeline.rows import Row, row_of
from upswing.web.pipeline.words import CATEGORIES, STATES, deals, stage_name
from upswing.web.shared import format as fmt
from upswing.web.shared.circles import address, others
from upswing.web.shared.marks import counted
from upswing.web.shared.request import organisation_of
from upswing.web.shared.stepper import Step, Stepper, stepper
from upswing.web.shared.waiting import waits

KEPT = ("at", "view", "state", "stage", "said")
UNDATED = counted("{count} deal has no expected day.", "{count} deals have no expected day.")
WORTHLESS = counted("{count} deal has no value yet.", "{count} deals have no value yet.")


@dataclass(frozen=True, slots=True)
class TileShown:
    """Deals to look into; `empty` ones lead nowhere."""

    label: str
    count: str
    value: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A stage on the board; `drop` is the key to move deals into, `more` leads to those that it does not hold."""

    name: str
    number: int
    count: str
    value: str
    drop: str
    rows: tuple[Row, ...]
    more: str
    rest: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws; `name` is empty for everybody."""

    name: str
    rep: bool
    period: str
    stepper: Stepper
    headline: str
    detail: str
    waits: str
    teams: tuple[Step, ...]
    states: tuple[TileShown, ...]
    stages: tuple[TileShown, ...]
    said: tuple[TileShown, ...]
    board: bool
    as_list: str
    as_board: str
    rows: tuple[Row, ...]
    columns: tuple[ColumnShown, ...]
    title: str
    count: str
    whole: str
    before: str
    after: str


def page_of(request: HttpRequest, found: Pipeline) -> Page:
    """The page of a pipeline."""
    around, asked = found.circle, found.asked
    name, parts = address("pipeline", found.circle)
    return Page(
        around.name, around.rep is not None, fmt.period_name(found.period),
        stepper(request, found.period, found.at, name, onward=True, **parts), _headline(request, found), _detail(found),
        waits(found.waiting), others(request, "pipeline", found.circle, found.period.slug),
        tuple(_states(request, found)), tuple(_stages(request, found)),
        tuple(_said(request, found)), asked.board,
        _here(request, view="", page=""), _here(request, view="board", page=""),
        tuple(row_of(request, item) for item in found.items) if not asked.board else (),
        tuple(_column(request, number, each) for number, each in enumerate(found.columns, 1)),
        _title(found), deals(found.chosen.deals), _here(request, state="", stage="", said="", page=""),
        _here(request, page=asked.page - 1) if found.first else "",
        _here(request, page=found.first // PAGE + 2) if found.first + PAGE < found.chosen.deals else "",
    )  # fmt: skip


def _here(request: HttpRequest, **parts: object) -> str:
    """This page with these choices changed, the others kept."""
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    wanted = {name: str(value) for name, value in (kept | parts).items() if value}
    return request.path + (f"?{urlencode(wanted)}" if wanted else "")


def _money(request: HttpRequest, minor: int) -> Money:
    return Money(minor, organisation_of(request).currency)


def _headline(request: HttpRequest, found: Pipeline) -> str:
    if not found.whole.deals:
        return _("No deal is open.")
    moving = next(tile for tile in found.states if tile.key == State.MOVING)
    words = ngettext(
        "{moving} of {count} open deal is moving and may close in {period}: {value}.",
        "{moving} of {count} open deals are moving and may close in {period}: {value}.",
        found.whole.deals,
    )
    return words.format(
        moving=fmt.number(moving.deals), count=fmt.number(found.whole.deals),
        period=fmt.period_name(found.period), value=fmt.money_whole(_money(request, moving.value)),
    )  # fmt: skip


def _detail(found: Pipeline) -> str:
    if not found.whole.deals:
        return _("Open deals come in with an import; each stands here by the stage its buyer has reached.")
    said = _("Stalled is what has been in its stage for longer than deals that are won usually are.")
    for number, words in ((found.undated, UNDATED), (found.worthless, WORTHLESS)):
        if number:
            said += " " + ngettext(*words, number).format(count=fmt.number(number))
    return said


def _tile(request: HttpRequest, tile: Tile, label: str, url: str, *, here: bool) -> TileShown:
    return TileShown(label, fmt.number(tile.deals), fmt.money_compact(_money(request, tile.value)), url, here)


def _states(request: HttpRequest, found: Pipeline) -> list[TileShown]:
    chosen = found.asked.state
    whole = _tile(
        request,
        found.whole,
        _("All open"),
        _here(request, state="", page=""),
        here=chosen is None and not found.asked.due,
    )
    return [
        whole,
        *(_tile(request, tile, _(STATES[State(tile.key)]), _here(request, state=tile.key, page=""),
                here=chosen == tile.key)
          for tile in found.states if tile.deals or tile.key != State.OMITTED or chosen == tile.key),
    ]  # fmt: skip


def _said(request: HttpRequest, found: Pipeline) -> list[TileShown]:
    """What people say of the deals; nothing where nobody said anything."""
    chosen = found.asked.said
    if chosen is None and not any(tile.deals for tile in found.said if tile.key != Category.PIPELINE):
        return []
    whole = _tile(
        request, found.whole, _("Whatever is said"), _here(request, said="", page=""), here=chosen is None
    )
    return [
        whole,
        *(_tile(request, tile, _(CATEGORIES[Category(tile.key)]), _here(request, said=tile.key, page=""),
                here=chosen == tile.key) for tile in found.said),
    ]  # fmt: skip


def _stages(request: HttpRequest, found: Pipeline) -> list[TileShown]:
    chosen = found.asked.stage
    whole = _tile(request, found.whole, _("All stages"), _here(request, stage="", page=""), here=not chosen)
    return [
        whole,
        *(_tile(request, tile, stage_name(tile.name), _here(request, stage=tile.key, page=""),
                here=chosen == tile.key) for tile in found.stages),
    ]  # fmt: skip


def _title(found: Pipeline) -> str:
    asked = found.asked
    state = _(STATES[asked.state]) if asked.state else _("Open and due") if asked.due else _("Open deals")
    if asked.said:
        state = _("{deals}, {said}").format(deals=state, said=_(CATEGORIES[asked.said]))
    if not asked.stage:
        return state
    name = next(stage_name(tile.name) for tile in found.stages if tile.key == asked.stage)
    return _("{state} in “{stage}”").format(state=state, stage=name)


def _column(request: HttpRequest, number: int, column: Column) -> ColumnShown:
    tile = column.tile
    rest = tile.deals - len(column.items)
    words = ngettext("{count} more in the list", "{count} more in the list", rest)
    return ColumnShown(
        stage_name(tile.name), number, fmt.number(tile.deals), fmt.money_compact(_money(request, tile.value)),
        tile.key if column.open else "", tuple(row_of(request, item) for item in column.items),
        _here(request, view="", stage=tile.key, page="") if rest else "", words.format(count=fmt.number(rest)),
    )  # fmt: skip
