"""Deals as plain values for JSON: the pipeline, one deal, the rules of stages. Sums are amounts and a currency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from upswing.core.pipelines import Criterion, Pipeline, Proof, Stage
from upswing.queries.deal import DealShown
from upswing.queries.deal_age import Aged
from upswing.queries.holding import Tile
from upswing.queries.open_deals import Item
from upswing.queries.outlooks import Naming
from upswing.queries.pipeline import Pipeline as OpenDeals
from upswing.queries.pipelines import Version
from upswing.queries.plain import Plain, plain_cell, plain_record
from upswing.queries.plain_forecast import money, plain_circle
from upswing.queries.quotes import QuoteRow
from upswing.queries.rates import Stated
from upswing.queries.stage_rules import Rules
from upswing.queries.ways import Confirmed, Way, Ways


def plain_pipeline(found: OpenDeals, currency: str) -> Plain:
    """Open deals: tiles, and a page of the list."""
    names, tiles = ("period", "at", "undated", "worthless", "waiting"), ("states", "stages", "said")
    return {
        **plain_circle(found.circle),
        **{name: plain_cell(getattr(found, name)) for name in names},
        **{name: [_tile(tile, currency) for tile in getattr(found, name)] for name in tiles},
        "whole": _tile(found.whole, currency),
        "chosen": _tile(found.chosen, currency),
        "deals": [_item(item, currency) for item in found.items],
    }


def _tile(tile: Tile, currency: str) -> Plain:
    sums = {name: money(getattr(tile, name), currency) for name in ("value", "weighted")}
    return plain_record(tile) | sums


def _item(item: Item, currency: str) -> Plain:
    told = plain_record(item)
    del told["key"]  # it is for us alone
    shares = {name: round(told[name], 6) for name in ("weight", "chance")}
    return told | shares | {"amount": money(item.amount, currency)}


def plain_deal(found: DealShown, quotes: Sequence[QuoteRow], currency: str) -> Plain:
    """One deal, with what each stage asks of it."""
    names = (
        "id", "name", "account", "product", "source", "pipeline", "outcome", "created", "closed", "expected",
        "touches", "said", "moved_here", "slip", "hands",
    )  # fmt: skip
    return {
        **{name: plain_cell(getattr(found, name)) for name in names},
        **plain_stage(found.stage, found.ways),
        **{
            name: [plain_record(each) | plain_stage(each.stage, found.ways) for each in getattr(found, name)]
            for name in ("path", "notes")
        },
        "reps": [{"id": str(uid), "name": name, "share": round(part, 6)} for name, uid, part in found.reps],
        "worth": money(found.worth, currency),
        "stated": _stated(found.stated) if found.stated else None,
        "amounts": [
            {"day": day.isoformat(), "value": money(minor, currency)} for day, minor in found.amounts
        ],
        "closes": [{"day": day.isoformat(), "expected": due.isoformat()} for day, due in found.closes],
        "aged": _aged(found.aged) if found.aged else None,
        "ways": [_way(way, found.ways, currency) for way in found.ways.each],
        "quotes": plain_cell(quotes),
    }


def plain_stage(text: str, known: Ways) -> Plain:
    """The stage of the deal's pipeline that its source's word means, by key and name; None where there is none."""
    way = next((way for way in known.each if way.stage.knows(text)), None)
    return {
        "stage": way.key if way else None, "stage_name": way.stage.name if way else None, "source_stage": text,
    }  # fmt: skip


def _stated(told: Stated) -> Plain:
    """Decimals as text, with all their digits."""
    return {
        "value": {"amount": f"{told.amount:f}", "currency": told.currency}, "on": told.on.isoformat(),
        "rate": None if told.rate is None else f"{told.rate:f}", "since": plain_cell(told.since),
        "came": plain_cell(told.came),
    }  # fmt: skip


def _aged(told: Aged) -> Plain:
    return plain_record(told) | {"weight": round(told.weight, 6)}


def _way(way: Way, known: Ways, currency: str) -> Plain:
    entry = way.entry
    return {
        "key": way.key, "name": way.stage.name, "buyer": way.stage.buyer, "here": way.here, "back": entry.back,
        "early": plain_cell(entry.early), "refused": entry.refused, "strict": entry.strict,
        "needs_reason": entry.needs_reason and not way.here and not entry.refused,
        "criteria": [
            _criterion(each) | {
                "open": each in entry.open,
                "confirmed": _confirmed(known.confirmed.get((way.key, each.key)), currency),
            }
            for each in way.stage.criteria
        ],
    }  # fmt: skip


def _criterion(each: Criterion) -> Plain:
    return {"key": each.key, "text": each.text, "proof": (each.proof or Proof.DOCUMENT).value}


def _confirmed(found: Confirmed | None, currency: str) -> Plain | None:
    if found is None:
        return None
    names = ("by", "at", "day", "person", "document")
    told = {name: plain_cell(getattr(found, name)) for name in names}
    return told | {"amount": money(found.amount_minor, currency)}


def plain_rules(found: Rules, at: date) -> Plain:
    """When a deal counts. In force, a stage has the key that moves and tiles know it by; to come, its own."""
    naming = Naming(tuple(pipeline for pipeline, _ in found.pipelines))
    return {
        "at": at.isoformat(),
        "written": found.written,
        "pipelines": [
            _pipeline(pipeline, version, [naming.key(place, stage.key) for stage in pipeline.stages])
            for place, (pipeline, version) in enumerate(found.pipelines)
        ],
        "to_come": [
            _pipeline(version.pipeline, version, [stage.key for stage in version.pipeline.stages])
            | {"changes": list(news)}
            for version, news in found.to_come
        ],
    }


def _pipeline(pipeline: Pipeline, version: Version | None, keys: Sequence[str]) -> Plain:
    names = ("id", "number", "effective", "note", "published", "publisher")
    return {
        "name": pipeline.name, "early": plain_cell(pipeline.early), "grace": pipeline.grace,
        "version": {name: plain_cell(getattr(version, name)) for name in names} if version else None,
        "stages": [_stage(stage, key) for stage, key in zip(pipeline.stages, keys, strict=True)],
    }  # fmt: skip


def _stage(stage: Stage, key: str) -> Plain:
    return plain_record(stage) | {"key": key, "criteria": [_criterion(each) for each in stage.criteria]}
