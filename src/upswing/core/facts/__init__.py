"""What counts: a fact is one dated thing about one rep, made from a record.

Facts are disposable: settling the same records again gives the same facts.
"""

from upswing.core.facts.activities import settle_activity, settle_login, settle_time
from upswing.core.facts.deals import UNVALUED, settle_deal
from upswing.core.facts.development import settle_assessment, settle_course
from upswing.core.facts.fact import DAY, WHOLE, Fact, FactKind
from upswing.core.facts.leads import Touches, settle_lead
from upswing.core.facts.money import NEW_FOR, is_new, settle_invoice, settle_quotes
from upswing.core.facts.tallies import settle_tally

__all__ = [
    "DAY", "NEW_FOR", "UNVALUED", "WHOLE", "Fact", "FactKind", "Touches", "is_new", "settle_activity",
    "settle_assessment", "settle_course", "settle_deal", "settle_invoice", "settle_lead", "settle_login",
    "settle_quotes", "settle_tally", "settle_time",
]  # fmt: skip
