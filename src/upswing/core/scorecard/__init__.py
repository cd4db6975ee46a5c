"""Judge what was counted against what was aimed at: one rep, one period, few lines."""

from upswing.core.metrics.value import Counted, Value
from upswing.core.scorecard.card import Line, Point, Scorecard, Sentence
from upswing.core.scorecard.headline import headline
from upswing.core.scorecard.lines import Terms, line

__all__ = ["Counted", "Line", "Point", "Scorecard", "Sentence", "Terms", "Value", "headline", "line"]
