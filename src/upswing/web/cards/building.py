"""The builder: the lines of a draft, what may be added, what to think of, and how it would look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.metrics.metric import Unit
from upswing.core.metrics.revenue import BOOKED_ATTAINMENT
from upswing.core.period import Period
from upswing.core.templates import MOST_LINES, REASON_FROM, Caution, Template
from upswing.queries.card_drafts import DraftShown
from upswing.queries.card_preview import Tried as Value
from upswing.queries.catalogue import Described
from upswing.web.cards.page import balance, for_whom, timing
from upswing.web.cards.reading import FAMILIES, PERIODS
from upswing.web.cards.sent import Written
from upswing.web.shared import format as fmt
from upswing.web.shared.sentences import records


@dataclass(frozen=True, slots=True)
class Tried:
    """Whose card is tried, over which period, and what its lines would show."""

    rep: str
    period: Period
    lines: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A metric, on the card or to be added."""

    key: str
    label: str
    timing: str
    note: str
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it would look."""

    label: str
    value: str
    behind: str
    before: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The card of one of those it is meant for."""

    period: str
    before: str
    lines: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the template draws. `refused` are sentences, `saved` whether the card was kept all the same."""

    draft: DraftShown
    card: Template
    title: str
    about: tuple[str, ...]
    lines: tuple[Line, ...]
    balance: str
    offered: tuple[tuple[str, tuple[Line, ...]], ...]
    silent: tuple[tuple[str, tuple[Line, ...]], ...]
    full: bool
    needs_reason: bool
    roles: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    persons: tuple[Choice, ...]
    periods: tuple[Choice, ...]
    support: str
    outstanding: str
    cautions: tuple[tuple[Caution, bool], ...]
    effective: str
    earliest: str
    note: str
    preview: Preview | None
    reps: tuple[Choice, ...]
    refused: tuple[str, ...]
    saved: bool


def form_of(
    draft: DraftShown, sent: Written | None, given: QueryDict, refused: tuple[str, ...], saved: bool,
    tried: Tried | None,
) -> Form:  # fmt: skip
    """The builder of a draft; `sent` is a card that could not be kept, `given` the form it came in."""
    card = sent.card if sent else draft.card
    read, meant = set(given.getlist("read")), card.audience
    named = draft.teams | draft.persons
    version = _("version {number}").format(number=draft.number)
    about = (version, for_whom(card, named), _people(len(draft.people)))
    return Form(
        draft, card, draft.card.name, about, tuple(_lines(card)), balance(card.metrics),
        _offered(draft, card, recorded=True), _offered(draft, card, recorded=False),
        len(card.lines) >= MOST_LINES, len(card.lines) >= REASON_FROM or bool(card.reason),
        _choices({each: each for each in draft.roles}, meant.roles),
        _choices({each: each for each in draft.levels}, meant.levels), _choices(draft.teams, meant.teams),
        _choices(draft.persons, [card.person] if card.person else []),
        _choices({kind.value: _(name) for kind, name in PERIODS.items()}, [card.period.value]),
        sent.support if sent else percent(card.support), sent.outstanding if sent else percent(card.outstanding),
        tuple((each, each.key in read) for each in draft.cautions),
        given.get("effective", draft.earliest.isoformat()), draft.earliest.isoformat(), given.get("note", ""),
        _preview(tried) if tried else None,
        _choices({str(uid): name for uid, name in draft.people}, [tried.rep] if tried else []), refused, saved,
    )  # fmt: skip


def percent(share: Fraction) -> str:
    """A share as it is typed: 120, 82.5."""
    return f"{float(share * 100):.10g}"


def _people(count: int) -> str:
    if not count:
        return _("nobody has it today")
    return ngettext("one person", "{count} people", count).format(count=fmt.number(count))


def _lines(card: Template) -> Iterable[Line]:
    for place, key in enumerate(card.lines):
        known = card.named(key)
        label, led = (_(known.label), timing(known)) if known else (_gone(key), "")
        yield Line(
            key, label, led, _(known.purpose) if known else "", place == 0, place == len(card.lines) - 1
        )


def _offered(
    draft: DraftShown, card: Template, *, recorded: bool
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """What may be added, by family, in the order of the funnel: with any record, or without."""
    families = (
        (_(FAMILIES.get(family.name, "")), tuple(
            Line(each.metric.key, _(each.metric.label), timing(each.metric), "")
            for each in family.metrics
            if each.recorded is recorded and _free(each, card)
        ))
        for family in draft.families
    )  # fmt: skip
    return tuple((name, lines) for name, lines in families if lines)


def _free(each: Described, card: Template) -> bool:
    """Whether it may be added. Quota attainment is offered once: a card reads it in the money quotas are of."""
    metric = each.metric
    return metric.judged and metric.key not in card.lines and metric.key != BOOKED_ATTAINMENT.key


def _choices(offered: Mapping[str, str], chosen: Iterable[str]) -> tuple[Choice, ...]:
    """What may be chosen; what is chosen already and gone since stays to be taken out."""
    chosen = tuple(chosen)
    gone = {value: _gone(value) for value in chosen if value not in offered}
    return tuple(Choice(value, label, value in chosen) for value, label in {**offered, **gone}.items())


def _gone(name: str) -> str:
    return _("{name} (gone)").format(name=name[:40])


def _preview(tried: Tried) -> Preview:
    lines = (
        Shown(
            _(each.metric.label), fmt.value(each.value, each.metric.unit),
            "" if each.metric.unit is Unit.COUNT else records(each.n, each.metric),
            fmt.value(each.before, each.metric.unit),
        )
        for each in tried.lines
    )  # fmt: skip
    return Preview(fmt.period_name(tried.period), fmt.period_name(tried.period.previous()), tuple(lines))
