"""What is offered for a deal: lines and totals, what cannot be sent, where it stands, how versions differ."""

from upswing.core.quoting.changes import Writing, changed
from upswing.core.quoting.quotation import Choice, Line, Quotation, Totals, totals, with_options
from upswing.core.quoting.refusing import refusals
from upswing.core.quoting.standing import Reaction, Reason, Standing, standing

__all__ = [
    "Choice", "Line", "Quotation", "Reaction", "Reason", "Standing", "Totals", "Writing", "changed", "refusals",
    "standing", "totals", "with_options",
]  # fmt: skip
