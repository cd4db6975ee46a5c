"""Figures of an industry, as the organisation entered them: each with its source, date, number of cases."""

from __future__ import annotations

from collections.abc import Mapping

from upswing.core.benchmarks import BenchmarkKind, Industry


def figures_of(kind: BenchmarkKind) -> Mapping[str, Industry]:
    """The figures that hold, by metric key, where an industry is compared with; else nothing is read."""
    return {}
