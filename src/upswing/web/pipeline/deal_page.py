"""What the page of a deal says, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.core.forecast.categories import Category
from upswing.core.forecast.stall import Limit, Rule
from upswing.core.money import Money, minor_units
from upswing.core.pipelines import stage_of
from upswing.core.records import ActivityKind, Came, Happened, Outcome
from upswing.queries.deal import DealShown, Note, Step
from upswing.queries.pipelines import pipelines_on
from upswing.queries.quotes import QuoteRow
from upswing.queries.rates import Stated
from upswing.web.pipeline.checklist import Checklist, checklist
from upswing.web.pipeline.saying import Saying, saying
from upswing.web.pipeline.words import HAPPENED, KINDS, RULES, day_of, days, share
from upswing.web.shared import format as fmt
from upswing.web.shared.request import now, organisation_of, today


@dataclass(frozen=True, slots=True)
class Stay:
    """A step of the path."""

    stage: str
    since: str
    days: str
    lasts: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A move made here: what happened, by whom and when, and why."""

    what: str
    by: str
    reason: str
    lacking: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws. `ways` are stage, address, and whether it leads back."""

    id: str
    name: str
    account: str
    reps: str
    headline: str
    detail: str
    open: bool
    saying: Saying
    stalled: bool
    case: str
    slip: bool
    moved_here: str
    facts: tuple[tuple[str, str], ...]
    here: Checklist | None
    onward: Checklist | None
    ways: tuple[tuple[str, str, bool], ...]
    path: tuple[Stay, ...]
    amounts: tuple[tuple[str, str], ...]
    closes: tuple[tuple[str, str], ...]
    limits: tuple[tuple[str, str], ...]
    rule: str
    notes: tuple[Said, ...]
    quotes: tuple[tuple[str, str, str], ...]
    touches: tuple[tuple[str, str, str], ...]


def page_of(request: HttpRequest, found: DealShown, quotes: Sequence[QuoteRow]) -> Page:
    """The page of a deal."""
    known, still = found.ways, found.outcome is Outcome.OPEN
    return Page(
        str(found.id), found.name, found.account, fmt.listed([name for name, _, _ in found.reps]),
        _headline(request, found), _detail(request, found), still, saying(found),
        bool(found.aged and found.aged.stalled), reverse("stalled_one", args=[found.case]) if found.case else "",
        found.slip, found.source if found.moved_here else "", tuple(_facts(request, found)),
        checklist(request, known, known.here) if still and known.here else None,
        checklist(request, known, known.onward) if still and known.onward else None,
        tuple(_ways(found)) if still else (), tuple(_stay(request, found, step) for step in found.path),
        tuple((fmt.day(day), _money(request, minor)) for day, minor in found.amounts),
        tuple((fmt.day(day), fmt.day(due)) for day, due in found.closes),
        tuple(_limits(found.aged.limit)) if found.aged else (), _rule(found.aged.limit) if found.aged else "",
        tuple(_said(request, found, note) for note in found.notes),
        tuple(_quote(each) for each in quotes), tuple(_touches(request, found)),
    )  # fmt: skip


def _money(request: HttpRequest, minor: int) -> str:
    return fmt.money_whole(Money(minor, organisation_of(request).currency))


def _named(request: HttpRequest, found: DealShown, stage: str) -> str:
    """What the stage is called here; as its source calls it where nobody knows it."""
    place = stage_of(pipelines_on(today(request)), found.pipeline, stage)
    return place[1].name if place else stage


def _headline(request: HttpRequest, found: DealShown) -> str:
    stage, aged = _named(request, found, found.stage), found.aged
    closed = fmt.day_long(found.closed) if found.closed else _("a day nobody told")
    if found.outcome is Outcome.WON:
        return _("Won on {day}.").format(day=closed)
    if found.outcome is Outcome.LOST:
        return _("Lost on {day}.").format(day=closed)
    if aged is None:
        return _("In “{stage}”.").format(stage=stage)
    words = _("In “{stage}” for {days}; the limit is {limit}.")
    return words.format(stage=stage, days=days(aged.days), limit=days(aged.limit.days))


def _detail(request: HttpRequest, found: DealShown) -> str:
    aged = found.aged
    if found.outcome is not Outcome.OPEN:
        return _("What it went through, and what showed it, stays to be read.")
    if aged and aged.rests and aged.rests >= today(request):
        return _("It waits until {day}, and is no stalled deal until then.").format(day=fmt.day(aged.rests))
    if found.aside:
        return _("It is set aside. Something the buyer does brings it back.")
    if aged and aged.stalled:
        return _("That is longer than deals that are won usually stay there. What is the buyer’s next step?")
    if found.ways.onward:
        onward = found.ways.onward.stage
        words = _("Next is “{stage}”: {buyer}") if onward.buyer else _("Next is “{stage}”.")
        return words.format(stage=onward.name, buyer=onward.buyer)
    return _("It stands in the last stage; what is left is the buyer’s answer.")


def _facts(request: HttpRequest, found: DealShown) -> Iterator[tuple[str, str]]:
    if found.worth is not None:
        yield _("Value"), _money(request, found.worth)
    if found.stated:
        yield _("Stated"), _stated(found.stated)
    if found.expected and found.outcome is Outcome.OPEN:
        yield _("Expected to close"), fmt.day(found.expected)
    if found.aged and not (found.said and found.said[0].category is Category.OMITTED):
        yield _("Its stage counts"), share(found.aged.weight)
    if found.created:
        yield _("Created"), fmt.day(found.created)
    if found.product:
        yield _("Product"), found.product
    if len(found.reps) > 1:
        yield _("Credit"), fmt.listed([f"{name} {share(part)}" for name, _, part in found.reps])
    yield _("Source"), found.source


def _stated(told: Stated) -> str:
    """An amount in another currency, and the rate it was converted at."""
    amount = fmt.money(Money(minor_units(told.amount, told.currency), told.currency))
    if told.rate is None or told.since is None:
        words = _("{amount}; it waits for a rate of {day}")
        return words.format(amount=amount, day=fmt.day_long(told.on))
    rate = fmt.number(told.rate, 12)
    if told.came is Came.QUOTE:
        return _("{amount} at {rate}, as its quote says").format(amount=amount, rate=rate)
    return _("{amount} at {rate} of {day}").format(amount=amount, rate=rate, day=fmt.day_long(told.since))


def _ways(found: DealShown) -> Iterator[tuple[str, str, bool]]:
    """The stages it can move into."""
    for way in found.ways.each:
        if not way.here:
            yield way.stage.name, reverse("deal_move", args=[found.id, way.key]), way.entry.back


def _stay(request: HttpRequest, found: DealShown, step: Step) -> Stay:
    since = fmt.day(step.since)
    if step.after:
        since = _("between {first} and {last}").format(first=fmt.day(step.after), last=since)
    lasting = days(step.days) if step.outcome is Outcome.OPEN else ""
    return Stay(_named(request, found, step.stage), since, lasting, step.lasts)


def _limits(limit: Limit) -> Iterator[tuple[str, str]]:
    """What each rule says."""
    for rule, said in (
        (Rule.HALF_CHANCE, limit.half_chance), (Rule.QUANTILE, limit.quantile), (Rule.CYCLE, limit.cycle),
    ):  # fmt: skip
        yield _(RULES[rule]), days(said) if said is not None else _("too little is known")


def _rule(limit: Limit) -> str:
    if limit.rule is Rule.SET:
        return _("{days}, set for this stage by hand.").format(days=days(limit.days))
    words = ngettext(
        "{days}: the first of these that enough is known for. It rests on {count} deal won.",
        "{days}: the first of these that enough is known for. It rests on {count} deals won.",
        limit.n,
    )
    return words.format(days=days(limit.days), count=fmt.number(limit.n))


def _said(request: HttpRequest, found: DealShown, note: Note) -> Said:
    words = _("{origin} → {stage}")
    if note.outcome is Outcome.LOST:
        words = _("Lost, from {origin}")
    what = words.format(origin=_named(request, found, note.origin), stage=_named(request, found, note.stage))
    if note.early:
        what = _("{move}, before qualification").format(move=what)
    lacking = fmt.listed([f"“{text}”" for text in note.lacking])
    by = _("{name}, {day}").format(name=note.by, day=fmt.day(note.day))
    return Said(what, by, note.reason, _("Without {evidence}").format(evidence=lacking) if lacking else "")


def _quote(row: QuoteRow) -> tuple[str, str, str]:
    return (
        row.number,
        reverse("quote", args=[row.id]) if row.here else "",
        fmt.money_whole(row.amount) if row.amount else "–",
    )


def _touches(request: HttpRequest, found: DealShown) -> Iterator[tuple[str, str, str]]:
    zone = now(request).tzinfo
    for touch in found.touches:
        kind = _(KINDS[ActivityKind(touch.kind)])
        happened = _(HAPPENED[Happened(touch.outcome)]) if touch.outcome else ""
        yield f"{kind}: {happened}" if happened else kind, touch.rep, day_of(touch.at, zone)
