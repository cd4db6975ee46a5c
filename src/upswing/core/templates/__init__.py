"""Card templates: which metrics stand on whose card, what none may hold, and what to think of before it holds."""

from upswing.core.templates.cautions import Caution, Concerned, balanced, cautions, is_new
from upswing.core.templates.starters import STARTERS
from upswing.core.templates.template import (
    MOST_LINES,
    MOST_PINS,
    MOST_WORDS,
    REASON_FROM,
    Template,
    excess,
    in_money,
    lacking,
    share_of,
    timings,
)

__all__ = [
    "MOST_LINES", "MOST_PINS", "MOST_WORDS", "REASON_FROM", "STARTERS", "Caution", "Concerned", "Template", "balanced",
    "cautions", "excess", "in_money", "is_new", "lacking", "share_of", "timings",
]  # fmt: skip
