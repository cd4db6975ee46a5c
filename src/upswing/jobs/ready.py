"""Figures that take a while, worked out before anybody asks: after an import, and each night for the morning."""

from __future__ import annotations

from datetime import date

from upswing.actions.snapshots import periods_of
from upswing.queries.backtesting import work_out
from upswing.queries.organisation import organisation
from upswing.queries.outlooks import prepared


def make_ready(day: date) -> None:
    """What pages of that day show: outlooks of this and the next month and quarter, and how past ones came out."""
    for period in periods_of(day, organisation().fiscal_start):
        prepared(day, period)
    work_out(day)
