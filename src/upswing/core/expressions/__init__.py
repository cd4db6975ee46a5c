"""Metrics that an organisation writes itself, as typed expressions over measures: read, understood, declared."""

from upswing.core.expressions.formula import KINDS, PREFIX, Wording, is_own, key_for, lacking, metric_of
from upswing.core.expressions.meaning import meaning, names_in
from upswing.core.expressions.offered import FITS, MEASURES, fits
from upswing.core.expressions.reading import Misstated, read
from upswing.core.expressions.tree import Joined, Named, Number, Sign, Tree, text_of

__all__ = [
    "FITS", "KINDS", "MEASURES", "PREFIX", "Joined", "Misstated", "Named", "Number", "Sign", "Tree", "Wording", "fits",
    "is_own", "key_for", "lacking", "meaning", "metric_of", "names_in", "read", "text_of",
]  # fmt: skip
