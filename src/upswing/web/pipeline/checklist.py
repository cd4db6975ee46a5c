"""The checklist of a stage: what shows each criterion, who confirmed it, and what was typed to show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from upswing.actions.moving import Shown
from upswing.core.metrics.metric import Unit
from upswing.core.money import Money
from upswing.core.pipelines import Criterion, Proof
from upswing.queries.ways import Confirmed, Way, Ways
from upswing.web.pipeline.words import PROOFS, day_of
from upswing.web.shared import format as fmt
from upswing.web.shared import typed
from upswing.web.shared.request import now, organisation_of


@dataclass(frozen=True, slots=True)
class Check:
    """One criterion. `shown` is what shows it, `by` who confirmed it; both empty as long as nobody did."""

    key: str
    text: str
    proof: str
    asks: str
    shown: str
    by: str
    written: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """A stage, the buyer's step into it, and what must be shown; `missing` is how much of it nothing shows yet."""

    key: str
    name: str
    buyer: str
    checks: tuple[Check, ...]
    missing: int


def checklist(request: HttpRequest, known: Ways, way: Way) -> Checklist:
    """As it stands, with what was typed into it just now."""
    zone, currency = now(request).tzinfo, organisation_of(request).currency
    checks = tuple(
        _check(each, known.confirmed.get((way.key, each.key)), zone, currency, _written(request.POST, each))
        for each in way.stage.criteria
    )
    missing = sum(not each.shown for each in checks)
    return Checklist(way.key, way.stage.name, way.stage.buyer, checks, missing)


def _check(
    each: Criterion, found: Confirmed | None, zone: tzinfo | None, currency: str, written: str
) -> Check:
    proof = each.proof or Proof.DOCUMENT
    shown, by = "", ""
    if found:
        shown = _shown(found, currency)
        by = _("{name}, {day}").format(name=found.by, day=day_of(found.at, zone))
    return Check(each.key, each.text, proof.value, _(PROOFS[proof]), shown, by, written)


def _shown(found: Confirmed, currency: str) -> str:
    if found.day:
        return fmt.day(found.day)
    if found.amount_minor is not None:
        return fmt.money(Money(found.amount_minor, currency))
    return found.person or found.document


def _written(sent: QueryDict, each: Criterion) -> str:
    return sent.get(f"shows-{each.key}", "").strip()


def sent_proofs(request: HttpRequest, way: Way) -> tuple[Mapping[str, Shown], tuple[str, ...]]:
    """What was typed to show criteria, and a sentence for each that cannot be read."""
    proofs, wrong = {}, []
    for each in way.stage.criteria:
        if not (text := _written(request.POST, each)):
            continue
        try:
            proofs[each.key] = _read(text, each.proof or Proof.DOCUMENT, organisation_of(request).currency)
        except typed.Untyped as error:
            wrong.append(_("{criterion}: {trouble}").format(criterion=each.text, trouble=error))
    return proofs, tuple(wrong)


def _read(text: str, proof: Proof, currency: str) -> Shown:
    match proof:
        case Proof.DATE:
            return Shown(day=typed.day(text))
        case Proof.AMOUNT:
            return Shown(amount_minor=int(typed.amount(text, Unit.MONEY, currency)))
        case Proof.PERSON:
            return Shown(person=text)
    return Shown(document=text)
