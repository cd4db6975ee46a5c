"""Charts as SVG, drawn in Python: pure functions, percent positions, no inline style.

Every shape carries a class and a literal light fill: in browsers the class wins, where page CSS does not
reach inline SVG (PDF writers, mail) the literal does.
"""

from upswing.web.shared.charts.bullet import bullet, mini
from upswing.web.shared.charts.columns import Column, columns
from upswing.web.shared.charts.interval import interval
from upswing.web.shared.charts.pace import Course, pace
from upswing.web.shared.charts.sparkline import sparkline
from upswing.web.shared.charts.strip import Dot, dot_strip, share_bar
from upswing.web.shared.charts.waterfall import step

__all__ = [
    "Column",
    "Course",
    "Dot",
    "bullet",
    "columns",
    "dot_strip",
    "interval",
    "mini",
    "pace",
    "share_bar",
    "sparkline",
    "step",
]
