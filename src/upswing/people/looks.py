"""What can be looked at."""

from __future__ import annotations

from enum import StrEnum

OPERATOR = "The server’s operator"
"""Whoever runs commands on the server."""


class What(StrEnum):
    """Where a person's figures are shown."""

    SCORECARD = "scorecard"
    METRIC = "metric"
    TEAM = "team"
    FORECAST = "forecast"
    PIPELINE = "pipeline"
