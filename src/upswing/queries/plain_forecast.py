"""Forecasts as plain values for JSON: what comes, what changed, how it came out. Sums are amounts and a currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from upswing.core.forecast.movement import Movement, Step
from upswing.core.money import Money
from upswing.core.period import Period
from upswing.queries.backtesting import Replay, plain_backtest
from upswing.queries.circle import Circle
from upswing.queries.committed import CommitShown
from upswing.queries.forecast import Figures, Forecast, Row
from upswing.queries.plain import Plain, plain, plain_cell, plain_record


def money(minor: int | None, currency: str) -> Plain | None:
    """An amount in minor units; None stays None."""
    return None if minor is None else plain(Money(minor, currency))


def plain_circle(circle: Circle) -> Plain:
    """Whose deals it is about."""
    return {name: plain_cell(getattr(circle, name)) for name in ("name", "rep", "team", "teams")}


def plain_forecast(found: Forecast, rows: Sequence[Row]) -> Plain:
    """A forecast with these of its people."""
    names, sums = (
        ("period", "at", "over", "chosen", "verified", "windows"),
        ("staged_now", "staged_less", "fresh"),
    )
    return {
        **plain_circle(found.circle),
        **{name: plain_cell(getattr(found, name)) for name in names},
        **{name: money(getattr(found, name), found.currency) for name in sums},
        "whole": _figures(found.total, found.currency),
        "people": [_row(row, found.currency) for row in rows],
        "said": {way: money(minor, found.currency) for way, minor in found.said.items()},
    }


def plain_said(said: CommitShown | None, currency: str) -> Plain | None:
    """What somebody said a period will bring."""
    if said is None:
        return None
    told = plain_record(said)
    return {"value": money(told.pop("amount"), currency), **told}


def _row(row: Row, currency: str) -> Plain:
    return {
        "id": str(row.id), "name": row.name, "figures": _figures(row.figures, currency),
        "commit": plain_said(row.commit, currency), "view": plain_said(row.view, currency),
    }  # fmt: skip


def _figures(figures: Figures, currency: str) -> Plain:
    names = [*(field.name for field in fields(figures)), "missing"]
    sums = {name: money(getattr(figures, name), currency) for name in names}
    return sums | {"cover": None if figures.cover is None else round(figures.cover, 6)}


def plain_movement(found: Movement, period: Period, at: date, since: date, currency: str) -> Plain:
    """What changed: `start` and the amounts of all steps make `end`."""
    return {
        "period": period.slug, "at": at.isoformat(), "since": since.isoformat(),
        "start": money(found.start, currency), "end": money(found.end, currency),
        "steps": [
            {"step": step.value, "deals": found.count(step), "amount": money(found.total(step), currency)}
            for step in Step
        ],
    }  # fmt: skip


def plain_accuracy(found: Replay) -> Plain:
    """How the latest forecasts came out, beside what was really written down."""
    told = plain_backtest(found)
    return {
        **{name: told[name] for name in ("chosen", "methods", "deals")},
        "windows": [_window(found, each) for each in told["windows"]],
        "stages": [each | {"name": found.names.get(each["stage"], each["stage"])} for each in told["stages"]],
        "since": plain_cell(found.since),
    }


def _window(found: Replay, told: Plain) -> Plain:
    sums = {name: money(told[name], found.currency) for name in ("actual", "low", "high")}
    ways = {way: money(minor, found.currency) for way, minor in told["forecasts"].items()}
    return told | sums | {"forecasts": ways, "written": _written(found, told["period"])}


def _written(found: Replay, period: str) -> Plain | None:
    written = found.written.get(period)
    if written is None:
        return None
    sums = {name: money(getattr(written, name), found.currency) for name in ("likely", "low", "high")}
    return {"day": written.day.isoformat(), "nightly": written.nightly} | sums
