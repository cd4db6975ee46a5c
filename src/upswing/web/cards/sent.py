"""What a form sent: a card as far as it can be read, the steps of its buttons, days."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from upswing.actions.written import one_line
from upswing.core.period import PeriodKind
from upswing.core.rubrics import Audience
from upswing.core.templates import Template, share_of
from upswing.web.shared.marks import marked

NO_SHARE = {
    "support": marked("“{text}” is no percentage. Write the border of “needs support” like 82.5."),
    "outstanding": marked("“{text}” is no percentage. Write the border of “outstanding” like 82.5."),
}


@dataclass(frozen=True, slots=True)
class Written:
    """The card of a form, the borders as typed, and sentences about what cannot be read."""

    card: Template
    support: str
    outstanding: str
    unread: tuple[str, ...]


def written(sent: QueryDict, before: Template) -> Written:
    """The card as it was sent; borders and period that cannot be read stay as they were `before`."""
    typed = {name: sent.get(name, "") for name in ("support", "outstanding")}
    shares = {name: share_of(text) for name, text in typed.items()}
    unread = [
        _(said).format(text=typed[name][:40]) for name, said in NO_SHARE.items() if shares[name] is None
    ]
    kinds = {kind.value: kind for kind in PeriodKind}
    card = Template(
        one_line(sent.get("name", "")),
        Audience(
            *(tuple(sorted(set(map(one_line, sent.getlist(kind))))) for kind in ("roles", "levels", "teams"))
        ),
        sent.get("person", ""),
        tuple(sent.getlist("lines")),
        before.support if shares["support"] is None else shares["support"],
        before.outstanding if shares["outstanding"] is None else shares["outstanding"],
        kinds.get(sent.get("period", ""), PeriodKind.CUSTOM),
        one_line(sent.get("reason", "")),
        before.own,
    )
    return Written(card, typed["support"], typed["outstanding"], tuple(unread))


def moved(card: Template, do: str) -> Template:
    """The card after a button: `add:calls`, `remove:calls`, `up:calls`, `down:calls`; any other changes nothing."""
    deed, _, key = do.partition(":")
    lines = list(card.lines)
    if deed == "add":
        return replace(card, lines=(*lines, key))
    if key not in lines:
        return card
    place = lines.index(key)
    step = {"remove": None, "up": -1, "down": 1}.get(deed, 0)
    lines.pop(place)
    if step is not None:
        lines.insert(max(place + step, 0), key)
    return replace(card, lines=tuple(lines))
