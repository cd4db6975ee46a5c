"""What people say of a deal for the forecast: as it stands, what was said before, and a form to say it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from upswing.core.forecast.categories import Category
from upswing.core.records import Outcome
from upswing.queries.categories import SaidOf
from upswing.queries.deal import DealShown
from upswing.web.pipeline.words import CATEGORIES, MEANINGS
from upswing.web.shared import format as fmt


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be said; `here` is what is said now."""

    key: str
    label: str
    meaning: str
    here: bool


@dataclass(frozen=True, slots=True)
class Word:
    """Something that was said."""

    what: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said now, everything that was said with the latest first, and what the viewer may say."""

    now: str
    meaning: str
    left_out: bool
    log: tuple[Word, ...]
    choices: tuple[Choice, ...]
    theirs: bool


def saying(found: DealShown) -> Saying:
    """Of a deal."""
    here = found.said[0].category if found.said else Category.PIPELINE
    return Saying(
        _(CATEGORIES[here]), _(MEANINGS[here]), here is Category.OMITTED, tuple(map(_word, found.said)),
        tuple(Choice(each.value, _(CATEGORIES[each]), _(MEANINGS[each]), each is here) for each in _may(found, here)),
        found.hands.leads,
    )  # fmt: skip


def _may(found: DealShown, here: Category) -> tuple[Category, ...]:
    """What leaves a deal out, or takes it in again, is for whoever leads."""
    if found.outcome is not Outcome.OPEN or not (found.hands.own or found.hands.leads):
        return ()
    if found.hands.leads:
        return tuple(Category)
    return (
        () if here is Category.OMITTED else tuple(each for each in Category if each is not Category.OMITTED)
    )


def _word(said: SaidOf) -> Word:
    by = _("{name}, {day}").format(name=said.by, day=fmt.day(said.at.date()))
    return Word(_(CATEGORIES[said.category]), by, said.reason)
