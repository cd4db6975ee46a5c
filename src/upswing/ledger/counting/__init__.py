"""Counting: the only place that writes SQL for measures.

Reading: whole months from the month tier, edges from the day tier, all slots of a question in one statement.
Writing: `lock`, change facts, `recount`, in one transaction, in that order.
"""

from upswing.ledger.counting.asking import BEGINNING, By, Counts, Slot, count, count_by, count_raw, pool
from upswing.ledger.counting.coming import Came, came_in
from upswing.ledger.counting.tiers import NOBODY, differences, lock, recount, recount_everything

__all__ = [
    "BEGINNING", "NOBODY", "By", "Came", "Counts", "Slot", "came_in", "count", "count_by", "count_raw", "differences",
    "lock", "pool", "recount", "recount_everything",
]  # fmt: skip
